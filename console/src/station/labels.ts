// Whether a label belongs to an order, without a network and without the tablet knowing the
// tracking number: only a digest of it is kept, so that the label itself has to be scanned.
import { sameCode } from "./scan";

/** A parcel of a loaded order. */
export interface KnownParcel {
  order: string;
  store_number: string;
  po: string;
  parcel: number;
  carrier: string;
  digest: string;
  matched: boolean;
}

/** Nothing where the browser has no digests, which is on pages that came without TLS. */
export async function digestOf(tracking: string): Promise<string> {
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) return "";
  const digest = await subtle.digest("SHA-256", new TextEncoder().encode(`label ${tracking}`));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * What a label's barcode may say about its tracking number, likeliest first: as it is, in capitals
 * without spaces, or behind the routing code 420 with 5 or 9 digits of postcode that USPS puts in
 * front (Publication 199). The server compares exactly, so the reading that fits is recorded.
 */
export function readings(label: string): string[] {
  const text = label.trim();
  const plain = text.toUpperCase().replaceAll(" ", "");
  const behind = /^420\d{5}(?:\d{4})?(9\d{21,25})$/.exec(plain)?.[1];
  return [...new Set([text, plain, ...(behind ? [behind] : [])])];
}

export interface Scans {
  order: string;
  label: string;
}

export type Match =
  /** Both belong together: `label` is the reading to record. */
  | { kind: "match"; parcel: KnownParcel; label: string }
  /** They do not; `parcel` is whose label it is, null when no loaded order has it. */
  | { kind: "label of another"; parcel: KnownParcel | null }
  | { kind: "order of another" }
  /** No digest of this order is here: only the server can say. */
  | { kind: "not known here" };

interface Wanted {
  order: string;
  po: string;
  store_number: string;
}

/** Compares two scans with the loaded parcels. */
export async function compare(
  wanted: Wanted,
  scans: Scans,
  parcels: KnownParcel[],
  digest: (text: string) => Promise<string> = digestOf,
): Promise<Match> {
  if (!isOrder(wanted, scans.order)) return { kind: "order of another" };
  for (const label of readings(scans.label)) {
    const found = await digest(label);
    // Nothing can be told apart on a page that came without TLS.
    if (found === "") return { kind: "not known here" };
    const parcel = parcels.find((each) => each.digest === found);
    if (!parcel) continue;
    return parcel.po === wanted.po && parcel.order === wanted.order
      ? { kind: "match", parcel, label }
      : { kind: "label of another", parcel };
  }
  const loaded = parcels.some((each) => each.po === wanted.po && each.digest !== "");
  return loaded ? { kind: "label of another", parcel: null } : { kind: "not known here" };
}

/** Whether a scan names this order: its PO or the store's number. */
export function isOrder(wanted: Pick<Wanted, "po" | "store_number">, code: string): boolean {
  return sameCode(code, wanted.po) || sameCode(code, wanted.store_number);
}

/** An order's scan as the server knows it, whatever sign or case the scanner left out. */
export function orderAsKnown(wanted: Pick<Wanted, "po" | "store_number">, code: string): string {
  return sameCode(code, wanted.po) ? wanted.po : wanted.store_number;
}
