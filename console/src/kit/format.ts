// How amounts, moments and spans are written for people. Pure: the present is an argument.
import { words, type Words } from "../words";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "12.50 EUR" in the reader's way; unit prices keep their places. "—" when nobody knows it. */
export function money(amount: string | null | undefined, locale: string): string {
  const match = /^(-?\d+)(?:\.(\d+))? ([A-Z]{3})$/.exec(amount ?? "");
  if (!match) return amount || words.t("form.none");
  const [, , places = "", currency = ""] = match;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: places.length,
    maximumFractionDigits: Math.max(places.length, 0),
  }).format(Number((amount as string).slice(0, -4)));
}

/** A span in its two biggest units: "2 d 4 h", "35 min". Never negative. */
export function span(ms: number): string {
  const left = Math.abs(ms);
  if (left < minute) return "< 1 min";
  if (left < hour) return `${Math.floor(left / minute)} min`;
  if (left < day) {
    const minutes = Math.floor((left % hour) / minute);
    return `${Math.floor(left / hour)} h${minutes ? ` ${minutes} min` : ""}`;
  }
  const hours = Math.floor((left % day) / hour);
  return `${Math.floor(left / day)} d${hours && left < 10 * day ? ` ${hours} h` : ""}`;
}

/** How long ago, or how soon. */
export function ago(instant: string, now: number, t: Words["t"]): string {
  const ms = Date.parse(instant) - now;
  if (Math.abs(ms) < minute) return t("time.now");
  return t(ms < 0 ? "time.ago" : "time.in", { span: span(ms) });
}

export type Urgency = "late" | "soon" | "calm";

/** A deadline is soon within two hours. */
export function urgency(deadline: string, now: number): Urgency {
  const ms = Date.parse(deadline) - now;
  if (ms < 0) return "late";
  return ms < 2 * hour ? "soon" : "calm";
}

/** "in 35 min" or "2 h late". */
export function deadline(instant: string, now: number, t: Words["t"]): string {
  const ms = Date.parse(instant) - now;
  return t(ms < 0 ? "time.late" : "time.in", { span: span(ms) });
}

/** Date and time in the reader's zone. Today shows the time alone. */
export function moment(instant: string, now: number, locale: string): string {
  const at = new Date(instant);
  const today = new Date(now);
  const sameDay = at.toDateString() === today.toDateString();
  const sameYear = at.getFullYear() === today.getFullYear();
  return new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(sameDay ? {} : { weekday: "short", day: "numeric", month: "short" }),
    ...(sameYear ? {} : { year: "numeric" }),
    hourCycle: "h23",
  }).format(at);
}

/** Date, time and zone in full, for titles. */
export function fullMoment(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: "full",
    timeStyle: "long",
    hourCycle: "h23",
  }).format(new Date(instant));
}

/** 714 of a thousand: "71.4". */
export function percent(permille: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(permille / 10);
}
