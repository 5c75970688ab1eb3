// Who changes what stands behind a SKU, and what is known of its listing.
import { useQuery } from "@tanstack/react-query";
import { session } from "../../api/queries";

/** Those who decide what is bought, in all stores. */
export function useMayDecide(): boolean {
  const me = useQuery(session).data;
  return me?.rights.includes("decide") === true && me.user.stores.length === 0;
}
