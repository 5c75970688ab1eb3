// What is written to a supplier about a case: prepared from what is known, sent by the person's own
// mail, and recorded: as the decision "contact" where that means the supplier, else as a note.
import { Button, Textarea } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { makeIntent } from "../../api/intent";
import { command, exceptionDetail, order as orderQuery, type Exception } from "../../api/queries";
import { openPurchases, supplier } from "../../api/goods";
import { announce } from "../../kit/announce";
import { useItems } from "../../kit/lists";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { ActionForm } from "./ActionForm";
import {
  incidentMessage,
  incidentSubject,
  messageOf,
  purchaseOf,
  subjectOf,
  writingDecides,
} from "./contact";
import type { Decided } from "./DecisionForm";
import { isSuppliersIncident, likelyCause } from "./decide";
import classes from "./queue.module.css";

interface Props {
  exception: Exception;
  back: () => void;
  decide: Decided;
}

const mostNote = 4000;
/** Open purchase orders of the supplier that are looked through. */
const mostSearched = 500;

export function ContactForm({ exception, back, decide }: Props) {
  const { t } = useWords();
  const id = exception.order ?? "";
  const incident = isSuppliersIncident(exception);
  const found = useQuery({ ...orderQuery(id), enabled: id !== "" });
  if (incident) return <ToIncident {...{ exception, back, decide }} />;
  if (found.isPending) return <Loading rows={2} />;
  const po = found.data && purchaseOf(found.data, exception.about);
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!po) return <p className={classes.dim}>{t("contact.none")}</p>;
  const letter: Letter = {
    supplier: po.supplier,
    subject: subjectOf(po),
    text: messageOf(exception, po),
    streams: [exception.stream],
  };
  return <Message {...{ exception, back, decide, letter }} />;
}

/** A case that stands for many: the orders of one supplier, in one letter. */
function ToIncident({ exception, back, decide }: Props) {
  const { t } = useWords();
  const id = exception.supplier ?? "";
  const detail = useQuery(exceptionDetail(exception.stream, exception.number));
  const whom = useQuery(supplier(id));
  const open = useInfiniteQuery(openPurchases(id));
  // Members are at most 50; their purchase orders may stand on any page of the open ones.
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = open;
  const rows = useItems(open);
  const members = new Set((detail.data?.members ?? []).map((each) => each.order));
  const theirs = rows.filter((each) => members.has(each.order));
  const found = new Set(theirs.map((each) => each.order)).size;
  const more = hasNextPage && found < members.size && rows.length < mostSearched;
  useEffect(() => {
    if (more && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [more, isFetchingNextPage, isError, fetchNextPage]);
  // What is being written stays as it was begun, whatever the lists become meanwhile.
  const begun = useRef<Letter | null>(null);
  if (begun.current) return <Message {...{ exception, back, decide, letter: begun.current }} />;
  for (const each of [detail, whom, open]) {
    if (each.isError) return <Failed error={each.error} retry={() => void each.refetch()} />;
  }
  if (!detail.data || !whom.data || open.isPending || more) return <Loading rows={2} />;
  if (theirs.length === 0) return <p className={classes.dim}>{t("contact.noneOpen")}</p>;
  const pos = theirs.map((each) => each.po);
  const letter: Letter = {
    supplier: id,
    subject: incidentSubject(pos.length),
    text: incidentMessage(exception, pos, whom.data.calendar.zone),
    streams: [...new Set(theirs.map((each) => each.order))],
  };
  begun.current = letter;
  return <Message {...{ exception, back, decide, letter }} />;
}

interface Letter {
  supplier: string;
  subject: string;
  text: string;
  /** The orders it is noted on where writing does not decide the case. */
  streams: string[];
}

function Message({ exception, back, decide, letter }: Props & { letter: Letter }) {
  const { t } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(letter.text);
  // A key for each order: a second try repeats none that holds already.
  const [intents] = useState(() =>
    letter.streams.map((stream) => ({ stream, intent: makeIntent(), done: false })),
  );
  useEffect(() => area.current?.focus(), []);
  const noted = t("contact.note", { supplier: letter.supplier, text }).slice(0, mostNote);
  const note = useMutation({
    mutationFn: async () => {
      for (const each of intents) {
        if (each.done) continue;
        await each.intent((key) => command(each.stream, { command: "AddNote", text: noted }, key));
        each.done = true;
      }
    },
    onSuccess: () => {
      announce(t("contact.noted", { supplier: letter.supplier }));
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
    decide.now({ kind: "resolve", body }, t("contact.noted", { supplier: letter.supplier }));
  }

  const { subject } = letter;
  const mail = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
  return (
    <ActionForm
      title={t("contact.title", { supplier: letter.supplier })}
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
