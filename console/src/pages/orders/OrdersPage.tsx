// All orders: search and filters stand in the address, the newest come first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";
import type { Schemas } from "../../api/client";
import { orders } from "../../api/queries";
import { Deadline, Money, Tag, When } from "../../kit/bits";
import { Broken, Listed, useItems, useMore, type Pages } from "../../kit/lists";
import { useRows } from "../../kit/rows";
import { StageTag } from "../../kit/StageTag";
import { Failed, Loading } from "../../kit/states";
import { useWords, type Key } from "../../words";
import { filterOf, isFiltered } from "./filter";
import { OrderFilters } from "./OrderFilters";
import classes from "./orders.module.css";

type Row = Schemas["OrderRow"];

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
  const found = useInfiniteQuery(orders(filterOf(search)));
  const rows = useItems(found);
  const filtered = isFiltered(search);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = found;
  // A rare filter may fit none of the orders that one answer looked through: older ones are next.
  const looking = rows.length === 0 && hasNextPage;
  const further = looking && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (further) void fetchNextPage();
  }, [further, fetchNextPage]);

  return (
    <div className={classes.page}>
      <OrderFilters />
      {looking && isFetchNextPageError && !isFetchingNextPage && (
        <Failed error={found.error} what={t("orders.title")} retry={() => void fetchNextPage()} />
      )}
      {looking && (isFetchingNextPage || !isFetchNextPageError) && (
        <>
          <p className={classes.looking}>{t("orders.looking")}</p>
          <Loading rows={10} />
        </>
      )}
      {!looking && (
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
      )}
    </div>
  );
}

function OrderTable({ rows, found }: { rows: Row[]; found: Pages<Row> }) {
  const { t } = useWords();
  const headOf = (id: string) => t(heads[id] ?? "form.none");
  const box = useRef<HTMLDivElement>(null);
  const table = useTable({ features, columns, data: rows });
  const model = table.getRowModel().rows;
  // A row's height goes with its order when news move it.
  const keyOf = useCallback((row: number) => rows[row]?.id ?? row, [rows]);
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => box.current,
    getItemKey: keyOf,
    estimateSize: () => 37,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  useMore(found, shown.at(-1)?.index ?? 0, model.length, 20);
  const search = useSearch({ from: "/signed-in/orders" });
  const navigate = useNavigate({ from: "/orders" });
  useRows({
    ids: rows.map((row) => row.id),
    chosen: search.at,
    choose: (at) => void navigate({ search: (now) => ({ ...now, at }), replace: true }),
    open: (order) => void navigate({ to: "/orders/$order", params: { order } }),
    show: (index) => virtual.scrollToIndex(index),
  });
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
                data-chosen={row.original.id === search.at}
                // Cells are drawn anew as the list scrolls; the row keeps the focus.
                data-row={row.original.id}
                tabIndex={-1}
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
      {found.isFetchNextPageError && !found.isFetchingNextPage && (
        <Broken error={found.error} retry={() => void found.fetchNextPage()} />
      )}
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
