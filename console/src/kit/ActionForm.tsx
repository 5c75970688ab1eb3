// A deed behind one button: the button becomes a small form in place, never a window.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { makeIntent } from "../api/intent";
import { useWords } from "../words";
import { pressed, useKeys } from "./keys";
import classes from "./kit.module.css";
import own from "./people.module.css";
import { Problem } from "./states";

interface Props {
  title: string;
  /** Which of several of its kind: read out, and said by the palette. */
  about?: string;
  /** The button shows that too: several stand side by side, and nothing else tells them apart. */
  several?: boolean;
  note?: ReactNode;
  danger?: boolean;
  /** Does it. The key stays the same while the same intent is tried again. */
  run: (typed: FormData, key: string) => Promise<unknown>;
  /** What is wrong with what was typed, in words; nothing when it may go. */
  wrong?: (typed: FormData) => string | undefined;
  children?: ReactNode;
}

export function ActionForm(props: Props) {
  const { title, about, several = false, note, danger = false, run, wrong, children } = props;
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [refused, setRefused] = useState<string>();
  const intent = useRef(makeIntent());
  const opener = useRef<HTMLButtonElement>(null);
  const deed = useMutation({
    mutationFn: (typed: FormData) => intent.current((key) => run(typed, key)),
    onSuccess: close,
  });

  function start(): void {
    intent.current = makeIntent();
    deed.reset();
    setRefused(undefined);
    setOpen(true);
  }

  function close(): void {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (deed.isPending) return;
    const typed = new FormData(event.currentTarget);
    const why = wrong?.(typed);
    setRefused(why);
    if (why) return;
    deed.mutate(typed);
  }

  const whole = about ?? title;
  // Its name begins with what one sees on it, in every language.
  // A spoken name begins with, or holds, the word that is seen (WCAG 2.2, 2.5.3).
  const said = about?.toLocaleLowerCase().includes(title.toLocaleLowerCase());
  const named = about && (said ? about : `${title}: ${about}`);
  useKeys({}, open ? [] : [{ label: whole, run: start }]);

  if (!open) {
    return (
      <Button ref={opener} size="compact-sm" variant="default" aria-label={named} onClick={start}>
        {several ? whole : title}
      </Button>
    );
  }
  return (
    <form
      className={classes.inlineForm}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (!pressed(event.nativeEvent, "back")) return;
        // It is this form's: what stands around it stays open.
        event.preventDefault();
        close();
      }}
      aria-label={whole}
    >
      <h3>{whole}</h3>
      {note && <p className={classes.dim}>{note}</p>}
      {children}
      {refused && (
        <p role="alert" className={own.wrong}>
          {refused}
        </p>
      )}
      {deed.isError && <Problem error={deed.error} />}
      <div className={classes.buttons}>
        <Button
          type="submit"
          size="sm"
          loading={deed.isPending}
          color={danger ? "red" : undefined}
          // With nothing to fill in, the hands go to the button.
          autoFocus={!children}
        >
          {title}
        </Button>
        <Button size="sm" variant="subtle" onClick={close}>
          {t("form.cancel")}
        </Button>
      </div>
    </form>
  );
}
