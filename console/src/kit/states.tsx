// Empty, loading and failed: every view has the three.
import { Alert, Button, Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { asApiError } from "../api/problem";
import { en, useWords, type Key } from "../words";
import classes from "./kit.module.css";

/** What a failure means, in the reader's words; the server's where they tell more. */
export function useProblemText(): (thrown: unknown) => { title: string; more: string } {
  const { t } = useWords();
  return (thrown) => {
    const error = asApiError(thrown);
    const key = `problem.${error.code}`;
    const said = [error.detail, error.hint];
    if (error.title && !(key in en)) return { title: error.title, more: told(said) };
    const title = t(key in en ? (key as Key) : "problem.internal");
    return { title, more: told(naming.has(error.code) ? said : []) };
  };
}

/** Where the server's own words name what ours cannot: the field, the other person, the wait. */
const naming = new Set(["invalid", "conflict", "not_allowed", "unavailable", "too_many_attempts"]);

function told(said: string[]): string {
  return said
    .filter(Boolean)
    .map((each) => (/[.!?]$/.test(each) ? each : `${each}.`))
    .join(" ");
}

export function Problem({ error }: { error: unknown }) {
  const text = useProblemText()(error);
  return (
    <Alert color="red" role="alert" title={text.title} className={classes.problem}>
      {text.more}
    </Alert>
  );
}

/** What could not be loaded, why, and the way to ask again. */
export function Failed({
  error,
  retry,
  what,
}: {
  error: unknown;
  retry?: () => void;
  what?: string;
}) {
  const { t } = useWords();
  return (
    <div className={classes.state} data-state="failed">
      <h2>{what ? t("state.failedWhat", { what }) : t("state.failed")}</h2>
      <Problem error={error} />
      {retry && (
        <Button variant="default" onClick={retry}>
          {t("state.retry")}
        </Button>
      )}
    </div>
  );
}

/** Bars where rows will stand; with a title's bar on top where a page begins with one. */
export function Loading({ rows = 6, title = false }: { rows?: number; title?: boolean }) {
  const { t } = useWords();
  return (
    <div className={classes.loading} role="status" data-state="loading">
      <span className={classes.unseen}>{t("state.loading")}</span>
      {title && <Skeleton height={29} width="min(20rem, 60%)" radius="sm" />}
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={52} radius="sm" />
      ))}
    </div>
  );
}

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.state} data-state="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

export function NotFound() {
  const { t } = useWords();
  return <Empty action={<Link to="/">{t("state.home")}</Link>}>{t("state.notFound")}</Empty>;
}
