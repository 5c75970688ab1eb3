// Notes of people, where colleagues are called by @name.
import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Order } from "../../api/queries";
import { Section, When } from "../../kit/bits";
import { CommandForm } from "../../kit/CommandForm";
import { useWords } from "../../words";
import classes from "./order.module.css";

export function Notes({ order }: { order: Order }) {
  const { t } = useWords();
  const hash = useRouterState({ select: (state) => state.location.hash });
  useEffect(() => {
    if (hash.startsWith("note-"))
      document.getElementById(hash)?.scrollIntoView({ block: "center" });
  }, [hash]);
  return (
    <Section id="notes" title={t("order.notes")}>
      {order.notes.length === 0 && <p className={classes.dim}>{t("order.notesNone")}</p>}
      <ul className={classes.rows}>
        {order.notes.map((note) => (
          <li
            key={note.event}
            id={`note-${note.event}`}
            data-marked={hash === `note-${note.event}`}
          >
            <span className={classes.note}>
              {note.text}{" "}
              <span className={classes.dim}>
                {note.actor}, <When at={note.at} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      <CommandForm
        order={order.id}
        title={t("order.note.add")}
        right="notes"
        fields={[
          { name: "text", label: t("order.note.text"), kind: "note", channel: order.channel },
        ]}
        build={(v) => ({ command: "AddNote", text: v["text"] ?? "" })}
      />
    </Section>
  );
}
