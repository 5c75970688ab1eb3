// The order slip that goes into the parcel: only what a buyer may read. Nothing of suppliers, of
// costs or of what the bench is told stands on it. Pure.
import type { Task } from "./bench";
import type { Day } from "./day";

export interface Slip {
  /** What the label match scans. */
  po: string;
  store: string;
  number: string;
  lines: { line: number; title: string; variant: string; quantity: number }[];
}

/** The slip of a loaded purchase order; nothing for one that no task is about. */
export function slipOf(day: Pick<Day, "tasks"> | undefined, po: string): Slip | null {
  const task = day?.tasks.find((each) => each.po === po);
  return task ? written(task) : null;
}

const written = ({ po, channel, store_number, lines }: Task): Slip => ({
  po,
  store: channel,
  number: store_number,
  lines: lines.map(({ line, title, variant, quantity }) => ({ line, title, variant, quantity })),
});

/** Whether the slip is at hand: where the parcel is closed and where it is labelled. */
export function hasSlip({ step }: Pick<Task, "step">): boolean {
  return step === "packing" || step === "label_match";
}
