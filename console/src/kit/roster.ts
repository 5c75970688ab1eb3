// When an entry of the roster covers, in words: hours, zone, weekdays, days off.
import type { Schemas } from "../api/client";
import type { Words } from "../words";

type Hours = Pick<Schemas["Owner"], "from_hour" | "to_hour" | "zone" | "days" | "closures">;

const sunday = Date.UTC(2026, 2, 1);
const hour = (at: number) => `${String(at).padStart(2, "0")}:00`;

function weekdays(days: readonly number[], locale: string): string {
  const named = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return days.map((day) => named.format(sunday + day * 86_400_000)).join(" ");
}

export function hoursText(of: Hours, { t, locale }: Pick<Words, "t" | "locale">): string {
  const zone = of.zone ?? "UTC";
  const days = of.days ?? [];
  const off = of.closures ?? [];
  const whole = of.from_hour === 0 && of.to_hour === 24;
  // Whole days of some other zone begin and end at another time than ours.
  const plain = whole && (zone === "UTC" || (days.length === 0 && off.length === 0));
  return [
    days.length > 0 ? weekdays(days, locale) : "",
    plain
      ? t("people.allDay")
      : t("people.hoursIn", { from: hour(of.from_hour), to: hour(of.to_hour), zone }),
    off.length > 0 ? t("people.daysOff", { days: off.join(", ").replaceAll("..", " – ") }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}
