// A queue that no demo has, for an init script: inside the page, the console's own requests for its
// list are answered with as many rows as one wants; the first `longQueueGone` of them have left it.
// Everything else still reaches the program.
// The function stands alone, because it is sent into the page as text.
export function longQueue(count) {
  const start = Date.now();
  let asked = 0;

  function row(at) {
    const opened = new Date(start - 1e9 + at * 1_000).toISOString().replace(/\.\d+Z/, "Z");
    return {
      stream: `ord_long${at}`,
      number: 1,
      order: `ord_long${at}`,
      store_number: `#${at}`,
      channel: "fern",
      reason: ["tracking_delay", "approval", "parcel_lost", "no_route"][at % 4],
      about: "parcel 1",
      detail: `Row ${at}: ${"the parcel has not moved ".repeat(1 + (at % 4))}`,
      owner: "operations desk",
      backup: "shop owner",
      next_action: "Ask the carrier for the parcel's last place.",
      opened_at: opened,
      review_by: opened,
      resolved_at: null,
      resolution: "",
      money_at_risk: "78.00 EUR",
      promise_at: opened,
      leased_by: "",
      snoozed: false,
      options: ["contact", "wait"].map((verb) => ({ verb, consequence: verb, cost: null })),
    };
  }

  function page(from) {
    asked += 1;
    const gone = globalThis.longQueueGone ?? 0;
    const total = count - gone;
    const size = Math.max(0, Math.min(100, total - from));
    const items = Array.from({ length: size }, (_, at) => row(gone + from + at));
    return { items, next_cursor: null, total };
  }

  function failed() {
    asked += 1;
    const body = { code: "unavailable", title: "The store is busy", detail: "", hint: "" };
    const headers = { "Content-Type": "application/problem+json" };
    return new Response(JSON.stringify({ ...body, status: 503 }), { status: 503, headers });
  }

  const real = globalThis.fetch;
  globalThis.longQueueAsked = () => asked;
  globalThis.fetch = async (request, ...rest) => {
    const url = new URL(request.url ?? request);
    if (url.pathname === "/api/v1/exceptions") {
      const from = Number(url.searchParams.get("skip") ?? 0);
      if (globalThis.longQueueFails && from > 0) return failed();
      return Response.json(page(from));
    }
    const one = /^\/api\/v1\/exceptions\/ord_long(\d+)/.exec(url.pathname);
    if (!one) return real(request, ...rest);
    if (request.method !== "GET") return new Response(null, { status: 204 });
    const exception = row(Number(one[1]));
    return Response.json({ exception, comparison: null, evidence: [], history: [] });
  };
}
