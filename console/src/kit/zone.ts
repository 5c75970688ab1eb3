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

/** Date, time and the zone's name by a partner's clock; by universal time for an unknown zone. */
export function dayIn(zone: string, instant: string, locale: string): string {
  const write = (timeZone: string) => {
    const at = new Intl.DateTimeFormat(locale, {
      timeZone,
      weekday: "short",
      day: "numeric",
      month: "long",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(new Date(instant));
    return `${at} (${timeZone})`;
  };
  try {
    return write(zone || "UTC");
  } catch {
    return write("UTC");
  }
}

/** Minutes that a zone's clock is ahead of universal time at a moment. */
function ahead(zone: string, ms: number): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const name = parts.formatToParts(ms).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** The instant at which a zone's clock shows a date and time such as "2026-03-04T17:00". */
export function instantAt(zone: string, shown: string): string {
  const wall = Date.parse(`${shown}Z`);
  const at = (ms: number) => {
    try {
      return wall - ahead(zone || "UTC", ms) * 60_000;
    } catch {
      return wall;
    }
  };
  // A second look: the clock may have been put forward or back in between.
  return new Date(at(at(wall))).toISOString().replace(/\.\d+Z$/, "Z");
}
