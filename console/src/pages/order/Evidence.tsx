// How much of the order can be proven, and the pack that proves it.
import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { coverage, evidencePack, session, type Order } from "../../api/queries";
import { percent } from "../../kit/format";
import { Failed, Loading, Problem } from "../../kit/states";
import { save } from "../../kit/save";
import { useWords } from "../../words";
import { gateName } from "./names";
import classes from "./order.module.css";

type Profile = Schemas["EvidenceRequest"]["profile"];
const profiles: Profile[] = ["merchant", "supplier", "dispute", "public"];

/** The packs a reader may have: two of them hold the buyer. */
export function profilesFor(rights: readonly Schemas["Right"][]): Profile[] {
  if (!rights.includes("export")) return [];
  const buyers = rights.includes("buyers");
  return profiles.filter((each) => buyers || each === "supplier" || each === "public");
}

export function Evidence({ order }: { order: Order }) {
  const { t, name, locale } = useWords();
  const covered = useQuery(coverage(order.id));
  const rights = useQuery(session).data?.rights ?? [];
  const offered = profilesFor(rights);
  const suppliers = [...new Set(order.purchase_orders.map((po) => po.supplier))];
  const [chosen, setProfile] = useState<Profile>();
  const profile = chosen ?? offered[0] ?? "public";
  const [of, setOf] = useState(suppliers[0]);
  const fetchPack = useMutation({
    mutationFn: () => evidencePack(order.id, profile, profile === "supplier" ? of : undefined),
    onSuccess: (pack) => save(pack, `${order.store_number.replace(/[^\w-]/g, "")}-${profile}.zip`),
  });
  return (
    <>
      {covered.isPending && <Loading rows={1} />}
      {covered.isError && (
        <Failed
          error={covered.error}
          what={t("order.evidence")}
          retry={() => void covered.refetch()}
        />
      )}
      {covered.data && (
        <p>
          <strong>
            {t("order.evidence.score", { score: percent(covered.data.score_permille, locale) })}
          </strong>{" "}
          {covered.data.missing.length > 0 && (
            <span className={classes.dim}>
              {t("order.evidence.missing", {
                list: covered.data.missing.map(gateName).join(", "),
              })}
            </span>
          )}
        </p>
      )}
      {offered.length > 0 && (
        <div className={classes.export}>
          <NativeSelect
            size="xs"
            aria-label={t("order.evidence.profile")}
            value={profile}
            onChange={(event) => setProfile(event.currentTarget.value as Profile)}
            data={offered.map((each) => ({ value: each, label: name("profile", each) }))}
          />
          {profile === "supplier" && suppliers.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label={t("supplier.name")}
              value={of ?? ""}
              onChange={(event) => setOf(event.currentTarget.value)}
              data={suppliers}
            />
          )}
          <Button
            size="xs"
            variant="default"
            loading={fetchPack.isPending}
            onClick={() => fetchPack.mutate()}
          >
            {t("order.evidence.export")}
          </Button>
        </div>
      )}
      {fetchPack.isError && <Problem error={fetchPack.error} />}
    </>
  );
}
