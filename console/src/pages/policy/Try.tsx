// A draft tried on past orders: which decisions would differ. It runs on the server while this is
// shown and ends when it is left.
import { Button, NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { newKey, type Schemas } from "../../api/client";
import { cancelTrial, policyTrial, startTrial, trialOrders } from "../../api/policy";
import { Facts, Section, Tag, Told } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { count } from "../../kit/format";
import { Listed, More, useItems } from "../../kit/lists";
import { Failed, Loading, Problem } from "../../kit/states";
import { useWords } from "../../words";
import { drafted, useDraft } from "./draft";
import { Outdated } from "./FilesTab";
import classes from "./policy.module.css";

const sizes = [200, 500, 2_000, 10_000];

export function Try({ current }: { current: Schemas["PolicyFiles"] }) {
  const { t, locale } = useWords();
  const draft = useDraft();
  const [orders, setOrders] = useState(2_000);
  const [trial, setTrial] = useState("");
  const start = useMutation({
    mutationFn: () => startTrial({ files: drafted(current.files, draft), orders }, newKey()),
    onSuccess: (begun) => setTrial(begun.trial),
  });
  // Whoever leaves waits for it no more.
  useEffect(() => {
    if (!trial) return;
    return () => void cancelTrial(trial);
  }, [trial]);
  return (
    <Section id="try" title={t("policy.tryTitle")}>
      <p className={classes.lead}>{t("policy.tryNote")}</p>
      <Outdated current={current} />
      <div className={classes.tools}>
        <NativeSelect
          className={classes.select}
          label={t("policy.tryOrders")}
          value={String(orders)}
          onChange={(event) => setOrders(Number(event.currentTarget.value))}
          data={sizes.map((size) => ({
            value: String(size),
            label: t("policy.newest", { count: count(size, locale) }),
          }))}
        />
        <Button loading={start.isPending} onClick={() => start.mutate()}>
          {t(draft ? "policy.tryDraft" : "policy.tryCurrent")}
        </Button>
      </div>
      {start.isError && <Problem error={start.error} />}
      {trial && <Running key={trial} trial={trial} leave={() => setTrial("")} />}
    </Section>
  );
}

function Running({ trial, leave }: { trial: string; leave: () => void }) {
  const { t, locale } = useWords();
  const cache = useQueryClient();
  const found = useQuery(policyTrial(trial));
  const tried = found.data?.tried ?? 0;
  const state = found.data?.state;
  // The list grows with the count; it is asked for again when there is more to show.
  const different = (found.data?.changed ?? 0) + (found.data?.not_retried ?? 0);
  useEffect(() => {
    void cache.invalidateQueries({ queryKey: trialOrders(trial).queryKey });
  }, [cache, trial, different, state]);
  const stop = useMutation({
    mutationFn: () => cancelTrial(trial),
    onSuccess: () => cache.invalidateQueries({ queryKey: policyTrial(trial).queryKey }),
  });
  if (found.isPending) return <Loading rows={2} />;
  if (!found.data) {
    return <Failed error={found.error} what={t("policy.tryTitle")} retry={leave} />;
  }
  const report = found.data;
  return (
    <>
      <div className={classes.tools} role="status">
        <Tag tone={report.state === "done" ? "good" : report.state === "running" ? "info" : "warn"}>
          {t(`policy.trial.${report.state}`)}
        </Tag>
        <span>
          {t("policy.tried", { tried: count(tried, locale), most: count(report.orders, locale) })}
        </span>
        {report.state === "running" && (
          <>
            <progress max={report.orders} value={tried} aria-label={t("policy.tryTitle")} />
            <Button size="compact-sm" variant="default" onClick={() => stop.mutate()}>
              {t("policy.stop")}
            </Button>
          </>
        )}
      </div>
      {report.problem && <p role="alert">{report.problem}</p>}
      <Facts
        facts={[
          { name: t("policy.same"), value: count(report.same, locale) },
          { name: t("policy.different"), value: count(report.changed, locale) },
          { name: t("policy.notTried"), value: count(report.not_retried, locale) },
          { name: t("policy.lacking"), value: count(report.with_missing_offers, locale) },
          { name: t("policy.rerouted"), value: count(report.later_routings_not_retried, locale) },
        ]}
      />
      <p className={classes.lead}>{t("policy.tryLimits")}</p>
      {different > 0 && <Different trial={trial} />}
      {different === 0 && report.state === "done" && <p>{t("policy.nothingDiffers")}</p>}
    </>
  );
}

function Different({ trial }: { trial: string }) {
  const { t } = useWords();
  const found = useInfiniteQuery(trialOrders(trial));
  const items = useItems(found);
  return (
    <Listed
      found={found}
      count={items.length}
      rows={3}
      empty={t("policy.nothingDiffers")}
      what={t("policy.tryTitle")}
    >
      <DataTable
        label={t("policy.different")}
        rows={items}
        idOf={(each) => each.order}
        columns={[
          {
            head: t("policy.order"),
            names: true,
            cell: (each) => (
              <Link to="/orders/$order" params={{ order: each.order }}>
                {each.store_number || each.order}
              </Link>
            ),
          },
          { head: t("policy.would"), cell: (each) => <Outcome order={each} /> },
        ]}
      />
      <More found={found} />
    </Listed>
  );
}

function Outcome({ order }: { order: Schemas["PolicyTrialOrder"] }) {
  const { t } = useWords();
  return (
    <ul className={classes.plainList}>
      {order.not_retried && (
        <li>
          <Tag tone="warn">{t("policy.notTried")}</Tag> <Told text={order.not_retried} />
        </li>
      )}
      {order.differs.map((each) => (
        <li key={each}>
          <Told text={each} />
        </li>
      ))}
      {order.missing.map((each) => (
        <li key={each} className={classes.dim}>
          {t("policy.missing", { offer: each })}
        </li>
      ))}
    </ul>
  );
}
