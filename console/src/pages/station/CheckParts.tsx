// What one check shows: instructions, what to do now, counts, items, the record.
import { Button, TextInput } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";
import {
  countOf,
  counts,
  currentItem,
  lacks,
  phaseOf,
  shortLines,
  verdictOf,
  type Action,
  type Draft,
  type Task,
  type Verdict,
} from "../../station/bench";
import { Tag } from "../../kit/bits";
import { ListingPhoto } from "../../kit/ListingPhoto";
import { useWords } from "../../words";
import { AlwaysVisible } from "./StationFrame";
import classes from "./station.module.css";

const verdicts: Verdict[] = ["pass", "fail", "unclear"];
/** As many pictures as stand beside a line without hiding the next one. */
const mostPhotos = 3;
const signs = { pass: "✓", fail: "✕", unclear: "?" } as const;

interface Props {
  task: Task;
  draft: Draft;
  perform: (action: Action) => void;
}

/** Full width, and nothing can be passed before they were acknowledged. */
export function Instructions({ task, seen, see }: { task: Task; seen: boolean; see: () => void }) {
  const { t } = useWords();
  if (task.instructions.length === 0) return null;
  return (
    <section className={classes.special} data-seen={seen} aria-labelledby="special">
      <h2 id="special">
        <span aria-hidden>⚠</span> {t("station.instructions")}
        {seen && <span className={classes.read}>✓ {t("station.seenDone")}</span>}
      </h2>
      <ul>
        {task.instructions.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      {!seen && (
        <Button size="xl" fullWidth onClick={see}>
          {t("station.seen")}
        </Button>
      )}
    </section>
  );
}

/** The one thing to do now. */
export function Todo({ children }: { children: ReactNode }) {
  return (
    <AlwaysVisible>
      <p className={classes.todo}>{children}</p>
    </AlwaysVisible>
  );
}

export function Counting({ task, draft, perform }: Props) {
  const { t } = useWords();
  const counting = counts(task.step);
  const open = phaseOf(draft) === "count";
  return (
    <section aria-labelledby="goods">
      <h2 id="goods">{t("station.goods")}</h2>
      <ul className={classes.goods}>
        {task.lines.map((line) => {
          const count = countOf(draft, line.line);
          const { title } = line;
          const chosen = open && draft.line === line.line;
          return (
            <li
              key={line.line}
              data-chosen={chosen}
              data-whole={counting && count >= line.quantity}
            >
              <strong className={classes.quantity}>
                {counting
                  ? t("station.counted", {
                      count: chosen && draft.digits ? `${draft.digits}…` : count,
                      of: line.quantity,
                    })
                  : `${line.quantity} ×`}
              </strong>
              <span className={classes.what}>
                <strong>{title}</strong> {line.variant}
                <br />
                <span className={classes.code}>{line.supplier_sku}</span>{" "}
                <span className={classes.dim}>{line.sku}</span>
              </span>
              {line.photos.length > 0 && (
                <span className={classes.promised}>
                  {line.photos.slice(0, mostPhotos).map((sha256, before) => (
                    <ListingPhoto
                      key={sha256}
                      sku={line.sku}
                      sha256={sha256}
                      at={before + 1}
                      what={title}
                      mayMiss
                    />
                  ))}
                </span>
              )}
              {open && (
                <span className={classes.counters}>
                  <Button
                    size="lg"
                    variant="default"
                    aria-label={t("station.fewer", { title })}
                    onClick={() => perform({ do: "count", line: line.line, quantity: count - 1 })}
                  >
                    −
                  </Button>
                  <Button
                    size="lg"
                    variant="default"
                    aria-label={t("station.oneMore", { title })}
                    onClick={() => perform({ do: "count", line: line.line, quantity: count + 1 })}
                  >
                    +
                  </Button>
                  <Button
                    size="lg"
                    variant="default"
                    aria-label={t("station.whole", { title, count: line.quantity })}
                    onClick={() =>
                      perform({ do: "count", line: line.line, quantity: line.quantity })
                    }
                  >
                    = {line.quantity}
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {open && (
        <Button
          size="lg"
          fullWidth
          variant="default"
          className={classes.after}
          onClick={() => perform({ do: "scan", scan: { kind: "command", command: "NEXT" } })}
        >
          {t(draft.warned ? "station.countShort" : "station.countDone")}
        </Button>
      )}
    </section>
  );
}

export function Items({
  task,
  draft,
  perform,
  takePhoto,
}: Props & { takePhoto: (item: number, file: File) => void }) {
  const { t, name, rule } = useWords();
  const current = phaseOf(draft) === "check" ? currentItem(draft) : -1;
  const here = useRef<HTMLLIElement>(null);
  // Who scans does not scroll.
  useEffect(() => {
    if (current >= 0) here.current?.scrollIntoView({ block: "center" });
  }, [current]);
  const of = task.checklist.length;
  if (of === 0) return null;
  return (
    <section aria-labelledby="checklist">
      <h2 id="checklist">{t("station.checklist")}</h2>
      <ol className={classes.checklist}>
        {task.checklist.map(({ name: written, needs }, at) => {
          const item = rule(written);
          const answer = draft.answers[at];
          const lacking = lacks(task, draft, at);
          return (
            <li
              key={written}
              ref={at === current ? here : null}
              aria-current={at === current ? "step" : undefined}
            >
              <fieldset data-current={at === current}>
                <legend>
                  <span className={classes.dim}>{t("station.item", { at: at + 1, of })}</span>{" "}
                  {item}
                  {needs !== "none" && (
                    <Tag tone={lacking === "none" ? "good" : "warn"}>
                      {t(`station.needs.${needs}`)}
                    </Tag>
                  )}
                </legend>
                <div className={classes.verdicts}>
                  {verdicts.map((verdict) => (
                    <button
                      key={verdict}
                      type="button"
                      data-verdict={verdict}
                      aria-pressed={answer?.verdict === verdict}
                      aria-label={t("station.answerOf", {
                        item,
                        verdict: name("verdict", verdict),
                      })}
                      disabled={!draft.seen || !draft.counted}
                      onClick={() => perform({ do: "answer", item: at, verdict })}
                    >
                      <span aria-hidden>{signs[verdict]}</span> {name("verdict", verdict)}
                    </button>
                  ))}
                </div>
                <div className={classes.extra}>
                  <TextInput
                    size="lg"
                    aria-label={t("station.note", { item })}
                    placeholder={t(
                      needs === "text" ? "station.needs.textHere" : "station.notePlaceholder",
                    )}
                    value={answer?.note ?? ""}
                    maxLength={500}
                    onChange={(event) =>
                      perform({ do: "note", item: at, note: event.currentTarget.value })
                    }
                  />
                  <label className={classes.photo} data-taken={answer?.photo ? true : undefined}>
                    {t(answer?.photo ? "station.photoDone" : "station.photo", { item })}
                    <input
                      type="file"
                      accept="image/*"
                      capture="environment"
                      onChange={(event) => {
                        const file = event.currentTarget.files?.[0];
                        if (file) takePhoto(at, file);
                        event.currentTarget.value = "";
                      }}
                    />
                  </label>
                </div>
              </fieldset>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

export function RecordButton({ task, draft, perform }: Props) {
  const { t, name } = useWords();
  const open = draft.answers.filter((each) => each.verdict === null).length;
  const bad = verdictOf(draft) !== "pass" || shortLines(task, draft).length > 0;
  return (
    <div className={classes.record}>
      <Button
        size="xl"
        fullWidth
        color={bad && open === 0 ? "red" : undefined}
        disabled={phaseOf(draft) !== "ready"}
        onClick={() => perform({ do: "scan", scan: { kind: "command", command: "NEXT" } })}
      >
        {open > 0
          ? t("station.unanswered", { count: open })
          : t("station.record", { check: name("check", task.step) })}
      </Button>
      <Button
        size="lg"
        fullWidth
        variant="default"
        onClick={() => perform({ do: "scan", scan: { kind: "command", command: "UNDO" } })}
      >
        {t("station.undo")}
      </Button>
    </div>
  );
}
