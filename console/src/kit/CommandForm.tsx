// A change behind one button: the button becomes a small form in place, never a window.
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { newKey, type Schemas } from "../api/client";
import { command, session, type OrderCommand } from "../api/queries";
import { useWords } from "../words";
import { announce } from "./announce";
import { Tag } from "./bits";
import { pressed, useKeys } from "./keys";
import classes from "./kit.module.css";
import { MentionInput } from "./MentionInput";
import { Problem } from "./states";

export interface Field {
  name: string;
  label: string;
  kind: "text" | "reason" | "note" | "number" | "choice" | "moment" | "yes";
  value?: string;
  choices?: { value: string; label: string }[];
  optional?: boolean;
  /** number: the greatest that makes sense. */
  most?: number;
  /** note: the store whose people may be called by @name. */
  channel?: string;
}

export type Leaves = "purchase" | "cancellation" | "goods" | "money";

export type Values = Record<string, string>;

/** One change: what it is called, what is typed, what it becomes. */
export interface Form {
  title: string;
  note?: string;
  fields: Field[];
  /** The command from what was typed. */
  build: (values: Values) => OrderCommand;
  danger?: boolean;
  /** What leaves at once and cannot be called back: it is looked at once more before. */
  leaves?: Leaves | undefined;
  /** What the command asks for, where that is not the right to decide; without it no button. */
  right?: Schemas["Right"];
  /** Which of several of its kind: the palette says it after the title. */
  about?: string;
}

export function CommandForm({
  order,
  title,
  note,
  fields,
  build,
  danger = false,
  leaves,
  right = "decide",
  about = "",
}: Form & { order: string }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const may = useQuery(session).data?.rights.includes(right) ?? false;
  const [open, setOpen] = useState(false);
  const key = useRef("");
  const opener = useRef<HTMLButtonElement>(null);
  const run = useMutation({
    mutationFn: (values: Values) => command(order, build(values), key.current),
    onSuccess: async ({ mentioned = [] }) => {
      const names = mentioned.join(", ");
      announce(names ? t("note.told", { names }) : t("order.done", { what: title }));
      close();
      await cache.invalidateQueries({ queryKey: ["order", order] });
      await cache.invalidateQueries({ queryKey: ["exceptions"] });
    },
  });

  const [looked, setLooked] = useState(false);

  function start(): void {
    setLooked(false);
    key.current = newKey();
    run.reset();
    setOpen(true);
  }

  function close(): void {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    if (leaves && !looked) return setLooked(true);
    run.mutate(
      Object.fromEntries(
        fields.map((field) => [field.name, String(typed.get(field.name) ?? "").trim()]),
      ),
    );
  }

  useKeys({}, open || !may ? [] : [{ label: about ? `${title} · ${about}` : title, run: start }]);

  if (!may) return null;
  if (!open) {
    return (
      <Button ref={opener} size="compact-sm" variant="default" onClick={start}>
        {title}
      </Button>
    );
  }
  return (
    <form
      className={classes.inlineForm}
      onSubmit={submit}
      onChange={() => setLooked(false)}
      onKeyDown={(event) => {
        // Held on from the first press, it is no second one.
        const { key, repeat } = event.nativeEvent;
        if (leaves && repeat && key === "Enter") event.preventDefault();
        if (pressed(event.nativeEvent, "back")) close();
      }}
      aria-label={title}
    >
      <h3>{title}</h3>
      {note && <p className={classes.dim}>{note}</p>}
      {leaves && looked && (
        <p role="status">
          {t("look.title")}: <Tag tone="warn">{t(`look.${leaves}`)}</Tag>
        </p>
      )}
      <div className={classes.fields}>
        {fields.map((field, at) => (
          <FieldInput key={field.name} field={field} first={at === 0} />
        ))}
      </div>
      {run.isError && <Problem error={run.error} />}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" loading={run.isPending} color={danger ? "red" : undefined}>
          {looked ? t("look.sure", { verb: title }) : title}
        </Button>
        <Button size="sm" variant="subtle" onClick={close}>
          {t("form.cancel")}
        </Button>
      </div>
    </form>
  );
}

function FieldInput({ field, first }: { field: Field; first: boolean }) {
  const common = {
    name: field.name,
    label: field.label,
    defaultValue: field.value ?? "",
    required: !field.optional && field.kind !== "choice",
    "data-autofocus": first,
    // The form appears because its button was pressed: the first field is where the hands go next.
    autoFocus: first,
  };
  switch (field.kind) {
    case "reason":
      return <Textarea {...common} autosize={false} rows={2} className={classes.wide} />;
    case "note":
      return (
        <MentionInput
          name={field.name}
          label={field.label}
          channel={field.channel ?? ""}
          autoFocus={first}
          className={classes.wide}
        />
      );
    case "choice":
      return <NativeSelect {...common} data={field.choices ?? []} />;
    case "number":
      return <TextInput {...common} type="number" min={0} max={field.most} step={1} />;
    case "moment":
      return <TextInput {...common} type="datetime-local" />;
    case "yes":
      return <Checkbox name={field.name} label={field.label} value="yes" />;
    case "text":
      return <TextInput {...common} />;
  }
}
