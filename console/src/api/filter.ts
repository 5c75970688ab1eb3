// What the address of a list of cases says, as a question to the server. Pure.
export type View = "mine" | "unowned" | "overdue" | "today";

export interface QueueSearch {
  view?: View | undefined;
  owner?: string | undefined;
  reason?: string | undefined;
  channel?: string | undefined;
  supplier?: string | undefined;
  at?: string | undefined;
}

export interface CaseFilter {
  owner?: string | undefined;
  of?: "me" | "nobody" | undefined;
  reason?: string | undefined;
  channel?: string | undefined;
  supplier?: string | undefined;
  due_before?: string | undefined;
  /** Instead of a moment: now or the end of the reader's day, whenever the server is asked. */
  due?: "now" | "today" | undefined;
}

/** An instant as the contract writes it: in whole seconds. */
export function instantOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The end of the reader's day. */
export function endOfDay(now: number): string {
  const end = new Date(now);
  end.setHours(24, 0, 0, 0);
  return instantOf(end.getTime());
}

/** What the server is asked for. A list keeps its name while its moment moves on. */
export function filterOf({ view, owner, reason, channel, supplier }: QueueSearch): CaseFilter {
  const filter: CaseFilter = { reason, channel, supplier };
  if (view === "mine") filter.of = "me";
  else if (view === "unowned") filter.of = "nobody";
  else filter.owner = owner;
  if (view === "overdue") filter.due = "now";
  if (view === "today") filter.due = "today";
  return filter;
}

/** The parameters of a filter at a moment. */
export function paramsOf({ due, ...filter }: CaseFilter, now: number): Record<string, string> {
  const moment = due && { due_before: due === "now" ? instantOf(now) : endOfDay(now) };
  const all = Object.entries({ ...filter, ...moment });
  return Object.fromEntries(all.filter((pair): pair is [string, string] => Boolean(pair[1])));
}
