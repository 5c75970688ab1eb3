// Names that policy gives, as people say them.

/** "supplier_confirmed@HF-2K7" is told as "supplier confirmed". */
export function gateName(gate: string): string {
  return (gate.split("@")[0] ?? gate).replaceAll("_", " ");
}
