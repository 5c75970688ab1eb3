// Every page and its address. What a page shows is in the address, so that it can be sent on.
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import * as v from "valibot";
import { session } from "./api/queries";
import { homeOf } from "./kit/places";
import { Frame } from "./kit/Frame";
import { Shell } from "./kit/Shell";
import { Failed, Loading, NotFound } from "./kit/states";
import { whenceSearch } from "./pages/queue/whence";

interface Context {
  cache: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound });

// What an address says wrongly is left out: an old or mistyped link still leads to its page.
const text = v.fallback(v.optional(v.pipe(v.string(), v.maxLength(200))), undefined);
const yes = v.fallback(v.optional(v.picklist(["true", "false"])), undefined);

const views = v.picklist(["mine", "unowned", "overdue", "today"]);
const view = v.fallback(v.optional(views), undefined);
export const queueSearch = v.object({
  view,
  owner: text,
  reason: text,
  channel: text,
  supplier: text,
  at: text,
});
const daySearch = v.object({ at: text });
export const importSearch = v.object({
  kind: v.fallback(v.optional(v.literal("offers")), undefined),
});

export const ordersSearch = v.object({
  q: text,
  channel: text,
  stage: text,
  live: yes,
  with_exceptions: yes,
  held: yes,
  overdue: yes,
  supplier: text,
  procedure: text,
  country: text,
  from: text,
  to: text,
  at: text,
});
export const suppliersSearch = v.object({ q: text });
export const supplierSearch = v.object({ tab: text, q: text, days: text });
export const productsSearch = v.object({ q: text, mapping: text });
export const stationSearch = v.object({ step: text, q: text });
export const policySearch = v.object({
  tab: text,
  procedure: text,
  file: text,
  version: text,
  against: text,
  days: text,
  cause: text,
  reason: text,
  supplier: text,
  rule: yes,
});
export const newConnectionSearch = v.object({ room: text, kind: text });
export const peopleSearch = v.object({ user: text });
export const recordSearch = v.object({ person: text, deed: text, from: text, until: text });
const loginSearch = v.object({ next: text });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: loginSearch,
  component: lazyRouteComponent(() => import("./pages/login/LoginPage"), "LoginPage"),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: Shell,
  // Soon, so that a slow network is no white page; and never longer than the answer takes.
  pendingComponent: Frame,
  pendingMs: 50,
  pendingMinMs: 0,
  beforeLoad: async ({ context, location }) => {
    const me = await context.cache.ensureQueryData(session);
    if (!me) throw redirect({ to: "/login", search: { next: location.href } });
  },
});

const queue = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  validateSearch: queueSearch,
  // Home is the first place that somebody may go to.
  beforeLoad: async ({ context }) => {
    const home = homeOf(await context.cache.ensureQueryData(session));
    if (home !== "/") throw redirect({ to: home });
  },
  component: lazyRouteComponent(() => import("./pages/queue/QueuePage"), "QueuePage"),
});
const approvals = createRoute({
  getParentRoute: () => signedIn,
  path: "/approvals",
  validateSearch: queueSearch,
  component: lazyRouteComponent(() => import("./pages/queue/QueuePage"), "ApprovalsPage"),
});
const day = createRoute({
  getParentRoute: () => signedIn,
  path: "/day",
  validateSearch: daySearch,
  component: lazyRouteComponent(() => import("./pages/day/DayPage"), "DayPage"),
});
const exception = createRoute({
  getParentRoute: () => signedIn,
  path: "/exceptions/$stream/$number",
  validateSearch: whenceSearch,
  component: lazyRouteComponent(() => import("./pages/queue/ExceptionPage"), "ExceptionPage"),
});
const orders = createRoute({
  getParentRoute: () => signedIn,
  path: "/orders",
  validateSearch: ordersSearch,
  component: lazyRouteComponent(() => import("./pages/orders/OrdersPage"), "OrdersPage"),
});
const order = createRoute({
  getParentRoute: () => signedIn,
  path: "/orders/$order",
  component: lazyRouteComponent(() => import("./pages/order/OrderPage"), "OrderPage"),
});
const tracking = createRoute({
  getParentRoute: () => signedIn,
  path: "/import",
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import("./pages/import/ImportPage"), "ImportPage"),
});
const station = createRoute({
  getParentRoute: () => signedIn,
  path: "/station",
  validateSearch: stationSearch,
  component: lazyRouteComponent(() => import("./pages/station/StationPage"), "StationPage"),
});
const stationCard = createRoute({
  getParentRoute: () => signedIn,
  path: "/station/card",
  component: lazyRouteComponent(() => import("./pages/station/CardPage"), "CardPage"),
});
const stationOutbox = createRoute({
  getParentRoute: () => signedIn,
  path: "/station/outbox",
  component: lazyRouteComponent(() => import("./pages/station/OutboxPage"), "OutboxPage"),
});
const stationSlip = createRoute({
  getParentRoute: () => signedIn,
  path: "/station/$po/slip",
  component: lazyRouteComponent(() => import("./pages/station/SlipPage"), "SlipPage"),
});
const bench = createRoute({
  getParentRoute: () => signedIn,
  path: "/station/$po/$step",
  component: lazyRouteComponent(() => import("./pages/station/BenchPage"), "BenchPage"),
});
const suppliers = createRoute({
  getParentRoute: () => signedIn,
  path: "/suppliers",
  validateSearch: suppliersSearch,
  component: lazyRouteComponent(() => import("./pages/suppliers/SuppliersPage"), "SuppliersPage"),
});
const supplier = createRoute({
  getParentRoute: () => signedIn,
  path: "/suppliers/$supplier",
  validateSearch: supplierSearch,
  component: lazyRouteComponent(() => import("./pages/suppliers/SupplierPage"), "SupplierPage"),
});
const products = createRoute({
  getParentRoute: () => signedIn,
  path: "/products",
  validateSearch: productsSearch,
  component: lazyRouteComponent(() => import("./pages/products/ProductsPage"), "ProductsPage"),
});
const product = createRoute({
  getParentRoute: () => signedIn,
  path: "/products/$sku",
  component: lazyRouteComponent(() => import("./pages/products/ProductPage"), "ProductPage"),
});
const mentions = createRoute({
  getParentRoute: () => signedIn,
  path: "/mentions",
  component: lazyRouteComponent(() => import("./pages/mentions/MentionsPage"), "MentionsPage"),
});
const health = createRoute({
  getParentRoute: () => signedIn,
  path: "/health",
  component: lazyRouteComponent(() => import("./pages/health/HealthPage"), "HealthPage"),
});
const policy = createRoute({
  getParentRoute: () => signedIn,
  path: "/policy",
  validateSearch: policySearch,
  component: lazyRouteComponent(() => import("./pages/policy/PolicyPage"), "PolicyPage"),
});

const connections = createRoute({
  getParentRoute: () => signedIn,
  path: "/connections",
  component: lazyRouteComponent(
    () => import("./pages/connections/ConnectionsPage"),
    "ConnectionsPage",
  ),
});
const newConnection = createRoute({
  getParentRoute: () => signedIn,
  path: "/connections/new",
  validateSearch: newConnectionSearch,
  component: lazyRouteComponent(
    () => import("./pages/connections/NewConnectionPage"),
    "NewConnectionPage",
  ),
});
const connection = createRoute({
  getParentRoute: () => signedIn,
  path: "/connections/$connection",
  component: lazyRouteComponent(
    () => import("./pages/connections/ConnectionPage"),
    "ConnectionPage",
  ),
});
const setup = createRoute({
  getParentRoute: () => signedIn,
  path: "/setup",
  component: lazyRouteComponent(() => import("./pages/setup/SetupPage"), "SetupPage"),
});

const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("./pages/login/JoinPage"), "JoinPage"),
});
const people = createRoute({
  getParentRoute: () => signedIn,
  path: "/people",
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import("./pages/people/PeoplePage"), "PeoplePage"),
});
const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  component: lazyRouteComponent(() => import("./pages/account/AccountPage"), "AccountPage"),
});
const tokens = createRoute({
  getParentRoute: () => signedIn,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./pages/tokens/TokensPage"), "TokensPage"),
});
const record = createRoute({
  getParentRoute: () => signedIn,
  path: "/record",
  validateSearch: recordSearch,
  component: lazyRouteComponent(() => import("./pages/record/RecordPage"), "RecordPage"),
});

const tree = root.addChildren([
  login,
  join,
  signedIn.addChildren([
    queue,
    approvals,
    day,
    exception,
    orders,
    order,
    tracking,
    station,
    stationCard,
    stationOutbox,
    stationSlip,
    bench,
    suppliers,
    supplier,
    products,
    product,
    mentions,
    health,
    policy,
    connections,
    newConnection,
    connection,
    setup,
    people,
    account,
    tokens,
    record,
  ]),
]);

/** Addresses carry plain text: `?q=1042` and never a quoted form of it. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}
export function stringifySearch(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  const text = new URLSearchParams(pairs).toString();
  return text && `?${text}`;
}

export function makeRouter(cache: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { cache },
    parseSearch,
    stringifySearch,
    defaultPendingComponent: Loading,
    defaultErrorComponent: ({ error, reset }) => <Failed error={error} retry={reset} />,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
