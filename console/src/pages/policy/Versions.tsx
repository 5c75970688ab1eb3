// What was published and rolled back, by whom and why; and the way back.
import { Button, Textarea } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState, type FormEvent } from "react";
import { newKey, type Schemas } from "../../api/client";
import { afterChange, policyFiles, policyVersions, rollBackPolicy } from "../../api/policy";
import { announce } from "../../kit/announce";
import { Section, Tag, When } from "../../kit/bits";
import { pressed } from "../../kit/keys";
import { Listed, More, useItems } from "../../kit/lists";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./policy.module.css";

type Change = Schemas["PolicyChange"];

export function Versions({ mayChange }: { mayChange: boolean }) {
  const { t } = useWords();
  const found = useInfiniteQuery(policyVersions);
  const items = useItems(found);
  const current = useQuery(policyFiles).data;
  return (
    <Section id="versions" title={t("policy.versionsTitle")}>
      <p className={classes.lead}>{t("policy.versionsNote")}</p>
      {mayChange && current?.published && (
        <RollBack version="" before={current.version} label={t("policy.backToFolder")} />
      )}
      <Listed
        found={found}
        count={items.length}
        rows={4}
        empty={t("policy.versionsNone")}
        what={t("policy.versionsTitle")}
      >
        <ol className={classes.versions}>
          {items.map((each) => (
            <Version
              key={`${each.at} ${each.version}`}
              change={each}
              current={current}
              mayChange={mayChange}
            />
          ))}
        </ol>
        <More found={found} />
      </Listed>
    </Section>
  );
}

function Version({
  change,
  current,
  mayChange,
}: {
  change: Change;
  current: Schemas["PolicyFiles"] | undefined;
  mayChange: boolean;
}) {
  const { t } = useWords();
  const here = current?.version === change.version;
  const kept = change.deed !== "folder";
  return (
    <li>
      <div className={classes.tools}>
        <strong>{t(`policy.deed.${change.deed}`)}</strong>
        <code>{change.version.slice(0, 12)}</code>
        {here && <Tag tone="good">{t("policy.inForce")}</Tag>}
        <span className={classes.dim}>
          {change.by}, <When at={change.at} />
        </span>
      </div>
      <p>{change.note}</p>
      <p className={classes.dim}>
        {change.files.join(", ")} ·{" "}
        {t("policy.size", { added: change.added, removed: change.removed })}
      </p>
      <div className={classes.tools}>
        {kept && change.before && (
          <Link
            to="/policy"
            search={{ tab: "changes", version: change.version, against: change.before }}
          >
            {t("policy.showChange")}
          </Link>
        )}
        {kept && !here && (
          <Link to="/policy" search={{ tab: "changes", version: change.version }}>
            {t("policy.compareNow")}
          </Link>
        )}
        {mayChange && kept && current && !here && (
          <RollBack
            version={change.version}
            before={current.version}
            label={t("policy.rollBack")}
          />
        )}
      </div>
    </li>
  );
}

/** Opens in place, says what follows, and asks for the reason. */
function RollBack({ version, before, label }: { version: string; before: string; label: string }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const key = useRef(newKey());
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const send = useMutation({
    mutationFn: () => rollBackPolicy({ version, note: note.trim(), before }, key.current),
    onSuccess: () => {
      close();
      announce(t("policy.nowInForce"));
      afterChange(cache);
    },
    onError: () => {
      key.current = newKey();
      void cache.invalidateQueries({ queryKey: ["policy", "files"] });
    },
  });
  if (!open) {
    return (
      <Button ref={opener} size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {label}
      </Button>
    );
  }
  return (
    <form
      className={classes.form}
      onKeyDown={(event) => {
        if (!pressed(event.nativeEvent, "back")) return;
        event.stopPropagation();
        close();
      }}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <p>{t("policy.rollBackNote")}</p>
      <Textarea
        label={t("policy.note")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={500}
        autosize={false}
        rows={2}
        required
        autoFocus
      />
      {send.isError && <Problem error={send.error} />}
      <div className={classes.tools}>
        <Button type="submit" loading={send.isPending} disabled={note.trim() === ""}>
          {label}
        </Button>
        <Button variant="default" onClick={close}>
          {t("form.cancel")}
        </Button>
      </div>
    </form>
  );
}
