// Which item stood behind a SKU before, and who changed it.
import type { Schemas } from "../../api/client";
import { When } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { useWords } from "../../words";

export function MappingChanges({ of }: { of: Schemas["MappingChange"][] }) {
  const { t } = useWords();
  if (of.length === 0) return null;
  return (
    <DataTable
      label={t("offer.changes")}
      rows={of}
      idOf={(row) => `${row.at} ${row.supplier}`}
      columns={[
        { head: t("offer.changedAt"), cell: (row) => <When at={row.at} /> },
        { head: t("supplier.name"), names: true, cell: (row) => row.supplier },
        { head: t("offer.before"), cell: (row) => row.before },
        { head: t("offer.after"), cell: (row) => row.after },
        { head: t("offer.by"), cell: (row) => row.by || t("offer.byFeed") },
      ]}
    />
  );
}
