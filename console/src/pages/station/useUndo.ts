// Takes back the last thing recorded here, as long as nothing of it has left, and lays it on the
// bench again.
import { useNavigate } from "@tanstack/react-router";
import { say } from "../../station/bus";
import { lastUndoable } from "../../station/outbox";
import { undo } from "../../station/post";
import type { Work } from "../../station/useDay";
import { useWords } from "../../words";

export function useUndo(work: Work): (id?: string) => Promise<void> {
  const { name } = useWords();
  const navigate = useNavigate();
  return async (id) => {
    const meant = id ?? lastUndoable(work.post.entries, work.me)?.id;
    const taken = meant === undefined ? null : await undo(meant);
    if (!taken) {
      say({ tone: "attention", key: "station.said.nothingToUndo" });
      return;
    }
    const step = taken.what.kind === "check" ? taken.what.body.check : "label_match";
    const values = { check: name("check", step), po: taken.po };
    say({ tone: "attention", key: "station.said.undone", values });
    await navigate({ to: "/station/$po/$step", params: { po: taken.po, step } });
  };
}
