// A name behind an @ while it is typed. Pure.

/** What was typed behind the last @ before the caret; null when the caret is in no name. */
export function typedName(text: string, caret: number): { at: number; name: string } | null {
  const before = text.slice(0, caret);
  const found = /(?:^|[^\w@])@([^@\n]{0,40})$/u.exec(before);
  const name = found?.[1];
  if (name === undefined || /^\s/.test(name)) return null;
  return { at: caret - name.length - 1, name };
}

/** The text with a whole name in place of what was typed, and where the caret then stands. */
export function withName(
  text: string,
  typed: { at: number; name: string },
  name: string,
): { text: string; caret: number } {
  const head = `${text.slice(0, typed.at)}@${name} `;
  const rest = text.slice(typed.at + 1 + typed.name.length);
  return { text: head + rest.replace(/^ /, ""), caret: head.length };
}
