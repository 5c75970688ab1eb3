// The form of a connection: made from the kind's account.toml, tested before it is saved.
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, type FormEvent, type ReactNode } from "react";
import { newKey, type Schemas } from "../../api/client";
import { asApiError } from "../../api/problem";
import { pressed } from "../../kit/keys";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./connections.module.css";
import { asked, draftOf, type Typed } from "./draft";
import { FieldInput } from "./FieldInput";
import { addConnection, changeConnection, fieldOf, testDraft } from "./questions";
import { TestResult } from "./TestResult";

export function ConnectionForm({
  kind,
  known,
  saved,
  cancel,
}: {
  kind: Schemas["ConnectionKind"];
  /** The connection that is changed; nothing for a new one. */
  known?: Schemas["ConnectionDetail"];
  saved: (id: string) => void;
  cancel: ReactNode;
}) {
  const { t } = useWords();
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  // One intent keeps its key while it is tried again; other words are another intent.
  const intent = useRef({ words: "", key: "" });
  const kept = known?.settings ?? {};

  function body(): Schemas["NewConnection"] {
    const typed = Object.fromEntries(
      [...new FormData(form.current!)].map(([name, value]) => [name, String(value)]),
    ) as Typed;
    const id = known?.connection.id ?? (typed["id"] ?? "").trim();
    return { room: kind.room, id, kind: kind.kind, ...draftOf(kind.fields, typed, kept) };
  }

  const save = useMutation({
    mutationFn: (draft: Schemas["NewConnection"]) => {
      if (known) {
        const { settings, secrets } = draft;
        return changeConnection(draft.id, secrets ? { settings, secrets } : { settings });
      }
      const words = JSON.stringify(draft);
      if (intent.current.words !== words) intent.current = { words, key: newKey() };
      return addConnection(draft, intent.current.key);
    },
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries();
      saved(id);
    },
  });
  const test = useMutation({
    mutationFn: (draft: Schemas["NewConnection"]) => testDraft(draft, newKey()),
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    test.reset();
    save.mutate(body());
  }
  function tryOut(): void {
    if (!form.current?.reportValidity()) return;
    save.reset();
    test.mutate(body());
  }

  const thrown = save.error ?? test.error;
  const wrong = fieldOf(thrown);
  const said = thrown ? asApiError(thrown) : undefined;
  const about = said && [said.detail, said.hint].filter(Boolean).join(" ");
  const shown = kind.fields.some(({ key }) => key === wrong) || wrong === "id";
  const needed = kind.fields.filter((field) => asked(field, kept));
  const more = kind.fields.filter((field) => !asked(field, kept));
  const input = (field: Schemas["ConnectionField"]) => (
    <FieldInput
      key={field.key}
      kind={kind.kind}
      field={field}
      value={kept[field.key] ?? ""}
      secret={known?.secrets.find(({ key }) => key === field.key)}
      error={field.key === wrong ? (about ?? "") : ""}
    />
  );

  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (!pressed(event.nativeEvent, "back")) return;
        event.currentTarget.querySelector<HTMLElement>("[data-cancel] :is(a, button)")?.focus();
      }}
    >
      {!known && (
        <TextInput
          name="id"
          label={t("connect.id")}
          description={t("connect.idHelp")}
          error={wrong === "id" ? about : undefined}
          required
          maxLength={40}
          pattern="[a-z0-9_\-]{1,40}"
          spellCheck={false}
          autoComplete="off"
        />
      )}
      {needed.map(input)}
      {more.length > 0 && (
        <details open={more.some(({ key }) => key === wrong) || undefined}>
          <summary>{t("connect.more")}</summary>
          <div className={classes.more}>{more.map(input)}</div>
        </details>
      )}
      <p className={classes.dim}>{t("connect.secretNote")}</p>
      {thrown && !shown && <Problem error={thrown} />}
      <p role="status" className={classes.dim}>
        {test.isPending ? t("connect.testing") : t("connect.testNote")}
      </p>
      {test.data && <TestResult test={test.data} />}
      <div className={classes.buttons}>
        <Button type="button" variant="default" loading={test.isPending} onClick={tryOut}>
          {t("connect.test")}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t(known ? "connect.saveChange" : "connect.save")}
        </Button>
        <span data-cancel="">{cancel}</span>
      </div>
    </form>
  );
}
