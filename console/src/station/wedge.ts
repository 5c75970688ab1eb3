// Tells a barcode scanner that acts as a keyboard from a person at the keys: by speed alone. A scan
// is heard as one text and never stays in a text field; what a person types is never touched.

export interface Pace {
  /** Two characters of one scan lie at most this far apart, in milliseconds. */
  gap: number;
  /** And this far on average: nobody keeps that up by hand. */
  mean: number;
  /** Fewer characters than this are no scan, however fast. */
  least: number;
  /** A scanner without an end sign is believed after this silence, from `leastUnended` on. */
  silence: number;
  leastUnended: number;
}

export const wedgePace: Pace = { gap: 80, mean: 35, least: 3, silence: 150, leastUnended: 8 };
const mostCharacters = 200;

/** What one key made of the keys before it. */
export type Heard =
  | { kind: "nothing" }
  /** The first character of what may become a scan. */
  | { kind: "begun" }
  /** A further character at a scanner's speed. */
  | { kind: "goes on" }
  | { kind: "scan"; text: string };

const nothing: Heard = { kind: "nothing" };
/** Keys that stand between a scanner's characters without being any. */
const between = ["Shift", "CapsLock", "AltGraph", "NumLock"];

export class Wedge {
  private text = "";
  private first = 0;
  private last = 0;

  constructor(private readonly pace: Pace = wedgePace) {}

  /** A key at its own time; `held` when the keyboard repeats it by itself. */
  key(key: string, at: number, held = false): Heard {
    if (between.includes(key)) return nothing;
    const near = this.text !== "" && at - this.last <= this.pace.gap;
    if (key === "Enter" || key === "Tab") {
      const text = near ? this.text : "";
      const fast = this.isFast();
      this.forget();
      return text.length >= this.pace.least && fast ? { kind: "scan", text } : nothing;
    }
    if (held || [...key].length !== 1 || this.text.length >= mostCharacters) {
      this.forget();
      return nothing;
    }
    if (near) {
      this.text += key;
      this.last = at;
      return this.isFast() ? { kind: "goes on" } : nothing;
    }
    this.text = key;
    this.first = this.last = at;
    return { kind: "begun" };
  }

  /** Silence since the last key: a scanner that sends no end is done. */
  silence(): Heard {
    const { text } = this;
    if (text.length < this.pace.leastUnended || !this.isFast()) return nothing;
    this.forget();
    return { kind: "scan", text };
  }

  forget(): void {
    this.text = "";
  }

  private isFast(): boolean {
    return this.last - this.first <= this.pace.mean * (this.text.length - 1);
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement;
const textless = ["checkbox", "radio", "button", "submit", "reset", "file", "range", "color"];

function fieldAt(target: EventTarget | null): Field | null {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && !textless.includes(target.type) ? target : null;
}

/** What stood in a field before a scan ran into it. */
interface Snapshot {
  field: Field;
  value: string;
  selection: [number | null, number | null];
}

function snapshot(field: Field): Snapshot {
  return {
    field,
    value: field.value,
    selection: [field.selectionStart, field.selectionEnd],
  };
}

/** Puts the old text back in a way that the page's own components notice. */
function putBack({ field, value, selection }: Snapshot): void {
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (selection[0] !== null) field.setSelectionRange(...selection);
}

/** Hears every scan of the page until the returned function is called. */
export function listenForScans(
  heard: (text: string, at: number) => void,
  pace = wedgePace,
): () => void {
  const wedge = new Wedge(pace);
  let before: Snapshot | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function take(text: string, at: number): void {
    clearTimeout(silence);
    if (before) putBack(before);
    before = null;
    heard(text, at);
  }

  function stop(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function onKey(event: KeyboardEvent): void {
    // Some browsers tell of an input method's last key by 229 alone.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) {
      wedge.forget();
      return;
    }
    const field = fieldAt(event.target);
    const read = wedge.key(event.key, event.timeStamp, event.repeat);
    if (read.kind === "scan") {
      stop(event);
      take(read.text, event.timeStamp);
      return;
    }
    if (read.kind === "begun") before = field && snapshot(field);
    // The rest of a scan is no shortcut and presses no button.
    if (read.kind === "goes on" && !field) stop(event);
    if (read.kind === "nothing") return;
    clearTimeout(silence);
    // A busy page hears the timer before the keys that wait: silence is looked for twice.
    silence = setTimeout(() => (silence = setTimeout(end, pace.silence)), pace.silence);
  }

  function end(): void {
    const late = wedge.silence();
    if (late.kind === "scan") take(late.text, performance.now());
  }

  globalThis.addEventListener("keydown", onKey, { capture: true });
  return () => {
    clearTimeout(silence);
    globalThis.removeEventListener("keydown", onKey, { capture: true });
  };
}
