// Questions and deeds about people: users, invitations, one's own account, tokens, the record.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import * as v from "valibot";
import { client, newKey, once, rememberCsrf, take, type Schemas } from "./client";
import { keepSession } from "./kept";

export type User = Schemas["User"];
export type Invitation = Schemas["Invitation"];
export type BrowserSession = Schemas["BrowserSession"];
export type Token = Schemas["Token"];
export type Right = Schemas["Right"];
export type AuditEntry = Schemas["AuditEntry"];

export const users = queryOptions({
  queryKey: ["users"],
  queryFn: () => take(client.GET("/users")),
});

export const invitations = queryOptions({
  queryKey: ["invitations"],
  queryFn: () => take(client.GET("/invitations")),
});

/** Browsers of a user; without one, of the reader. */
export const browsers = (user?: string) =>
  queryOptions({
    queryKey: ["browsers", user ?? "own"],
    queryFn: () => take(client.GET("/sessions", { params: { query: user ? { user } : {} } })),
  });

export const tokens = queryOptions({
  queryKey: ["tokens"],
  queryFn: () => take(client.GET("/tokens")),
});

const accessShape = v.object({
  access: v.array(v.object({ role: v.string(), rights: v.array(v.string()) })),
  authority: v.array(
    v.object({
      act: v.string(),
      roles: v.array(v.string()),
      reason: v.optional(v.string(), ""),
      store: v.optional(v.string(), ""),
      up_to: v.optional(v.nullable(v.string()), null),
    }),
  ),
});
export type Access = v.InferOutput<typeof accessShape>;

/** What the policy says of roles: their rights, and the decisions that take more. */
export const access = queryOptions({
  queryKey: ["policy", "access"],
  queryFn: async (): Promise<Access> =>
    v.parse(accessShape, (await take(client.GET("/policy"))).policy),
  staleTime: 60_000,
});

const byId = (user: string) => ({ params: { path: { user } } });

export const changeUser = (user: string, body: Schemas["UserChange"]) =>
  take(client.PUT("/users/{user}", { ...byId(user), body }));
export const removeUser = (user: string) => done(client.DELETE("/users/{user}", byId(user)));
export const resetSecondFactor = (user: string) =>
  done(client.DELETE("/users/{user}/second-factor", byId(user)));

export const invite = (body: Schemas["NewInvitation"], key: string) =>
  take(client.POST("/invitations", { params: once(key), body }));
export const withdrawInvitation = (invitation: string) =>
  done(client.DELETE("/invitations/{invitation}", { params: { path: { invitation } } }));

export const endBrowser = (session: string) =>
  done(client.DELETE("/sessions/{session}", { params: { path: { session } } }));

export const createToken = (body: Schemas["NewToken"], key: string) =>
  take(client.POST("/tokens", { params: once(key), body }));
export const revokeToken = (token: string) =>
  done(client.DELETE("/tokens/{token}", { params: { path: { token } } }));

export const changePassword = (body: Schemas["NewPassword"], key: string) =>
  done(client.POST("/session/password", { params: once(key), body }));
export const startSecondFactor = (key: string) =>
  take(client.POST("/session/second-factor", { params: once(key) }));
export const confirmSecondFactor = (code: string, key: string) =>
  done(client.POST("/session/second-factor/confirm", { params: once(key), body: { code } }));
export const removeSecondFactor = (password: string, key: string) =>
  done(client.POST("/session/second-factor/remove", { params: once(key), body: { password } }));

/** Whom an invitation is for; it stays as it is. */
export const invitationOf = (token: string) =>
  queryOptions({
    queryKey: ["joining", token],
    queryFn: () =>
      take(client.POST("/session/invitation", { params: once(newKey()), body: { token } })),
    staleTime: Infinity,
  });

/** Makes the user that an invitation is for; from then on it is signed in here. */
export async function join(token: string, password: string): Promise<Schemas["Session"]> {
  const body = { token, password };
  const me = await take(client.POST("/session/join", { params: once(newKey()), body }));
  rememberCsrf(me.csrf);
  keepSession(me);
  return me;
}

export interface RecordFilter {
  person?: string | undefined;
  deed?: string | undefined;
  /** Days as YYYY-MM-DD in the reader's zone, both within. */
  from?: string | undefined;
  until?: string | undefined;
}

/** The first moment of a day in the reader's zone, `later` days on; nothing when it is no day. */
export function dayStart(day: string | undefined, later = 0): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? "") ?? [];
  if (!year) return undefined;
  const at = new Date(Number(year), Number(month) - 1, Number(date) + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString().replace(/\.\d+Z$/, "Z");
}

/** One page of the record; it may be short, or empty, while more follows its cursor. */
export function recordPage(filter: RecordFilter, cursor: string | undefined, limit: number) {
  const asked = {
    person: filter.person?.trim() || undefined,
    deed: (filter.deed || undefined) as Schemas["AuditDeed"] | undefined,
    from: dayStart(filter.from),
    to: dayStart(filter.until, 1),
    cursor,
    limit,
  };
  const query = Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== undefined),
  );
  return take(client.GET("/audit", { params: { query } }));
}

export const record = (filter: RecordFilter) =>
  infiniteQueryOptions({
    queryKey: ["record", filter],
    queryFn: ({ pageParam }) => recordPage(filter, pageParam, 100),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** For answers without a body. */
async function done(answer: Parameters<typeof take>[0]): Promise<void> {
  await take(answer);
}
