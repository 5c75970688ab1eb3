// Every key of the console and what it means: the handlers, the sheet and the palette are all drawn
// from this one table. A key that stands here without a handler does nothing; a handler without a
// key here cannot be written.
import { useEffect, useRef } from "react";
import { matchKeybindingPress, parseKeybinding, tinykeys } from "tinykeys";
import type { Key } from "../words";

export interface Binding {
  /** Where it works: the group it stands in on the sheet. */
  area: "everywhere" | "go" | "lists" | "cases" | "form" | "palette";
  /** As tinykeys writes them; two keys with a space between are pressed one after the other. */
  keys: readonly string[];
  says: Key;
  /** Works while somebody types, too. */
  typing?: boolean;
  /** Heard by the form or list that has the focus, or by the browser, not by the whole page. */
  local?: boolean;
}

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => `[Shift]+${digit}`);

export const bindings = {
  palette: { area: "everywhere", keys: ["$mod+k"], says: "keys.palette", typing: true },
  // Where a layout needs Shift for these, the character counts and not the key.
  search: { area: "everywhere", keys: ["[Shift]+/"], says: "keys.search" },
  menu: { area: "everywhere", keys: ["m"], says: "keys.menu" },
  help: { area: "everywhere", keys: ["[Shift]+?"], says: "keys.help" },
  goQueue: { area: "go", keys: ["g q"], says: "nav.queue" },
  goApprovals: { area: "go", keys: ["g a"], says: "nav.approvals" },
  goDay: { area: "go", keys: ["g d"], says: "nav.day" },
  goOrders: { area: "go", keys: ["g o"], says: "nav.orders" },
  goStation: { area: "go", keys: ["g s"], says: "nav.station" },
  goMentions: { area: "go", keys: ["g m"], says: "nav.mentions" },
  goImport: { area: "go", keys: ["g i"], says: "nav.import" },
  goPolicy: { area: "go", keys: ["g l"], says: "nav.policy" },
  goSuppliers: { area: "go", keys: ["g u"], says: "nav.suppliers" },
  goProducts: { area: "go", keys: ["g c"], says: "nav.products" },
  goHealth: { area: "go", keys: ["g h"], says: "nav.health" },
  goConnections: { area: "go", keys: ["g n"], says: "nav.connections" },
  goSetup: { area: "go", keys: ["g e"], says: "nav.setup" },
  goPeople: { area: "go", keys: ["g p"], says: "nav.people" },
  goTokens: { area: "go", keys: ["g t"], says: "nav.tokens" },
  goRecord: { area: "go", keys: ["g r"], says: "nav.record" },
  nextRow: { area: "lists", keys: ["j", "ArrowDown"], says: "keys.nextRow" },
  previousRow: { area: "lists", keys: ["k", "ArrowUp"], says: "keys.previousRow" },
  openRow: { area: "lists", keys: ["Enter"], says: "keys.openRow" },
  next: { area: "cases", keys: ["j", "ArrowDown"], says: "keys.next" },
  previous: { area: "cases", keys: ["k", "ArrowUp"], says: "keys.previous" },
  first: { area: "cases", keys: ["Home"], says: "keys.first" },
  last: { area: "cases", keys: ["End"], says: "keys.last" },
  open: { area: "cases", keys: ["Enter"], says: "keys.open" },
  choose: { area: "cases", keys: digits, says: "keys.choose" },
  resolve: { area: "cases", keys: ["e"], says: "keys.resolve" },
  snooze: { area: "cases", keys: ["s"], says: "keys.snooze" },
  assign: { area: "cases", keys: ["a"], says: "keys.assign" },
  retry: { area: "cases", keys: ["r"], says: "keys.retry" },
  contact: { area: "cases", keys: ["c"], says: "keys.contact" },
  mark: { area: "cases", keys: ["x"], says: "keys.mark" },
  markRange: { area: "cases", keys: ["Shift+x"], says: "keys.markRange" },
  bulk: { area: "cases", keys: ["b"], says: "keys.bulk" },
  undo: { area: "cases", keys: ["u"], says: "keys.undo" },
  confirm: { area: "form", keys: ["Enter"], says: "keys.confirm", local: true },
  newline: { area: "form", keys: ["Shift+Enter"], says: "keys.newline", local: true },
  back: { area: "form", keys: ["Escape"], says: "keys.back", typing: true },
  paletteNext: { area: "palette", keys: ["ArrowDown"], says: "keys.paletteNext", local: true },
  palettePrevious: {
    area: "palette",
    keys: ["ArrowUp"],
    says: "keys.palettePrevious",
    local: true,
  },
  paletteRun: { area: "palette", keys: ["Enter"], says: "keys.paletteRun", local: true },
  paletteClose: { area: "palette", keys: ["Escape"], says: "keys.paletteClose", local: true },
} as const satisfies Record<string, Binding>;

export type BindingId = keyof typeof bindings;
type Heard = {
  [Id in BindingId]: (typeof bindings)[Id] extends { local: true } ? never : Id;
}[BindingId];

export const bindingIds = Object.keys(bindings) as BindingId[];

export interface Press {
  /** What was pressed; empty when the action was chosen in the palette. */
  key: string;
  event?: KeyboardEvent;
}

export interface Handler {
  /** Returns false when it left the key to somebody else. */
  run: (press: Press) => boolean | void;
  /** False while it would do nothing: the key is left alone and the palette does not offer it. */
  applies?: boolean;
  /** Stands for several: each with the key it is chosen by and its own words. */
  choices?: { key: string; label: string }[];
}

export type Handlers = { [Id in Heard]?: Handler };

/** Something a page can do that has no key of its own; the palette offers it. */
export interface PageAction {
  label: string;
  run: () => void;
}

/** For single keys of the frame: at the bench a key may be the first sign of a scan. */
export function offBench(path: string, run: () => void): Handler["run"] {
  return ({ event }) => {
    if (event && path.startsWith("/station")) return false;
    run();
  };
}

interface Layer {
  handlers: Handlers;
  actions: PageAction[];
}

/** What is on the page now, the outermost last. */
const layers: { current: Layer }[] = [];

export const live = {
  handler(id: BindingId): Handler | undefined {
    for (const layer of layers) {
      const handler = (layer.current.handlers as Partial<Record<BindingId, Handler>>)[id];
      if (handler && handler.applies !== false) return handler;
    }
    return undefined;
  },
  actions: (): PageAction[] => layers.flatMap((layer) => layer.current.actions),
};

/** Whether keys belong to this element because it takes text or a choice. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type)
  );
}

/** Whether Enter already does something of its own here. */
export function activates(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("button, a, summary, input, select") !== null
  );
}

/** Whether an input method has the key; in Safari 229 alone says so when Enter ends its work. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** What moves goes on while its key is held; anything else is done once for each press. */
const moving = new Set<BindingId>([
  "next",
  "previous",
  "nextRow",
  "previousRow",
  "paletteNext",
  "palettePrevious",
]);

/** Whether this event is one of a binding's keys: for forms and lists that hear for themselves. */
export function pressed(event: KeyboardEvent, id: BindingId): boolean {
  if (composing(event) || (event.repeat && !moving.has(id))) return false;
  return bindings[id].keys.some((keys) => matchKeybindingPress(event, parseKeybinding(keys)[0]!));
}

/** Whether keys are for the page at all: a window and an open menu have their own. */
function forThePage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented) return false;
  if (document.querySelector("dialog[open]")) return false;
  // As the browser has it: what the page remembers of a menu follows a moment later.
  const menus = [...document.querySelectorAll("[popover]")];
  return !menus.some((each) => each.matches(":popover-open"));
}

function heard(ids: BindingId[], event: KeyboardEvent): void {
  const typing = takesText(event.target);
  for (const id of ids) {
    const binding: Binding = bindings[id];
    if (typing && !binding.typing) continue;
    if (event.repeat && !moving.has(id)) continue;
    const handler = live.handler(id);
    if (!handler || handler.run({ key: event.key, event }) === false) continue;
    event.preventDefault();
    return;
  }
}

/**
 * A held Enter presses nothing but what it began with: the button that has the focus a moment later
 * asks for a press of its own. In a text of several lines it goes on making lines.
 */
function keepHeldEnter(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !event.repeat) return;
  if (!(event.target instanceof HTMLTextAreaElement)) event.preventDefault();
}

/** How long the second of two keys may take. */
const secondKeyMs = 1_500;

function listenToKeys(): () => void {
  const meanings = new Map<string, BindingId[]>();
  const presses = new Set<string>();
  for (const id of bindingIds) {
    const binding: Binding = bindings[id];
    if (binding.local) continue;
    for (const keys of binding.keys) {
      meanings.set(keys, [...(meanings.get(keys) ?? []), id]);
      for (const press of keys.split(" ")) presses.add(press);
    }
  }
  // Sequences are kept here: tinykeys forgets that the first key of one may begin it anew.
  let before: { press: string; at: number } | undefined;
  const handle = (press: string) => (event: KeyboardEvent) => {
    if (!forThePage(event)) return;
    const first = before && event.timeStamp - before.at < secondKeyMs ? before.press : "";
    before = undefined;
    const after = first && meanings.get(`${first} ${press}`);
    if (after) return heard(after, event);
    const begins = [...meanings.keys()].some((keys) => keys.startsWith(`${press} `));
    if (begins && !event.repeat && !takesText(event.target))
      before = { press, at: event.timeStamp };
    heard(meanings.get(press) ?? [], event);
  };
  const stopKeys = tinykeys(
    globalThis.window,
    Object.fromEntries([...presses].map((press) => [press, handle(press)])),
    { ignore: composing },
  );
  globalThis.window.addEventListener("keydown", keepHeldEnter, { capture: true });
  return () => {
    stopKeys();
    globalThis.window.removeEventListener("keydown", keepHeldEnter, { capture: true });
  };
}

let stop: (() => void) | undefined;

/** Adds what a part of the page does; gives back how to take it away. */
export function addLayer(layer: { current: Layer }): () => void {
  layers.push(layer);
  stop ??= listenToKeys();
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    if (layers.length > 0) return;
    stop?.();
    stop = undefined;
  };
}

/** What this part of the page does while it is shown: by its keys and from the palette. */
export function useKeys(handlers: Handlers, actions: PageAction[] = []): void {
  const latest = useRef<Layer>({ handlers, actions });
  useEffect(() => {
    latest.current = { handlers, actions };
  });
  useEffect(() => addLayer(latest), []);
}
