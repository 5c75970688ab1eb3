// What a day holds: until when its reader is on duty, and which cases belong to it. Pure.
import type { Schemas } from "../../api/client";
import type { Exception } from "../../api/queries";

type Owner = Schemas["Owner"];

/**
 * When the reader's shift ends: the end of the last of their coverage hours that run now, by the
 * roster; null when it says nothing about them, or that they cover every hour.
 */
export function shiftEnd(owners: Owner[], me: string, roles: string[]): string | null {
  const mine = owners.filter(
    (each) => each.covering && (each.owner === me || roles.includes(each.role)),
  );
  const ends = mine.map((each) => each.covers_until ?? "").toSorted();
  // Somebody who is on duty without an end has none.
  return ends[0] ? ends.at(-1)! : null;
}

/** What is due, and of that what somebody had put off until now. */
export function splitDay(items: Exception[]): { due: Exception[]; snoozed: Exception[] } {
  return {
    due: items.filter((each) => !each.snoozed),
    snoozed: items.filter((each) => each.snoozed),
  };
}
