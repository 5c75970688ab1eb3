// Empty, loading and failed: every view has the three.
import { Alert, Button, Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { asApiError } from "../api/problem";
import { en, useWords, type Key } from "../words";
import classes from "./kit.module.css";

/** What a failure means, in words; the server's own when it gave any. */
export function useProblemText(): (thrown: unknown) => { title: string; more: string } {
  const { t } = useWords();
  return (thrown) => {
    const error = asApiError(thrown);
    const key = `problem.${error.code}`;
    const title = error.title || t(key in en ? (key as Key) : "problem.internal");
    return { title, more: [error.detail, error.hint].filter(Boolean).join(" ") };
  };
}

export function Problem({ error }: { error: unknown }) {
  const text = useProblemText()(error);
  return (
    <Alert color="red" role="alert" title={text.title} className={classes.problem}>
      {text.more}
    </Alert>
  );
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useWords();
  return (
    <div className={classes.state}>
      <h2>{t("state.failed")}</h2>
      <Problem error={error} />
      {retry && (
        <Button variant="default" onClick={retry}>
          {t("state.retry")}
        </Button>
      )}
    </div>
  );
}

export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useWords();
  return (
    <div className={classes.loading} role="status">
      <span className={classes.unseen}>{t("state.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={52} radius="sm" />
      ))}
    </div>
  );
}

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.state}>
      <p>{children}</p>
      {action}
    </div>
  );
}

export function NotFound() {
  const { t } = useWords();
  return <Empty action={<Link to="/">{t("state.home")}</Link>}>{t("state.notFound")}</Empty>;
}
