import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeTeller, watchCase } from "./others";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const news = (number: number, verb = "approve", open = false) => ({
  ...{ stream: "ord_1", number, open, verb },
  actor: "lee",
});

it("says at once what concerns the reader, and of the rest only how much, once a minute", () => {
  const one = vi.fn();
  const many = vi.fn();
  const { heard, stop } = makeTeller({ one, many });
  const leave = watchCase("ord_1-1");
  heard(news(1), true);
  expect(one).toHaveBeenCalledTimes(1);
  for (let number = 2; number < 32; number += 1) heard(news(number), true);
  expect(many.mock.calls).toEqual([[1]]);
  vi.advanceTimersByTime(60_000);
  expect(many.mock.calls).toEqual([[1], [29]]);
  vi.advanceTimersByTime(600_000);
  expect(many).toHaveBeenCalledTimes(2);
  leave();
  heard(news(1), true);
  expect(one).toHaveBeenCalledTimes(1);
  expect(many).toHaveBeenCalledTimes(3);
  stop();
});

it("is silent about what nobody here saw, what is open, and what evidence cleared", () => {
  const one = vi.fn();
  const many = vi.fn();
  const { heard, stop } = makeTeller({ one, many });
  const leave = watchCase("ord_1-1");
  heard(news(1, "cleared"), true);
  heard(news(1, "assign", true), true);
  heard(news(2), false);
  vi.advanceTimersByTime(120_000);
  expect(one).not.toHaveBeenCalled();
  expect(many).not.toHaveBeenCalled();
  leave();
  stop();
});
