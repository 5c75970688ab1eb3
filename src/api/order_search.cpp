#include "api/order_search.h"

#include <algorithm>
#include <span>

#include "api/own_rows.h"
#include "base/text.h"
#include "engine/search_words.h"

namespace holdfast::api {
namespace {

constexpr std::size_t found_at_once = 250;  // by one list of words
constexpr std::size_t most_read = 5000;     // rows looked at for one page of a filter that fits few
constexpr std::size_t most_signs = 200;     // of a text that is searched for

Result<std::optional<bool>> flag_of(const Call& call, const char* name) {
  const auto text = call.parameter(name);
  if (text.empty()) return std::optional<bool>{};
  if (text == "true") return std::optional<bool>{true};
  if (text == "false") return std::optional<bool>{false};
  return fail(ErrorCode::Invalid, "true or false is expected", name);
}

Result<Instant> moment_of(const Call& call, const char* name) {
  const auto text = call.parameter(name);
  if (text.empty()) return Instant{};
  const auto at = parse_instant(text);
  if (at) return *at;
  return fail(ErrorCode::Invalid, "a moment such as 2026-03-04T09:30:00Z is expected", name);
}

/// What a text asks for: orders whose very number it is, and those that hold all words of one of
/// the lists, its own or the buyer's.
struct Wanted {
  std::vector<ports::StreamKey> exact;
  std::vector<std::vector<std::string>> words;
};

/// The words that a buyer is found by. An e-mail address is one word, a phone number its digits.
std::vector<std::string> personal_words(const Desk& desk, const std::string& text,
                                        const std::vector<std::string>& plain) {
  const auto& vault = desk.engine.vault();
  if (text.find('@') != std::string::npos) return {vault.search_token(lower(trim(text)))};
  std::vector<std::string> words;
  for (const auto& word : plain) words.push_back(vault.search_token(word));
  return words;
}

Result<Wanted> wanted_by(Desk& desk, const std::string& text, bool by_buyer) {
  Wanted wanted;
  for (const char* kind : {"store_number", "po", "tracking"}) {
    auto stream = desk.store().reference(desk.tenant(), kind, text);
    if (!stream) return fail(stream.error());
    if (*stream && std::ranges::find(wanted.exact, **stream) == wanted.exact.end()) {
      wanted.exact.push_back(**stream);
    }
  }
  auto plain = engine::words_of(text);
  if (plain.empty()) return wanted;
  if (by_buyer) wanted.words.push_back(personal_words(desk, text, plain));
  plain.back() += "*";
  wanted.words.push_back(std::move(plain));
  return wanted;
}

/// Some of what was asked for, newest first and whole from where it was asked down to `below`.
struct Part {
  std::vector<ports::StreamKey> streams;
  std::int64_t below = 0;  // what is left has smaller ids; 0 when nothing is
};

/// The part under `before` (0 for the newest). Each list of words is asked for a page of its own,
/// and only down to where the shortest reaches are all of them known.
Result<Part> part_of(Desk& desk, const Wanted& wanted, std::int64_t before) {
  Part part;
  for (const auto& words : wanted.words) {
    auto found = desk.store().search(desk.tenant(), words, found_at_once, before);
    if (!found) return fail(found.error());
    if (found->size() == found_at_once) part.below = std::max(part.below, found->back().id);
    part.streams.insert(part.streams.end(), found->begin(), found->end());
  }
  auto& streams = part.streams;
  std::ranges::sort(streams, std::ranges::greater{}, &ports::StreamKey::id);
  const auto twice = std::ranges::unique(streams);
  streams.erase(twice.begin(), twice.end());
  std::erase_if(streams, [&](const ports::StreamKey& stream) {
    return stream.id < part.below || std::ranges::find(wanted.exact, stream) != wanted.exact.end();
  });
  return part;
}

struct OrderPage {
  FoundOrders found;
  std::int64_t last = 0;

  /// Adds a row; false when the page was already full, and then it goes on after the last one.
  bool add(const ports::OrderRow& row, std::size_t limit) {
    if (found.rows.size() == limit) {
      found.next = id_text("at", last);
      return false;
    }
    found.rows.push_back(row);
    last = row.stream.id;
    return true;
  }
};

/// Adds what fits of the streams, a page and one more at a time: without filters that is all that
/// is read. False when the page was full before their end.
Result<bool> add_streams(Desk& desk, const OrderFilter& filter,
                         const std::vector<ports::StreamKey>& streams, OrderPage& page) {
  for (std::span rest(streams); !rest.empty();) {
    const auto some = rest.first(std::min(rest.size(), filter.limit + 1));
    rest = rest.subspan(some.size());
    auto rows = desk.store().orders_of({some.begin(), some.end()});
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (filter.fits(row) && !page.add(row, filter.limit)) return false;
    }
  }
  return true;
}

/// A search's page: on the first the order meant by its number stands above all newer ones.
Result<FoundOrders> search_page(Desk& desk, const OrderFilter& filter) {
  auto wanted = wanted_by(desk, filter.text, filter.who->may(Right::Buyers));
  if (!wanted) return fail(wanted.error());
  auto before = filter.query.before;
  OrderPage page;
  if (before == 0) {
    const auto rows = desk.store().orders_of(wanted->exact);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (filter.fits(row) && page.found.rows.size() < filter.limit) page.found.rows.push_back(row);
    }
  }
  for (std::size_t seen = 0; seen < most_read;) {
    auto part = part_of(desk, *wanted, before);
    if (!part) return fail(part.error());
    if (page.last == 0 && !part->streams.empty()) page.last = part->streams.front().id + 1;
    const auto added = add_streams(desk, filter, part->streams, page);
    if (!added) return fail(added.error());
    if (!*added || part->below == 0) return page.found;
    seen += part->streams.size();
    before = part->below;
  }
  page.found.next = id_text("at", before);
  return page.found;
}

Result<FoundOrders> list_page(Desk& desk, OrderFilter& filter) {
  OrderPage page;
  for (std::size_t seen = 0; seen < most_read;) {
    filter.query.limit = filter.limit + 1;
    auto rows = own_orders(desk, *filter.who, filter.query);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (filter.fits(row) && !page.add(row, filter.limit)) return page.found;
    }
    seen += rows->size();
    if (rows->size() < filter.query.limit) return page.found;
    filter.query.before = rows->back().stream.id;
  }
  page.found.next = id_text("at", filter.query.before);
  return page.found;
}

}  // namespace

bool OrderFilter::fits(const ports::OrderRow& row) const {
  if (row.stream.kind != ports::StreamKind::Order || !who->sees(row.channel)) return false;
  if (!query.channel.empty() && row.channel != query.channel) return false;
  if (!query.stage.empty() && row.stage != query.stage) return false;
  if (query.live && row.live != *query.live) return false;
  if (query.with_exceptions && row.open_exceptions == 0) return false;
  if (overdue && !(row.live && row.due_at && row.due_at < now)) return false;
  if (placed_from && row.placed_at < placed_from) return false;
  if (placed_to && row.placed_at >= placed_to) return false;
  if (!held && supplier.empty() && procedure.empty() && country.empty()) return true;
  const auto parsed = parse_json(row.summary);
  if (!parsed) return false;
  const auto& summary = *parsed;
  if (held && summary["held"].boolean() != *held) return false;
  if (!procedure.empty() && summary["procedure"].string() != procedure) return false;
  if (!country.empty() && summary["country"].string() != country) return false;
  return supplier.empty() ||
         std::ranges::any_of(summary["suppliers"].items(),
                             [&](const Json& one) { return one.string() == supplier; });
}

Result<std::int64_t> cursor_place(const std::string& cursor) {
  if (cursor.empty()) return 0;
  auto id = parse_id("at", cursor);
  if (!id) return fail(ErrorCode::Invalid, "This cursor is not one of ours.", "cursor");
  return *id;
}

Result<OrderFilter> order_filter(const Desk& desk, const Call& call) {
  OrderFilter filter;
  auto limit = call.limit();
  if (!limit) return fail(limit.error());
  auto before = cursor_place(call.parameter("cursor"));
  if (!before) return fail(before.error());
  std::optional<bool> flags[4];
  const char* const names[] = {"live", "with_exceptions", "held", "overdue"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    auto flag = flag_of(call, names[i]);
    if (!flag) return fail(flag.error());
    flags[i] = *flag;
  }
  auto from = moment_of(call, "placed_from");
  if (!from) return fail(from.error());
  auto to = moment_of(call, "placed_to");
  if (!to) return fail(to.error());
  filter.text = trim(call.parameter("q"));
  if (filter.text.size() > most_signs) {
    return fail(ErrorCode::Invalid, "At most 200 signs.", "q");
  }
  filter.limit = *limit;
  filter.who = &call.who;
  filter.held = flags[2];
  filter.overdue = flags[3].value_or(false);
  filter.supplier = call.parameter("supplier");
  filter.procedure = call.parameter("procedure");
  filter.country = upper(call.parameter("country"));
  filter.placed_from = *from;
  filter.placed_to = *to;
  filter.now = desk.now();
  filter.query = {desk.tenant(),
                  call.parameter("channel"),
                  call.parameter("stage"),
                  flags[0],
                  flags[1].value_or(false),
                  *before,
                  250};
  return filter;
}

Result<FoundOrders> find_orders(Desk& desk, OrderFilter filter) {
  return filter.text.empty() ? list_page(desk, filter) : search_page(desk, filter);
}

}  // namespace holdfast::api
