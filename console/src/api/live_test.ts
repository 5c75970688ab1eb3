import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { listen, liveState } from "./live";

class Stream extends EventTarget {
  static last: Stream;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  close = vi.fn();
  constructor() {
    super();
    Stream.last = this;
  }
  say(type: string, data: unknown): void {
    this.dispatchEvent(
      new MessageEvent(type, { data: typeof data === "string" ? data : JSON.stringify(data) }),
    );
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Stream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function start() {
  const cache = new QueryClient();
  const stale = vi.spyOn(cache, "invalidateQueries").mockResolvedValue();
  const heard = vi.fn();
  const stop = listen(cache, heard);
  const keys = () => stale.mock.calls.map(([filter]) => filter?.queryKey);
  return { stale, heard, stop, keys };
}

it("makes a decided exception and the lists stale, the lists once for a burst", () => {
  const { keys, heard, stop } = start();
  const news = {
    stream: "ord_2k",
    number: 2,
    open: false,
    actor: "admin",
    verb: "approve",
    owner: "x",
  };
  Stream.last.say("exception", news);
  Stream.last.say("exception", { ...news, number: 3 });
  expect(keys()).toEqual([
    ["exception", "ord_2k", 2],
    ["order", "ord_2k"],
    ["exception", "ord_2k", 3],
    ["order", "ord_2k"],
  ]);
  vi.advanceTimersByTime(200);
  expect(keys().slice(4)).toEqual([["exceptions"], ["counts"]]);
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
  expect(Stream.last.close).toHaveBeenCalled();
});

it("passes over what it cannot read", () => {
  const { stale, heard, stop } = start();
  Stream.last.say("exception", "{");
  Stream.last.say("exception", { stream: 4 });
  Stream.last.say("order", {});
  vi.advanceTimersByTime(2000);
  expect(stale).not.toHaveBeenCalled();
  expect(heard).not.toHaveBeenCalled();
  stop();
});

it("asks for everything again after the stream was lost", () => {
  const { keys, stop } = start();
  Stream.last.onopen?.();
  expect(liveState()).toBe("live");
  expect(keys()).toEqual([]);
  Stream.last.onerror?.();
  expect(liveState()).toBe("lost");
  Stream.last.onopen?.();
  expect(keys()).toEqual([undefined]);
  stop();
});

it("has the list of the benches asked for once in a while, however much happens", () => {
  const { stale, stop } = start();
  const benches = () =>
    stale.mock.calls.filter(([filter]) => filter?.queryKey?.[0] === "station").length;
  for (let second = 0; second < 10; second += 1) {
    Stream.last.say("order", { order: `ord_${second}` });
    vi.advanceTimersByTime(1_000);
  }
  expect(benches()).toBe(2);
  expect(stale).toHaveBeenCalledWith({ queryKey: ["station"] }, { cancelRefetch: false });
  stop();
});
