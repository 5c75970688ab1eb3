// Who was signed in here, for a page that opens while nobody answers. The session itself stays a
// cookie; this only lets the station show its kept work, and the server asks again for everything.
import * as v from "valibot";
import type { Schemas } from "./client";

const place = "holdfast-session";
const shape = v.object({
  user: v.looseObject({ name: v.string() }),
  rights: v.array(v.string()),
  tenant: v.string(),
  expires_at: v.string(),
});

export function keepSession(me: Schemas["Session"]): void {
  localStorage.setItem(place, JSON.stringify({ ...me, csrf: "" }));
}

export function forgetSession(): void {
  localStorage.removeItem(place);
}

/** The session kept here while it lasts, with the token that its cookie holds. */
export function keptSession(now = Date.now()): Schemas["Session"] | null {
  const csrf = /(?:^|; )(?:__Host-)?holdfast_csrf=([^;]+)/.exec(document.cookie)?.[1];
  const text = localStorage.getItem(place);
  if (!csrf || !text) return null;
  try {
    const read = v.safeParse(shape, JSON.parse(text));
    if (!read.success || Date.parse(read.output.expires_at) <= now) return null;
    return { ...read.output, csrf } as unknown as Schemas["Session"];
  } catch {
    return null;
  }
}
