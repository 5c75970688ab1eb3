// Differences between two policies, file by file, with the lines around each change.
import { useMemo } from "react";
import type { Files } from "../../api/policy";
import { Tag } from "../../kit/bits";
import { Empty } from "../../kit/states";
import { useWords } from "../../words";
import { diffFiles, type DiffLine, type FileDiff } from "./diff";
import classes from "./policy.module.css";

const marks = { same: " ", added: "+", removed: "−" } as const;

export function Diff({ before, after, empty }: { before: Files; after: Files; empty: string }) {
  const files = useMemo(() => diffFiles(before, after), [before, after]);
  if (files.length === 0) return <Empty>{empty}</Empty>;
  return (
    <>
      {files.map((file) => (
        <File key={file.file} diff={file} />
      ))}
    </>
  );
}

function File({ diff }: { diff: FileDiff }) {
  const { t } = useWords();
  return (
    <section className={classes.diff} aria-label={diff.file}>
      <h3>
        {diff.file}{" "}
        {diff.state !== "changed" && (
          <Tag tone={diff.state === "added" ? "good" : "bad"}>
            {t(`policy.state.${diff.state}`)}
          </Tag>
        )}{" "}
        <span className={classes.dim}>
          {t("policy.size", { added: diff.added, removed: diff.removed })}
        </span>
      </h3>
      <div
        className={classes.pieces}
        tabIndex={0}
        role="group"
        aria-label={t("policy.linesOf", { file: diff.file })}
      >
        {diff.pieces.map((piece, at) => (
          <ol key={at} className={classes.piece}>
            {piece.map((line) => (
              <Line key={`${line.kind} ${line.before} ${line.after}`} line={line} />
            ))}
          </ol>
        ))}
      </div>
    </section>
  );
}

function Line({ line }: { line: DiffLine }) {
  const { t } = useWords();
  return (
    <li data-kind={line.kind}>
      <span className={classes.number}>{line.after ?? line.before}</span>
      <span className={classes.mark} aria-hidden="true">
        {marks[line.kind]}
      </span>
      {line.kind !== "same" && (
        <span className={classes.unseen}>{t(`policy.line.${line.kind}`)}</span>
      )}
      <code>{line.text}</code>
    </li>
  );
}
