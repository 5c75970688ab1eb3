// The server's answers as they might be at their worst, made from real ones on their way in.

const name = `Very long name ${"of somebody with many forenames ".repeat(7)}`.slice(0, 200);
const sku = "SKU-".padEnd(300, "0123456789ABCDEF");
const sentence = `${"A sentence that goes on and on because the supplier wrote so. ".repeat(5)}`;
const texts = {
  store_number: "#1007-".padEnd(60, "1234567890"),
  title: name,
  variant: name,
  sku,
  supplier_sku: sku,
  detail: sentence,
  consequence: sentence,
  next_action: sentence,
  owner: name,
  backup: name,
  actor: name,
  supplier: name,
  suppliers: name,
  carrier: name,
  tracking: sku,
  note: sentence,
  last_error: sku,
  problem: sku,
  summary: sentence,
  statement: sentence,
  text: sentence,
  reason_text: sentence,
  place: name,
  raw: sentence,
  instructions: sentence,
};
/** Lists that are read as lists of pieces, parcels, events: as many as 60 of each. */
const many = new Set(["lines", "events", "evidence", "notes", "checklist", "candidates"]);

export function long(value, key = "") {
  if (typeof value === "string") return value && texts[key] ? texts[key] : value;
  if (Array.isArray(value)) {
    const each = value.map((item) => long(item, key));
    if (!many.has(key) || each.length === 0) return each;
    return Array.from({ length: 60 }, (_, at) => again(each[at % each.length], at));
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, long(each, name)]));
}

/** A copy with numbers of its own, since lists tell their members apart by them. */
function again(item, at) {
  if (typeof item === "string") return `${at} ${item}`;
  if (item === null || typeof item !== "object") return item;
  return {
    ...item,
    ...("line" in item ? { line: at + 1 } : {}),
    ...("event" in item ? { event: at + 1 } : {}),
    ...("supplier" in item ? { supplier: `${at} ${item.supplier}` } : {}),
  };
}

export function empty(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === "items" || key === "accounts" ? [] : key === "next_cursor" ? null : each,
    ]),
  );
}
