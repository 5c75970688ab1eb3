// Times as a supplier's wall clock shows them. Pure; a zone this browser does not know gives
// nothing, and the page then shows the reader's own time alone.

function format(zone: string, locale: string, options: Intl.DateTimeFormatOptions) {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone, hourCycle: "h23" });
  } catch {
    return undefined;
  }
}

/** "Thu, 5 Mar, 15:00" on the supplier's clock. */
export function momentIn(zone: string, at: string, locale: string): string | undefined {
  return format(zone, locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  })?.format(new Date(at));
}

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
function ahead(zone: string, at: number): number | undefined {
  const parts = format(zone, "en-US", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  })?.formatToParts(at);
  if (!parts) return undefined;
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** The instant of a full hour (0 to 24) of a local day ("2026-03-04") in a zone. */
export function hourIn(zone: string, day: string, hour: number): string | undefined {
  const wall = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000;
  const guess = ahead(zone, wall);
  if (guess === undefined || Number.isNaN(wall)) return undefined;
  const exact = ahead(zone, wall - guess) ?? guess;
  return new Date(wall - exact).toISOString();
}

/** "09:00" of a full hour. */
export function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** A calendar's day in the reader's words: "Thu 5". The date belongs to no zone. */
export function dayName(date: string, locale: string): string {
  const words = { weekday: "short", day: "numeric", month: "short" } as const;
  return format("UTC", locale, words)?.format(new Date(`${date}T12:00:00Z`)) ?? date;
}

/** The name of a weekday; 0 is Sunday. */
export function weekdayName(day: number, locale: string): string {
  // 4 January 1970 was a Sunday.
  return format("UTC", locale, { weekday: "long" })?.format(Date.UTC(1970, 0, 4 + day)) ?? "";
}

/** "2026-03-12..2026-03-13" as its two ends; a single day is both. */
export function closure(text: string): { first: string; last: string } {
  const [first = text, last = first] = text.split("..");
  return { first, last };
}
