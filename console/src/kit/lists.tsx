// What every list of the server's pages shares: its items, its three states, more when the end is
// near, and the choice of a channel or a supplier.
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, type ReactNode } from "react";
import { accounts } from "../api/queries";
import { useWords } from "../words";
import classes from "./kit.module.css";
import { Empty, Failed, Loading, useProblemText } from "./states";

/** A query of pages, as far as a list needs it. */
export interface Pages<Item> {
  data: { pages: { items: Item[] }[] } | undefined;
  isPending: boolean;
  isError: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/** The items of all pages that are here. */
export function useItems<Item>(found: Pages<Item>): Item[] {
  return useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data]);
}

/**
 * Fetches the next page once the last drawn row is within `ahead` of the end; one that failed is
 * asked for again only by its reader.
 */
export function useMore<Item>(
  found: Pages<Item>,
  last: number,
  count: number,
  ahead: number,
): void {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = found;
  const wanted = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (wanted && last >= count - ahead) void fetchNextPage();
  }, [last, count, ahead, wanted, fetchNextPage]);
}

/** Loading, failed or empty; the list itself when there is something in it. */
export function Listed<Item>({
  found,
  count,
  rows,
  empty,
  action,
  what,
  children,
}: {
  found: Pages<Item>;
  count: number;
  rows: number;
  empty: string;
  /** What to do about an empty list. */
  action?: ReactNode;
  what: string;
  children: ReactNode;
}) {
  if (found.isPending) return <Loading rows={rows} />;
  if (found.isError && count === 0) {
    return <Failed error={found.error} what={what} retry={() => void found.refetch()} />;
  }
  if (count === 0) return <Empty action={action}>{empty}</Empty>;
  return children;
}

/** Stands at the end of a list whose other rows could not be loaded. */
export function Broken({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useWords();
  const told = useProblemText()(error);
  return (
    <div className={classes.broken} role="alert" data-state="broken">
      <p>
        <strong>{t("state.failedRest")}</strong> {told.title} {told.more}
      </p>
      <Button size="compact-sm" variant="default" onClick={retry}>
        {t("state.retry")}
      </Button>
    </div>
  );
}

/** The way to the next page, for lists that do not fetch it as one scrolls. */
export function More<Item>({ found, className }: { found: Pages<Item>; className?: string }) {
  const { t } = useWords();
  if (!found.hasNextPage) return null;
  if (found.isFetchNextPageError && !found.isFetchingNextPage) {
    return <Broken error={found.error} retry={() => void found.fetchNextPage()} />;
  }
  return (
    <Button
      className={className}
      variant="default"
      size="sm"
      loading={found.isFetchingNextPage}
      onClick={() => void found.fetchNextPage()}
    >
      {t("state.more")}
    </Button>
  );
}

interface Choice {
  value: string | undefined;
  choose: (account: string | undefined) => void;
}

/** One channel, or all of them. */
export function ChannelSelect(choice: Choice) {
  const { t } = useWords();
  return (
    <AccountSelect
      room="channel"
      label={t("queue.channel")}
      all={t("queue.allChannels")}
      {...choice}
    />
  );
}

/** One supplier, or all of them. */
export function SupplierSelect(choice: Choice) {
  const { t } = useWords();
  return (
    <AccountSelect
      room="supplier"
      label={t("queue.supplier")}
      all={t("queue.allSuppliers")}
      {...choice}
    />
  );
}

function AccountSelect({
  room,
  label,
  all,
  value,
  choose,
}: Choice & { room: "channel" | "supplier"; label: string; all: string }) {
  const known = useQuery(accounts).data?.items.filter((each) => each.room === room) ?? [];
  return (
    <NativeSelect
      size="xs"
      className={classes.filter}
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => choose(event.currentTarget.value || undefined)}
      data={[
        { value: "", label: all },
        ...known.map((each) => ({ value: each.id, label: each.title })),
      ]}
    />
  );
}
