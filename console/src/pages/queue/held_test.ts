import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../api/problem";
import type { Exception } from "../../api/queries";
import { letUnsentGo, settleUnsent } from "../../api/unsent";
import { heldNow, hold, hostHeld, letGo, sendAgain, sendNow, takeBack, undoMs } from "./held";

const one = (number: number) => ({ stream: "ord_1", number }) as Exception;
const wait = {
  kind: "resolve",
  body: { verb: "wait", note: "n", root_cause: "unknown", rule_change: false },
} as const;

const send = vi.fn<(...all: unknown[]) => Promise<unknown>>();
const sent = vi.fn();
let me = "kim";
const way = { send, sent, me: () => me };

beforeEach(() => {
  vi.useFakeTimers();
  send.mockReset().mockResolvedValue({});
  sent.mockReset();
  me = "kim";
});
afterEach(async () => {
  sendNow();
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

describe("a decision", () => {
  it("is sent after ten seconds and not before", async () => {
    hold(one(1), wait, "waits", way);
    await vi.advanceTimersByTimeAsync(undoMs - 1);
    expect(send).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(send).toHaveBeenCalledTimes(1);
    expect(sent).toHaveBeenCalledTimes(1);
    expect(heldNow()).toEqual([]);
  });

  it("can be taken back, the newest first, and then nothing is sent", async () => {
    hold(one(1), wait, "first", way);
    hold(one(2), wait, "second", way);
    expect(takeBack()?.says).toBe("second");
    expect(takeBack()?.says).toBe("first");
    expect(takeBack()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(2 * undoMs);
    expect(send).not.toHaveBeenCalled();
  });

  it("about the same case takes the place of the one before", async () => {
    hold(one(1), wait, "first", way);
    hold(one(1), wait, "second", way);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("is sent at once when its page is closed", () => {
    hold(one(1), wait, "waits", way);
    globalThis.dispatchEvent(new Event("pagehide"));
    expect(send).toHaveBeenCalledTimes(1);
    expect(takeBack()).toBeUndefined();
  });

  it("is sent when the last page with the bar is left, and not between two of them", async () => {
    const leaveQueue = hostHeld();
    hold(one(1), wait, "waits", way);
    leaveQueue();
    const leaveCase = hostHeld();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(send).not.toHaveBeenCalled();
    leaveCase();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("that is refused stays, says why, and is sent again under a key of its own", async () => {
    send.mockRejectedValueOnce(new ApiError(409, "conflict", "Somebody else was faster."));
    hold(one(1), wait, "waits", way);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(heldNow()[0]?.state).toBe("refused");
    expect(heldNow()[0]?.problem?.code).toBe("conflict");
    sendAgain("ord_1-1");
    await vi.runAllTimersAsync();
    // The server keeps a refusal under its key for a day.
    expect(send.mock.calls[1]?.[2]).not.toBe(send.mock.calls[0]?.[2]);
    expect(heldNow()).toEqual([]);
  });

  it("that nobody answered is sent again as the same intent when the network is back", async () => {
    send.mockRejectedValueOnce(new ApiError(0, "unreachable", ""));
    hold(one(1), wait, "waits", way);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(heldNow()[0]?.state).toBe("refused");
    globalThis.dispatchEvent(new Event("online"));
    await vi.runAllTimersAsync();
    expect(send.mock.calls[1]?.[2]).toBe(send.mock.calls[0]?.[2]);
    expect(heldNow()).toEqual([]);
  });

  it("is never sent as somebody else's, nor taken back by them", async () => {
    hold(one(1), wait, "waits", way);
    me = "lee";
    expect(takeBack()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(undoMs);
    globalThis.dispatchEvent(new Event("online"));
    expect(send).not.toHaveBeenCalled();
    me = "kim";
    globalThis.dispatchEvent(new Event("online"));
    await vi.runAllTimersAsync();
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("is sent before its person signs out, and what is refused is told", async () => {
    hold(one(1), wait, "first", way);
    hold(one(2), wait, "second", way);
    send.mockRejectedValueOnce(new ApiError(409, "conflict", ""));
    expect(await settleUnsent()).toBe(1);
    expect(send).toHaveBeenCalledTimes(2);
    letUnsentGo();
    expect(await settleUnsent()).toBe(0);
    expect(heldNow()).toEqual([]);
  });

  it("keeps its page from closing unasked only while it would be lost", async () => {
    const asks = () => !globalThis.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    hold(one(1), wait, "waits", way);
    expect(asks()).toBe(false);
    send.mockRejectedValueOnce(new ApiError(0, "unreachable", ""));
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(asks()).toBe(true);
    sendAgain("ord_1-1");
    await vi.runAllTimersAsync();
    expect(asks()).toBe(false);
  });

  it("that is refused can be let go", async () => {
    send.mockRejectedValueOnce(new ApiError(422, "invalid", ""));
    hold(one(1), wait, "waits", way);
    await vi.advanceTimersByTimeAsync(undoMs);
    letGo("ord_1-1");
    expect(heldNow()).toEqual([]);
    expect(sent).not.toHaveBeenCalled();
  });
});
