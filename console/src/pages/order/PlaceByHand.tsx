// A purchase order that nobody but a person brings to its supplier: everything the supplier needs,
// each field and the whole ready to copy.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { purchaseDocument } from "../../api/orders";
import { session } from "../../api/queries";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { documentFields, documentText } from "./documentText";
import classes from "./order.module.css";

type Po = Schemas["PurchaseOrder"];

/** Whether somebody may still have to bring it there. */
export function waitsToBePlaced(po: Po): boolean {
  return (
    po.by_hand && po.released_at !== null && !po.closed && po.lines.some(({ live }) => live > 0)
  );
}

export function PlaceByHand({ order, po }: { order: string; po: Po }) {
  const say = useWords();
  const { t } = say;
  const may = useQuery(session).data?.rights.includes("decide") ?? false;
  // Open by itself until somebody said that it is there.
  const [open, setOpen] = useState(!po.reply && !po.confirmed);
  const found = useQuery({ ...purchaseDocument(order, po.po), enabled: may && open });
  const [told, setTold] = useState("");
  if (!may || !waitsToBePlaced(po)) return null;

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setTold(t("once.copied"));
    } catch {
      setTold(t("once.notCopied"));
    }
  }

  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className={classes.byHand}
    >
      <summary>{t("byHand.title")}</summary>
      <p className={classes.small}>{t("byHand.note")}</p>
      {found.isPending && open && <Loading rows={3} />}
      {found.isError && (
        <Failed error={found.error} what={po.po} retry={() => void found.refetch()} />
      )}
      {found.data && (
        <>
          <dl className={classes.copies}>
            {documentFields(found.data, say).map((field) => (
              <div key={field.name}>
                <dt>{field.name}</dt>
                <dd>
                  <span className={classes.copied}>{field.value}</span>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`${t("once.copy")}: ${field.name}`}
                    onClick={() => void copy(field.value)}
                  >
                    {t("once.copy")}
                  </Button>
                </dd>
              </div>
            ))}
          </dl>
          <Button size="compact-sm" onClick={() => void copy(documentText(found.data, say))}>
            {t("byHand.copyAll")}
          </Button>{" "}
          <span role="status">{told}</span>
        </>
      )}
    </details>
  );
}
