// The same moment by a partner's clock. Pure.

/** Hours and minutes in a zone, with the weekday, such as "Thu 17:00"; "" for an unknown zone. */
export function timeIn(zone: string, instant: string, locale: string): string {
  try {
    return new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(new Date(instant));
  } catch {
    return "";
  }
}

/** A partner's time for a moment, where their clock shows another one than the reader's. */
export function theirTime(zone: string, instant: string, locale: string): string {
  if (!zone) return "";
  const theirs = timeIn(zone, instant, locale);
  const ours = timeIn(Intl.DateTimeFormat().resolvedOptions().timeZone, instant, locale);
  return theirs === ours ? "" : theirs;
}
