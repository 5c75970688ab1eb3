// Order and label, scanned one after the other. The server says whether they belong together.
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState, type FormEvent } from "react";
import { newKey, type Schemas } from "../../api/client";
import { command, order as orderQuery } from "../../api/queries";
import { Empty, Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./station.module.css";

export function LabelMatch({ task }: { task: Schemas["StationTask"] }) {
  const { t } = useWords();
  if (!task.parcel) return <Empty>{t("station.gone")}</Empty>;
  return <Scans task={task} parcel={task.parcel.parcel} />;
}

function Scans({ task, parcel }: { task: Schemas["StationTask"]; parcel: number }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const label = useRef<HTMLInputElement>(null);
  const [result, setResult] = useState<"matches" | "mismatch" | null>(null);
  const match = useMutation({
    mutationFn: async (scans: { order_scan: string; label_scan: string; key: string }) => {
      const { key, ...scanned } = scans;
      await command(task.order, { command: "MatchLabel", parcel, ...scanned }, key);
      const after = await cache.fetchQuery({ ...orderQuery(task.order), staleTime: 0 });
      const box = after.parcels.find((each) => each.parcel === parcel);
      return box?.label_matched && !box.label_mismatched ? "matches" : "mismatch";
    },
    onSuccess: setResult,
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const order_scan = String(typed.get("order")).trim();
    const label_scan = String(typed.get("label")).trim();
    // A scanner ends each code with Enter: after the first, the second field is next.
    if (!label_scan) {
      label.current?.focus();
      return;
    }
    match.mutate({ order_scan, label_scan, key: newKey() });
  }

  function again(): void {
    setResult(null);
    match.reset();
    form.current?.reset();
  }

  async function next(): Promise<void> {
    await cache.invalidateQueries({ queryKey: ["station"] });
    await navigate({ to: "/station", search: { step: "label_match" } });
  }

  if (result) {
    return (
      <div role="alert" className={classes.result} data-result={result}>
        <strong>{t(result === "matches" ? "station.matches" : "station.mismatch")}</strong>
        {result === "matches" ? (
          <Button size="xl" autoFocus onClick={() => void next()}>
            {t("station.next")}
          </Button>
        ) : (
          <Button size="xl" color="red" onClick={again}>
            {t("station.again")}
          </Button>
        )}
      </div>
    );
  }
  return (
    <form ref={form} onSubmit={submit} className={classes.scans}>
      <TextInput
        name="order"
        size="xl"
        label={t("station.orderScan")}
        required
        autoFocus
        autoComplete="off"
        spellCheck={false}
      />
      <TextInput
        ref={label}
        name="label"
        size="xl"
        label={t("station.labelScan")}
        autoComplete="off"
        spellCheck={false}
      />
      {match.isError && <Problem error={match.error} />}
      <Button type="submit" size="xl" loading={match.isPending}>
        {t("exception.confirm")}
      </Button>
    </form>
  );
}
