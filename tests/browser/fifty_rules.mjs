// What the scripted operator of fifty.mjs knows: for every reason the way out that is right, and
// why. It is not the first one offered for most of them, so that pressing `1` proves nothing.
// `raise` says what is reported on a real order to make such a case; reasons without it come from
// the demo's planted faults.
export const rules = {
  address_hold: { verb: "contact", why: "Only the buyer knows the missing house number." },
  fraud_hold: { verb: "contact", why: "The buyer is asked before anything is bought." },
  payment_hold: { verb: "contact", why: "The buyer has to pay first." },
  unmapped_sku: { verb: "update", why: "The mapping was added." },
  margin_breach: { verb: "update", why: "A cost was typed wrong." },
  route_restriction: { verb: "contact", why: "Another address may be had." },
  ambiguous_refund: { verb: "release", why: "It was about money only." },
  fulfilled_elsewhere: { verb: "contact", why: "The supplier is asked to stop." },
  no_route: { verb: "wait", why: "Stock is announced for tomorrow.", raise: "no stock is left" },
  supplier_stock: { verb: "update", why: "Another source was entered." },
  approval: { verb: "approve", why: "Supplier and margin are the usual ones." },
  limit_reached: { verb: "wait", why: "The next hour has room." },
  automation_offer: { verb: "reject", why: "Too few were looked at." },
  supplier_payment: { verb: "confirm", why: "The balance was topped up." },
  supplier_silent: {
    verb: "wait",
    why: "It is night at the supplier's.",
    raise: "the supplier has not answered since yesterday",
  },
  unknown_outcome: { verb: "wait", why: "Nothing is sent again before it is known." },
  substitution: { verb: "approve", why: "Same goods in another packing." },
  price_change: { verb: "approve", why: "The margin bears it." },
  cancellation_request: { verb: "contact", why: "The supplier is asked once more." },
  specification_mismatch: { verb: "contact", why: "The supplier owes the right goods." },
  product_check_failed: { verb: "contact", why: "The supplier owes a replacement." },
  packing_issue: { verb: "repack", why: "The list says so." },
  label_mismatch: { verb: "replace", why: "The wrong label must not travel." },
  handoff_gap: {
    verb: "wait",
    why: "The carrier collects tonight.",
    raise: "no scan since the label",
  },
  tracking_delay: {
    verb: "wait",
    why: "Two days are within its time.",
    raise: "no scan for two days",
  },
  ship_by_risk: {
    verb: "wait",
    why: "The date can still be met.",
    raise: "the ship-by date is near",
  },
  customer_decision: {
    verb: "wait",
    why: "The buyer wrote that they wait.",
    raise: "the buyer was asked about the delay",
  },
  delivery_failed: {
    verb: "update",
    why: "The carrier has the right floor now.",
    raise: "nobody was at home",
  },
  return_to_sender: {
    verb: "replace",
    why: "It goes out again.",
    raise: "it goes back to the sender",
  },
  parcel_damaged: {
    verb: "replace",
    why: "The photo shows a broken piece.",
    raise: "the box is crushed",
  },
  parcel_lost: {
    verb: "refund",
    why: "The buyer wants the money.",
    raise: "the carrier cannot find it",
  },
  customs_hold: {
    verb: "contact",
    why: "The buyer owes the duty.",
    raise: "customs want a number",
  },
  route_deviation: {
    verb: "wait",
    why: "The next hub sorts it out.",
    raise: "it is in another country",
  },
  tracking_conflict: {
    verb: "confirm",
    why: "The number is right; the other one was a typing error.",
    raise: "two numbers are named",
  },
  store_refused: { verb: "confirm", why: "The store shows it already." },
  notification_failed: {
    verb: "confirm",
    why: "The buyer answered that very message.",
    raise: "the message came back",
  },
  channel_trouble: { verb: "wait", why: "The partner repairs it." },
  message_not_understood: { verb: "confirm", why: "It means nothing for an order." },
  step_failed: { verb: "confirm", why: "It is no longer needed." },
};
