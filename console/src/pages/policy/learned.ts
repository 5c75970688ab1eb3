// What the address says of the decided cases: the window, what the list is narrowed to, and the
// address that one more choice, or the same one again, leads to.
import { windows, type Days, type DecidedFilter } from "../../api/learned";

export interface LearnedSearch {
  days?: string | undefined;
  cause?: string | undefined;
  reason?: string | undefined;
  supplier?: string | undefined;
  rule?: "true" | "false" | undefined;
}

export type Part = "cause" | "reason" | "supplier";

export const daysIn = (search: LearnedSearch): Days =>
  windows.find((each) => String(each) === search.days) ?? 30;

export function filterIn({ cause, reason, supplier, rule }: LearnedSearch): DecidedFilter {
  return {
    ...(cause ? { root_cause: cause as NonNullable<DecidedFilter["root_cause"]> } : {}),
    ...(reason ? { reason: reason as NonNullable<DecidedFilter["reason"]> } : {}),
    ...(supplier ? { supplier } : {}),
    ...(rule === "true" ? { rule_change: true as const } : {}),
  };
}

/** Only what this part of the page reads, so that no other part's words come along. */
function own({ days, cause, reason, supplier, rule }: LearnedSearch): LearnedSearch {
  return { days, cause, reason, supplier, rule };
}

/** The window changes and what the list is narrowed to stays. */
export const inWindow = (search: LearnedSearch, days: Days) => ({
  tab: "learned",
  ...own(search),
  days: days === 30 ? undefined : String(days),
});

/** Narrows the list to a row of a table; the row it is narrowed to already lets go of it. */
export const toggled = (search: LearnedSearch, part: Part, key: string) => ({
  tab: "learned",
  ...own(search),
  [part]: search[part] === key ? undefined : key,
});

export const ruleToggled = (search: LearnedSearch) => ({
  tab: "learned",
  ...own(search),
  rule: search.rule === "true" ? undefined : ("true" as const),
});

/** The whole window again. */
export const unfiltered = (search: LearnedSearch) => ({ tab: "learned", days: search.days });
