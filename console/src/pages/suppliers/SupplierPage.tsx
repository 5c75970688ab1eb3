// One supplier: terms and measures, calendar, mappings, offers, open purchase orders. The tab and
// the window stand in the address.
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { supplierCases } from "../../api/cases";
import { supplier } from "../../api/goods";
import { session } from "../../api/queries";
import { Failed, Loading } from "../../kit/states";
import { useWords, type Key } from "../../words";
import { CalendarTab } from "./CalendarTab";
import classes from "./goods.module.css";
import { OffersTab } from "./OffersTab";
import { OverviewTab } from "./OverviewTab";
import { SupplierState } from "./parts";
import { PurchasesTab } from "./PurchasesTab";

const tabs = ["overview", "calendar", "mappings", "offers", "purchases"] as const;

export function SupplierPage() {
  const { t } = useWords();
  const { supplier: id } = useParams({ from: "/signed-in/suppliers/$supplier" });
  const search = useSearch({ from: "/signed-in/suppliers/$supplier" });
  const tab = tabs.find((each) => each === search.tab) ?? "overview";
  const found = useQuery(supplier(id));
  const connects = useQuery(session).data?.rights.includes("connections") ?? false;
  if (found.isPending) return <Loading rows={6} title />;
  if (!found.data) {
    return <Failed error={found.error} what={id} retry={() => void found.refetch()} />;
  }
  const { supplier: row } = found.data;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{row.title}</h1>
        <SupplierState of={row} />
        <OpenCases of={id} />
        <Link to="/suppliers">{t("suppliers.title")}</Link>
        {connects && (
          <Link to="/connections/$connection" params={{ connection: id }}>
            {t("supplier.change")}
          </Link>
        )}
      </header>
      <nav className={classes.tabs} aria-label={t("supplier.tabs")}>
        {tabs.map((each) => (
          <Link
            key={each}
            to="/suppliers/$supplier"
            params={{ supplier: id }}
            search={each === "overview" ? {} : { tab: each }}
            replace
            activeOptions={{ exact: true }}
            aria-current={each === tab ? "page" : undefined}
          >
            {t(`supplier.tab.${each}` satisfies Key)}
          </Link>
        ))}
      </nav>
      {tab === "overview" && <OverviewTab of={found.data} />}
      {tab === "calendar" && <CalendarTab of={found.data} />}
      {(tab === "mappings" || tab === "offers") && (
        <OffersTab id={id} tab={tab} maxAge={found.data.feed_max_age} />
      )}
      {tab === "purchases" && <PurchasesTab id={id} zone={found.data.calendar.zone} />}
    </div>
  );
}

/** The way to the queue with what is open about this supplier's goods. */
function OpenCases({ of }: { of: string }) {
  const { t } = useWords();
  const open = useQuery(supplierCases(of)).data?.open;
  // It keeps its room: what stands below does not move when the count comes.
  if (open === undefined)
    return (
      <span className={classes.room} aria-hidden="true">
        {t("supplier.cases", { count: 0 })}
      </span>
    );
  return (
    <Link to="/" search={{ supplier: of }}>
      {t("supplier.cases", { count: open })}
    </Link>
  );
}
