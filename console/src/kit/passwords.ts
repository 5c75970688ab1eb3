// What a new password must be, said before the server has to.

export const leastPassword = 12;

/** The word for what is wrong with a new password and its repetition; nothing when they may go. */
export function passwordTrouble(
  password: string,
  again: string,
): "password.short" | "password.differ" | undefined {
  // The server counts bytes; so many characters are never fewer.
  if (password.length < leastPassword) return "password.short";
  return password === again ? undefined : "password.differ";
}
