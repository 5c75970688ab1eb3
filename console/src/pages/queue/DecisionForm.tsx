// What a person does with an exception: decide, look again later, give it away, write to somebody.
import { Checkbox, NativeSelect, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { sendChange, type Change } from "../../api/cases";
import type { Schemas } from "../../api/client";
import { makeIntent } from "../../api/intent";
import type { Exception } from "../../api/queries";
import { announce } from "../../kit/announce";
import { useWords } from "../../words";
import { ActionForm } from "./ActionForm";
import { AssignForm } from "./AssignForm";
import { ContactForm } from "./ContactForm";
import { firstReason, likelyCause, needsLook, rootCauses, type Mode } from "./decide";
import { Look } from "./Look";
import classes from "./queue.module.css";
import { SnoozeForm } from "./SnoozeForm";
import { caseChanged, useHold } from "./useHold";

export interface Props {
  exception: Exception;
  mode: Exclude<Mode, { kind: "look" }>;
  back: () => void;
  /** The exception was changed; `gone` when it left the queue. */
  done: (gone: boolean) => void;
  /** Sent at once and not after ten seconds: a page without the bar for taking back. */
  atOnce: boolean;
}

export function DecisionForm(props: Props) {
  switch (props.mode.kind) {
    case "resolve":
      return <ResolveForm key={props.mode.verb} {...props} verb={props.mode.verb} />;
    case "snooze":
      return <SnoozeForm {...props} />;
    case "assign":
      return <AssignForm {...props} />;
    case "contact":
      return <WriteForm {...props} />;
  }
}

export interface Decided {
  now: (change: Change, says: string) => void;
  pending: boolean;
  error: unknown;
}

/** Takes a decision: kept for ten seconds, or sent at once where nothing can be taken back. */
export function useDecided({
  exception,
  done,
  atOnce,
}: Pick<Props, "exception" | "done" | "atOnce">): Decided {
  const cache = useQueryClient();
  const hold = useHold();
  const [intent] = useState(makeIntent);
  const send = useMutation({
    mutationFn: ({ change }: { change: Change; says: string }) =>
      intent((key) => sendChange(exception, change, key)),
    onSuccess: (_, { change, says }) => {
      announce(says);
      done(change.kind !== "assign");
    },
    onSettled: () => caseChanged(cache, exception),
  });
  return {
    now: (change, says) => {
      if (atOnce) return send.mutate({ change, says });
      hold(exception, change, says);
      done(true);
    },
    pending: send.isPending,
    error: send.isError ? send.error : null,
  };
}

function WriteForm(props: Props) {
  const { exception, back } = props;
  return <ContactForm exception={exception} back={back} decide={useDecided(props)} />;
}

/** What an exception is called in a sentence. */
export const called = (exception: Exception) => exception.store_number || exception.about;

function ResolveForm({ verb, back, ...props }: Props & { verb: string }) {
  const { exception } = props;
  const { t, name } = useWords();
  const reason = useRef<HTMLTextAreaElement>(null);
  const [looking, setLooking] = useState<Schemas["Resolution"] | null>(null);
  const decide = useDecided(props);
  // The words it starts with are selected: type over them or confirm.
  useLayoutEffect(() => {
    reason.current?.focus();
    reason.current?.select();
  }, []);

  function take(body: Schemas["Resolution"]): void {
    decide.now(
      { kind: "resolve", body },
      t("exception.resolved", { number: called(exception), verb: name("verb", verb) }),
    );
  }

  if (looking) {
    return (
      <Look
        exception={exception}
        decision={looking}
        back={back}
        take={() => take(looking)}
        pending={decide.pending}
        error={decide.error}
      />
    );
  }
  return (
    <ActionForm
      title={t("exception.decide", { verb: name("verb", verb) })}
      submitLabel={t("exception.confirm")}
      back={back}
      pending={decide.pending}
      error={decide.error}
      submit={(form) => {
        const body = {
          verb,
          note: String(form.get("note")).trim(),
          root_cause: String(form.get("cause")) as Schemas["RootCause"],
          rule_change: form.get("rule") === "yes",
        };
        if (needsLook(exception.options, verb)) setLooking(body);
        else take(body);
      }}
    >
      <Textarea
        ref={reason}
        name="note"
        label={t("form.reason")}
        required
        rows={3}
        defaultValue={firstReason(exception.options, verb, name("verb", verb))}
      />
      <div className={classes.formRow}>
        <NativeSelect
          name="cause"
          label={t("exception.cause")}
          defaultValue={likelyCause(exception.reason)}
          data={rootCauses.map((cause) => ({ value: cause, label: name("cause", cause) }))}
        />
        <Checkbox name="rule" value="yes" label={t("exception.ruleChange")} />
      </div>
    </ActionForm>
  );
}
