// When a supplier works: on its own clock, with the reader's beside it.
import type { Schemas } from "../../api/client";
import { Deadline, Facts, Section, Tag } from "../../kit/bits";
import { moment } from "../../kit/format";
import { useNow } from "../../kit/now";
import { useWords, type Words as Say } from "../../words";
import classes from "./goods.module.css";
import { spanText } from "./spans";
import { clock, closure, dayName, hourIn, momentIn, weekdayName } from "./zones";

type Calendar = Schemas["SupplierCalendar"];

export function CalendarTab({ of: { calendar, tier } }: { of: Schemas["Supplier"] }) {
  const say = useWords();
  const { t, locale } = say;
  const weekend = calendar.weekend.map((day) => weekdayName(day, locale));
  const batch = tier ? spanText(tier.batch_before, say) : undefined;
  return (
    <>
      <div className={classes.between}>
        <Facts
          facts={[
            { name: t("calendar.zone"), value: calendar.zone },
            {
              name: t("calendar.now"),
              wide: true,
              value: (
                <>
                  <Tag tone={calendar.open_now ? "good" : "plain"}>
                    {t(calendar.open_now ? "calendar.open" : "calendar.shut")}
                  </Tag>{" "}
                  <There calendar={calendar} />
                </>
              ),
            },
            { name: t("calendar.hours"), wide: true, value: <Hours calendar={calendar} /> },
            {
              name: t("calendar.cutOff"),
              wide: true,
              value: (
                <>
                  <CutOff calendar={calendar} />
                  {batch && (
                    <div className={classes.dim}>{t("calendar.batch", { span: batch })}</div>
                  )}
                </>
              ),
            },
            { name: t("calendar.weekend"), value: weekend.join(", ") || t("form.none") },
            {
              name: t("calendar.closures"),
              wide: true,
              value:
                calendar.closures.map((each) => closureText(each, say)).join("; ") ||
                t("calendar.closuresNone"),
            },
          ]}
        />
      </div>
      <Section id="days" title={t("calendar.days")}>
        <ul className={classes.days}>
          {calendar.days.map(({ date, works }) => (
            <li key={date} data-works={works}>
              <span>{dayName(date, locale)}</span>
              <span>{t(works ? "calendar.works" : "calendar.off")}</span>
            </li>
          ))}
        </ul>
      </Section>
      <p className={classes.note}>{t("goods.where")}</p>
    </>
  );
}

function closureText(text: string, { t, locale }: Say): string {
  const { first, last } = closure(text);
  if (first === last) return dayName(first, locale);
  return t("calendar.span", { first: dayName(first, locale), last: dayName(last, locale) });
}

function There({ calendar }: { calendar: Calendar }) {
  const { t, locale } = useWords();
  const there = momentIn(calendar.zone, new Date(useNow()).toISOString(), locale);
  return there ? <span className={classes.dim}>{t("calendar.there", { when: there })}</span> : null;
}

function Hours({ calendar }: { calendar: Calendar }) {
  const { t, locale } = useWords();
  const now = useNow();
  const today = calendar.days[0]?.date ?? "";
  const from = hourIn(calendar.zone, today, calendar.opens_hour);
  const to = hourIn(calendar.zone, today, calendar.closes_hour);
  return (
    <>
      {clock(calendar.opens_hour)}–{clock(calendar.closes_hour)}{" "}
      {from && to && (
        <span className={classes.dim}>
          {t("calendar.hoursHere", {
            from: moment(from, now, locale),
            to: moment(to, now, locale),
          })}
        </span>
      )}
    </>
  );
}

function CutOff({ calendar }: { calendar: Calendar }) {
  const { t, locale } = useWords();
  if (!calendar.next_cut_off) return <>{t("calendar.noCutOff")}</>;
  const there = momentIn(calendar.zone, calendar.next_cut_off, locale);
  return (
    <>
      <Deadline at={calendar.next_cut_off} exact />{" "}
      {there && <span className={classes.dim}>{t("calendar.there", { when: there })}</span>}
    </>
  );
}
