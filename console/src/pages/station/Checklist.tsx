// The procedure's list: every item gets an answer, a photo where it helps, and one record.
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { newKey, type Schemas } from "../../api/client";
import { command, uploadPhoto } from "../../api/queries";
import { announce } from "../../kit/announce";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./station.module.css";

type Verdict = Schemas["CheckVerdict"];
const verdicts: Verdict[] = ["pass", "fail", "unclear"];

interface Answer {
  verdict?: Verdict;
  note: string;
  photo: string;
}

export function Checklist({ task }: { task: Schemas["StationTask"] }) {
  const { t, name } = useWords();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [key] = useState(newKey);
  const [seen, setSeen] = useState(task.instructions.length === 0);
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const answerOf = (item: string): Answer => answers[item] ?? { note: "", photo: "" };
  const set = (item: string, change: Partial<Answer>) =>
    setAnswers((all) => ({
      ...all,
      [item]: { ...(all[item] ?? { note: "", photo: "" }), ...change },
    }));
  const open = task.checklist.filter((item) => !answerOf(item).verdict).length;
  const bad = task.checklist.some((item) => answerOf(item).verdict !== "pass");

  const record = useMutation({
    mutationFn: () =>
      command(
        task.order,
        {
          command: "RecordCheck",
          check: task.step,
          po: task.po,
          items: task.checklist.map((item) => {
            const { verdict, note, photo } = answerOf(item);
            return { name: item, verdict: verdict ?? "unclear", note, photo };
          }),
          lines: task.lines.map(({ line, quantity }) => ({ line, quantity })),
        },
        key,
      ),
    onSuccess: async () => {
      announce(
        t(bad ? "station.failed" : "station.recorded", {
          check: name("check", task.step),
          po: task.po,
        }),
      );
      await cache.invalidateQueries({ queryKey: ["station"] });
      void cache.invalidateQueries({ queryKey: ["order", task.order] });
      await navigate({ to: "/station", search: { step: task.step } });
    },
  });

  return (
    <section aria-labelledby="checklist">
      <h2 id="checklist">{t("station.checklist")}</h2>
      <ol className={classes.checklist}>
        {task.checklist.map((item) => (
          <li key={item}>
            <fieldset>
              <legend>{item}</legend>
              <div className={classes.verdicts}>
                {verdicts.map((verdict) => (
                  <label key={verdict} data-verdict={verdict}>
                    <input
                      type="radio"
                      name={item}
                      checked={answerOf(item).verdict === verdict}
                      onChange={() => set(item, { verdict })}
                    />
                    {name("verdict", verdict)}
                  </label>
                ))}
              </div>
              <div className={classes.extra}>
                <TextInput
                  aria-label={t("station.note", { item })}
                  placeholder={t("exception.note")}
                  value={answerOf(item).note}
                  onChange={(event) => set(item, { note: event.currentTarget.value })}
                />
                <Photo
                  order={task.order}
                  item={item}
                  photo={answerOf(item).photo}
                  done={(photo) => set(item, { photo })}
                />
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      {task.instructions.length > 0 && (
        <Checkbox
          size="lg"
          className={classes.seen}
          label={t("station.seen")}
          checked={seen}
          onChange={(event) => setSeen(event.currentTarget.checked)}
        />
      )}
      {record.isError && <Problem error={record.error} />}
      <Button
        size="xl"
        fullWidth
        color={bad && open === 0 ? "red" : undefined}
        disabled={open > 0 || !seen}
        loading={record.isPending}
        onClick={() => record.mutate()}
      >
        {open > 0
          ? t("station.unanswered", { count: open })
          : t("station.record", { check: name("check", task.step) })}
      </Button>
    </section>
  );
}

function Photo({
  order,
  item,
  photo,
  done,
}: {
  order: string;
  item: string;
  photo: string;
  done: (hash: string) => void;
}) {
  const { t } = useWords();
  const upload = useMutation({
    mutationFn: (file: File) => uploadPhoto(order, file, newKey()),
    onSuccess: (stored) => done(stored.sha256),
  });
  return (
    <div>
      <label className={classes.photo}>
        {upload.isPending
          ? t("station.photoSending")
          : photo
            ? t("station.photoDone")
            : t("station.photo", { item })}
        <input
          type="file"
          accept="image/jpeg,image/png,image/webp"
          capture="environment"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) upload.mutate(file);
          }}
        />
      </label>
      {upload.isError && <Problem error={upload.error} />}
    </div>
  );
}
