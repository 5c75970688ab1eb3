// Days of the reader's calendar.

/** The day of a moment, some days later, as a date field takes it. */
export function dayOf(now: number, later = 0): string {
  const at = new Date(now);
  at.setDate(at.getDate() + later);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
