// What a draft changes, or one version against another; and the way of a draft into force: looked
// at, checked, then published with a reason.
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useRef, useState, type FormEvent } from "react";
import { newKey, type Schemas } from "../../api/client";
import {
  afterChange,
  checkPolicy,
  policyVersion,
  publishPolicy,
  type Files,
} from "../../api/policy";
import { announce } from "../../kit/announce";
import { Section } from "../../kit/bits";
import { Empty, Failed, Loading, Problem } from "../../kit/states";
import { useWords } from "../../words";
import { Diff } from "./Differences";
import { diffFiles } from "./diff";
import { drafted, keepDraft, useDraft } from "./draft";
import { Outdated } from "./FilesTab";
import { Problems } from "./Problems";
import classes from "./policy.module.css";

type Current = Schemas["PolicyFiles"];

export function Changes({ current, mayChange }: { current: Current; mayChange: boolean }) {
  const { version, against } = useSearch({ from: "/signed-in/policy" });
  if (version) return <OfVersion version={version} against={against} current={current} />;
  return <OfDraft current={current} mayChange={mayChange} />;
}

/** What a version changed, against the one before it or against the one in force. */
function OfVersion({
  version,
  against,
  current,
}: {
  version: string;
  against: string | undefined;
  current: Current;
}) {
  const { t } = useWords();
  const after = useQuery(policyVersion(version));
  const before = useQuery({ ...policyVersion(against ?? ""), enabled: Boolean(against) });
  const failed = after.error ?? before.error;
  if (failed) {
    const retry = () => void Promise.all([after.refetch(), against && before.refetch()]);
    return <Failed error={failed} what={t("policy.tab.changes")} retry={retry} />;
  }
  if (!after.data || (against && !before.data)) return <Loading rows={4} />;
  const was = against ? before.data!.files : current.files;
  const title = t("policy.compared", {
    version: version.slice(0, 12),
    against: against ? against.slice(0, 12) : t("policy.inForce"),
  });
  return (
    <Section id="changes" title={title}>
      <p className={classes.lead}>
        {after.data.note}{" "}
        <Link to="/policy" search={{ tab: "versions" }}>
          {t("policy.toVersions")}
        </Link>
      </p>
      <Diff before={was} after={after.data.files} empty={t("policy.noDifference")} />
    </Section>
  );
}

function OfDraft({ current, mayChange }: { current: Current; mayChange: boolean }) {
  const { t } = useWords();
  const draft = useDraft();
  const files = drafted(current.files, draft);
  if (!draft || diffFiles(current.files, files).length === 0) {
    const action = mayChange && (
      <Link to="/policy" search={{ tab: "files" }}>
        {t("policy.toFiles")}
      </Link>
    );
    return <Empty action={action}>{t("policy.noDraft")}</Empty>;
  }
  return (
    <Section
      id="changes"
      title={t("policy.draftTitle")}
      aside={
        <Button size="compact-sm" variant="default" onClick={() => keepDraft(null)}>
          {t("policy.discard")}
        </Button>
      }
    >
      <Outdated current={current} />
      <Diff before={current.files} after={files} empty={t("policy.noDifference")} />
      {mayChange && <Publish current={current} files={files} base={draft.base} />}
    </Section>
  );
}

/** Two steps: the check must find nothing before there is anything to publish with. */
function Publish({ current, files, base }: { current: Current; files: Files; base: string }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [note, setNote] = useState("");
  const key = useRef(newKey());
  const checked = useRef<string>("");
  const same = JSON.stringify(files);
  const check = useMutation({
    mutationFn: () => checkPolicy(files),
    onSuccess: () => void (checked.current = same),
  });
  const publish = useMutation({
    mutationFn: () => publishPolicy({ files, note: note.trim(), before: base }, key.current),
    onSuccess: () => {
      keepDraft(null);
      announce(t("policy.nowInForce"));
      afterChange(cache);
    },
    onError: () => {
      key.current = newKey();
      void cache.invalidateQueries({ queryKey: ["policy", "files"] });
    },
  });
  const found = check.data && checked.current === same ? check.data.problems : undefined;
  const changes = diffFiles(current.files, files);
  const sum = (kind: "added" | "removed") => changes.reduce((total, each) => total + each[kind], 0);
  return (
    <div className={classes.publish}>
      <h3>{t("policy.publish")}</h3>
      <div className={classes.tools}>
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          {t("policy.check")}
        </Button>
        <Link to="/policy" search={{ tab: "try" }}>
          {t("policy.toTry")}
        </Link>
      </div>
      {check.isError && <Problem error={check.error} />}
      {found && <Problems problems={found} />}
      {found?.length === 0 && (
        <form
          className={classes.form}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            publish.mutate();
          }}
        >
          <p>
            {t("policy.consequence", {
              files: changes.length,
              added: sum("added"),
              removed: sum("removed"),
            })}
          </p>
          <Textarea
            label={t("policy.note")}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={500}
            autosize={false}
            rows={2}
            required
          />
          {publish.isError && <Problem error={publish.error} />}
          <div>
            <Button type="submit" loading={publish.isPending} disabled={note.trim() === ""}>
              {t("policy.publishNow")}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
