// One supplier's item behind a SKU: added, priced anew or suspended. One row of an offers file.
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { Schemas } from "../../api/client";
import { suppliers } from "../../api/goods";
import { importOffers } from "../../api/offers";
import { ApiError } from "../../api/problem";
import { ActionForm } from "../../kit/ActionForm";
import { announce } from "../../kit/announce";
import { useItems } from "../../kit/lists";
import { useWords } from "../../words";
import { offerRow } from "./offerRow";

type Offer = Schemas["Offer"];

export function OfferForm({ sku, known }: { sku: string; known?: Offer }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const title = t(known ? "offer.change" : "offer.add");
  return (
    <ActionForm
      title={title}
      about={known ? t("offer.changeOf", { supplier: known.supplier_title }) : title}
      several
      note={t("offer.note")}
      run={async (typed, key) => {
        const report = await importOffers(offerRow(sku, typed, known), false, key);
        const wrong = report.rows.find(({ ok }) => !ok);
        if (wrong) throw new ApiError(422, "invalid", wrong.what, "", wrong.todo, wrong.column);
        const kept = report.rows.find(({ what }) => what);
        announce(kept ? `${kept.what}: ${kept.todo}` : t("offer.done", { sku }));
        await cache.invalidateQueries({ queryKey: ["product", sku] });
        await cache.invalidateQueries({ queryKey: ["products"] });
      }}
    >
      <Inputs {...(known ? { known } : {})} />
    </ActionForm>
  );
}

function Inputs({ known }: { known?: Offer }) {
  const { t, name } = useWords();
  const all = useItems(useInfiniteQuery(suppliers(undefined)));
  const modes = (["watch", "propose", "auto"] as const).map((mode) => ({
    value: mode,
    label: name("mode", mode),
  }));
  return (
    <>
      {known ? (
        <input type="hidden" name="supplier" value={known.supplier} />
      ) : (
        <NativeSelect
          name="supplier"
          label={t("supplier.name")}
          required
          data={all.map((each) => ({ value: each.id, label: each.title || each.id }))}
        />
      )}
      <TextInput
        name="supplier_sku"
        label={t("offers.supplierSku")}
        required
        defaultValue={known?.supplier_sku ?? ""}
      />
      <TextInput
        name="cost"
        label={t("offers.cost")}
        description={t("offer.costNote")}
        required
        defaultValue={known?.cost ?? ""}
      />
      <TextInput
        name="stock"
        label={t("offers.stock")}
        inputMode="numeric"
        defaultValue={String(known?.stock ?? "")}
      />
      <TextInput
        name="lead_days"
        label={t("offer.lead")}
        inputMode="numeric"
        defaultValue={String(known?.lead_days ?? "")}
      />
      <NativeSelect
        name="mode"
        label={t("supplier.mode")}
        data={modes}
        defaultValue={known?.mode ?? "propose"}
      />
      <Checkbox
        name="suspended"
        label={t("offer.suspend")}
        defaultChecked={known?.suspended ?? false}
      />
    </>
  );
}
