// A form in place: Enter confirms from every field, Esc goes back.
import { Button } from "@mantine/core";
import { createContext, use, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { KeyCaps } from "../../kit/KeyCaps";
import { pressed } from "../../kit/keys";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./queue.module.css";

/** Somebody else works on the case: what is typed stays, and waits until they leave. */
export const Shut = createContext(false);

interface Props {
  title: string;
  submitLabel: string;
  back: () => void;
  submit: (form: FormData) => void;
  pending: boolean;
  error: unknown;
  ready?: boolean;
  children: ReactNode;
}

export function ActionForm(props: Props) {
  const { title, submitLabel, back, submit, pending, error, ready = true, children } = props;
  const { t } = useWords();
  const shut = use(Shut);

  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!pending && ready && !shut) submit(new FormData(event.currentTarget));
  }

  /** Enter confirms from every field; Shift+Enter stays a new line. */
  function confirm(event: KeyboardEvent<HTMLFormElement>): void {
    const { key, repeat, shiftKey } = event.nativeEvent;
    // Held on from what opened or sent this form: neither a confirmation nor a new line.
    if (repeat && key === "Enter" && !shiftKey) return event.preventDefault();
    if (!pressed(event.nativeEvent, "confirm")) return;
    if (event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  }

  return (
    <form className={classes.form} onSubmit={send} onKeyDown={confirm} aria-label={title}>
      <h3>{title}</h3>
      {children}
      {Boolean(error) && <Problem error={error} />}
      <div className={classes.formButtons}>
        <Button type="submit" size="sm" loading={pending} disabled={!ready || shut}>
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
