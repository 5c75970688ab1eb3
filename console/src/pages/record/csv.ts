// The record as a file: pages gathered up to a bound, and lines that a spreadsheet only shows.
import { recordPage, type AuditEntry, type RecordFilter } from "../../api/people";

export const mostRows = 10_000;
/** Pages may be short while a filter looks further back. */
const mostPages = 200;
const columns = ["at", "actor", "deed", "about", "detail", "address"] as const;

/** Names come from whoever tried to sign in: a spreadsheet must not take one for a formula. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** RFC 4180, times in UTC. */
export function csvOf(entries: readonly AuditEntry[]): string {
  const lines = entries.map((entry) => columns.map((name) => cell(entry[name])).join(","));
  return [columns.join(","), ...lines].join("\r\n") + "\r\n";
}

/** What fits a filter, the newest first; `cut` when there is more than a file takes. */
export async function gather(
  filter: RecordFilter,
  page: typeof recordPage = recordPage,
): Promise<{ entries: AuditEntry[]; cut: boolean }> {
  const entries: AuditEntry[] = [];
  let cursor: string | undefined;
  for (let asked = 0; asked < mostPages; asked += 1) {
    const found = await page(filter, cursor, 250);
    entries.push(...found.items);
    cursor = found.next_cursor ?? undefined;
    if (!cursor || entries.length >= mostRows) break;
  }
  return {
    entries: entries.slice(0, mostRows),
    cut: cursor !== undefined || entries.length > mostRows,
  };
}
