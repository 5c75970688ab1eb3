// From the keyboard to one meaning. Bare keys mean nothing while somebody types.
import { tinykeys } from "tinykeys";

export interface Press {
  key: string;
  /** Focus is in something that takes text. */
  typing: boolean;
}

const bare = ["j", "k", "e", "s", "a", "Escape", "Enter", "ArrowDown", "ArrowUp"];
const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

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

/** Listens to the keys of the house; `heard` says whether the press was used. */
export function onKeys(heard: (press: Press, event: KeyboardEvent) => boolean): () => void {
  const handle = (key: string) => (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    if (heard({ key, typing: takesText(event.target) }, event)) event.preventDefault();
  };
  const bindings = Object.fromEntries([
    ...bare.map((key) => [key, handle(key)]),
    // Where a layout needs Shift for these, the character counts and not the key.
    ...[...digits, "?", "/"].map((key) => [`[Shift]+${key}`, handle(key)]),
  ]);
  return tinykeys(globalThis.window, bindings, { ignore: (event) => event.isComposing });
}
