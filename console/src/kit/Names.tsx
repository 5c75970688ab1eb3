// Roles and stores of somebody, in words.
import { useQuery } from "@tanstack/react-query";
import { accounts } from "../api/queries";
import { useWords } from "../words";

export function RoleNames({ roles }: { roles: readonly string[] }) {
  const { name } = useWords();
  return <>{roles.map((role) => name("role", role)).join(", ")}</>;
}

export function StoreNames({ stores }: { stores: readonly string[] }) {
  const { t } = useWords();
  const known = useQuery(accounts).data?.items ?? [];
  if (stores.length === 0) return <>{t("people.allStores")}</>;
  const title = (id: string) =>
    known.find((each) => each.room === "channel" && each.id === id)?.title ?? id;
  return <>{stores.map(title).join(", ")}</>;
}
