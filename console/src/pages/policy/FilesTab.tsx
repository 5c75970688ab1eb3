// The files of the policy with a plain editor: line numbers, the server's problems at their lines,
// a draft that stays in this browser.
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState, type FormEvent, type UIEvent } from "react";
import type { Schemas } from "../../api/client";
import { checkPolicy } from "../../api/policy";
import { announce } from "../../kit/announce";
import { Tag } from "../../kit/bits";
import { useKeys } from "../../kit/keys";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import { drafted, edited, isFileName, keepDraft, useDraft } from "./draft";
import { Problems } from "./Problems";
import classes from "./policy.module.css";

type Current = Schemas["PolicyFiles"];

export function FilesTab({ current, mayChange }: { current: Current; mayChange: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const search = useSearch({ from: "/signed-in/policy" });
  const draft = useDraft();
  const files = drafted(current.files, draft);
  const names = [...new Set([...Object.keys(current.files), ...Object.keys(files)])].sort();
  const file = names.includes(search.file ?? "") ? search.file! : (names[0] ?? "");
  const text = files[file];
  const area = useRef<HTMLTextAreaElement>(null);
  const [full, setFull] = useState(false);
  const [goal, setGoal] = useState<Schemas["PolicyProblem"] | null>(null);
  const check = useMutation({
    mutationFn: () => checkPolicy(files),
    onSuccess: ({ problems }) => announce(t("policy.checked", { count: problems.length })),
  });
  const problems = check.data?.problems ?? [];
  useKeys({}, mayChange ? [{ label: t("policy.check"), run: () => check.mutate() }] : []);

  function open(name: string): void {
    void navigate({ to: "/policy", search: { tab: "files", file: name }, replace: true });
  }
  function change(name: string, to: string | null): void {
    try {
      keepDraft(edited(draft, current, name, to));
      setFull(false);
    } catch {
      setFull(true);
    }
  }
  // A problem of another file is gone to once that file is shown.
  useEffect(() => {
    if (!goal || (goal.file && goal.file !== file)) return;
    setGoal(null);
    if (area.current) selectLine(area.current, goal.line);
  }, [goal, file]);
  function goTo(problem: Schemas["PolicyProblem"]): void {
    if (problem.file && problem.file !== file) open(problem.file);
    setGoal(problem);
  }

  return (
    <div className={classes.files}>
      <div className={classes.tools}>
        <NativeSelect
          className={classes.select}
          label={t("policy.file")}
          value={file}
          onChange={(event) => open(event.currentTarget.value)}
          data={names.map((name) => ({ value: name, label: labelOf(name, current, files, t) }))}
        />
        {mayChange && (
          <>
            <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
              {t("policy.check")}
            </Button>
            {draft && file in draft.edits && (
              <Button variant="default" onClick={() => change(file, current.files[file] ?? null)}>
                {t("policy.undoFile")}
              </Button>
            )}
            {text !== undefined && names.length > 1 && (
              <Button variant="default" onClick={() => change(file, null)}>
                {t("policy.removeFile")}
              </Button>
            )}
            {draft && (
              <Link to="/policy" search={{ tab: "changes" }}>
                {t("policy.toChanges")}
              </Link>
            )}
          </>
        )}
      </div>
      <Outdated current={current} />
      {full && <p role="alert">{t("policy.noRoom")}</p>}
      {check.isError && <Problem error={check.error} />}
      {check.data && <Problems problems={problems} choose={goTo} />}
      {text === undefined ? (
        <p>{t("policy.fileGone", { file })}</p>
      ) : (
        <Editor
          key={file}
          area={area}
          file={file}
          text={text}
          bad={new Set(problems.filter((each) => each.file === file).map((each) => each.line))}
          readOnly={!mayChange}
          change={(to) => change(file, to)}
        />
      )}
      {mayChange && <NewFile names={names} make={(name) => (change(name, ""), open(name))} />}
    </div>
  );
}

/** Puts the caret on a line, in sight. */
function selectLine(field: HTMLTextAreaElement, line: number): void {
  const lines = field.value.split("\n");
  const at = Math.min(Math.max(line, 1), lines.length) - 1;
  const from = lines.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0);
  field.focus();
  field.setSelectionRange(from, from + lines[at]!.length);
  field.scrollTop = Math.max(0, (at - 3) * (field.scrollHeight / lines.length));
}

function labelOf(
  name: string,
  current: Current,
  files: Record<string, string>,
  t: ReturnType<typeof useWords>["t"],
): string {
  if (!(name in files)) return t("policy.fileRemoved", { file: name });
  return files[name] === current.files[name] ? name : t("policy.fileChanged", { file: name });
}

/** Said when somebody published since the draft was begun. */
export function Outdated({ current }: { current: Current }) {
  const { t } = useWords();
  const draft = useDraft();
  if (!draft || draft.base === current.version) return null;
  return (
    <div className={classes.note} role="status">
      <p>{t("policy.outdated")}</p>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => keepDraft({ ...draft, base: current.version })}
      >
        {t("policy.takeOver")}
      </Button>
    </div>
  );
}

function Editor({
  area,
  file,
  text,
  bad,
  readOnly,
  change,
}: {
  area: React.RefObject<HTMLTextAreaElement | null>;
  file: string;
  text: string;
  bad: Set<number>;
  readOnly: boolean;
  change: (text: string) => void;
}) {
  const { t } = useWords();
  const gutter = useRef<HTMLDivElement>(null);
  const lines = text.split("\n").length;
  return (
    <div className={classes.editor}>
      <div className={classes.gutter} ref={gutter} aria-hidden="true">
        {Array.from({ length: lines }, (_, at) => (
          <span key={at} data-bad={bad.has(at + 1)}>
            {at + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={area}
        className={classes.area}
        aria-label={t("policy.text", { file })}
        value={text}
        readOnly={readOnly}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        translate="no"
        onScroll={(event: UIEvent<HTMLTextAreaElement>) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}

function NewFile({ names, make }: { names: string[]; make: (name: string) => void }) {
  const { t } = useWords();
  const [name, setName] = useState("");
  const wrong = name !== "" && !isFileName(name);
  const taken = names.includes(name);
  return (
    <details className={classes.card}>
      <summary>{t("policy.newFile")}</summary>
      <form
        className={classes.tools}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (!isFileName(name) || taken) return;
          make(name);
          setName("");
        }}
      >
        <TextInput
          label={t("policy.fileName")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value.trim())}
          error={wrong ? t("policy.fileNameHint") : taken ? t("policy.fileTaken") : undefined}
          spellCheck={false}
          required
        />
        <Button type="submit" variant="default">
          {t("policy.add")}
        </Button>
      </form>
      <p className={classes.dim}>
        <Tag>{t("policy.hint")}</Tag> {t("policy.newFileHint")}
      </p>
    </details>
  );
}
