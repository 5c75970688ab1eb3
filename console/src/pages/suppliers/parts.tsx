// What the pages of suppliers and products share.
import { Button, TextInput } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import type { Schemas } from "../../api/client";
import { Tag, When, type Tone } from "../../kit/bits";
import { useWords } from "../../words";
import classes from "./goods.module.css";

/** A search that stands in the address once it is sent. */
export function Find({
  q,
  label,
  set,
}: {
  q: string | undefined;
  label: string;
  set: (q: string | undefined) => void;
}) {
  const { t } = useWords();
  function find(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    set(String(new FormData(event.currentTarget).get("q")).trim() || undefined);
  }
  return (
    <search>
      <form onSubmit={find} className={classes.find}>
        <TextInput
          key={q ?? ""}
          name="q"
          size="xs"
          type="search"
          maxLength={200}
          aria-label={label}
          placeholder={label}
          defaultValue={q ?? ""}
        />
        <Button type="submit" size="xs" variant="default">
          {t("goods.find")}
        </Button>
      </form>
    </search>
  );
}

/** When the orders behind a list were read, and whether all of them were. */
export function ReadAt({ page }: { page: { as_of: string; complete: boolean } | undefined }) {
  const { t } = useWords();
  if (!page) return null;
  return (
    <p className={classes.note}>
      <Split text={t("goods.asOf", { when: "\u0000" })}>
        <When at={page.as_of} />
      </Split>{" "}
      {!page.complete && t("goods.notComplete")}
    </p>
  );
}

/** A sentence with an element in the place of its mark. */
export function Split({ text, children }: { text: string; children: ReactNode }) {
  const [before = "", after = ""] = text.split("\u0000");
  return (
    <>
      {before}
      {children}
      {after}
    </>
  );
}

const stateTone = { ok: "good", waiting: "warn", failing: "bad" } as const;

/** Whether its connection works, and what keeps it from being chosen. */
export function SupplierState({ of: row }: { of: Schemas["SupplierRow"] }) {
  const { t, name } = useWords();
  return (
    <span className={classes.tags}>
      <Tag tone={stateTone[row.state]}>{name("account", row.state)}</Tag>
      {!row.vetted && <Tag tone="warn">{t("supplier.unvetted")}</Tag>}
      {row.suspended && <Tag tone="bad">{t("supplier.suspended")}</Tag>}
    </span>
  );
}

export function OfferState({ of: offer }: { of: Schemas["Offer"] }) {
  const { name } = useWords();
  const tone: Tone = offer.usable ? "good" : "warn";
  return <Tag tone={tone}>{name("offer", offer.problem || "usable")}</Tag>;
}

const mappingTone: Record<Schemas["MappingState"], Tone> = {
  unmapped: "bad",
  unusable: "bad",
  one_supplier: "warn",
  several: "good",
};

export function Mapping({ state }: { state: Schemas["MappingState"] }) {
  const { name } = useWords();
  return <Tag tone={mappingTone[state]}>{name("mapping", state)}</Tag>;
}

/** Lists of words that may be empty. */
export function Words({ of: list, kind }: { of: string[]; kind?: string }) {
  const { t, name } = useWords();
  if (list.length === 0) return <>{t("form.none")}</>;
  return <>{list.map((each) => (kind ? name(kind, each) : each)).join(", ")}</>;
}
