// A partner's message behind one line: fetched when it is opened, shown as it came.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { keptMessage } from "../api/inbox";
import { useWords } from "../words";
import classes from "./kit.module.css";
import { Loading, Problem } from "./states";

/** JSON with its members in lines; anything else as it is. */
export function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

export function PartnerMessage({ id }: { id: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const found = useQuery({ ...keptMessage(id), enabled: open });
  const body = found.data?.body;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("inbox.read")}</summary>
      {open && found.isPending && <Loading rows={2} />}
      {found.isError && <Problem error={found.error} />}
      {found.data && (
        <>
          <p className={classes.dim}>
            {[
              `${found.data.method} ${found.data.path}`,
              found.data.content_type,
              found.data.hidden && t("inbox.hidden"),
              found.data.cut && t("inbox.cut"),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          {typeof body === "string" ? (
            <pre className={classes.message} tabIndex={0} aria-label={t("inbox.body")}>
              {found.data.cut ? body : readable(body)}
            </pre>
          ) : (
            <p>{t("inbox.gone")}</p>
          )}
        </>
      )}
    </details>
  );
}
