// What a scan means: a command of the printed card, or the code of goods, orders and labels.

export const commands = [
  "PASS",
  "FAIL",
  "UNCLEAR",
  "NEXT",
  "PACK",
  "LABEL",
  "SLIP",
  "UNDO",
] as const;
export type Command = (typeof commands)[number];

export type Scan =
  | { kind: "command"; command: Command }
  | { kind: "digit"; digit: number }
  | { kind: "code"; text: string };

// A scanner set to another country's keyboard turns the colon into some other sign, and Caps Lock
// turns the letters: both are forgiven. A hyphen is not, since purchase orders are written with it.
const card = new RegExp(`^HF[^\\s-](?:(${commands.join("|")})|([0-9]))$`, "i");

/** Control signs and the symbology prefix that some scanners put in front are no part of a code. */
function bare(text: string): string {
  return [...text.replace(/^\][A-Za-z][0-9]/, "")]
    .filter((sign) => sign >= " " && sign !== "\u007f")
    .join("")
    .trim();
}

export function readScan(raw: string): Scan | null {
  const text = bare(raw);
  if (text === "") return null;
  const found = card.exec(text);
  if (found?.[1]) return { kind: "command", command: found[1].toUpperCase() as Command };
  if (found?.[2]) return { kind: "digit", digit: Number(found[2]) };
  return { kind: "code", text };
}

/** The text of a command's barcode. */
export function cardText(what: Command | number): string {
  return `HF:${what}`;
}

/** The same code whatever the case, and with or without the sign before an order's number. */
export function sameCode(one: string, other: string): boolean {
  const plain = (text: string) => text.trim().toLowerCase().replace(/^#/, "");
  return plain(one) !== "" && plain(one) === plain(other);
}
