// The colours of states; each only repeats what its word says.
export const stateTone = {
  ok: "good",
  idle: "plain",
  waiting: "warn",
  failing: "bad",
  starting: "info",
} as const;
