// The filters of the list; each stands in the address.
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { procedures } from "../../api/orders";
import { accounts, session } from "../../api/queries";
import { ChannelSelect } from "../../kit/lists";
import { SettledField } from "../../kit/SettledField";
import { useWords, type Key } from "../../words";
import { ExportOrders } from "./ExportOrders";
import { countMore, stages, type OrdersSearch } from "./filter";
import classes from "./orders.module.css";

type Change = (change: OrdersSearch) => void;

const flags: [keyof OrdersSearch, Key][] = [
  ["live", "orders.live"],
  ["with_exceptions", "orders.withExceptions"],
  ["held", "orders.held.only"],
  ["overdue", "orders.overdue"],
];

export function OrderFilters() {
  const { t, name } = useWords();
  const search = useSearch({ from: "/signed-in/orders" });
  const navigate = useNavigate({ from: "/orders" });
  const me = useQuery(session).data;
  const behind = countMore(search);
  const [open, setOpen] = useState(behind > 0);
  const set: Change = (change) =>
    void navigate({ search: { ...search, at: undefined, ...change }, replace: true });

  function find(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const q = String(new FormData(event.currentTarget).get("q")).trim();
    set({ q: q || undefined });
  }

  return (
    <header className={classes.head}>
      <h1>{t("orders.title")}</h1>
      {me?.rights.includes("decide") && <Link to="/import">{t("import.title")}</Link>}
      <search>
        <form onSubmit={find} className={classes.find}>
          <TextInput
            key={search.q ?? ""}
            name="q"
            size="xs"
            type="search"
            aria-label={t("orders.search")}
            placeholder={t("app.searchHint")}
            defaultValue={search.q ?? ""}
          />
          <Button type="submit" size="xs" variant="default">
            {t("orders.search")}
          </Button>
        </form>
      </search>
      <div className={classes.filters}>
        <ChannelSelect value={search.channel} choose={(channel) => set({ channel })} />
        <NativeSelect
          size="xs"
          aria-label={t("orders.stage")}
          value={search.stage ?? ""}
          onChange={(event) => set({ stage: event.currentTarget.value || undefined })}
          data={[
            { value: "", label: t("orders.allStages") },
            ...stages.map((stage) => ({ value: stage, label: name("stage", stage) })),
          ]}
        />
        {flags.map(([flag, says]) => (
          <Checkbox
            key={flag}
            size="xs"
            label={t(says)}
            checked={search[flag] === "true"}
            onChange={(event) => set({ [flag]: event.currentTarget.checked ? "true" : undefined })}
          />
        ))}
        <Button
          size="xs"
          variant="default"
          aria-expanded={open}
          aria-controls="more-filters"
          onClick={() => setOpen(!open)}
        >
          {t("orders.more")}
          {behind > 0 && ` (${behind})`}
        </Button>
        <ExportOrders />
      </div>
      <div id="more-filters" className={classes.more} hidden={!open}>
        {open && <More search={search} set={set} />}
      </div>
    </header>
  );
}

function More({ search, set }: { search: OrdersSearch; set: Change }) {
  const { t, name } = useWords();
  const suppliers = useQuery(accounts).data?.items.filter((each) => each.room === "supplier") ?? [];
  const known = useQuery(procedures).data ?? [];
  return (
    <>
      <NativeSelect
        size="xs"
        label={t("orders.suppliers")}
        value={search.supplier ?? ""}
        onChange={(event) => set({ supplier: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: t("orders.allSuppliers") },
          ...suppliers.map((each) => ({ value: each.id, label: each.title })),
        ]}
      />
      <NativeSelect
        size="xs"
        label={t("order.procedure")}
        value={search.procedure ?? ""}
        onChange={(event) => set({ procedure: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: t("orders.allProcedures") },
          ...known.map((each) => ({ value: each, label: name("procedureName", each) })),
        ]}
      />
      <SettledField
        label={t("orders.country")}
        placeholder={t("orders.countryHint")}
        maxLength={2}
        chosen={search.country ?? ""}
        choose={(country) => {
          if (country?.length !== 1) set({ country: country?.toUpperCase() });
        }}
      />
      <SettledField
        type="date"
        label={t("orders.from")}
        chosen={search.from ?? ""}
        choose={(from) => set({ from })}
      />
      <SettledField
        type="date"
        label={t("orders.until")}
        chosen={search.to ?? ""}
        choose={(to) => set({ to })}
      />
    </>
  );
}
