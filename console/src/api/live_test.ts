import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { listen, liveState } from "./live";

class Stream extends EventTarget {
  static last: Stream;
  static made = 0;
  static readonly CLOSED = 2;
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  close = vi.fn();
  constructor() {
    super();
    Stream.last = this;
    Stream.made += 1;
  }
  say(type: string, data: unknown): void {
    this.dispatchEvent(
      new MessageEvent(type, { data: typeof data === "string" ? data : JSON.stringify(data) }),
    );
  }
}

let hidden = false;
Object.defineProperty(document, "hidden", { get: () => hidden });
function look(away: boolean): void {
  hidden = away;
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  hidden = false;
  Stream.made = 0;
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
    ["exception", "ord_2k", 3],
  ]);
  vi.advanceTimersByTime(200);
  expect(keys().slice(2)).toEqual([["order", "ord_2k"], ["exceptions"], ["counts"]]);
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

it("has the list of the benches asked for once in a while, however much happens", async () => {
  const { stale, stop } = start();
  const benches = () =>
    stale.mock.calls.filter(([filter]) => filter?.queryKey?.[0] === "station").length;
  for (let second = 0; second < 10; second += 1) {
    Stream.last.say("order", { order: `ord_${second}` });
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(benches()).toBe(2);
  expect(stale).toHaveBeenCalledWith({ queryKey: ["station"] }, { cancelRefetch: false });
  stop();
});

function giveUp(): void {
  Stream.last.readyState = Stream.CLOSED;
  Stream.last.onerror?.();
}

it("is opened again after an answer that was no stream, and asks whether the session lasts", () => {
  const { keys, stop } = start();
  Stream.last.onopen?.();
  giveUp();
  expect(liveState()).toBe("lost");
  expect(keys()).toEqual([["session"]]);
  vi.advanceTimersByTime(2_000);
  expect(Stream.made).toBe(2);
  giveUp();
  vi.advanceTimersByTime(30_000);
  expect(Stream.made).toBe(3);
  Stream.last.onopen?.();
  expect(liveState()).toBe("live");
  expect(keys().at(-1)).toBeUndefined();
  stop();
  vi.advanceTimersByTime(120_000);
  expect(Stream.made).toBe(3);
});

it("is not taken for live when nothing comes any more", () => {
  const { stop } = start();
  Stream.last.onopen?.();
  for (let at = 0; at < 10; at += 1) {
    vi.advanceTimersByTime(15_000);
    Stream.last.say("heartbeat", {});
  }
  expect(liveState()).toBe("live");
  expect(Stream.made).toBe(1);
  vi.advanceTimersByTime(41_000);
  expect(liveState()).toBe("lost");
  expect(Stream.last.close).toHaveBeenCalled();
  vi.advanceTimersByTime(2_000);
  expect(Stream.made).toBe(2);
  stop();
});

it("gives its connection up while nobody looks, and catches up afterwards", () => {
  const { keys, stop } = start();
  Stream.last.onopen?.();
  look(true);
  vi.advanceTimersByTime(29_000);
  look(false);
  vi.advanceTimersByTime(5_000);
  expect(Stream.made).toBe(1);
  look(true);
  const { close } = Stream.last;
  vi.advanceTimersByTime(600_000);
  expect(close).toHaveBeenCalled();
  expect(Stream.made).toBe(1);
  look(false);
  expect(Stream.made).toBe(2);
  Stream.last.onopen?.();
  expect(keys()).toEqual([undefined]);
  stop();
});

it("takes no connection for a page opened behind another", () => {
  hidden = true;
  const { stop } = start();
  vi.advanceTimersByTime(60_000);
  expect(Stream.made).toBe(0);
  look(false);
  expect(Stream.made).toBe(1);
  stop();
});
