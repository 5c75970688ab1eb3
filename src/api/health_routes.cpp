// Whether everything that should happen by itself does: health, metrics, the kept messages, probes.
#include <algorithm>

#include "api/accounts.h"
#include "api/desk.h"
#include "api/figures.h"
#include "api/inbox.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_messages = 1000;
constexpr Duration long_wait = minutes(5);

void list_not_understood(Desk& desk, const CallPtr& call) {
  auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  std::int64_t before = 0;
  if (const auto text = call->parameter("cursor"); !text.empty()) {
    auto seq = parse_id("msg", text);
    if (!seq) {
      return call->refuse(Trouble{422, "invalid", "This cursor is not one of ours.", "cursor", {}});
    }
    before = *seq;
  }
  const auto order = order_filtered(desk, *call);
  if (!order) return call->refuse(order.error());
  auto rows = desk.store().not_understood(desk.tenant(), most_messages);
  if (!rows) return call->refuse(rows.error());
  Json items{Json::Array{}};
  std::string next;
  std::int64_t last = 0;
  for (const auto& row : *rows) {
    if (before != 0 && row.seq >= before) continue;
    if (*order && !is_about(row, **order)) continue;
    if (items.items().size() == *limit) {
      next = id_text("msg", last);
      break;
    }
    items.push(message_json(row));
    last = row.seq;
  }
  call->answer(json_answer(page_json(std::move(items), next)));
}

void replay(Desk& desk, const CallPtr& call) {
  auto seq = parse_id("msg", call->segment(3));
  if (!seq) return call->answer(not_found());
  desk.engine.replay(*seq, [&desk, call, seq = *seq](Result<engine::Stepped> done) {
    if (!done) return call->refuse(done.error());
    auto row = desk.store().inbox(desk.tenant(), seq);
    if (!row) return call->refuse(row.error());
    if (!*row) return call->answer(not_found());
    call->answer(json_answer(message_json(**row), 202));
  });
}

struct Outbox {
  std::int64_t unsent = 0, sending = 0, unknown = 0;
  Instant oldest_at;
};

Outbox outbox_of(const std::vector<ports::OutboxRow>& rows) {
  Outbox box;
  for (const auto& row : rows) {
    box.unsent += row.state == EffectState::Unsent ? 1 : 0;
    box.sending += row.state == EffectState::Sending ? 1 : 0;
    box.unknown += row.state == EffectState::Unknown ? 1 : 0;
    if (!box.oldest_at || row.changed_at < box.oldest_at) box.oldest_at = row.changed_at;
  }
  return box;
}

Json outbox_json(const Outbox& box, std::int64_t dead) {
  Json json;
  json.set("unsent", box.unsent);
  json.set("sending", box.sending);
  json.set("unknown", box.unknown);
  json.set("dead", dead);
  json.set("oldest_at", engine::moment_json(box.oldest_at));
  return json;
}

Json timers_json(const std::vector<ports::TimerRow>& timers, Instant now) {
  Instant next;
  std::int64_t overdue = 0;
  for (const auto& timer : timers) {
    overdue += timer.due_at < now ? 1 : 0;
    if (!next || timer.due_at < next) next = timer.due_at;
  }
  Json json;
  json.set("set", static_cast<std::int64_t>(timers.size()));
  json.set("overdue", overdue);
  json.set("next_at", engine::moment_json(next));
  return json;
}

Json gaps_json(const engine::Health& health) {
  Json json;
  json.set("count", health.gaps);
  json.set("window_hours", 24);
  json.set("checked_at", engine::moment_json(health.last_reconciled));
  return json;
}

Result<Json> inbox_json(Desk& desk, std::int64_t waiting) {
  auto first = desk.store().waiting(desk.tenant(), 1);
  if (!first) return fail(first.error());
  auto kept = desk.store().not_understood(desk.tenant(), most_messages);
  if (!kept) return fail(kept.error());
  Json json;
  json.set("waiting", waiting);
  json.set("oldest_at", first->empty() ? Json() : Json(to_text(first->front().received_at)));
  json.set("not_understood", static_cast<std::int64_t>(kept->size()));
  return json;
}

/// Tries the storage with a small write; `done` hears whether it holds.
void try_write(Desk& desk, std::function<void(bool)> done) {
  desk.engine.put_records({{desk.tenant(), "probe", "write", to_text(desk.now()), {}}}, {},
                          [done = std::move(done)](const Result<engine::Stepped>& written) {
                            done(written.has_value());
                          });
}

void answer_health(Desk& desk, const CallPtr& call) {
  const auto now = desk.now();
  const auto health = desk.engine.health();
  auto counts = desk.store().counts(desk.tenant());
  if (!counts) return call->refuse(counts.error());
  auto inbox = inbox_json(desk, counts->inbox_waiting);
  if (!inbox) return call->refuse(inbox.error());
  auto effects = desk.store().unsettled(desk.tenant());
  if (!effects) return call->refuse(effects.error());
  auto timers = desk.store().timers(desk.tenant());
  if (!timers) return call->refuse(timers.error());
  auto accounts = account_health_json(desk, call->who, *effects);
  if (!accounts) return call->refuse(accounts.error());
  const auto box = outbox_of(*effects);
  const bool stuck = box.oldest_at && box.oldest_at + long_wait < now;
  const bool attention = health.sends_held || counts->open_exceptions > 0 ||
                         health.effects_dead > 0 || box.unknown > 0 || stuck ||
                         (*inbox)["not_understood"].integer() > 0;
  Json store;
  store.set("kind", desk.options.store_kind);
  store.set("writable", true);
  store.set("orders", counts->orders);
  store.set("events", counts->events);
  store.set("backup_at",
            engine::moment_json(desk.options.backup_at ? desk.options.backup_at() : Instant{}));
  Json json;
  json.set("status", attention ? "attention" : "ok");
  json.set("version", desk.options.version);
  json.set("now", to_text(now));
  json.set("started_at", to_text(desk.started_at));
  json.set("store", store);
  json.set("inbox", std::move(*inbox));
  json.set("outbox", outbox_json(box, health.effects_dead));
  json.set("timers", timers_json(*timers, now));
  json.set("gaps", gaps_json(health));
  json.set("accounts", std::move(*accounts));
  try_write(desk, [call, json = std::move(json), store](bool writable) mutable {
    if (!writable) {
      store.set("writable", false);
      json.set("store", std::move(store));
      json.set("status", "failing");
    }
    call->answer(json_answer(json));
  });
}

void summary(Desk& desk, const CallPtr& call) {
  auto counts = desk.store().counts(desk.tenant());
  if (!counts) return call->refuse(counts.error());
  auto figures = figures_of(desk);
  if (!figures) return call->refuse(figures.error());
  const auto health = desk.engine.health();
  const auto& some = **figures;
  Json json;
  json.set("now", to_text(desk.now()));
  json.set("orders", counts->orders);
  json.set("orders_live", some.orders_live);
  json.set("events", counts->events);
  json.set("exceptions_open", counts->open_exceptions);
  json.set("exceptions_overdue", some.exceptions_overdue);
  json.set("inbox_waiting", counts->inbox_waiting);
  json.set("outbox_unsettled", counts->outbox_unsettled);
  json.set("outbox_dead", health.effects_dead);
  json.set("gaps", health.gaps);
  json.set("untouched_permille",
           some.delivered == 0 ? Json() : Json(some.untouched * 1000 / some.delivered));
  call->answer(json_answer(json));
}

void stream_events(Desk& desk, const CallPtr& call) {
  const auto& who = call->who;
  auto stream = desk.live.open(
      call->header("Last-Event-ID"),
      {who.stores, who.key(), who.expires_at, who.user ? who.user->id : std::string()});
  if (!stream) {
    return call->refuse(Trouble{503, "unavailable", "Too many streams are open.", {}, {}});
  }
  // What ended or changed while it was being opened did not end it: whoever may still come in asks
  // again.
  const auto stands = desk.people.stands(who);
  if (!stands || !*stands) stream->close();
  net::ServerResponse response;
  response.headers = {{"Content-Type", "text/event-stream"},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  response.stream = std::move(stream);
  call->answer(std::move(response));
}

void metric(std::string& out, const char* name, const char* kind, const char* help,
            std::int64_t value) {
  out += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + kind + "\n" +
         name + " " + std::to_string(value) + "\n";
}

std::string metrics_text(const ports::Counts& counts, const engine::Health& health) {
  std::string out;
  metric(out, "holdfast_orders_total", "counter", "Orders stored.", counts.orders);
  metric(out, "holdfast_events_total", "counter", "Events stored.", counts.events);
  metric(out, "holdfast_exceptions_open", "gauge", "Exceptions that wait for a person.",
         counts.open_exceptions);
  metric(out, "holdfast_inbox_waiting", "gauge", "Messages stored and not yet handled.",
         counts.inbox_waiting);
  out +=
      "# HELP holdfast_deliveries_total Webhook deliveries by what became of them.\n"
      "# TYPE holdfast_deliveries_total counter\n";
  const auto delivery = [&](const char* what, std::int64_t value) {
    out += std::string("holdfast_deliveries_total{result=\"") + what + "\"} " +
           std::to_string(value) + "\n";
  };
  delivery("accepted", health.accepted_deliveries);
  delivery("refused", health.refused_deliveries);
  delivery("duplicate", health.duplicate_deliveries);
  metric(out, "holdfast_steps_total", "counter", "Steps decided since the start.", health.steps);
  metric(out, "holdfast_steps_failed_total", "counter", "Steps refused or set aside.",
         health.failed_steps);
  metric(out, "holdfast_commits_total", "counter", "Commits since the start.", health.commits);
  metric(out, "holdfast_commits_failed_total", "counter", "Commits that failed.",
         health.failed_commits);
  metric(out, "holdfast_gaps_total", "counter", "Orders that only reconciliation found.",
         health.gaps);
  metric(out, "holdfast_sends_held", "gauge", "1 while a restored store catches up.",
         health.sends_held ? 1 : 0);
  out += "# HELP holdfast_effects Effects by state.\n# TYPE holdfast_effects gauge\n";
  const auto effect = [&](const char* state, std::int64_t value) {
    out += std::string("holdfast_effects{state=\"") + state + "\"} " + std::to_string(value) + "\n";
  };
  effect("waiting", health.effects_waiting);
  effect("unknown", health.effects_unknown);
  effect("dead", health.effects_dead);
  return out;
}

net::ServerResponse plain(int status, std::string text) {
  net::ServerResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  response.body = std::move(text);
  return response;
}

}  // namespace

void run_metrics(Desk& desk, const CallPtr& call) {
  auto counts = desk.store().counts(desk.tenant());
  if (!counts) return call->refuse(counts.error());
  auto response = plain(200, metrics_text(*counts, desk.engine.health()));
  response.headers[0].second = "text/plain; version=0.0.4; charset=utf-8";
  call->answer(std::move(response));
}

void run_probe(Desk& desk, const CallPtr& call) {
  if (call->segment(0) == "healthz") return call->answer(plain(200, "ok\n"));
  try_write(desk, [call](bool ready) {
    call->answer(plain(ready ? 200 : 503, ready ? "ready\n" : "not ready\n"));
  });
}

std::vector<Route> health_routes() {
  return {{"listNotUnderstood", list_not_understood},
          {"replayMessage", replay},
          {"health", answer_health},
          {"metricsSummary", summary},
          {"streamEvents", stream_events}};
}

}  // namespace holdfast::api
