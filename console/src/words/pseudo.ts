// English made strange: accents, brackets and two fifths more length. What a page shows without
// brackets came from no catalogue; what it cuts off will be cut off in some language, too.
import { compileMessage, type CompiledMessage } from "@lingui/message-utils/compileMessage";

const plain = "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz";
const strange = "ȦȧƁƀƇƈḒḓḖḗƑƒƓɠĦħĪīĴĵĶķĿŀḾḿȠƞǾǿƤƥɊɋŘřŞşŦŧŬŭṼṽẆẇẊẋẎẏẐẑ";
const longer = 0.4;

function accented(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => strange[plain.indexOf(letter)] ?? letter);
}

/** Words that make `text` two fifths longer, so that lines break where words do. */
function filling(text: string): string {
  const letters = Math.ceil(text.length * longer);
  return letters > 1 ? ` ${"ǿḗħŧ ".repeat(letters).slice(0, letters - 1)}` : "";
}

/** One message made strange; what is filled in stays as it is. */
export function pseudo(message: string): CompiledMessage {
  const shown = message.replace(/\{\w+, plural,.*?other \{([^}]*)\}\}/g, "$1");
  return ["[", ...compileMessage(message, accented), `${filling(shown)}]`];
}

/** Texts without values made strange, by what they are. */
export function pseudoTexts(english: string[]): Record<string, string> {
  return Object.fromEntries(english.map((text) => [text, pseudo(text).join("")]));
}

/** A whole catalogue made strange. */
export function pseudoCatalogue<Key extends string>(
  english: Readonly<Record<Key, string>>,
): Record<Key, CompiledMessage> {
  const told = Object.entries<string>(english).map(([key, message]) => [key, pseudo(message)]);
  return Object.fromEntries(told) as Record<Key, CompiledMessage>;
}
