// A stand-in for the server while the console is written: it serves the built console and the
// examples of the contract as if they were today's, remembers decisions, and tells every open page.
// Usage: node dev/mock.mjs [port] [folder of the built console]
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const port = Number(process.argv[2] ?? 8099);
const dist = process.argv[3] ?? fileURLToPath(new URL("../dist", import.meta.url));
const examples = new URL("../../contract/examples/", import.meta.url);
const writtenAt = Date.parse("2026-03-04T09:30:00Z");
const moved = Date.now() - writtenAt;
const maxBody = 10 * 1024 * 1024;

/** The examples speak of one morning; here that morning is now. */
function today(value) {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) {
    return new Date(Date.parse(value) + moved).toISOString().replace(/\.\d+Z$/, "Z");
  }
  if (Array.isArray(value)) return value.map(today);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, today(each)]));
  }
  return value;
}
const example = Object.fromEntries(
  readdirSync(examples).map((file) => [
    file.replace(/\.json$/, ""),
    today(JSON.parse(readFileSync(new URL(file, examples), "utf8"))),
  ]),
);

const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");
const queue = example.ExceptionPage.items;
const orders = example.OrderPage.items;
const order = example.Order;
let tasks = example.StationPage.items;
const atBenches = new Set(tasks.map((each) => each.order));
let messages = example.MessagePage.items;
const approvalReasons = ["approval", "substitution", "price_change"];
const sessions = new Map();
const listeners = new Set();
let news = 0;

function tell(event, data) {
  news += 1;
  for (const each of listeners) {
    each.write(`id: ${news}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}

function counts(user) {
  const open = queue.filter((each) => !each.resolved_at);
  const late = (each) => Date.parse(each.review_by) < Date.now();
  const by = (key) =>
    [...new Set(open.map((each) => each[key]))].map((value) => {
      const own = open.filter((each) => each[key] === value);
      return { [key]: value, open: own.length, overdue: own.filter(late).length };
    });
  return {
    open: open.length,
    mine: open.filter((each) => each.owner === user).length,
    overdue: open.filter(late).length,
    approvals: open.filter((each) => approvalReasons.includes(each.reason)).length,
    by_reason: by("reason"),
    by_owner: by("owner"),
  };
}

function problem(status, code, title, more = {}) {
  return {
    status,
    type: "application/problem+json",
    body: { type: `/problems/${code}`, title, status, code, ...more },
  };
}
const ok = (body, status = 200) => ({ status, type: "application/json", body });

function listed(query, reasons) {
  const items = queue
    .filter((each) => !each.resolved_at)
    .filter((each) => !reasons || reasons.includes(each.reason))
    .filter((each) =>
      ["owner", "reason", "channel"].every(
        (key) => !query.get(key) || each[key] === query.get(key),
      ),
    )
    .sort((a, b) => a.review_by.localeCompare(b.review_by));
  return ok({ items, next_cursor: null });
}

function foundOrders(query) {
  const q = query.get("q")?.toLowerCase();
  const items = orders.filter(
    (each) =>
      (!q || JSON.stringify(each).toLowerCase().includes(q)) &&
      (!query.get("channel") || each.channel === query.get("channel")) &&
      (!query.get("stage") || each.stage === query.get("stage")) &&
      (!query.get("live") || String(each.live) === query.get("live")) &&
      (query.get("with_exceptions") !== "true" || each.open_exceptions > 0),
  );
  return ok({ items, next_cursor: null });
}

/** The one example order, wearing the face of the order asked for. */
function orderOf(id) {
  if (id === order.id) {
    return {
      ...order,
      exceptions: [...queue.filter((each) => each.order === id), ...order.exceptions.slice(1)],
    };
  }
  const row = orders.find((each) => each.id === id) ?? (atBenches.has(id) && { ...orders[0], id });
  if (!row) return undefined;
  const { channel, store_number, stage, held, live, placed_at, due_at, total } = row;
  const mine = queue.filter((each) => each.order === id);
  return {
    ...order,
    id,
    channel,
    store_number,
    stage,
    held,
    live,
    placed_at,
    due_at,
    total,
    exceptions: mine,
  };
}

function detail(found) {
  const known = example.ExceptionDetail;
  if (found.stream === known.exception.stream) return { ...known, exception: found };
  const opened = {
    event: 11,
    name: "ExceptionOpened",
    at: found.opened_at,
    actor: "rule",
    summary: `Owner ${found.owner}`,
  };
  return { exception: found, comparison: null, evidence: [], history: [opened] };
}

function change(found, what, body, user) {
  if (found.resolved_at) {
    return problem(409, "conflict", "The case was already decided", { detail: found.resolution });
  }
  if (what === "resolve") {
    if (found.options.length > 0 && !found.options.some((each) => each.verb === body.verb)) {
      return problem(422, "invalid", `This case does not offer "${body.verb}"`, { field: "verb" });
    }
    found.resolved_at = now();
    found.resolution = `${body.verb}: ${body.note}`;
    const row = orders.find((each) => each.id === found.order);
    if (row) row.open_exceptions -= 1;
  } else if (what === "assign") {
    found.owner = body.owner;
  } else {
    found.review_by = body.review_by;
  }
  tell("exception", {
    stream: found.stream,
    number: found.number,
    open: !found.resolved_at,
    owner: found.owner,
    reason: found.reason,
    review_by: found.review_by,
    actor: user,
    verb: body.verb ?? "",
  });
  tell("counts", { ...counts(user), mine: 0 });
  return ok({
    stream: found.stream,
    version: 30,
    events: [{ event: 30, name: "ExceptionResolved" }],
  });
}

function exported() {
  const lines = orders.map((each) => [each.id, each.channel, each.store_number].join(","));
  const body = Buffer.from(`order,store,store_number\r\n${lines.join("\r\n")}\r\n`);
  return { status: 200, type: "text/csv; charset=utf-8", body };
}

function commanded(id, body) {
  if (body.command === "RecordCheck")
    tasks = tasks.filter((each) => each.po !== body.po || each.step !== body.check);
  if (body.command === "AddNote")
    order.notes.push({ event: 40, at: now(), actor: "admin", text: body.text });
  if (body.command === "MatchLabel") {
    const parcel = order.parcels[0];
    parcel.label_matched = body.label_scan === parcel.tracking;
    parcel.label_mismatched = !parcel.label_matched;
    if (parcel.label_matched)
      tasks = tasks.filter((each) => each.order !== id || each.step !== "label_match");
  }
  if (body.command === "ReleaseHold")
    order.holds = order.holds.filter((each) => each.hold !== body.hold);
  if (body.command === "PlaceHold") {
    order.holds.push({ hold: body.hold, reason: body.reason, source: "person", may_release: true });
  }
  if (body.command === "OverrideGate") {
    const gate = order.gates.find((each) => each.gate === body.gate);
    if (!gate) return problem(404, "not_found", "No such gate on this order");
    gate.result = "overridden";
    gate.detail = body.reason;
    gate.may_override = false;
  }
  tell("order", { order: id, version: 31, stage: "confirming", held: true, open_exceptions: 1 });
  return ok({ stream: id, version: 31, events: [{ event: 31, name: body.command }] });
}

function stationPage(query) {
  const q = query.get("q");
  const all = tasks.map((each) => ({ ...each }));
  const items = all.filter(
    (each) =>
      (!query.get("step") || each.step === query.get("step")) &&
      (!q ||
        [
          each.po,
          each.store_number,
          ...each.lines.flatMap((line) => [line.sku, line.supplier_sku]),
        ].includes(q)),
  );
  const bench = (step) => all.filter((each) => each.step === step).length;
  return ok({
    items,
    next_cursor: null,
    counts: {
      receiving: bench("receiving"),
      inspection: bench("inspection"),
      packing: bench("packing"),
      label_match: bench("label_match"),
    },
  });
}

function read(path, query, user) {
  const [room, id, more] = path;
  if (room === "orders" && !id) return foundOrders(query);
  if (room === "orders") {
    const found = orderOf(id);
    if (!found) return problem(404, "not_found", "No such order");
    if (!more) return ok(found);
    if (more === "events") return ok(example.EventPage);
    if (more === "requests") return ok(example.OrderRequestList);
    if (more === "routing") return ok(example.RoutingExplanation);
    if (more === "evidence") return ok(example.EvidenceCoverage);
  }
  if (room === "exceptions" && id === "counts") return ok(counts(user));
  if (room === "exceptions" && !id) return listed(query);
  if (room === "approvals") return listed(query, approvalReasons);
  if (room === "exceptions") {
    const found = queue.find((each) => each.stream === id && String(each.number) === more);
    return found ? ok(detail(found)) : problem(404, "not_found", "No such exception");
  }
  if (room === "station") return stationPage(query);
  if (room === "inbox") return ok({ items: messages, next_cursor: null });
  if (room === "mentions" && id === "count") return ok(example.MentionCount);
  const fixed = {
    mentions: "MentionPage",
    colleagues: "ColleagueList",
    health: "Health",
    metrics: "MetricsSummary",
    policy: "PolicyInForce",
    owners: "OwnerList",
    accounts: "AccountList",
    tokens: "TokenList",
    users: "UserList",
  }[room];
  return fixed ? ok(example[fixed]) : problem(404, "not_found", "No such page");
}

function write(path, body, user) {
  const [room, id, more, what] = path;
  if (room === "orders" && id === "export") return exported();
  if (room === "mentions") return ok({ unread: 0, more: false });
  if (room === "orders" && more === "commands") return commanded(id, body);
  if (room === "orders" && more === "evidence")
    return { status: 200, type: "application/zip", body: Buffer.from("PK") };
  if (room === "exceptions") {
    const found = queue.find((each) => each.stream === id && String(each.number) === more);
    return found ? change(found, what, body, user) : problem(404, "not_found", "No such exception");
  }
  if (room === "inbox") {
    messages = messages.filter((each) => each.id !== id);
    return ok(example.InboxMessage, 202);
  }
  if (room === "photos") {
    return ok(
      {
        sha256: createHash("sha256").update(body).digest("hex"),
        bytes: body.length,
        media_type: "image/jpeg",
      },
      201,
    );
  }
  return problem(404, "not_found", "No such page");
}

async function bytesOf(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > maxBody) throw new Error("body too long");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function sessionOf(request) {
  const id = /holdfast_session=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
  return id ? sessions.get(id) : undefined;
}

function send(response, { status, type, body, headers = {} }) {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...headers });
  response.end(
    Buffer.isBuffer(body) ? body : body === undefined ? undefined : JSON.stringify(body),
  );
}

async function api(request, response, url) {
  const path = url.pathname.slice("/api/v1/".length).split("/").map(decodeURIComponent);
  const bytes = request.method === "POST" ? await bytesOf(request) : Buffer.alloc(0);
  const json = (request.headers["content-type"] ?? "").startsWith("application/json");
  const body = json ? JSON.parse(bytes.toString() || "{}") : bytes;
  if (path[0] === "session" && request.method === "POST") {
    if (body.password !== "demo")
      return send(response, problem(401, "wrong_credentials", "User or password is wrong"));
    const id = createHash("sha256").update(String(Math.random())).digest("hex");
    const session = {
      ...example.Session,
      user: { ...example.Session.user, name: body.user },
      csrf: id.slice(0, 20),
    };
    sessions.set(id, session);
    return send(response, {
      ...ok(session),
      headers: {
        "set-cookie": [
          `holdfast_session=${id}; HttpOnly; SameSite=Strict; Path=/`,
          `holdfast_csrf=${session.csrf}; SameSite=Strict; Path=/`,
        ],
      },
    });
  }
  const session = sessionOf(request);
  if (!session) return send(response, problem(401, "not_signed_in", "Sign in first"));
  if (request.method !== "GET" && request.headers["x-csrf-token"] !== session.csrf) {
    return send(response, problem(403, "csrf", "The X-CSRF-Token header is missing or wrong"));
  }
  if (path[0] === "session") {
    if (request.method === "GET") return send(response, ok(session));
    sessions.forEach((each, id) => each === session && sessions.delete(id));
    const gone = ["holdfast_session=; Max-Age=0; Path=/", "holdfast_csrf=; Max-Age=0; Path=/"];
    return send(response, { status: 204, type: "text/plain", headers: { "set-cookie": gone } });
  }
  if (path[0] === "events") {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("event: hello\ndata: {}\n\n");
    listeners.add(response);
    const beat = setInterval(() => response.write(": beat\n\n"), 15_000);
    request.on("close", () => {
      listeners.delete(response);
      clearInterval(beat);
    });
    return undefined;
  }
  if (request.method === "POST" && !request.headers["idempotency-key"]) {
    return send(response, problem(422, "invalid", "Idempotency-Key is missing"));
  }
  const user = session.user.name;
  return send(
    response,
    request.method === "GET" ? read(path, url.searchParams, user) : write(path, body, user),
  );
}

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function file(response, path) {
  const asked = join(dist, normalize(path));
  const found =
    asked.startsWith(dist) && existsSync(asked) && statSync(asked).isFile()
      ? asked
      : join(dist, "index.html");
  response.writeHead(200, {
    "content-type": types[extname(found)] ?? "application/octet-stream",
    "content-security-policy": policy,
  });
  response.end(readFileSync(found));
}

createServer((request, response) => {
  const url = new URL(request.url, "http://127.0.0.1");
  if (!url.pathname.startsWith("/api/v1/")) return file(response, url.pathname);
  return api(request, response, url).catch((error) =>
    send(response, problem(400, "invalid", String(error.message))),
  );
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port} (password: demo)`));
