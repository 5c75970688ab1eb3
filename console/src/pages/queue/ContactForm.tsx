// What is written to a supplier about a case: prepared from what is known, sent by the person's own
// mail, and recorded: as the decision "contact" where that means the supplier, else as a note.
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { makeIntent } from "../../api/intent";
import { command, order as orderQuery, type Exception, type Order } from "../../api/queries";
import { announce } from "../../kit/announce";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { ActionForm } from "./ActionForm";
import { messageOf, purchaseOf, subjectOf, writingDecides } from "./contact";
import type { Decided } from "./DecisionForm";
import { likelyCause } from "./decide";
import classes from "./queue.module.css";

interface Props {
  exception: Exception;
  back: () => void;
  decide: Decided;
}

const mostNote = 4000;

export function ContactForm({ exception, back, decide }: Props) {
  const { t } = useWords();
  const id = exception.order ?? "";
  const found = useQuery({ ...orderQuery(id), enabled: id !== "" });
  if (found.isPending) return <Loading rows={2} />;
  const po = found.data && purchaseOf(found.data, exception.about);
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!po) return <p className={classes.dim}>{t("contact.none")}</p>;
  return <Message {...{ exception, back, decide, po }} />;
}

function Message({
  exception,
  back,
  decide,
  po,
}: Props & { po: Order["purchase_orders"][number] }) {
  const { t } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => messageOf(exception, po));
  const [intent] = useState(makeIntent);
  useEffect(() => area.current?.focus(), []);
  const noted = t("contact.note", { supplier: po.supplier, text }).slice(0, mostNote);
  const note = useMutation({
    mutationFn: () =>
      intent((key) => command(exception.stream, { command: "AddNote", text: noted }, key)),
    onSuccess: () => {
      announce(t("contact.noted", { supplier: po.supplier }));
      back();
    },
  });
  const decides = writingDecides(exception);

  function record(): void {
    if (!decides) return note.mutate();
    const body = {
      verb: "contact",
      note: noted,
      root_cause: likelyCause(exception.reason),
      rule_change: false,
    };
    decide.now({ kind: "resolve", body }, t("contact.noted", { supplier: po.supplier }));
  }

  const subject = subjectOf(po);
  const mail = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
  return (
    <ActionForm
      title={t("contact.title", { supplier: po.supplier })}
      submitLabel={t(decides ? "contact.decide" : "contact.record")}
      back={back}
      pending={note.isPending || decide.pending}
      error={note.isError ? note.error : decide.error}
      ready={text.trim() !== ""}
      submit={record}
    >
      <Textarea
        ref={area}
        name="message"
        label={t("contact.message")}
        description={t("contact.how")}
        rows={8}
        maxLength={1200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.formButtons}>
        <Button component="a" href={mail} size="compact-sm" variant="default">
          {t("contact.mail")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            void navigator.clipboard
              .writeText(text)
              .then(() => announce(t("contact.copied")))
              .catch(() => area.current?.select())
          }
        >
          {t("contact.copy")}
        </Button>
      </div>
    </ActionForm>
  );
}
