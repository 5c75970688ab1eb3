#include "cli/history.h"

#include <algorithm>

#include "core/summary.h"
#include "core/tracking/proof.h"
#include "engine/chain.h"
#include "engine/view_rows.h"

namespace holdfast::cli {
namespace {

/// What closed an exception: the decision, or joining an incident, and the time of its row.
engine::Closing closing_of(const History& history, std::int64_t number) {
  for (std::size_t i = history.events.size(); i-- > 0;) {
    const auto* resolved = history.events[i].as<ExceptionResolved>();
    if (resolved && resolved->number == number) return {history.rows[i].at, resolved};
    const auto* joined = history.events[i].as<ExceptionJoined>();
    if (joined && joined->number == number) return {history.rows[i].at, nullptr};
  }
  return {};
}

void add_references(const History& history, std::vector<ports::ReferenceRow>& into) {
  const auto& stream = history.rows.front().stream;
  for (const auto& event : history.events) {
    for (auto& [kind, value] : engine::references_in(event)) {
      into.push_back({stream.tenant, kind, value, stream});
    }
  }
}

bool same_exception(const ports::ExceptionRow& a, const ports::ExceptionRow& b) {
  const auto body_a = parse_json(a.body), body_b = parse_json(b.body);
  return a.number == b.number && a.reason == b.reason && a.owner == b.owner &&
         a.backup == b.backup && a.next_action == b.next_action && a.detail == b.detail &&
         a.about == b.about && a.opened_at == b.opened_at && a.review_by == b.review_by &&
         bool(a.resolved_at) == bool(b.resolved_at) && a.resolution == b.resolution &&
         a.supplier == b.supplier && body_a && body_b && *body_a == *body_b;
}

void compare_order(const ports::OrderRow& stored, const ports::OrderRow& derived,
                   std::vector<std::string>& problems) {
  const auto differs = [&](bool same, const char* column, const std::string& is,
                           const std::string& should) {
    if (!same) problems.push_back(std::string(column) + " is " + is + ", events say " + should);
  };
  const auto number = [](std::int64_t n) { return std::to_string(n); };
  differs(stored.version == derived.version, "version", number(stored.version),
          number(derived.version));
  differs(stored.head_seq == derived.head_seq, "head", number(stored.head_seq),
          number(derived.head_seq));
  differs(stored.head_hash == derived.head_hash, "head hash", hex(stored.head_hash),
          hex(derived.head_hash));
  differs(stored.stage == derived.stage, "stage", stored.stage, derived.stage);
  differs(stored.summary == derived.summary, "summary", stored.summary, derived.summary);
  differs(stored.open_exceptions == derived.open_exceptions, "open exceptions",
          number(stored.open_exceptions), number(derived.open_exceptions));
  differs(stored.live == derived.live, "live", stored.live ? "yes" : "no",
          derived.live ? "yes" : "no");
  differs(stored.store_number == derived.store_number, "store number", stored.store_number,
          derived.store_number);
  differs(stored.due_at == derived.due_at, "due date", to_text(stored.due_at),
          to_text(derived.due_at));
}

/// "ack_reminder HF-1 2026-…" of each timer, so that two sets can be compared.
std::vector<std::string> timer_words(const std::vector<ports::TimerRow>& rows) {
  std::vector<std::string> words;
  for (const auto& row : rows) {
    words.push_back(std::string(name_of(row.kind)) + " " + row.about + " " + to_text(row.due_at));
  }
  std::ranges::sort(words);
  return words;
}

}  // namespace

Result<History> history_of(std::vector<ports::EventRow> rows) {
  History history;
  history.rows = std::move(rows);
  for (const auto& row : history.rows) {
    auto json = parse_json(row.bytes);
    auto event = json ? decode_event(*json) : Result<Event>(fail(json.error()));
    if (!event) {
      return fail(ErrorCode::Internal, "an event cannot be read: " + event.error().what,
                  "event " + std::to_string(row.seq), "run holdfast store check --all");
    }
    core::evolve(history.state, *event);
    history.events.push_back(std::move(*event));
  }
  return history;
}

Result<History> read_history(ports::Store& store, const ports::StreamKey& stream) {
  auto rows = store.events(stream);
  if (!rows) return fail(rows.error());
  if (rows->empty()) {
    return fail(ErrorCode::NotFound, "no such order", id_text(OrderTag::prefix, stream.id));
  }
  return history_of(std::move(*rows));
}

Result<History> read_opened(ports::Store& store, const engine::Vault* vault,
                            const ports::StreamKey& stream) {
  auto rows = store.events(stream);
  if (!rows) return fail(rows.error());
  if (rows->empty()) {
    return fail(ErrorCode::NotFound, "no such order", id_text(OrderTag::prefix, stream.id));
  }
  const auto book = engine::read_words(store, vault, stream);
  if (!book) return fail(book.error());
  for (auto& row : *rows) row.bytes = book->open_json(row.bytes);
  return history_of(std::move(*rows));
}

Views views_of(const History& history) {
  Views views;
  const auto& state = history.state;
  const auto& last = history.rows.back();
  views.order = engine::order_row(state, {last.stream, last.seq, last.hash});
  for (const auto& known : state.exceptions) {
    views.exceptions.push_back(
        engine::exception_row(state, last.stream, known, closing_of(history, known.number)));
  }
  for (const auto& timer : state.timers) {
    views.timers.push_back({last.stream, timer.timer, timer.about, timer.due_at});
  }
  add_references(history, views.references);
  return views;
}

std::vector<std::string> chain_problems(const std::vector<ports::EventRow>& rows,
                                        const engine::Vault* vault) {
  std::vector<std::string> problems;
  Digest hash{};
  std::int64_t version = 0, previous = 0;
  for (const auto& row : rows) {
    const auto where = "event " + std::to_string(row.seq) + ": ";
    if (row.version != ++version) {
      problems.push_back(where + "has version " + std::to_string(row.version) + " where " +
                         std::to_string(version) + " belongs");
      version = row.version;
    }
    if (row.previous != previous) problems.push_back(where + "does not point at the one before");
    if (vault) {
      const auto salt = vault->event_salt(row.stream, row.version);
      if (row.hash != engine::chained(hash, row, engine::content_of(salt, row))) {
        problems.push_back(where + "its hash does not fit its bytes and the one before");
      }
    }
    hash = row.hash;
    previous = row.seq;
  }
  return problems;
}

Result<std::vector<std::string>> view_problems(ports::Store& store, const History& history) {
  const auto stream = history.rows.front().stream;
  const auto derived = views_of(history);
  std::vector<std::string> problems;
  const auto order = store.order(stream);
  if (!order) return fail(order.error());
  if (!*order)
    problems.emplace_back("the order's row is missing");
  else
    compare_order(**order, derived.order, problems);
  auto exceptions = store.exceptions_of(stream);
  if (!exceptions) return fail(exceptions.error());
  std::ranges::sort(*exceptions, {}, &ports::ExceptionRow::number);
  if (!std::ranges::equal(*exceptions, derived.exceptions, same_exception)) {
    problems.emplace_back("the exceptions shown differ from the events");
  }
  const auto timers = store.timers_of(stream);
  if (!timers) return fail(timers.error());
  if (timer_words(*timers) != timer_words(derived.timers)) {
    problems.emplace_back("the timers kept differ from the events");
  }
  for (const auto& reference : derived.references) {
    const auto found = store.reference(reference.tenant, reference.kind, reference.value);
    if (!found) return fail(found.error());
    if (!*found) problems.push_back("cannot be found by " + reference.kind + " " + reference.value);
  }
  return problems;
}

bool history_held(const History& history) { return core::is_held(history.state); }

TrackingStatus parcel_status(const core::ParcelState& parcel) { return core::status_of(parcel); }

const core::TrackedEvent* parcel_acceptance(const core::ParcelState& parcel) {
  return core::acceptance(parcel);
}

}  // namespace holdfast::cli
