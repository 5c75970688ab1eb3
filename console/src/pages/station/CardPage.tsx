// The card of command barcodes, to print and laminate, and a place to try a scanner.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useScan } from "../../station/bus";
import { cardText, commands, type Scan } from "../../station/scan";
import { useDay } from "../../station/useDay";
import { useWords } from "../../words";
import { Barcode } from "./Barcode";
import classes from "./card.module.css";
import { StationFrame } from "./StationFrame";

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];

export function CardPage() {
  const { t } = useWords();
  const work = useDay();
  const [scan, setScan] = useState<Scan | null>(null);
  useScan(setScan);
  return (
    <StationFrame work={work}>
      <nav className={classes.screenOnly}>
        <Link to="/station" search={{}} className={classes.back}>
          ← {t("station.back")}
        </Link>
      </nav>
      <h1>{t("station.cardPage.title")}</h1>
      <div className={classes.screenOnly}>
        <p>{t("station.cardPage.how")}</p>
        <Button size="lg" onClick={() => globalThis.print()}>
          {t("station.cardPage.print")}
        </Button>
        <p role="status" className={classes.test}>
          {scan ? t("station.cardPage.reads", { what: textOf(scan) }) : t("station.cardPage.test")}
        </p>
      </div>
      <section aria-labelledby="commands">
        <h2 id="commands">{t("station.cardPage.commands")}</h2>
        <ul className={classes.codes}>
          {commands.map((each) => (
            <Code key={each} text={cardText(each)} title={t(`station.command.${each}`)} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="digits">
        <h2 id="digits">{t("station.cardPage.digits")}</h2>
        <ul className={classes.codes}>
          {digits.map((each) => (
            <Code key={each} text={cardText(each)} title={String(each)} />
          ))}
        </ul>
      </section>
    </StationFrame>
  );
}

function textOf(scan: Scan): string {
  if (scan.kind === "code") return scan.text;
  return cardText(scan.kind === "digit" ? scan.digit : scan.command);
}

function Code({ text, title }: { text: string; title: string }) {
  return (
    <li>
      <strong>{title}</strong>
      <Barcode text={text} className={classes.bars} />
      <code>{text}</code>
    </li>
  );
}
