// Names that policy gives, as people say them.
import { words } from "../../words";

/** "supplier_confirmed@HF-2K7" is told as "supplier confirmed". */
export function gateName(gate: string): string {
  return words.name("gateName", gate.split("@")[0] ?? gate);
}
