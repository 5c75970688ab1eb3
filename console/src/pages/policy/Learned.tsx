// What decided cases teach: which causes, reasons and suppliers come back, which decisions say that
// a rule should change, and the cases behind each count. From there one link leads to the rules.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { decidedCases, decidedCounts, windows } from "../../api/learned";
import type { DecidedCase, DecidedGroup, DecidedPage } from "../../api/learned";
import { Facts, Section, Tag, When } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { count, span } from "../../kit/format";
import { Listed, More, useItems } from "../../kit/lists";
import { Empty, Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { daysIn, filterIn, inWindow, ruleToggled, toggled, unfiltered, type Part } from "./learned";
import own from "./learned.module.css";
import classes from "./policy.module.css";

/** A link to fewer choices than the address has is not the chosen one. */
const exactly = { exact: true };

const useAddress = () => useSearch({ from: "/signed-in/policy" });

export function Learned({ mayChange }: { mayChange: boolean }) {
  const { t } = useWords();
  const days = daysIn(useAddress());
  const found = useQuery(decidedCounts(days));
  return (
    <Section id="learned" title={t("learned.title")} aside={<Windows />}>
      <p className={classes.lead}>{t("learned.lead")}</p>
      {found.isPending ? (
        <Loading rows={6} />
      ) : found.data ? (
        <Counted of={found.data} mayChange={mayChange} />
      ) : (
        <Failed error={found.error} what={t("learned.title")} retry={() => void found.refetch()} />
      )}
    </Section>
  );
}

function Windows() {
  const { t } = useWords();
  const search = useAddress();
  return (
    <nav className={own.windows} aria-label={t("learned.window")}>
      {windows.map((each) => (
        <Link
          key={each}
          to="/policy"
          search={inWindow(search, each)}
          replace
          activeOptions={exactly}
          className={own.window}
          aria-current={each === daysIn(search) ? "true" : undefined}
        >
          {t("learned.days", { days: each })}
        </Link>
      ))}
    </nav>
  );
}

function Counted({ of, mayChange }: { of: DecidedPage; mayChange: boolean }) {
  const say = useWords();
  const { t, locale } = say;
  if (of.decided === 0) return <Empty>{t("learned.none")}</Empty>;
  const median = of.median_minutes === null ? "" : span(of.median_minutes * 60_000, say);
  return (
    <>
      {!of.complete && <p className={classes.lead}>{t("learned.partial")}</p>}
      <Facts
        facts={[
          { name: t("learned.decided"), value: count(of.decided, locale) },
          { name: t("learned.median"), value: median },
          { name: t("learned.ruleChanges"), value: count(of.rule_changes, locale) },
        ]}
      />
      <div className={own.groups}>
        <Groups part="cause" title={t("learned.byCause")} groups={of.by_root_cause} />
        <Groups part="reason" title={t("learned.byReason")} groups={of.by_reason} />
        <Groups part="supplier" title={t("learned.bySupplier")} groups={of.by_supplier} />
        <Groups title={t("learned.byVerb")} groups={of.by_verb} />
      </div>
      <Cases days={of.days} mayChange={mayChange} />
    </>
  );
}

/** One count of cases by something, the largest first; a row narrows the list below to itself. */
function Groups({ part, title, groups }: { part?: Part; title: string; groups: DecidedGroup[] }) {
  const { t, name, locale } = useWords();
  const search = useAddress();
  if (groups.length === 0) return null;
  const most = Math.max(...groups.map((each) => each.decided));
  const called = ({ key, title: itself }: DecidedGroup) =>
    part === "cause" ? name("cause", key) : part === "reason" ? name("reason", key) : itself;
  return (
    <div>
      <h3>{title}</h3>
      <DataTable
        label={title}
        rows={groups}
        idOf={({ key }) => key}
        columns={[
          {
            head: title,
            names: true,
            cell: (each) =>
              part ? (
                <Link
                  to="/policy"
                  search={toggled(search, part, each.key)}
                  replace
                  resetScroll={false}
                  activeOptions={exactly}
                  className={own.row}
                  aria-current={search[part] === each.key ? "true" : undefined}
                >
                  {called(each)}
                </Link>
              ) : (
                name("verb", each.key)
              ),
          },
          {
            head: t("learned.cases"),
            cell: (each) => (
              <span className={own.bar}>
                <meter aria-hidden="true" max={most} value={each.decided} />
                {count(each.decided, locale)}
              </span>
            ),
          },
          { head: t("learned.ruleChanges"), cell: (each) => count(each.rule_changes, locale) },
        ]}
      />
    </div>
  );
}

function Cases({ days, mayChange }: { days: number; mayChange: boolean }) {
  const { t } = useWords();
  const search = useAddress();
  const filter = filterIn(search);
  const found = useInfiniteQuery(decidedCases(daysIn(search), filter));
  const items = useItems(found);
  return (
    <div className={own.list}>
      <h3>{t("learned.list", { days })}</h3>
      <div className={classes.tools}>
        <Link
          to="/policy"
          search={ruleToggled(search)}
          replace
          resetScroll={false}
          activeOptions={exactly}
          className={own.window}
          aria-current={search.rule === "true" ? "true" : undefined}
        >
          {t("learned.onlyRules")}
        </Link>
        {Object.keys(filter).length > 0 && (
          <Link
            to="/policy"
            search={unfiltered(search)}
            replace
            resetScroll={false}
            activeOptions={exactly}
          >
            {t("learned.all")}
          </Link>
        )}
        {mayChange && (
          <Link to="/policy" search={{ tab: "files" }}>
            {t("learned.change")}
          </Link>
        )}
      </div>
      <Listed
        found={found}
        count={items.length}
        rows={4}
        empty={t("learned.nothingFits")}
        what={t("learned.list", { days })}
      >
        <Rows items={items} days={days} />
        <More found={found} />
      </Listed>
    </div>
  );
}

function Rows({ items, days }: { items: DecidedCase[]; days: number }) {
  const { t, name } = useWords();
  return (
    <DataTable
      label={t("learned.list", { days })}
      rows={items}
      idOf={({ stream, number }) => `${stream}/${number}`}
      columns={[
        {
          head: t("learned.case"),
          names: true,
          cell: ({ stream, number, store_number, about }) => (
            <Link to="/exceptions/$stream/$number" params={{ stream, number: String(number) }}>
              {store_number || about}
            </Link>
          ),
        },
        { head: t("learned.reason"), cell: ({ reason }) => name("reason", reason) },
        { head: t("learned.verb"), cell: ({ verb }) => name("verb", verb) },
        { head: t("learned.by"), cell: ({ actor }) => actor || t("form.none") },
        { head: t("learned.at"), cell: ({ decided_at }) => <When at={decided_at} /> },
        {
          head: t("exception.cause"),
          cell: ({ root_cause, rule_change }) => (
            <>
              {name("cause", root_cause)}{" "}
              {rule_change && <Tag tone="warn">{t("learned.rule")}</Tag>}
            </>
          ),
        },
      ]}
    />
  );
}
