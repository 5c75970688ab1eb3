// Every page of the console, an entry each: what measures pages, walks them by keyboard, makes
// their worst states and their pictures reads this list. A route of console/src/router.tsx that has
// no entry here fails the run.
//
//   name    its picture is docs/pictures/NAME.webp
//   route   as the router writes it
//   find    an address for a route with parameters, from the program's own answers
//   key     `g` and this letter go there
//   title   its heading in English, where `key` is
//   there   what stands on a page without the frame
//   states  which of its states the run makes: failed, loading, empty (by key), long (by address)
//   also    further pictures: dark, phone

/** The first case that stands open. */
async function openCase(first) {
  const { stream, number } = await first("exceptions?limit=20");
  return `/exceptions/${stream}/${number}`;
}
async function travelled(first) {
  return `/orders/${(await first("orders?limit=250", (o) => o.tracking.length > 0)).id}`;
}
async function benchTask(first) {
  const { po, step } = await first("station/tasks?limit=20");
  return `/station/${po}/${step}`;
}
async function anySlip(first) {
  return `/station/${(await first("station/tasks?limit=20")).po}/slip`;
}
async function firstConnection(first) {
  return `/connections/${(await first("connections")).id}`;
}
async function firstSupplier(first) {
  return `/suppliers/${(await first("suppliers")).id}`;
}
async function firstProduct(first) {
  return `/products/${encodeURIComponent((await first("products")).sku)}`;
}
const every = ["failed", "loading", "empty", "long"];

export const pages = [
  { name: "login", route: "/login", there: "input[name=user]" },
  { name: "join", route: "/join", there: "main h1" },
  {
    name: "queue",
    route: "/",
    key: "q",
    title: "Exception queue",
    states: every,
    also: ["dark", "phone"],
  },
  {
    name: "approvals",
    route: "/approvals",
    key: "a",
    title: "Approvals",
    states: ["failed", "loading", "empty"],
  },
  { name: "day", route: "/day", key: "d", title: "My day", states: ["failed", "loading"] },
  { name: "exception", route: "/exceptions/$stream/$number", find: openCase },
  { name: "orders", route: "/orders", key: "o", title: "Orders", states: every },
  {
    name: "order",
    route: "/orders/$order",
    find: travelled,
    states: ["long"],
    also: ["dark", "phone"],
  },
  {
    name: "mentions",
    route: "/mentions",
    key: "m",
    title: "Mentions",
    states: ["failed", "loading", "empty"],
  },
  { name: "import", route: "/import", key: "i", title: "Import tracking" },
  { name: "station", route: "/station", key: "s", title: "Station", states: every },
  {
    name: "bench",
    route: "/station/$po/$step",
    find: benchTask,
    states: ["long"],
    also: ["phone"],
  },
  { name: "slip", route: "/station/$po/slip", find: anySlip },
  { name: "card", route: "/station/card" },
  { name: "outbox", route: "/station/outbox" },
  { name: "suppliers", route: "/suppliers", key: "u", title: "Suppliers", states: every },
  { name: "supplier", route: "/suppliers/$supplier", find: firstSupplier, states: ["long"] },
  { name: "products", route: "/products", key: "c", title: "Products", states: every },
  { name: "product", route: "/products/$sku", find: firstProduct, states: ["long"] },
  { name: "policy", route: "/policy", key: "l", title: "Policy", states: ["failed", "loading"] },
  { name: "learned", route: "/policy", find: () => "/policy?tab=learned", states: ["long"] },
  { name: "connections", route: "/connections", key: "n", title: "Connections", states: every },
  { name: "connect", route: "/connections/new" },
  {
    name: "connection",
    route: "/connections/$connection",
    find: firstConnection,
    states: ["long"],
  },
  {
    name: "setup",
    route: "/setup",
    key: "e",
    title: "Setup",
    states: ["failed", "loading", "long"],
  },
  { name: "people", route: "/people", key: "p", title: "People", states: ["failed", "loading"] },
  { name: "account", route: "/account" },
  {
    name: "tokens",
    route: "/tokens",
    key: "t",
    title: "Tokens",
    states: ["failed", "loading", "empty"],
  },
  {
    name: "record",
    route: "/record",
    key: "r",
    title: "Record",
    states: ["failed", "loading", "empty"],
  },
  { name: "health", route: "/health", key: "h", title: "Health", states: every },
  { name: "missing", route: "/nowhere", there: "[data-state=empty]" },
];
