// From nothing to the first real order: steps that tick themselves, and the way out of the demo.
import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { client, newKey, once, take, type Schemas } from "../../api/client";
import { problemFrom } from "../../api/problem";
import { Tag, Told } from "../../kit/bits";
import { Failed, Loading, Problem } from "../../kit/states";
import { useWords, type Key } from "../../words";
import classes from "./setup.module.css";

type Step = Schemas["SetupStep"];

const setup = queryOptions({
  queryKey: ["setup"],
  queryFn: () => take(client.GET("/setup")),
  refetchInterval: 10_000,
});

/** Done when it resolves: there is no body. */
async function confirmPolicy(key: string): Promise<void> {
  const { response, error } = await client.POST("/setup/policy", { params: once(key) });
  if (!response.ok) throw problemFrom(response.status, error);
}

/** The first step that is open: where to go on. */
export function nextOf(steps: readonly Step[]): Step["step"] | undefined {
  return steps.find((each) => !each.done)?.step;
}

export function SetupPage() {
  const { t } = useWords();
  const found = useQuery(setup);
  if (found.isPending) return <Loading rows={9} title />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("setup.title")} retry={retry} />;
  }
  const { demo, steps } = found.data;
  const next = nextOf(steps);
  const done = steps.filter((each) => each.done).length;
  return (
    <div className={classes.page}>
      <h1>{t("setup.title")}</h1>
      {demo && <Leave />}
      <p className={classes.lead}>{t("setup.lead")}</p>
      <p role="status">
        {next ? t("setup.progress", { done, all: steps.length }) : t("setup.ready")}
      </p>
      {found.isError && <Problem error={found.error} />}
      <ol className={classes.steps}>
        {steps.map((each) => (
          <StepRow key={each.step} step={each} next={each.step === next} />
        ))}
      </ol>
    </div>
  );
}

/** The demo, and how to leave it. */
function Leave() {
  const { t } = useWords();
  return (
    <section aria-labelledby="demo" className={classes.demo}>
      <h2 id="demo">{t("setup.demo")}</h2>
      <p>{t("setup.demo.say")}</p>
      <p>{t("setup.demo.leave")}</p>
      <pre translate="no">holdfast serve --config holdfast.toml --data /var/lib/holdfast</pre>
      <p>{t("setup.demo.then")}</p>
    </section>
  );
}

function StepRow({ step, next }: { step: Step; next: boolean }) {
  const { t, name } = useWords();
  return (
    <li className={classes.step} data-done={step.done} aria-current={next ? "step" : undefined}>
      <div>
        <h2>
          {t(`setup.${step.step}` as Key)}{" "}
          <Tag tone={step.done ? "good" : next ? "info" : "plain"}>
            {t(step.done ? "setup.done" : next ? "setup.next" : "setup.open")}
          </Tag>
        </h2>
        <p>{t(`setup.${step.step}.say` as Key)}</p>
        {step.done && step.detail && (
          <p className={classes.dim}>
            {step.step === "sign_in" ? name("signedBy", step.detail) : <Told text={step.detail} />}
          </p>
        )}
        {!step.done && step.step === "supplier" && step.detail && (
          <p>{t(`setup.supplier.${step.detail}` as Key)}</p>
        )}
      </div>
      {!step.done && <Way of={step} />}
    </li>
  );
}

/** Where to do a step. */
function Way({ of: { step, detail } }: { of: Step }): ReactNode {
  const { t } = useWords();
  switch (step) {
    case "sign_in":
      return <Link to="/account">{t("setup.toAccount")}</Link>;
    case "store":
      return (
        <Link to="/connections/new" search={{ room: "channel" }}>
          {t("setup.connectStore")}
        </Link>
      );
    case "supplier":
      // There is one already, and what it lacks stands in its form.
      if (detail !== "") return <Link to="/connections">{t("setup.toConnections")}</Link>;
      return (
        <Link to="/connections/new" search={{ room: "supplier" }}>
          {t("setup.connectSupplier")}
        </Link>
      );
    case "store_tested":
    case "supplier_tested":
      return <Link to="/connections">{t("setup.toConnections")}</Link>;
    case "policy":
      return <PolicySeen />;
    case "order":
      return <Link to="/orders">{t("setup.toOrders")}</Link>;
    case "backup":
      return <Link to="/health">{t("setup.toHealth")}</Link>;
    case "skus":
      return (
        <Link to="/import" search={{ kind: "offers" }}>
          {t("setup.toOffers")}
        </Link>
      );
  }
}

function PolicySeen() {
  const { t } = useWords();
  const cache = useQueryClient();
  const run = useMutation({
    mutationFn: () => confirmPolicy(newKey()),
    onSuccess: () => cache.invalidateQueries({ queryKey: setup.queryKey }),
  });
  return (
    <div className={classes.ways}>
      <Link to="/policy">{t("setup.toPolicy")}</Link>
      <Button
        size="compact-sm"
        variant="default"
        loading={run.isPending}
        onClick={() => run.mutate()}
      >
        {t("setup.policy.confirm")}
      </Button>
      {run.isError && <Problem error={run.error} />}
    </div>
  );
}
