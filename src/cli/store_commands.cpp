#include <algorithm>
#include <set>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/history.h"
#include "engine/products.h"

namespace holdfast::cli {
namespace {

constexpr std::int64_t orders_per_write = 500;
constexpr std::int64_t orders_per_progress = 10'000;
constexpr std::size_t most_findings = 100;

/// Both kinds of streams draw their ids from one counter, but the store's heads name only the last
/// order; a few cases may have come after it.
constexpr std::int64_t ids_after_the_last_order = 1'000;

struct Looked {
  std::int64_t streams = 0, events = 0, broken_chains = 0, wrong_views = 0, unreadable = 0;
  Json findings{Json::Array{}};

  void find(const ports::StreamKey& stream, const std::string& what) {
    if (findings.items().size() >= most_findings) return;
    const bool of_order = stream.kind == ports::StreamKind::Order;
    Json json;
    json.set("stream", id_text(of_order ? OrderTag::prefix : "case", stream.id));
    json.set("what", what);
    findings.push(std::move(json));
  }
};

Status look_at(Desk& desk, const ports::StreamKey& stream, Looked& looked) {
  auto rows = desk.store->events(stream);
  if (!rows) return fail(rows.error());
  if (rows->empty()) {
    const auto row = desk.store->order(stream);
    if (!row) return fail(row.error());
    if (*row) {
      ++looked.wrong_views;
      looked.find(stream, "has a row but no events");
    }
    return {};
  }
  ++looked.streams;
  looked.events += std::int64_t(rows->size());
  const auto broken = chain_problems(*rows, desk.vault);
  looked.broken_chains += broken.empty() ? 0 : 1;
  for (const auto& problem : broken) looked.find(stream, problem);
  const auto history = history_of(std::move(*rows));
  if (!history) {
    ++looked.unreadable;
    looked.find(stream, describe(history.error()));
    return {};
  }
  const auto wrong = view_problems(*desk.store, *history);
  if (!wrong) return fail(wrong.error());
  looked.wrong_views += wrong->empty() ? 0 : 1;
  for (const auto& problem : *wrong) looked.find(stream, problem);
  return {};
}

/// Calls `visit` for every stream, or for about `sample` of them spread over all ages.
template <class Visit>
Status each_stream(Desk& desk, std::int64_t sample, Visit visit) {
  const auto heads = desk.store->heads(desk.tenant());
  if (!heads) return fail(heads.error());
  const auto step = sample > 0 ? std::max<std::int64_t>(1, heads->order_id / sample) : 1;
  const auto last = heads->order_id + ids_after_the_last_order;
  std::int64_t visited = 0;
  // From the newest back, so that a sample always has the newest order in it.
  for (auto id = last; id >= 1; id -= id > heads->order_id ? 1 : step) {
    for (const auto kind : {ports::StreamKind::Order, ports::StreamKind::Case}) {
      if (auto status = visit(ports::StreamKey{desk.tenant(), kind, id}); !status) return status;
    }
    if (id <= heads->order_id && ++visited % orders_per_progress == 0) {
      desk.progress(std::to_string(visited) + " of " + std::to_string(heads->order_id / step) +
                    " orders");
    }
  }
  return {};
}

/// The batch that replaces a stream's views; timers that the events no longer know are dropped.
Status add_views(Desk& desk, const History& history, std::set<std::string>& listed,
                 ports::Batch& batch) {
  auto views = views_of(history);
  const auto timers = desk.store->timers_of(views.order.stream);
  if (!timers) return fail(timers.error());
  for (const auto& kept : *timers) {
    const bool known = std::ranges::any_of(views.timers, [&](const ports::TimerRow& timer) {
      return timer.kind == kept.kind && timer.about == kept.about;
    });
    if (!known) batch.drop_timers.push_back({kept.stream, kept.kind, kept.about});
  }
  const auto append = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(batch.put_exceptions, views.exceptions);
  append(batch.put_timers, views.timers);
  append(batch.put_references, views.references);
  for (std::size_t i = 0; i < history.rows.size(); ++i) {
    engine::add_goods_rows(history.rows[i], history.events[i], history.state.channel, listed,
                           batch);
  }
  batch.put_orders.push_back(std::move(views.order));
  return {};
}

}  // namespace

Answer store_check(Desk& desk, const Request& request) {
  Looked looked;
  const auto sample = request.flag("all") ? 0 : request.number("sample", 1'000);
  const auto status = each_stream(
      desk, sample, [&](const ports::StreamKey& stream) { return look_at(desk, stream, looked); });
  if (!status) return fail(status.error());
  Status pages;
  if (request.flag("pages") && desk.integrity) pages = desk.integrity();
  if (!pages) looked.find({}, describe(pages.error()));
  const bool ok = looked.broken_chains == 0 && looked.wrong_views == 0 && looked.unreadable == 0 &&
                  pages.has_value();
  Json json;
  json.set("ok", ok);
  json.set("streams", looked.streams);
  json.set("events", looked.events);
  json.set("broken_chains", looked.broken_chains);
  json.set("wrong_views", looked.wrong_views);
  json.set("unreadable", looked.unreadable);
  json.set("hashes_checked", desk.vault != nullptr);
  json.set("pages_read", request.flag("pages") && desk.integrity);
  json.set("findings", looked.findings);
  std::string said = std::to_string(looked.streams) + " streams with " +
                     std::to_string(looked.events) + " events: ";
  said += ok ? "views and chains agree with the events"
             : std::to_string(looked.broken_chains) + " broken chains, " +
                   std::to_string(looked.wrong_views) + " views that differ, " +
                   std::to_string(looked.unreadable) + " unreadable";
  for (const auto& finding : looked.findings.items()) {
    said += "\n  " + finding["stream"].string() + ": " + finding["what"].string();
  }
  if (!desk.vault) said += "\nwithout the master key the hashes could not be checked";
  if (looked.wrong_views > 0) said += "\nholdfast store rebuild writes the views again.";
  json.set("said", said);
  return json;
}

Answer store_rebuild(Desk& desk, const Request&) {
  ports::Batch batch;
  std::int64_t rebuilt = 0, skipped = 0;
  std::set<std::string> listed;
  Json findings{Json::Array{}};
  const auto status = each_stream(desk, 0, [&](const ports::StreamKey& stream) -> Status {
    auto rows = desk.store->events(stream);
    if (!rows) return fail(rows.error());
    if (rows->empty()) return {};
    const bool sound = chain_problems(*rows, desk.vault).empty();
    const auto history = history_of(std::move(*rows));
    if (!sound || !history) {
      // A view made of damaged events would look right and be wrong.
      ++skipped;
      if (findings.items().size() < most_findings) findings.push(std::to_string(stream.id));
      return {};
    }
    if (auto added = add_views(desk, *history, listed, batch); !added) return added;
    if (++rebuilt % orders_per_write != 0) return {};
    auto written = desk.store->write(batch);
    batch = {};
    return written;
  });
  if (!status) return fail(status.error());
  if (!batch.empty()) {
    if (auto written = desk.store->write(batch); !written) return fail(written.error());
  }
  Json json;
  json.set("ok", skipped == 0);
  json.set("rebuilt", rebuilt);
  json.set("skipped", skipped);
  json.set("skipped_streams", std::move(findings));
  std::string said = "views of " + std::to_string(rebuilt) + " streams written again";
  if (skipped > 0) {
    said += "; " + std::to_string(skipped) +
            " left alone, their events are damaged: see holdfast store check --all";
  }
  json.set("said", said);
  return json;
}

}  // namespace holdfast::cli
