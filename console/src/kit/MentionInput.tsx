// A note's text, with the names of colleagues while one is typed behind an @. The text keeps the
// focus; the list is walked with the arrow keys and says how many there are.
import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { colleagues } from "../api/orders";
import { useWords } from "../words";
import { pressed } from "./keys";
import classes from "./mention.module.css";
import { typedName, withName } from "./mention";

interface Given {
  name: string;
  label: string;
  /** The store whose orders they must be allowed to see. */
  channel: string;
  autoFocus?: boolean;
  className?: string | undefined;
}

export function MentionInput({ name, label, channel, autoFocus, className }: Given) {
  const { t, name: word } = useWords();
  const list = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<ReturnType<typeof typedName>>(null);
  const [marked, setMarked] = useState(0);
  const q = typed?.name.toLowerCase() ?? "";
  const found = useQuery({ ...colleagues(channel, q), enabled: typed !== null });
  const people = typed ? (found.data?.items ?? []) : [];
  const open = people.length > 0;
  const at = Math.min(marked, people.length - 1);

  function look(): void {
    const text = input.current;
    if (!text) return;
    setTyped(typedName(text.value, text.selectionStart));
    setMarked(0);
  }

  function take(person: string): void {
    const text = input.current;
    if (!text || !typed) return;
    const done = withName(text.value, typed, person);
    text.value = done.text;
    text.setSelectionRange(done.caret, done.caret);
    text.focus();
    setTyped(null);
  }

  function hear(event: KeyboardEvent): void {
    if (!open) return;
    const { nativeEvent } = event;
    const chosen = people[at];
    if (pressed(nativeEvent, "paletteNext")) setMarked((at + 1) % people.length);
    else if (pressed(nativeEvent, "palettePrevious"))
      setMarked((at + people.length - 1) % people.length);
    else if (pressed(nativeEvent, "paletteRun") && chosen) take(chosen.name);
    else if (pressed(nativeEvent, "paletteClose")) setTyped(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={`${classes.box} ${className ?? ""}`}>
      <Textarea
        ref={input}
        name={name}
        label={label}
        description={t("note.hint")}
        required
        autosize={false}
        rows={3}
        maxLength={4000}
        data-autofocus={autoFocus}
        autoFocus={autoFocus}
        aria-autocomplete="list"
        aria-controls={open ? list : undefined}
        aria-activedescendant={open ? `${list}-${at}` : undefined}
        onChange={look}
        onClick={look}
        onBlur={() => setTyped(null)}
        onKeyDown={hear}
      />
      {open && (
        <ul id={list} role="listbox" aria-label={t("note.colleagues")} className={classes.list}>
          {people.map((person, index) => (
            <li
              key={person.name}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === at}
              // The text keeps the focus and the caret.
              onMouseDown={(event) => {
                event.preventDefault();
                take(person.name);
              }}
            >
              {person.name}{" "}
              <span className={classes.roles}>
                {person.roles.map((role) => word("role", role)).join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
      <span role="status" className={classes.unseen}>
        {typed && found.data ? t("note.found", { count: people.length }) : ""}
      </span>
    </div>
  );
}
