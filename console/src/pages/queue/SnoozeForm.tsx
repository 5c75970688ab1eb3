// When to look at a case again: one of the usual moments or any other, by both clocks.
import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { order as orderQuery } from "../../api/queries";
import { Tag, When } from "../../kit/bits";
import { present, useNow } from "../../kit/now";
import { TheirTime } from "../../kit/TheirTime";
import { useWords } from "../../words";
import { ActionForm } from "./ActionForm";
import { purchaseOf } from "./contact";
import { isContactable, shownHere, snoozes, snoozeUntil, type Snooze } from "./decide";
import { called, useDecided, type Props } from "./DecisionForm";
import classes from "./queue.module.css";
import { instantOf } from "./views";

export function SnoozeForm({ back, ...props }: Props) {
  const { exception } = props;
  const { t } = useWords();
  const decide = useDecided(props);
  const [choice, setChoice] = useState<Snooze | "other">("hour");
  const [typed, setTyped] = useState(() => shownHere(snoozeUntil("tomorrow", new Date(present()))));
  const now = useNow();
  const until = (from: number) =>
    choice === "other" ? Date.parse(typed) : snoozeUntil(choice, new Date(from)).getTime();
  const ms = until(now);
  const at = Number.isNaN(ms) ? null : instantOf(ms);
  return (
    <ActionForm
      title={t("exception.snooze")}
      submitLabel={t("exception.snooze")}
      back={back}
      pending={decide.pending}
      error={decide.error}
      ready={at !== null && ms > now}
      submit={(form) => {
        const body = {
          review_by: instantOf(until(present())),
          reason: String(form.get("reason")).trim(),
        };
        decide.now({ kind: "snooze", body }, t("exception.snoozed", { number: called(exception) }));
      }}
    >
      <div className={classes.formRow}>
        <NativeSelect
          name="until"
          label={t("exception.snoozeUntil")}
          autoFocus
          value={choice}
          onChange={(event) => setChoice(event.currentTarget.value as Snooze | "other")}
          data={[...snoozes, "other" as const].map((each) => ({
            value: each,
            label: t(`exception.snooze.${each}`),
          }))}
        />
        {choice === "other" && (
          <TextInput
            type="datetime-local"
            label={t("exception.snoozeMoment")}
            required
            min={shownHere(new Date(now))}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <TextInput
          name="reason"
          label={t("form.reason")}
          defaultValue={t("exception.snoozeReason")}
          required
        />
      </div>
      <p className={classes.dim} role="status">
        <When at={at} /> <SupplierTime exception={exception} at={at} />
        {at !== null && exception.promise_at && at > exception.promise_at && (
          <Tag tone="warn">{t("exception.snoozeLate")}</Tag>
        )}
      </p>
    </ActionForm>
  );
}

/** The same moment by the clock of the supplier the case is about. */
function SupplierTime({ exception, at }: { exception: Props["exception"]; at: string | null }) {
  const found = useQuery({
    ...orderQuery(exception.order ?? ""),
    enabled: isContactable(exception),
  });
  const po = found.data && purchaseOf(found.data, exception.about);
  return <TheirTime at={at} zone={po?.zone ?? ""} />;
}
