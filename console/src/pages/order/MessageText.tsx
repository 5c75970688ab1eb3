// What a message to the buyer said, for those who may see buyers; fetched when it is opened.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { messageText } from "../../api/orders";
import { session } from "../../api/queries";
import { When } from "../../kit/bits";
import { Loading, Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./order.module.css";

/** Whether something of it may have reached the buyer in our words. */
export function hasText(message: Schemas["BuyerMessage"]): boolean {
  const left = message.state !== null && message.state !== "withdrawn";
  return message.speaker === "holdfast" && left;
}

export function MessageText({ order, event }: { order: string; event: number }) {
  const { t } = useWords();
  const may = useQuery(session).data?.rights.includes("buyers") ?? false;
  const [open, setOpen] = useState(false);
  const found = useQuery({ ...messageText(order, event), enabled: may && open });
  if (!may) return null;
  return (
    <details className={classes.told} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t("told.text")}</summary>
      {open && found.isPending && <Loading rows={3} />}
      {found.isError && <Problem error={found.error} />}
      {found.data && (
        <>
          <p className={classes.small}>
            <When at={found.data.at} />
          </p>
          <blockquote lang={found.data.language} className={classes.letter}>
            <strong>{found.data.subject}</strong>
            {"\n\n"}
            {found.data.text}
          </blockquote>
        </>
      )}
    </details>
  );
}
