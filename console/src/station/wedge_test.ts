// Scans against typing: only speed tells them apart.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenForScans, Wedge } from "./wedge";

/** Feeds a text with its end sign, a key every `ms`; gives what was heard last. */
function feed(wedge: Wedge, text: string, ms: number, from = 0, end = "Enter") {
  const keys = [...text, end];
  return keys.map((key, at) => wedge.key(key, from + at * ms)).at(-1);
}

describe("the wedge", () => {
  it("hears a scan that ends with Enter or Tab", () => {
    for (const end of ["Enter", "Tab"]) {
      expect(feed(new Wedge(), "HF-2K8", 5, 0, end)).toEqual({ kind: "scan", text: "HF-2K8" });
    }
  });

  it("does not hear a person, however good", () => {
    expect(feed(new Wedge(), "HF-2K8", 60)).toEqual({ kind: "nothing" });
    expect(feed(new Wedge(), "HF-2K8", 120)).toEqual({ kind: "nothing" });
  });

  it("does not hear two keys that were struck together", () => {
    expect(feed(new Wedge(), "ab", 5)).toEqual({ kind: "nothing" });
  });

  it("begins anew after a pause, so that typing before a scan is no part of it", () => {
    const wedge = new Wedge();
    wedge.key("x", 0);
    wedge.key("y", 200);
    expect(feed(wedge, "THROW-L", 4, 500)).toEqual({ kind: "scan", text: "THROW-L" });
  });

  it("bears the Shift that a scanner holds for capitals, and a hiccup", () => {
    const wedge = new Wedge();
    const keys: [string, number][] = [
      ["Shift", 0],
      ["H", 2],
      ["Shift", 4],
      ["F", 6],
      [":", 8],
      ["P", 70],
      ["A", 72],
      ["S", 74],
      ["S", 76],
    ];
    for (const [key, at] of keys) wedge.key(key, at);
    expect(wedge.key("Enter", 80)).toEqual({ kind: "scan", text: "HF:PASS" });
  });

  it("hears no key that is held down", () => {
    const wedge = new Wedge();
    wedge.key("a", 0);
    for (let at = 1; at < 10; at += 1) wedge.key("a", at * 30, true);
    expect(wedge.key("Enter", 310)).toEqual({ kind: "nothing" });
  });

  it("believes a long scan without an end after silence, and nothing short", () => {
    const wedge = new Wedge();
    [..."LX410299871GB"].forEach((key, at) => wedge.key(key, at * 4));
    expect(wedge.silence()).toEqual({ kind: "scan", text: "LX410299871GB" });
    [..."abc"].forEach((key, at) => wedge.key(key, at * 4));
    expect(wedge.silence()).toEqual({ kind: "nothing" });
  });

  it("loses nothing of a scan in a page that is busy meanwhile", () => {
    const wedge = new Wedge();
    wedge.key("H", 0);
    expect(wedge.silence()).toEqual({ kind: "nothing" });
    expect(feed(wedge, "F:PASS", 4, 4)).toEqual({ kind: "scan", text: "HF:PASS" });
  });

  it("is bounded", () => {
    const wedge = new Wedge();
    for (let at = 0; at < 1_000; at += 1) wedge.key("a", at);
    expect(feed(wedge, "HF-2K8", 2, 5_000)).toEqual({ kind: "scan", text: "HF-2K8" });
  });
});

describe("the page", () => {
  const heard = vi.fn<(text: string, at: number) => void>();
  let stop: () => void;
  beforeEach(() => {
    heard.mockClear();
    stop = listenForScans(heard);
  });
  afterEach(() => {
    stop();
    document.body.replaceChildren();
  });

  /** A key as the browser tells it, with the character it writes. */
  function press(target: HTMLElement, key: string, at: number): KeyboardEvent {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: at });
    target.dispatchEvent(event);
    const field = target instanceof HTMLInputElement ? target : null;
    if (field && key.length === 1 && !event.defaultPrevented) field.value += key;
    return event;
  }
  const strike = (target: HTMLElement, text: string, ms: number) =>
    [...text, "Enter"].map((key, at) => press(target, key, 1_000 + at * ms));

  it("takes a scan out of the text field it ran into and leaves what stood there", () => {
    const field = document.createElement("input");
    const told = vi.fn();
    field.value = "scratched";
    field.addEventListener("input", told);
    document.body.append(field);
    const keys = strike(field, "HF:FAIL", 4);
    expect(heard.mock.calls).toEqual([["HF:FAIL", 1_028]]);
    expect(field.value).toBe("scratched");
    expect(told).toHaveBeenCalled();
    // The form is not sent either.
    expect(keys.at(-1)?.defaultPrevented).toBe(true);
  });

  it("leaves typing alone", () => {
    const field = document.createElement("input");
    document.body.append(field);
    const keys = strike(field, "a scratch", 90);
    expect(heard).not.toHaveBeenCalled();
    expect(field.value).toBe("a scratch");
    expect(keys.every((each) => !each.defaultPrevented)).toBe(true);
  });

  it("presses no button with the end of a scan", () => {
    const button = document.createElement("button");
    document.body.append(button);
    const keys = strike(button, "HF-2K8", 4);
    expect(heard.mock.calls).toEqual([["HF-2K8", 1_024]]);
    expect(keys.slice(1).every((each) => each.defaultPrevented)).toBe(true);
  });
});
