// What the server recorded in its own words, as a person reads it: instants in the reader's zone,
// code words as words. Pure: the present is an argument.
import { en, words, type Key } from "../words";
import { moment } from "./format";

const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g;
const code = /\b[a-z]+(?:_[a-z]+)+\b/g;

const gate = /\b([a-z]+(?:_[a-z]+)*)@(parcel \d+|[A-Z][A-Z0-9]*-[A-Z0-9]+)/g;

/** The words for a code word that stands in a sentence; as it came when nobody named it. */
export function codeWords(word: string): string {
  const key = `code.${word}`;
  return key in en ? words.t(key as Key) : word;
}

/** A recorded sentence for people. */
export function told(text: string, now: number, locale: string): string {
  return words
    .rule(text)
    .replace(instant, (at) => moment(at, now, locale))
    .replace(gate, (_, name: string, what: string) =>
      words.t("told.gateOf", { gate: words.name("gateName", name), what }),
    )
    .replace(code, (word) => codeWords(word));
}
