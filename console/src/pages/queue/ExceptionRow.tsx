// One exception in the list: reason, order, what happened, next action, owner, age, deadline, keys.
import { Link, useRouterState } from "@tanstack/react-router";
import { memo, type MouseEvent } from "react";
import type { Exception } from "../../api/queries";
import { Age, Deadline, Key, Money, Tag, Told } from "../../kit/bits";
import { useWords } from "../../words";
import { useListedHolder } from "./leases";
import classes from "./queue.module.css";
import type { QueueSearch } from "./views";
import { whence } from "./whence";

interface Props {
  exception: Exception;
  chosen: boolean;
  /** Without it a click opens the exception's own page. */
  choose: ((item: Exception) => void) | undefined;
}

export const ExceptionRow = memo(function ExceptionRow({ exception, chosen, choose }: Props) {
  const { t, name } = useWords();
  const holder = useListedHolder(exception);
  const path = useRouterState({ select: (state) => state.location.pathname });

  function click(event: MouseEvent): void {
    if (!choose || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(exception);
  }

  return (
    <Link
      to="/exceptions/$stream/$number"
      params={{ stream: exception.stream, number: String(exception.number) }}
      search={(now: QueueSearch) => whence(path, now)}
      className={classes.row}
      activeProps={{}}
      aria-current={chosen ? "true" : undefined}
      data-row=""
      onClick={click}
    >
      <span className={classes.rowTop}>
        <strong>{name("reason", exception.reason)}</strong>
        <span className={classes.number}>{exception.store_number}</span>
        <span className={classes.dim}>
          {[exception.channel, exception.supplier].filter(Boolean).join(" · ")}
        </span>
        {holder && <Tag tone="info">{t("lease.with", { holder })}</Tag>}
        <Deadline at={exception.review_by} />
      </span>
      <span className={classes.rowDetail}>
        <Told text={exception.detail} />
      </span>
      <span className={classes.rowFoot}>
        <span className={classes.next}>
          <Told text={exception.next_action} />
        </span>
        <span>{exception.owner}</span>
        <Age since={exception.opened_at} />
        {exception.money_at_risk && <Money amount={exception.money_at_risk} />}
      </span>
      {exception.options.length > 0 && (
        <span className={classes.rowKeys}>
          {exception.options.map((option, at) => (
            <span key={option.verb}>
              <Key>{at + 1}</Key> {name("verb", option.verb)}
            </span>
          ))}
        </span>
      )}
    </Link>
  );
});
