// What the record knows of; the contract's AuditDeed.
import type { Schemas } from "../../api/client";

const known: Record<Schemas["AuditDeed"], true> = {
  signed_in: true,
  sign_in_refused: true,
  signed_out: true,
  session_ended: true,
  joined: true,
  password_changed: true,
  second_factor_started: true,
  second_factor_on: true,
  second_factor_off: true,
  user_added: true,
  user_changed: true,
  user_removed: true,
  invited: true,
  invitation_withdrawn: true,
  token_made: true,
  token_revoked: true,
  policy_published: true,
  policy_rolled_back: true,
  policy_seen: true,
  connection_added: true,
  offers_stated: true,
  connection_changed: true,
  connection_removed: true,
  connection_tested: true,
  orders_exported: true,
  evidence_exported: true,
  listing_photo_added: true,
  listing_photo_removed: true,
  equivalent_judged: true,
};

/** A deed that the contract gains fails the type check until it stands here. */
export const deeds = Object.keys(known) as Schemas["AuditDeed"][];
