// The order slip, to print and to lay into the parcel. It is made of what this tablet keeps, so
// that it prints without a network; its barcode is the order's scan of the label match.
import { Button } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { Empty, Failed, Loading } from "../../kit/states";
import { offer, say, useBusy, useScan } from "../../station/bus";
import { isOrder } from "../../station/labels";
import { slipOf, type Slip } from "../../station/slip";
import { useDay, type Work } from "../../station/useDay";
import { useWords } from "../../words";
import { Barcode } from "./Barcode";
import { StationFrame } from "./StationFrame";
import classes from "./slip.module.css";

export function SlipPage() {
  const { po } = useParams({ from: "/signed-in/station/$po/slip" });
  const work = useDay();
  return (
    <StationFrame work={work}>
      <SlipOf key={po} work={work} po={po} />
    </StationFrame>
  );
}

function SlipOf({ work, po }: { work: Work; po: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const busy = useBusy();
  const slip = slipOf(work.day, po);
  // The bench this order is at now, with what was recorded here; none once nothing waits.
  const bench = work.tasks.find(({ task }) => task.po === po)?.task.step;

  function back(): Promise<void> {
    return bench
      ? navigate({ to: "/station/$po/$step", params: { po, step: bench } })
      : navigate({ to: "/station", search: {} });
  }

  useScan((scan) => {
    if (busy.now() || work.pending) return false;
    if (scan.kind === "code") {
      const mine = slip && isOrder({ po, store_number: slip.number }, scan.text);
      return busy.run(() =>
        mine ? back() : navigate({ to: "/station", search: { q: scan.text } }),
      );
    }
    if (scan.kind === "command" && scan.command === "NEXT") return busy.run(back);
    if (scan.kind === "command" && scan.command === "SLIP" && slip) return globalThis.print();
    return say({ tone: "attention", key: "station.said.slipOpen" });
  });
  useEffect(offer, [work.pending]);

  return (
    <>
      <nav className={classes.screenOnly}>
        {bench ? (
          <Link
            to="/station/$po/$step"
            params={{ po, step: bench }}
            className={classes.back}
            data-back="bench"
          >
            ← {t("station.slip.back", { po })}
          </Link>
        ) : (
          <Link to="/station" search={{}} className={classes.back}>
            ← {t("station.back")}
          </Link>
        )}
      </nav>
      {work.pending ? (
        <Loading rows={4} />
      ) : slip ? (
        <Paper slip={slip} />
      ) : work.day ? (
        <Empty>{t("station.gone")}</Empty>
      ) : (
        <Failed error={work.error} retry={work.retry} />
      )}
    </>
  );
}

function Paper({ slip: { po, store, number, lines } }: { slip: Slip }) {
  const { t } = useWords();
  return (
    <>
      <div className={classes.screenOnly}>
        <p>{t("station.slip.how")}</p>
        <Button size="lg" onClick={() => globalThis.print()}>
          {t("station.cardPage.print")}
        </Button>
      </div>
      <article className={classes.slip} aria-labelledby="slip">
        <h1 id="slip">{t("station.slip.title")}</h1>
        <p className={classes.order}>
          <strong>{store}</strong>
          <span>{t("station.slip.order", { number })}</span>
        </p>
        <p className={classes.code}>
          <Barcode text={po} className={classes.bars} />
          <code>{po}</code>
        </p>
        <table>
          <thead>
            <tr>
              <th scope="col" className={classes.quantity}>
                {t("station.slip.quantity")}
              </th>
              <th scope="col">{t("station.slip.item")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((each) => (
              <tr key={each.line}>
                <td className={classes.quantity}>{each.quantity}</td>
                <td>
                  {each.title}
                  {each.variant && <span className={classes.variant}>{each.variant}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </article>
    </>
  );
}
