// Orders: the list with search, one order, its events, routing and evidence.
#include <algorithm>
#include <span>

#include "api/commands.h"
#include "api/desk.h"
#include "api/fields.h"
#include "api/own_rows.h"
#include "engine/search_words.h"
#include "engine/views/case_view.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_found = 500;
constexpr std::size_t most_read = 5000;  // rows looked at for one page of a filter that fits few

/// The order a call names; Invalid or NotFound, as the contract's path says.
Result<ports::StreamKey> order_of(const Desk& desk, const Call& call) {
  auto id = id_from<OrderTag>(call.segment(3));
  if (!id) return fail(ErrorCode::NotFound, "There is no such order.");
  return ports::StreamKey{desk.tenant(), ports::StreamKind::Order, id->value};
}

/// The same, of an order that there is.
Result<ports::StreamKey> known_order(Desk& desk, const Call& call) {
  auto stream = order_of(desk, call);
  if (!stream) return stream;
  const auto row = desk.store().order(*stream);
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::NotFound, "There is no such order.");
  return stream;
}

Result<std::int64_t> cursor_of(const Call& call) {
  const auto text = call.parameter("cursor");
  if (text.empty()) return 0;
  auto id = parse_id("at", text);
  if (!id) return fail(ErrorCode::Invalid, "This cursor is not one of ours.", "cursor");
  return *id;
}

Result<std::optional<bool>> flag_of(const Call& call, const char* name) {
  const auto text = call.parameter(name);
  if (text.empty()) return std::optional<bool>{};
  if (text == "true") return std::optional<bool>{true};
  if (text == "false") return std::optional<bool>{false};
  return fail(ErrorCode::Invalid, "true or false is expected", name);
}

struct OrderFilter {
  ports::OrderQuery query;
  std::size_t limit = 50;
  const Who* who = nullptr;

  bool fits(const ports::OrderRow& row) const {
    if (row.stream.kind != ports::StreamKind::Order || !who->sees(row.channel)) return false;
    if (!query.channel.empty() && row.channel != query.channel) return false;
    if (!query.stage.empty() && row.stage != query.stage) return false;
    if (query.live && row.live != *query.live) return false;
    return !query.with_exceptions || row.open_exceptions > 0;
  }
};

Result<OrderFilter> filter_of(const Desk& desk, const Call& call) {
  OrderFilter filter;
  auto limit = call.limit();
  if (!limit) return fail(limit.error());
  auto live = flag_of(call, "live");
  if (!live) return fail(live.error());
  auto with_exceptions = flag_of(call, "with_exceptions");
  if (!with_exceptions) return fail(with_exceptions.error());
  auto before = cursor_of(call);
  if (!before) return fail(before.error());
  filter.limit = *limit;
  filter.who = &call.who;
  filter.query = {desk.tenant(),
                  call.parameter("channel"),
                  call.parameter("stage"),
                  *live,
                  with_exceptions->value_or(false),
                  *before,
                  250};
  return filter;
}

/// What a text finds: orders whose very number it is, and those that hold its words or the buyer
/// does, newest first.
struct Found {
  std::vector<ports::StreamKey> exact, others;
};

Result<Found> found_by(Desk& desk, const std::string& text) {
  Found found;
  for (const char* kind : {"store_number", "po", "tracking"}) {
    auto stream = desk.store().reference(desk.tenant(), kind, text);
    if (!stream) return fail(stream.error());
    if (*stream && std::ranges::find(found.exact, **stream) == found.exact.end()) {
      found.exact.push_back(**stream);
    }
  }
  auto plain = engine::words_of(text);
  std::vector<std::string> personal;
  // An e-mail address is one word of the buyer's, a phone number its digits.
  if (text.find('@') != std::string::npos) {
    personal.push_back(desk.engine.vault().search_token(lower(trim(text))));
  } else {
    for (const auto& word : plain) personal.push_back(desk.engine.vault().search_token(word));
  }
  if (plain.empty()) return found;
  plain.back() += "*";
  auto& others = found.others;
  for (const auto& tokens : {plain, personal}) {
    auto more = desk.store().search(desk.tenant(), tokens, most_found);
    if (!more) return fail(more.error());
    others.insert(others.end(), more->begin(), more->end());
  }
  std::ranges::sort(others, std::ranges::greater{}, &ports::StreamKey::id);
  const auto twice = std::ranges::unique(others);
  others.erase(twice.begin(), twice.end());
  std::erase_if(others, [&](const ports::StreamKey& stream) {
    return std::ranges::find(found.exact, stream) != found.exact.end();
  });
  return found;
}

struct OrderPage {
  Json items{Json::Array{}};
  std::string next;

  /// Adds a row; false when the page was already full, and then it goes on after the last one.
  bool add(const ports::OrderRow& row, std::size_t limit) {
    if (items.items().size() == limit) {
      next = id_text("at", last);
      return false;
    }
    items.push(engine::order_row_json(row));
    last = row.stream.id;
    return true;
  }
  std::int64_t last = 0;
};

/// A search's page: on the first the order meant by its number stands above all newer ones.
Result<OrderPage> search_page(Desk& desk, const OrderFilter& filter, const std::string& text) {
  auto found = found_by(desk, text);
  if (!found) return fail(found.error());
  const auto before = filter.query.before;
  OrderPage page;
  if (before == 0) {
    const auto rows = desk.store().orders_of(found->exact);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (filter.fits(row) && page.items.items().size() < filter.limit) {
        page.items.push(engine::order_row_json(row));
      }
    }
    if (!found->others.empty()) page.last = found->others.front().id + 1;
  }
  std::erase_if(found->others,
                [&](const ports::StreamKey& other) { return before != 0 && other.id >= before; });
  // A page and one more at a time: without filters that is all that is read.
  for (std::span rest(found->others); !rest.empty();) {
    const auto part = rest.first(std::min(rest.size(), filter.limit + 1));
    rest = rest.subspan(part.size());
    auto rows = desk.store().orders_of({part.begin(), part.end()});
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (filter.fits(row) && !page.add(row, filter.limit)) return page;
    }
  }
  return page;
}

Result<OrderPage> list_page(Desk& desk, OrderFilter filter) {
  OrderPage page;
  for (std::size_t seen = 0; seen < most_read;) {
    filter.query.limit = std::min<std::size_t>(250, filter.limit + 1);
    auto rows = own_orders(desk, *filter.who, filter.query);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (filter.fits(row) && !page.add(row, filter.limit)) return page;
    }
    seen += rows->size();
    if (rows->size() < filter.query.limit) return page;
    filter.query.before = rows->back().stream.id;
  }
  page.next = id_text("at", filter.query.before);
  return page;
}

void list_orders(Desk& desk, const CallPtr& call) {
  auto filter = filter_of(desk, *call);
  if (!filter) return call->refuse(filter.error());
  const auto text = std::string(trim(call->parameter("q")));
  if (text.size() > 200) {
    return call->refuse(Trouble{422, "invalid", "At most 200 signs.", "q", {}});
  }
  auto page = text.empty() ? list_page(desk, *filter) : search_page(desk, *filter, text);
  if (!page) return call->refuse(page.error());
  call->answer(json_answer(page_json(std::move(page->items), page->next)));
}

Result<engine::History> history_of(Desk& desk, const Call& call) {
  auto stream = order_of(desk, call);
  if (!stream) return fail(stream.error());
  return engine::read_history(desk.store(), desk.engine.vault(), *stream);
}

void get_order(Desk& desk, const CallPtr& call) {
  auto history = history_of(desk, *call);
  if (!history) return call->refuse(history.error());
  std::optional<Address> buyer;
  if (auto known = engine::read_buyer(desk.store(), desk.engine.vault(), history->stream)) {
    buyer = std::move(*known);
  }
  call->answer(
      json_answer(engine::order_json(desk.setup(), *history, buyer, desk.reader(call->who))));
}

void list_events(Desk& desk, const CallPtr& call) {
  auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  auto before = cursor_of(*call);
  if (!before) return call->refuse(before.error());
  auto history = history_of(desk, *call);
  if (!history) return call->refuse(history.error());
  Json items{Json::Array{}};
  std::string next;
  auto version =
      *before != 0 ? std::min(*before - 1, history->state.version) : history->state.version;
  for (; version >= 1; --version) {
    if (items.items().size() == *limit) {
      next = id_text("at", version + 1);
      break;
    }
    if (const auto* recorded = history->at(version)) items.push(engine::timeline_json(*recorded));
  }
  call->answer(json_answer(page_json(std::move(items), next)));
}

void explain_routing(Desk& desk, const CallPtr& call) {
  auto history = history_of(desk, *call);
  if (!history) return call->refuse(history.error());
  call->answer(json_answer(engine::routing_json(*history)));
}

void command_order(Desk& desk, const CallPtr& call) {
  auto history = history_of(desk, *call);
  if (!history) return call->refuse(history.error());
  auto command = read_command(desk, *call, *history);
  if (!command) return call->refuse(command.error());
  submit(desk, call, history->stream, std::move(*command));
}

void evidence_coverage(Desk& desk, const CallPtr& call) {
  if (!desk.options.evidence_coverage) return call->answer(not_found());
  auto stream = known_order(desk, *call);
  if (!stream) return call->refuse(stream.error());
  auto json = desk.options.evidence_coverage(*stream);
  if (!json) return call->refuse(json.error());
  call->answer(json_answer(*json));
}

void export_evidence(Desk& desk, const CallPtr& call) {
  if (!desk.options.export_evidence) return call->answer(not_found());
  auto stream = known_order(desk, *call);
  if (!stream) return call->refuse(stream.error());
  Fields fields(call->body);
  const auto profile = fields.text("profile", 1, 20);
  const auto supplier =
      call->body["supplier"].is_null() ? std::string() : fields.text("supplier", 1, 64);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  auto pack = desk.options.export_evidence(*stream, profile, supplier);
  if (!pack) return call->refuse(pack.error());
  net::ServerResponse response;
  response.headers = {
      {"Content-Type", "application/zip"},
      {"Content-Disposition", "attachment; filename=\"" + call->segment(3) + ".zip\""},
      {"Cache-Control", "no-store"},
      {"X-Content-Type-Options", "nosniff"}};
  response.body = std::move(*pack);
  call->answer(std::move(response));
}

}  // namespace

std::vector<Route> order_routes() {
  return {{"listOrders", list_orders},        {"getOrder", get_order},
          {"listOrderEvents", list_events},   {"explainRouting", explain_routing},
          {"commandOrder", command_order},    {"evidenceCoverage", evidence_coverage},
          {"exportEvidence", export_evidence}};
}

}  // namespace holdfast::api
