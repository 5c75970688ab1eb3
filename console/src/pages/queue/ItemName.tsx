// An item by the words of its listing; what nobody described says so.
import type { Schemas } from "../../api/client";
import { useWords } from "../../words";

export const itemName = ({ title, variant }: Schemas["ComparisonSide"]) =>
  [title, variant].filter(Boolean).join(" · ");

export function ItemName({ side }: { side: Schemas["ComparisonSide"] }) {
  const { t } = useWords();
  return <>{itemName(side) || t("exception.notStated")}</>;
}
