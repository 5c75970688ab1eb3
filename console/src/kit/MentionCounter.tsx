// How many notes call the reader and were not read: in the frame of every page.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { mentionCount } from "../api/orders";
import { useWords } from "../words";
import { count } from "./format";
import classes from "./kit.module.css";

export function MentionCounter() {
  const { t, locale } = useWords();
  const { unread = 0, more = false } = useQuery(mentionCount).data ?? {};
  return (
    <Link
      to="/mentions"
      className={classes.navLink}
      aria-label={t("mentions.count", { count: unread })}
    >
      <span aria-hidden="true">@</span>
      <span className={classes.count} data-none={unread === 0} aria-hidden="true">
        {count(unread, locale)}
        {more && "+"}
      </span>
    </Link>
  );
}
