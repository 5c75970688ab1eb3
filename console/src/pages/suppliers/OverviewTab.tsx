// A supplier's terms, and how it behaved: every figure with what it was counted over.
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { measures, type Window } from "../../api/goods";
import { Facts, Section, When } from "../../kit/bits";
import { count, money, moment } from "../../kit/format";
import { useNow } from "../../kit/now";
import { Failed, Loading } from "../../kit/states";
import { useWords, type Words as Say } from "../../words";
import classes from "./goods.module.css";
import { Words } from "./parts";
import { measureText, spanText } from "./spans";

type Supplier = Schemas["Supplier"];

const windows: Window[] = [7, 30, 90];

export function OverviewTab({ of }: { of: Supplier }) {
  const { t } = useWords();
  return (
    <>
      <Section id="terms" title={t("supplier.terms")}>
        <Terms of={of} />
      </Section>
      <Section id="ladder" title={t("supplier.ladder")}>
        <Ladder of={of} />
      </Section>
      <p className={classes.note}>{t("goods.where")}</p>
      {/* What takes a while to count comes last, so that it pushes nothing down. */}
      <Measures id={of.supplier.id} />
    </>
  );
}

function limitText(limit: Schemas["SupplierLimit"], { t, locale }: Say): string {
  const parts: string[] = [];
  if (limit.orders_an_hour > 0)
    parts.push(t("supplier.limit.hour", { count: limit.orders_an_hour }));
  if (limit.orders_a_day > 0) parts.push(t("supplier.limit.day", { count: limit.orders_a_day }));
  if (limit.money_an_hour)
    parts.push(t("supplier.limit.moneyHour", { amount: money(limit.money_an_hour, locale) }));
  if (limit.money_a_day)
    parts.push(t("supplier.limit.moneyDay", { amount: money(limit.money_a_day, locale) }));
  return parts.join(", ");
}

function Terms({ of }: { of: Supplier }) {
  const say = useWords();
  const { t, name, locale } = say;
  const { supplier: row, can, automation } = of;
  const abilities = (["find", "cancel", "remind", "idempotent"] as const).filter((it) => can[it]);
  const limits = of.limits.map((limit) => limitText(limit, say)).filter(Boolean);
  const earned = automation.raised
    ? t("supplier.raised")
    : t("supplier.agreed", { agreed: automation.agreed, needed: automation.agreed_needed });
  return (
    <Facts
      facts={[
        {
          name: t("supplier.connection"),
          value: row.kind ? name("partner", row.kind) : t("form.none"),
        },
        { name: t("supplier.waiting"), value: count(row.waiting, locale) },
        { name: t("supplier.lastOk"), value: <When at={row.last_ok_at} relative /> },
        { name: t("supplier.tier"), value: row.tier ? name("tierName", row.tier) : t("form.none") },
        {
          name: t("supplier.mode"),
          wide: true,
          value: (
            <>
              {name("mode", row.mode)}
              {row.mode !== "auto" && (automation.raised || automation.agreed_needed > 0) && (
                <span className={classes.dim}> · {earned}</span>
              )}
            </>
          ),
        },
        { name: t("supplier.shipModel"), value: name("shipModel", row.ship_model) },
        { name: t("supplier.shipFrom"), value: row.ship_from || t("form.none") },
        { name: t("supplier.stores"), value: <Words of={row.stores} /> },
        { name: t("supplier.excluded"), value: <Words of={of.excluded_countries} /> },
        {
          name: t("supplier.can"),
          wide: true,
          value: abilities.length
            ? abilities.map((each) => t(`supplier.can.${each}`)).join(", ")
            : t("supplier.canNothing"),
        },
        { name: t("supplier.limits"), wide: true, value: <Words of={limits} /> },
      ]}
    />
  );
}

function Ladder({ of: { tier, supplier } }: { of: Supplier }) {
  const say = useWords();
  const { t } = say;
  if (!tier) return <p>{t("supplier.noTier", { tier: supplier.tier })}</p>;
  const step = (text: string) => spanText(text, say) ?? t("supplier.never");
  return (
    <>
      <Facts
        facts={[
          { name: t("supplier.remind"), value: step(tier.remind_after) },
          { name: t("supplier.contact"), value: step(tier.contact_after) },
          { name: t("supplier.reroute"), value: step(tier.reroute_after) },
          { name: t("supplier.tellBuyer"), value: step(tier.tell_buyer_after) },
          { name: t("supplier.cancelWindow"), value: step(tier.cancel_window) },
          {
            name: t("supplier.handling"),
            value: t("supplier.handlingDays", { count: tier.handling_days }),
          },
        ]}
      />
      <p className={classes.note}>{t("supplier.ladderNote")}</p>
    </>
  );
}

function Measures({ id }: { id: string }) {
  const { t } = useWords();
  const search = useSearch({ from: "/signed-in/suppliers/$supplier" });
  const days = windows.find((each) => String(each) === search.days) ?? 30;
  const found = useQuery(measures(id, days));
  const choice = (
    <nav className={classes.tags} aria-label={t("measures.window")}>
      {windows.map((each) => (
        <Link
          key={each}
          to="/suppliers/$supplier"
          params={{ supplier: id }}
          search={each === 30 ? {} : { days: String(each) }}
          replace
          activeOptions={{ exact: true }}
          aria-current={each === days ? "true" : undefined}
          className={classes.window}
        >
          {t("measures.days", { days: each })}
        </Link>
      ))}
    </nav>
  );
  return (
    <Section id="measures" title={t("measures.title")} aside={choice}>
      {found.isPending ? (
        <Loading rows={6} />
      ) : found.data ? (
        <Measured of={found.data} />
      ) : (
        <Failed error={found.error} what={t("measures.title")} retry={() => void found.refetch()} />
      )}
    </Section>
  );
}

function Measured({ of }: { of: Schemas["SupplierMeasures"] }) {
  const say = useWords();
  const { t, name, locale } = say;
  const now = useNow();
  return (
    <>
      <ul className={classes.measures}>
        {of.measures.map((each) => (
          <li key={each.measure}>
            <h3>{name("measure", each.measure)}</h3>
            <strong>{measureText(each, say)}</strong>
            <span className={classes.figure}>
              {t("measures.sample", { sample: each.sample })}
              {each.left_out > 0 && <> · {t("measures.leftOut", { count: each.left_out })}</>}
            </span>
            <p className={classes.dim}>{name("measureSays", each.measure)}</p>
          </li>
        ))}
      </ul>
      <p className={classes.note}>
        {t("measures.over", {
          count: of.purchase_orders,
          from: moment(of.from, now, locale),
          asOf: moment(of.as_of, now, locale),
        })}{" "}
        {!of.complete && t("measures.partial")}
      </p>
      {of.payables.length > 0 && (
        <>
          <h3 className={classes.small}>{t("measures.payables")}</h3>
          <ul className={classes.list}>
            {of.payables.map((each) => (
              <li key={`${each.state} ${each.amount}`}>
                {t("measures.payable", {
                  state: name("payables", each.state),
                  count: each.purchase_orders,
                  amount: money(each.amount, locale),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
