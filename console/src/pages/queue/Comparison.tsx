// The listing's promise beside the supplier's offer, row by row; what differs says so in a word.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Schemas } from "../../api/client";
import { Money, Tag, When } from "../../kit/bits";
import { money } from "../../kit/format";
import { ListingPhoto } from "../../kit/ListingPhoto";
import { useWords, type Key } from "../../words";
import { ItemName, itemName } from "./ItemName";
import classes from "./queue.module.css";

type Side = Schemas["ComparisonSide"];

const rows: [Key, (side: Side) => string, (side: Side) => ReactNode][] = [
  ["exception.item", itemName, (s) => <ItemName side={s} />],
  ["exception.sku", (s) => s.sku, (s) => s.sku],
  ["exception.supplierSku", (s) => s.supplier_sku, (s) => s.supplier_sku],
  ["exception.supplier", (s) => s.supplier, (s) => s.supplier],
  ["exception.quantity", (s) => String(s.quantity), (s) => s.quantity],
  ["exception.price", (s) => s.price ?? "", (s) => <Money amount={s.price} />],
  ["exception.buyCost", (s) => s.cost ?? "", (s) => <Money amount={s.cost} />],
  ["exception.ready", (s) => s.ready_at ?? "", (s) => <When at={s.ready_at} />],
  ["exception.note", (s) => s.note, (s) => s.note],
  ["exception.photos", (s) => s.photos.join(" "), (s) => <Photos side={s} />],
];

export function Comparison({ sides }: { sides: Schemas["Comparison"] }) {
  const { t, locale } = useWords();
  const { promised, offered } = sides;
  const shown = rows.filter(([, plain]) => plain(promised).trim() || plain(offered).trim());
  return (
    <div className={classes.comparison}>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("exception.promised")}</th>
            <th scope="col">{t("exception.offered")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(([key, plain, draw]) => {
            const both = plain(promised) && plain(offered);
            const differs = both && plain(promised) !== plain(offered) && key !== "exception.note";
            return (
              <tr key={key}>
                <th scope="row">{t(key)}</th>
                <td>{draw(promised)}</td>
                <td data-differs={Boolean(differs)}>
                  {draw(offered)} {differs && <Tag tone="warn">{t("exception.changed")}</Tag>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Known of={sides} />
      {sides.margin_before && sides.margin_after && (
        <p className={classes.margin}>
          {t("exception.margin", {
            before: money(sides.margin_before, locale),
            after: money(sides.margin_after, locale),
          })}
        </p>
      )}
    </div>
  );
}

function Photos({ side: { sku, photos } }: { side: Side }) {
  return (
    <span className={classes.photos}>
      {photos.map((sha256, before) => (
        <ListingPhoto key={sha256} sku={sku} sha256={sha256} at={before + 1} />
      ))}
    </span>
  );
}

/** Whether the offered item is known to be what the listing promises. */
function Known({ of: { promised, offered, equivalent } }: { of: Schemas["Comparison"] }) {
  const { t } = useWords();
  if (equivalent) {
    return (
      <p className={classes.known}>
        {t("listing.verdict")}:{" "}
        <Tag tone={equivalent.equivalent ? "good" : "warn"}>
          {t(equivalent.equivalent ? "listing.equivalent" : "listing.notEquivalent")}
        </Tag>{" "}
        {equivalent.note}{" "}
        <span className={classes.dim}>
          {equivalent.by} · <When at={equivalent.at} />
        </span>
      </p>
    );
  }
  if (!promised.sku || promised.supplier_sku === offered.supplier_sku) return null;
  return (
    <p className={classes.known}>
      {t("listing.nobody")}{" "}
      <Link to="/products/$sku" params={{ sku: promised.sku }}>
        {t("listing.open", { sku: promised.sku })}
      </Link>
    </p>
  );
}
