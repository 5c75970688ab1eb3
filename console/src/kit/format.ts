// How amounts, moments and spans are written for people, in their language and region. Pure: the
// present is an argument.
import { words, type Words } from "../words";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Say = Pick<Words, "t" | "locale">;

/** Formatters are costly to make and asked for in every row. */
function kept<Made>(make: (locale: string, options: string) => Made) {
  const made = new Map<string, Made>();
  return (locale: string, options: object = {}): Made => {
    const given = JSON.stringify(options);
    const key = `${locale} ${given}`;
    const known = made.get(key) ?? make(locale, given);
    made.set(key, known);
    return known;
  };
}
const numbers = kept((locale, options) => new Intl.NumberFormat(locale, JSON.parse(options)));
const dates = kept((locale, options) => new Intl.DateTimeFormat(locale, JSON.parse(options)));
const lists = kept((locale, options) => new Intl.ListFormat(locale, JSON.parse(options)));
const relative = kept(
  (locale, options) => new Intl.RelativeTimeFormat(locale, JSON.parse(options)),
);

/** A count: "1,204". */
export function count(value: number, locale: string): string {
  return numbers(locale).format(value);
}

/** "12.50 EUR" in the reader's way; unit prices keep their places. "—" when nobody knows it. */
export function money(amount: string | null | undefined, locale: string): string {
  const match = /^(-?\d+)(?:\.(\d+))? ([A-Z]{3})$/.exec(amount ?? "");
  if (!match) return amount || words.t("form.none");
  const [, , places = "", currency = ""] = match;
  return numbers(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: places.length,
    maximumFractionDigits: places.length,
  }).format(Number((amount as string).slice(0, -4)));
}

function units(value: number, unit: "day" | "hour" | "minute", locale: string): string {
  return numbers(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
}

/** A span in its two biggest units: "2 days 4 hr", "35 min". Never negative. */
export function span(ms: number, { t, locale }: Say): string {
  const left = Math.abs(ms);
  if (left < minute) return t("time.lessThan", { span: units(1, "minute", locale) });
  const parts: string[] = [];
  const add = (value: number, unit: "day" | "hour" | "minute") => {
    if (value > 0) parts.push(units(value, unit, locale));
  };
  if (left >= day) {
    add(Math.floor(left / day), "day");
    if (left < 10 * day) add(Math.floor((left % day) / hour), "hour");
  } else {
    add(Math.floor(left / hour), "hour");
    add(Math.floor((left % hour) / minute), "minute");
  }
  return lists(locale, { type: "unit", style: "narrow" }).format(parts);
}

/** How long ago, or how soon, in one unit. */
export function ago(instant: string, now: number, locale: string): string {
  const ms = Date.parse(instant) - now;
  const say = relative(locale, { numeric: "auto", style: "short" });
  const size = Math.abs(ms);
  if (size < minute) return say.format(0, "second");
  if (size < hour) return say.format(Math.trunc(ms / minute), "minute");
  if (size < day) return say.format(Math.trunc(ms / hour), "hour");
  return say.format(Math.trunc(ms / day), "day");
}

export type Urgency = "late" | "soon" | "calm";

/** A deadline is soon within two hours. */
export function urgency(deadline: string, now: number): Urgency {
  const ms = Date.parse(deadline) - now;
  if (ms < 0) return "late";
  return ms < 2 * hour ? "soon" : "calm";
}

/** "in 35 min" or "2 hr late". */
export function deadline(instant: string, now: number, say: Say): string {
  const ms = Date.parse(instant) - now;
  return say.t(ms < 0 ? "time.late" : "time.in", { span: span(ms, say) });
}

/** Date and time in the reader's zone. Today shows the time alone. */
export function moment(instant: string, now: number, locale: string): string {
  const at = new Date(instant);
  const today = new Date(now);
  const sameDay = at.toDateString() === today.toDateString();
  const sameYear = at.getFullYear() === today.getFullYear();
  return dates(locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(sameDay ? {} : { weekday: "short", day: "numeric", month: "short" }),
    ...(sameYear ? {} : { year: "numeric" }),
    hourCycle: "h23",
  }).format(at);
}

/** Date, time and zone in full, for titles. */
export function fullMoment(instant: string, locale: string): string {
  return dates(locale, { dateStyle: "full", timeStyle: "long", hourCycle: "h23" }).format(
    new Date(instant),
  );
}

/** 714 of a thousand: "71.4%". */
export function percent(permille: number, locale: string): string {
  return numbers(locale, { style: "percent", maximumFractionDigits: 1 }).format(permille / 1000);
}
