// What a case of a message or of a step names beside its words, so that a link leads there. Pure.
import type { Schemas } from "../../api/client";

type Told = Pick<Schemas["Exception"], "reason" | "detail">;

const letters = "[0-9a-hjkmnp-tv-z]{1,13}";
const message = new RegExp(`\\(message (msg_${letters})\\)$`);
const order = new RegExp(`\\((ord_${letters})\\)$`);

/** The id of the kept message that a case is about, "" for none. */
export function messageOfCase({ reason, detail }: Told): string {
  return reason === "message_not_understood" ? (message.exec(detail)?.[1] ?? "") : "";
}

/** The order whose step a case is about, "" for none. */
export function orderOfCase({ reason, detail }: Told): string {
  const names = reason === "message_not_understood" || reason === "step_failed";
  return names ? (order.exec(detail)?.[1] ?? "") : "";
}
