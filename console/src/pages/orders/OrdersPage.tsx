// All orders: search and filters stand in the address, the newest come first.
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type FormEvent } from "react";
import type { Schemas } from "../../api/client";
import { orders } from "../../api/queries";
import { Deadline, Money, Tag, When } from "../../kit/bits";
import { ChannelSelect, Listed, useItems, useMore, type Pages } from "../../kit/lists";
import { StageTag } from "../../kit/StageTag";
import { useWords, type Key } from "../../words";
import classes from "./orders.module.css";

type Row = Schemas["OrderRow"];

const stages: Schemas["Stage"][] = [
  "awaiting_payment",
  "held",
  "routing",
  "buying",
  "confirming",
  "preparing",
  "awaiting_carrier",
  "in_transit",
  "delivered",
  "cancelled",
];

const heads: Record<string, Key> = {
  store_number: "orders.number",
  stage: "orders.stage",
  due_at: "orders.due",
  placed_at: "orders.placed",
  total: "orders.total",
  pieces: "orders.pieces",
  country: "orders.to",
  suppliers: "orders.suppliers",
  tracking: "orders.tracking",
};
const features = tableFeatures({});
const column = createColumnHelper<typeof features, Row>();
const columns = column.columns([
  column.accessor("store_number", {
    cell: ({ row }) => (
      <>
        <Link to="/orders/$order" params={{ order: row.original.id }} className={classes.number}>
          {row.original.store_number}
        </Link>{" "}
        <span className={classes.dim}>{row.original.channel}</span>
      </>
    ),
  }),
  column.accessor("stage", {
    cell: ({ row }) => <Standing of={row.original} />,
  }),
  column.accessor("due_at", {
    cell: ({ row }) =>
      row.original.due_at ? <Deadline at={row.original.due_at} /> : <When at={null} />,
  }),
  column.accessor("placed_at", {
    cell: ({ row }) => <When at={row.original.placed_at} />,
  }),
  column.accessor("total", {
    cell: ({ row }) => <Money amount={row.original.total} />,
  }),
  column.accessor("pieces", {}),
  column.accessor("country", {}),
  column.accessor("suppliers", {
    cell: ({ row }) => row.original.suppliers.join(", "),
  }),
  column.accessor("tracking", {
    cell: ({ row }) => row.original.tracking.join(", "),
  }),
]);

function Standing({ of: row }: { of: Row }) {
  const { t } = useWords();
  return (
    <span className={classes.tags}>
      <StageTag stage={row.stage} />
      {row.held && row.stage !== "held" && <Tag tone="warn">{t("orders.held")}</Tag>}
      {row.open_exceptions > 0 && (
        <Tag tone="bad">{t("orders.exceptions", { count: row.open_exceptions })}</Tag>
      )}
    </span>
  );
}

export function OrdersPage() {
  const { t } = useWords();
  const search = useSearch({ from: "/signed-in/orders" });
  const found = useInfiniteQuery(
    orders({
      q: search.q,
      channel: search.channel,
      stage: stages.find((stage) => stage === search.stage),
      live: search.live === undefined ? undefined : search.live === "true",
      with_exceptions: search.with_exceptions === "true" ? true : undefined,
    }),
  );
  const rows = useItems(found);
  const filtered = Object.values(search).some((value) => value !== undefined);

  return (
    <div className={classes.page}>
      <Filters />
      <Listed
        found={found}
        count={rows.length}
        rows={10}
        what={t("orders.title")}
        empty={t(filtered ? "orders.emptyFiltered" : "orders.empty")}
        action={
          filtered ? (
            <Link to="/orders" search={{}}>
              {t("orders.clear")}
            </Link>
          ) : (
            <Link to="/health">{t("nav.health")}</Link>
          )
        }
      >
        <OrderTable rows={rows} found={found} />
      </Listed>
    </div>
  );
}

function Filters() {
  const { t, name } = useWords();
  const search = useSearch({ from: "/signed-in/orders" });
  const navigate = useNavigate({ from: "/orders" });
  type Search = typeof search;
  const set = (change: Search) =>
    void navigate({ search: { ...search, ...change }, replace: true });

  function find(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const q = String(new FormData(event.currentTarget).get("q")).trim();
    set({ q: q || undefined });
  }

  return (
    <header className={classes.head}>
      <h1>{t("orders.title")}</h1>
      <Link to="/import">{t("import.title")}</Link>
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
        <Checkbox
          size="xs"
          label={t("orders.live")}
          checked={search.live === "true"}
          onChange={(event) => set({ live: event.currentTarget.checked ? "true" : undefined })}
        />
        <Checkbox
          size="xs"
          label={t("orders.withExceptions")}
          checked={search.with_exceptions === "true"}
          onChange={(event) =>
            set({ with_exceptions: event.currentTarget.checked ? "true" : undefined })
          }
        />
      </div>
    </header>
  );
}

function OrderTable({ rows, found }: { rows: Row[]; found: Pages<Row> }) {
  const { t } = useWords();
  const headOf = (id: string) => t(heads[id] ?? "form.none");
  const box = useRef<HTMLDivElement>(null);
  const table = useTable({ features, columns, data: rows });
  const model = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => box.current,
    estimateSize: () => 37,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  useMore(found, shown.at(-1)?.index ?? 0, model.length, 20);
  const before = shown[0]?.start ?? 0;
  const afterwards = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);

  return (
    <div
      className={classes.box}
      ref={box}
      role="region"
      aria-label={t("orders.title")}
      tabIndex={0}
    >
      <table
        role="table"
        aria-label={t("orders.title")}
        className={classes.table}
        aria-rowcount={model.length + 1}
      >
        <thead role="rowgroup">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} role="row">
              {group.headers.map((header) => (
                <th key={header.id} role="columnheader" scope="col">
                  {headOf(header.id)}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody role="rowgroup">
          {before > 0 && <Gap height={before} />}
          {shown.map((item) => {
            const row = model[item.index]!;
            return (
              <tr
                key={row.original.id}
                role="row"
                ref={virtual.measureElement}
                data-index={item.index}
                aria-rowindex={item.index + 2}
              >
                {row.getAllCells().map((cell) => (
                  <td
                    key={cell.id}
                    role="cell"
                    data-column={cell.column.id}
                    data-label={headOf(cell.column.id)}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            );
          })}
          {afterwards > 0 && <Gap height={afterwards} />}
        </tbody>
      </table>
    </div>
  );
}

/** Room for the rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={columns.length} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}
