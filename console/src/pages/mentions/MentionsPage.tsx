// Notes in which somebody called the reader by name, the newest first.
import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { markRead, mentionCount, mentions, type Mention } from "../../api/orders";
import { announce } from "../../kit/announce";
import { Tag, When } from "../../kit/bits";
import { useKeys } from "../../kit/keys";
import { Listed, More, useItems } from "../../kit/lists";
import { useRows } from "../../kit/rows";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./mentions.module.css";

const noteOf = (mention: Mention) => ({
  to: "/orders/$order" as const,
  params: { order: mention.order },
  hash: `note-${mention.event}`,
});

export function MentionsPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const found = useInfiniteQuery(mentions);
  const rows = useItems(found);
  const unread = useQuery(mentionCount).data?.unread ?? 0;
  const [chosen, choose] = useState<string>();
  const newest = rows[0]?.id;
  const mark = useMutation({
    mutationFn: markRead,
    onSuccess: async () => {
      announce(t("mentions.marked"));
      await cache.invalidateQueries({ queryKey: ["mentions"] });
    },
  });
  const markAll = () => newest !== undefined && mark.mutate(newest);
  useRows({
    ids: rows.map((row) => row.id),
    chosen,
    choose,
    open: (id) => {
      const row = rows.find((each) => each.id === id);
      if (row) void navigate(noteOf(row));
    },
  });
  useKeys({}, unread > 0 ? [{ label: t("mentions.markAll"), run: markAll }] : []);

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t("nav.mentions")}</h1>
        {unread > 0 && (
          <Button size="xs" variant="default" loading={mark.isPending} onClick={markAll}>
            {t("mentions.markAll")}
          </Button>
        )}
        <p className={classes.dim}>{t("mentions.kept")}</p>
      </header>
      {mark.isError && <Problem error={mark.error} />}
      <Listed
        found={found}
        count={rows.length}
        rows={4}
        what={t("nav.mentions")}
        empty={t("mentions.empty")}
        action={<Link to="/orders">{t("nav.orders")}</Link>}
      >
        <ol className={classes.list}>
          {rows.map((row) => (
            <li key={row.id} data-chosen={row.id === chosen}>
              <p className={classes.line}>
                <Link {...noteOf(row)} data-row={row.id}>
                  {t("order.title", { number: row.store_number })}
                </Link>{" "}
                <span className={classes.dim}>
                  {row.channel} · {row.by} · <When at={row.at} relative />
                </span>{" "}
                {row.unread && <Tag tone="info">{t("mentions.unread")}</Tag>}
              </p>
              <p className={classes.text}>{row.text}</p>
            </li>
          ))}
        </ol>
        <More found={found} />
      </Listed>
    </div>
  );
}
