import { afterEach, expect, it, vi } from "vitest";
import { onKeys, takesText, type Press } from "./keys";

afterEach(() => document.body.replaceChildren());

function press(
  key: string,
  target: EventTarget = document.body,
  more: KeyboardEventInit = {},
): KeyboardEvent {
  const event = new KeyboardEvent("keydown", {
    key,
    code: key,
    bubbles: true,
    cancelable: true,
    ...more,
  });
  target.dispatchEvent(event);
  return event;
}

function element(tag: string, attributes: Record<string, string> = {}): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  document.body.append(made);
  return made;
}

it("knows where text goes", () => {
  expect(takesText(element("textarea"))).toBe(true);
  expect(takesText(element("input"))).toBe(true);
  expect(takesText(element("select"))).toBe(true);
  expect(takesText(element("input", { type: "checkbox" }))).toBe(false);
  expect(takesText(element("button"))).toBe(false);
  expect(takesText(document.body)).toBe(false);
});

it("tells a press and whether somebody types, and keeps the browser out of used ones", () => {
  const heard = vi.fn((given: Press) => given.key === "j");
  const stop = onKeys(heard);
  expect(press("j").defaultPrevented).toBe(true);
  expect(press("k").defaultPrevented).toBe(false);
  press("Escape", element("textarea"));
  press("?", document.body, { shiftKey: true });
  expect(heard.mock.calls.map(([given]) => given)).toEqual([
    { key: "j", typing: false },
    { key: "k", typing: false },
    { key: "Escape", typing: true },
    { key: "?", typing: false },
  ]);
  stop();
  press("j");
  expect(heard).toHaveBeenCalledTimes(4);
});

it("leaves combinations to the browser", () => {
  const heard = vi.fn(() => true);
  const stop = onKeys(heard);
  press("a", document.body, { ctrlKey: true });
  press("s", document.body, { metaKey: true });
  expect(heard).not.toHaveBeenCalled();
  stop();
});

it("is silent while the sheet of keys is open", () => {
  const heard = vi.fn(() => true);
  const stop = onKeys(heard);
  element("dialog", { open: "" });
  press("1");
  expect(heard).not.toHaveBeenCalled();
  stop();
});
