// Offers that a person states: tried, or taken as a whole.
import { client, once, take } from "./client";

export function importOffers(csv: string, dryRun: boolean, key: string) {
  return take(
    client.POST("/imports/offers", {
      params: { query: { dry_run: dryRun }, ...once(key) },
      body: csv,
      bodySerializer: (body) => body,
      headers: { "Content-Type": "text/csv" },
    }),
  );
}
