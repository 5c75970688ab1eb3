// What is done by hand about orders: placing, putting right, reading what partners sent.
export const hands = {
  "order.next.place": "{owner}: place it at the supplier",
  "order.po.remind": "Remind the supplier",
  "order.po.remindNote": "The supplier is written to again, with a link that works for 30 days.",
  "parcel.correct": "Correct the number",
  "parcel.correctNote":
    "For a number that was never this parcel’s. What was heard of it stays recorded and no " +
    "longer counts; the store and the tracker get the right one.",
  "byHand.title": "Place it at the supplier",
  "byHand.note":
    "Nothing leaves by itself here. Order it, then record that it got there, or the " +
    "supplier’s answer.",
  "byHand.copyAll": "Copy everything",
  "byHand.placeAt": "Where",
  "byHand.po": "PO",
  "byHand.total": "Total",
  "byHand.name": "Recipient",
  "byHand.address": "Address",
  "byHand.phone": "Telephone",
  "byHand.email": "E-mail",
  "byHand.shipBy": "Ship by",
  "byHand.service": "Service",
  "byHand.instructions": "Instructions",
  "byHand.packaging": "Packaging",
  "byHand.terms": "Terms",
  "byHand.duties": "duties paid by {who}",
  "byHand.page": "Supplier’s page",
  "byHand.each": "{cost} each",
  "byHand.hs": "HS {code}",
  "byHand.origin": "from {country}",
  "byHand.declared": "declared {value}",
  "inbox.read": "Read the message",
  "inbox.body": "What the partner sent",
  "inbox.gone": "Its body is not kept any more, or is not for you to see.",
  "inbox.hidden": "What may tell of a person is left out.",
  "inbox.cut": "Only the beginning is shown.",
  "caseMessage.title": "The message",
  "caseMessage.where": "Where it happened",
  "caseMessage.order": "To the order it happened to",
  "caseMessage.all": "All messages that could not be read",
  "caseMessage.who": "These may read it and have it read again: {who}.",
  "offer.add": "Add a supplier’s item",
  "offer.change": "Change",
  "offer.changeOf": "Change the item of {supplier}",
  "offer.note":
    "Compare the item first, accessories included. It counts from the next purchase on.",
  "offer.costNote": "Amount and currency, such as 4.00 EUR",
  "offer.lead": "Lead time in working days",
  "offer.suspend": "Suspended: nothing is bought there",
  "offer.done": "The item behind {sku} is recorded.",
  "offer.changes": "Items that stood behind it before",
  "offer.changedAt": "Changed",
  "offer.before": "Before",
  "offer.after": "After",
  "offer.by": "By",
  "offer.byFeed": "the supplier’s feed",
  "offer.mapIt": "Show SKUs without an item",
  "import.kinds": "What is imported",
  "offersImport.title": "Import offers",
  "offersImport.lead":
    "A CSV file with a header. Columns: sku, supplier and cost; if you like also " +
    "supplier_sku, stock, lead_days, ship_from, mode and suspended. A line replaces what " +
    "was known of its SKU and supplier; with one line refused nothing is taken.",
  "offersImport.take": "Take these offers",
  "offersImport.tried":
    "Tried, nothing was changed: {taken, plural, one {# offer} other {# offers}} can be " +
    "taken, {refused, number} wrong.",
  "offersImport.taken":
    "{taken, plural, one {# offer} other {# offers}} taken, {refused, number} wrong.",
  "offersImport.fits": "nothing is wrong with it",
} as const;
