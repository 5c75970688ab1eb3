// One task at a bench: special instructions first, then big targets, then the record.
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { stationTasks } from "../../api/queries";
import { Deadline, Tag } from "../../kit/bits";
import { Empty, Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { Checklist } from "./Checklist";
import { LabelMatch } from "./LabelMatch";
import classes from "./station.module.css";

export function BenchPage() {
  const { po, step } = useParams({ from: "/signed-in/station/$po/$step" });
  const found = useQuery(stationTasks({ q: po }));
  if (found.isPending) return <Loading rows={4} />;
  if (!found.data) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <Bench
      key={`${po} ${step}`}
      listed={found.data.items.find((each) => each.po === po && each.step === step)}
    />
  );
}

function Bench({ listed }: { listed: Schemas["StationTask"] | undefined }) {
  const { t, name } = useWords();
  // A task leaves the list when it is done; it stays on the page until the person goes on.
  const [first] = useState(listed);
  const task = listed ?? first;
  return (
    <div className={classes.page}>
      <nav>
        <Link to="/station" search={{}}>
          ← {t("station.back")}
        </Link>
      </nav>
      {!task ? (
        <Empty
          action={
            <Link to="/station" search={{}}>
              {t("station.back")}
            </Link>
          }
        >
          {t("station.gone")}
        </Empty>
      ) : (
        <>
          <header className={classes.taskTop}>
            <h1>{name("check", task.step)}</h1>
            <span className={classes.code}>{task.po}</span>
            <Link to="/orders/$order" params={{ order: task.order }}>
              {task.store_number}
            </Link>
            <span className={classes.dim}>{task.supplier}</span>
            {task.risks.map((risk) => (
              <Tag key={risk} tone="warn">
                {risk}
              </Tag>
            ))}
            {task.due_at && <Deadline at={task.due_at} exact />}
          </header>
          {!listed && task.step !== "label_match" && <p role="status">{t("station.gone")}</p>}
          {task.held && (
            <div role="alert" className={classes.held}>
              <strong>{t("station.held")}</strong>
              {task.hold_reasons.map((reason) => (
                <p key={reason}>{reason}</p>
              ))}
            </div>
          )}
          {task.instructions.length > 0 && (
            <section className={classes.special} aria-labelledby="special">
              <h2 id="special">{t("station.instructions")}</h2>
              <ul>
                {task.instructions.map((each) => (
                  <li key={each}>{each}</li>
                ))}
              </ul>
            </section>
          )}
          <section aria-labelledby="goods">
            <h2 id="goods">{t("station.goods")}</h2>
            <ul className={classes.goods}>
              {task.lines.map((line) => (
                <li key={line.line}>
                  <strong className={classes.quantity}>{line.quantity} ×</strong>
                  <span>
                    <strong>{line.title}</strong> {line.variant}
                    <br />
                    <span className={classes.code}>{line.supplier_sku}</span>{" "}
                    <span className={classes.dim}>{line.sku}</span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
          {task.step === "label_match" ? <LabelMatch task={task} /> : <Checklist task={task} />}
        </>
      )}
    </div>
  );
}
