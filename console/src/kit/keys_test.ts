import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  addLayer,
  bindingIds,
  bindings,
  live,
  offBench,
  pressed,
  takesText,
  type Binding,
  type Handlers,
} from "./keys";

let stops: (() => void)[] = [];
afterEach(() => {
  stops.forEach((stop) => stop());
  stops = [];
  document.body.replaceChildren();
});

function hear(handlers: Handlers): void {
  stops.push(addLayer({ current: { handlers, actions: [] } }));
}

function keydown(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  return new KeyboardEvent("keydown", { key, code: key, bubbles: true, cancelable: true, ...more });
}

function press(key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}) {
  const event = keydown(key, more);
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

describe("a key", () => {
  it("is kept from the browser when it was used, and left to it when it was not", () => {
    const next = vi.fn();
    hear({
      next: { run: next },
      open: { run: () => false },
      snooze: { run: next, applies: false },
    });
    expect(press("j").defaultPrevented).toBe(true);
    expect(press("k").defaultPrevented).toBe(false);
    expect(press("Enter").defaultPrevented).toBe(false);
    expect(press("s").defaultPrevented).toBe(false);
    expect(next).toHaveBeenCalledTimes(1);
  });
  it("means nothing while somebody types, but for those that say so", () => {
    const used = vi.fn();
    hear({ next: { run: used }, back: { run: used }, palette: { run: used } });
    const area = element("textarea");
    press("j", area);
    expect(used).not.toHaveBeenCalled();
    press("Escape", area);
    press("k", area, { ctrlKey: true });
    expect(used).toHaveBeenCalledTimes(2);
  });
  it("leaves combinations to the browser", () => {
    const used = vi.fn();
    hear({ assign: { run: used }, snooze: { run: used } });
    press("a", document.body, { ctrlKey: true });
    press("s", document.body, { metaKey: true });
    expect(used).not.toHaveBeenCalled();
  });
  it("after another is not the same key alone", () => {
    const [assign, go] = [vi.fn(), vi.fn()];
    hear({ assign: { run: assign }, goApprovals: { run: go } });
    press("g");
    press("a");
    expect(go).toHaveBeenCalledTimes(1);
    expect(assign).not.toHaveBeenCalled();
    press("a");
    expect(assign).toHaveBeenCalledTimes(1);
    press("g");
    press("g");
    press("a");
    expect(go).toHaveBeenCalledTimes(2);
  });
  it("is the character, with Shift or without", () => {
    const used = vi.fn();
    hear({ help: { run: used }, choose: { run: ({ key }) => used(key) } });
    press("?", document.body, { shiftKey: true });
    press("2", document.body, { shiftKey: true });
    press("3");
    expect(used.mock.calls.flat().filter((each) => typeof each === "string")).toEqual(["2", "3"]);
    expect(used).toHaveBeenCalledTimes(3);
  });
  it("is silent while a window or a menu is open", () => {
    const used = vi.fn();
    hear({ choose: { run: used } });
    const dialog = element("dialog", { open: "" });
    press("1");
    dialog.remove();
    const menu = element("div", { popover: "auto" });
    const open = vi.spyOn(menu, "matches").mockReturnValue(true);
    press("1");
    expect(used).not.toHaveBeenCalled();
    open.mockReturnValue(false);
    press("1");
    expect(used).toHaveBeenCalledOnce();
  });
  it("is heard by who stands innermost, and by nobody once they are gone", () => {
    const used = vi.fn();
    hear({ next: { run: used } });
    expect(live.handler("next")).toBeDefined();
    stops.forEach((stop) => stop());
    stops = [];
    expect(live.handler("next")).toBeUndefined();
    press("j");
    expect(used).not.toHaveBeenCalled();
  });
});

it("recognises a form's own keys without their combinations", () => {
  expect(pressed(keydown("Enter"), "confirm")).toBe(true);
  expect(pressed(keydown("Enter", { shiftKey: true }), "confirm")).toBe(false);
  expect(pressed(keydown("Escape"), "back")).toBe(true);
});

describe("the table of keys", () => {
  const sources = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return /\.tsx?$/.test(path) && !/_test\.tsx?$/.test(path) ? [path] : [];
    });
  const src = join(import.meta.dirname, "..");
  // A scanner types at the station: what it types is a code and no command.
  const files = sources(src).filter(
    (path) => !path.includes("/station/") && !path.endsWith("kit/keys.ts"),
  );
  const text = files.map((path) => readFileSync(path, "utf8")).join("\n");

  it("is the only place that knows a key", () => {
    expect(text).not.toMatch(/[eE]vent\.(key|code)\b/);
    expect(text).not.toMatch(/addEventListener\(\s*["']key/);
    expect(text).not.toMatch(/<kbd[^>]*>\s*[A-Za-z/?]/);
  });
  it("has no key that nobody handles", () => {
    // Shift+Enter is the text area's own, Escape the window's.
    const browsers = new Set(["newline", "paletteClose"]);
    for (const id of bindingIds) {
      if (browsers.has(id)) continue;
      const { local } = bindings[id] as Binding;
      const used = local ? `"${id}")` : new RegExp(`\\b${id}: (\\{|does\\()|\\bby: "${id}"`);
      expect(text, id).toMatch(used);
    }
  });
  it("gives one key one meaning in one place", () => {
    const seen = new Set<string>();
    for (const id of bindingIds)
      for (const keys of bindings[id].keys) {
        const where = `${bindings[id].area} ${keys}`;
        expect(seen.has(where), where).toBe(false);
        seen.add(where);
      }
  });
});

describe("a held key", () => {
  const hold = { repeat: true };

  it("moves on, and does nothing else again", () => {
    const used = vi.fn();
    hear({ next: { run: used }, open: { run: used }, undo: { run: used } });
    press("j", document.body, hold);
    expect(used).toHaveBeenCalledTimes(1);
    press("Enter", document.body, hold);
    press("u", document.body, hold);
    expect(used).toHaveBeenCalledTimes(1);
  });

  it("is no confirmation, and presses no button that came under it", () => {
    hear({});
    expect(pressed(keydown("Enter"), "confirm")).toBe(true);
    expect(pressed(keydown("Enter", hold), "confirm")).toBe(false);
    expect(pressed(keydown("ArrowDown", hold), "paletteNext")).toBe(true);
    const button = element("button");
    expect(press("Enter", button, hold).defaultPrevented).toBe(true);
    expect(press("Enter", button).defaultPrevented).toBe(false);
    expect(press("Enter", element("textarea"), hold).defaultPrevented).toBe(false);
  });
});

it("leaves the Enter that ends a composition to the input method, in Safari too", () => {
  expect(pressed(keydown("Enter", { keyCode: 229 } as KeyboardEventInit), "confirm")).toBe(false);
});

it("leaves single keys of the frame to the scanner at the bench, not to the palette", () => {
  const run = vi.fn();
  const atBench = offBench("/station/PO-1/pack", run);
  expect(atBench({ key: "m", event: keydown("m") })).toBe(false);
  expect(run).not.toHaveBeenCalled();
  atBench({ key: "" });
  offBench("/orders", run)({ key: "m", event: keydown("m") });
  expect(run).toHaveBeenCalledTimes(2);
});
