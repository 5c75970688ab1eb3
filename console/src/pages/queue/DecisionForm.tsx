// The three things a person does with an exception: decide, look again later, give it away.
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  useEffect,
  useRef,
  useState,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { newKey } from "../../api/client";
import { assign, owners, resolve, snooze, type Exception } from "../../api/queries";
import { announce } from "../../kit/announce";
import { KeyCaps } from "../../kit/KeyCaps";
import { pressed } from "../../kit/keys";
import { present } from "../../kit/now";
import { Failed, Problem } from "../../kit/states";
import { useWords } from "../../words";
import {
  firstReason,
  likelyCause,
  rootCauses,
  snoozes,
  snoozeUntil,
  type Mode,
  type Snooze,
} from "./decide";
import classes from "./queue.module.css";

interface Props {
  exception: Exception;
  mode: Exclude<Mode, { kind: "look" }>;
  back: () => void;
  /** The exception was changed; `gone` when it left the queue. */
  done: (gone: boolean) => void;
}

export function DecisionForm(props: Props) {
  switch (props.mode.kind) {
    case "resolve":
      return <ResolveForm {...props} verb={props.mode.verb} />;
    case "snooze":
      return <SnoozeForm {...props} />;
    case "assign":
      return <AssignForm {...props} />;
  }
}

function ResolveForm({ exception, verb, back, done }: Props & { verb: string }) {
  const { t, name } = useWords();
  const reason = useRef<HTMLTextAreaElement>(null);
  const starts = firstReason(exception.options, verb, name("verb", verb));
  const send = useChange(exception, (form: FormData, key) =>
    resolve(
      exception,
      {
        verb,
        note: String(form.get("note")).trim(),
        root_cause: String(form.get("cause")) as (typeof rootCauses)[number],
        rule_change: form.get("rule") === "yes",
      },
      key,
    ),
  );
  // A new verb starts again with its own words, all selected: type over them or confirm.
  useEffect(() => {
    if (!reason.current) return;
    reason.current.value = starts;
    reason.current.focus();
    reason.current.select();
  }, [verb, starts]);

  return (
    <ActionForm
      title={t("exception.decide", { verb: name("verb", verb) })}
      submitLabel={t("exception.confirm")}
      back={back}
      send={send}
      then={() => {
        announce(
          t("exception.resolved", {
            number: exception.store_number || exception.about,
            verb: name("verb", verb),
          }),
        );
        done(true);
      }}
    >
      <Textarea ref={reason} name="note" label={t("form.reason")} required rows={3} />
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

function SnoozeForm({ exception, back, done }: Props) {
  const { t } = useWords();
  const send = useChange(exception, (form: FormData, key) =>
    snooze(
      exception,
      {
        review_by: snoozeUntil(String(form.get("until")) as Snooze, new Date(present()))
          .toISOString()
          .replace(/\.\d+Z$/, "Z"),
        reason: String(form.get("reason")).trim(),
      },
      key,
    ),
  );
  return (
    <ActionForm
      title={t("exception.snooze")}
      submitLabel={t("exception.snooze")}
      back={back}
      send={send}
      then={() => {
        announce(t("exception.snoozed", { number: exception.store_number || exception.about }));
        done(true);
      }}
    >
      <div className={classes.formRow}>
        <NativeSelect
          name="until"
          label={t("exception.snoozeUntil")}
          autoFocus
          data={snoozes.map((each) => ({ value: each, label: t(`exception.snooze.${each}`) }))}
        />
        <TextInput
          name="reason"
          label={t("form.reason")}
          defaultValue={t("exception.snoozeReason")}
          required
        />
      </div>
    </ActionForm>
  );
}

function AssignForm({ exception, back, done }: Props) {
  const { t } = useWords();
  const known = useQuery(owners);
  const send = useChange(exception, (form: FormData, key) =>
    assign(exception, { owner: String(form.get("owner")) }, key),
  );
  const others = (known.data?.items ?? []).filter((each) => each.owner !== exception.owner);
  return (
    <ActionForm
      title={t("exception.assign")}
      submitLabel={t("exception.assign")}
      back={back}
      send={send}
      ready={others.length > 0}
      then={(form) => {
        announce(
          t("exception.assigned", {
            number: exception.store_number || exception.about,
            owner: String(form.get("owner")),
          }),
        );
        done(false);
      }}
    >
      {known.isError && <Failed error={known.error} retry={() => void known.refetch()} />}
      {others.length > 0 && (
        <NativeSelect
          name="owner"
          label={t("exception.assignTo")}
          autoFocus
          data={others.map((each) => ({
            value: each.owner,
            label: each.covering ? t("exception.covering", { owner: each.owner }) : each.owner,
          }))}
        />
      )}
    </ActionForm>
  );
}

/** One intent: its key stays the same while it is tried again. */
function useChange(
  exception: Exception,
  change: (form: FormData, key: string) => Promise<unknown>,
) {
  const cache = useQueryClient();
  const [key] = useState(newKey);
  return useMutation({
    mutationFn: (form: FormData) => change(form, key),
    onSettled: () => {
      for (const queryKey of [
        ["exceptions"],
        ["counts"],
        ["exception", exception.stream, exception.number],
        ["order", exception.stream],
      ]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
  });
}

function ActionForm({
  title,
  submitLabel,
  back,
  send,
  then,
  ready = true,
  children,
}: {
  title: string;
  submitLabel: string;
  back: () => void;
  send: ReturnType<typeof useChange>;
  then: (form: FormData) => void;
  ready?: boolean;
  children: ReactNode;
}) {
  const { t } = useWords();

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (send.isPending) return;
    const form = new FormData(event.currentTarget);
    send.mutate(form, { onSuccess: () => then(form) });
  }

  /** Enter confirms from every field; Shift+Enter stays a new line. */
  function confirm(event: KeyboardEvent<HTMLFormElement>): void {
    if (!pressed(event.nativeEvent, "confirm")) return;
    if (event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  }

  return (
    <form className={classes.form} onSubmit={submit} onKeyDown={confirm} aria-label={title}>
      <h3>{title}</h3>
      {children}
      {send.isError && <Problem error={send.error} />}
      <div className={classes.formButtons}>
        <Button type="submit" size="sm" loading={send.isPending} disabled={!ready}>
          {submitLabel}
        </Button>
        <KeyCaps of="confirm" />
        <Button size="sm" variant="subtle" onClick={back}>
          {t("form.cancel")}
        </Button>
        <KeyCaps of="back" />
      </div>
    </form>
  );
}
