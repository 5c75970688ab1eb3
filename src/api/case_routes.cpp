// Exceptions: the queue, one exception, and counts.
#include <algorithm>
#include <charconv>
#include <map>

#include "api/desk.h"
#include "api/duty.h"
#include "api/goods.h"
#include "api/known_case.h"
#include "api/own_rows.h"
#include "api/ways_out.h"
#include "engine/views/case_view.h"

namespace holdfast::api {
namespace {

constexpr ReasonCode approval_reasons[] = {ReasonCode::Approval, ReasonCode::Substitution,
                                           ReasonCode::PriceChange};

using Cursor = ports::ExceptionQuery::Cursor;

std::string cursor_text(const ports::ExceptionRow& row) {
  return std::to_string(row.review_by.ms) + "." + std::to_string(row.stream.id) + "." +
         std::to_string(row.number);
}

Result<std::optional<Cursor>> cursor_of(const Call& call) {
  const auto text = call.parameter("cursor");
  if (text.empty()) return std::optional<Cursor>{};
  std::vector<std::int64_t> numbers;
  for (const auto part : split(text, '.')) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error == std::errc{} && end == part.data() + part.size()) numbers.push_back(value);
  }
  if (numbers.size() != 3) {
    return fail(ErrorCode::Invalid, "This cursor is not one of ours.", "cursor");
  }
  return std::optional<Cursor>(Cursor{{numbers[0]}, numbers[1], numbers[2]});
}

void answer_page(const Desk& desk, const CallPtr& call,
                 const std::vector<ports::ExceptionRow>& rows, std::size_t limit,
                 std::int64_t total) {
  Json items{Json::Array{}};
  const auto count = std::min(limit, rows.size());
  for (std::size_t i = 0; i < count; ++i) {
    auto json = engine::case_json(rows[i]);
    const auto lease = desk.leases.of(rows[i].stream, rows[i].number, desk.real_now());
    json.set("leased_by", lease ? lease->holder : "");
    items.push(std::move(json));
  }
  const auto next = rows.size() > limit ? cursor_text(rows[limit - 1]) : std::string();
  auto page = page_json(std::move(items), next);
  page.set("total", total);
  call->answer(json_answer(page));
}

/// How many rows are left out before a page.
Result<std::size_t> skip_of(const Call& call) {
  constexpr std::size_t most = 1'000'000;
  const auto text = call.parameter("skip");
  if (text.empty()) return std::size_t{0};
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > most) {
    return fail(ErrorCode::Invalid, "skip is a number from 0 to 1000000", "skip");
  }
  return value;
}

Result<ports::ExceptionQuery> query_of(const Desk& desk, const Call& call) {
  ports::ExceptionQuery query;
  query.tenant = desk.tenant();
  query.owner = call.parameter("owner");
  query.channel = call.parameter("channel");
  query.supplier = call.parameter("supplier");
  const auto open = call.parameter("open");
  if (!open.empty() && open != "true" && open != "false") {
    return fail(ErrorCode::Invalid, "true or false is expected", "open");
  }
  query.open = open != "false";
  if (const auto reason = call.parameter("reason"); !reason.empty()) {
    auto code = from_name<ReasonCode>(reason);
    if (!code) return fail(within(code.error(), "reason"));
    query.reason = *code;
  }
  auto after = cursor_of(call);
  if (!after) return fail(after.error());
  query.after = *after;
  auto limit = call.limit();
  if (!limit) return fail(limit.error());
  query.limit = *limit + 1;
  auto skip = skip_of(call);
  if (!skip) return fail(skip.error());
  query.skip = *skip;
  return query;
}

using Tallies = std::vector<ports::ExceptionTally>;

/// Whose cases are counted: those of some stores (none: of all) about some supplier's goods ("": of
/// whichever).
struct Counted {
  const std::set<std::string>& stores;
  std::string supplier;
};

/// The tallies of those, overdue as it is at `at`.
Result<Tallies> tallies_of(Desk& desk, const Counted& counted, Instant at) {
  const auto& stores = counted.stores;
  Tallies tallies;
  for (const auto& store : stores.empty() ? std::set<std::string>{""} : stores) {
    auto some = desk.store().exception_tallies(desk.tenant(), at, store, counted.supplier);
    if (!some) return some;
    tallies.insert(tallies.end(), some->begin(), some->end());
  }
  return tallies;
}

std::set<std::string> owners_in(const Tallies& tallies) {
  std::set<std::string> owners;
  for (const auto& tally : tallies) owners.insert(tally.owner);
  return owners;
}

/// The owners a list is narrowed to by `of`; nothing when it is not.
Result<std::optional<std::set<std::string>>> narrowed_to(Desk& desk, const Call& call) {
  using Owners = std::optional<std::set<std::string>>;
  const auto of = call.parameter("of");
  if (of.empty()) return Owners{};
  if (of != "me" && of != "nobody")
    return fail(ErrorCode::Invalid, "me or nobody is expected", "of");
  if (!call.parameter("owner").empty()) {
    return fail(ErrorCode::Invalid, "either this or owner is expected", "of");
  }
  if (of == "me") return Owners(owners_of(desk, call.who));
  const auto tallies = tallies_of(desk, {call.who.stores, {}}, desk.now());
  if (!tallies) return fail(tallies.error());
  auto away = unreached(desk, owners_in(*tallies));
  if (!away) return fail(away.error());
  return Owners(std::move(*away));
}

Result<Instant> instant_of(const Call& call, std::string_view name) {
  const auto text = call.parameter(name);
  if (text.empty()) return Instant{};
  const auto at = parse_instant(text);
  if (!at) return fail(within(at.error(), std::string(name)));
  return *at;
}

/// The query, of some owners only and due before a moment where the call asks for that; nothing
/// when there are no such owners.
Result<std::optional<ports::ExceptionQuery>> narrowed(Desk& desk, const Call& call,
                                                      ports::ExceptionQuery query) {
  using Narrowed = std::optional<ports::ExceptionQuery>;
  const auto owners = narrowed_to(desk, call);
  if (!owners) return fail(owners.error());
  const auto before = instant_of(call, "due_before");
  if (!before) return fail(before.error());
  query.due_before = *before;
  if (!*owners) return Narrowed(std::move(query));
  if ((*owners)->empty()) return Narrowed();
  query.owners.assign((*owners)->begin(), (*owners)->end());
  return Narrowed(std::move(query));
}

void answer_list(Desk& desk, const CallPtr& call, ports::ExceptionQuery asked) {
  const auto limit = asked.limit - 1;
  const auto query = narrowed(desk, *call, std::move(asked));
  if (!query) return call->refuse(query.error());
  if (!*query) return answer_page(desk, call, {}, limit, 0);
  auto rows = own_exceptions(desk, call->who, **query);
  if (!rows) return call->refuse(rows.error());
  const auto total = count_own_exceptions(desk, call->who, **query);
  if (!total) return call->refuse(total.error());
  if (auto opened = engine::open_rows(desk.store(), &desk.engine.vault(), *rows); !opened) {
    return call->refuse(opened.error());
  }
  answer_page(desk, call, *rows, limit, *total);
}

void list_cases(Desk& desk, const CallPtr& call) {
  auto query = query_of(desk, *call);
  if (!query) return call->refuse(query.error());
  answer_list(desk, call, std::move(*query));
}

void list_approvals(Desk& desk, const CallPtr& call) {
  auto query = query_of(desk, *call);
  if (!query) return call->refuse(query.error());
  query->open = true;
  query->reason.reset();
  query->reasons.assign(std::begin(approval_reasons), std::end(approval_reasons));
  answer_list(desk, call, std::move(*query));
}

/// Puts beside what is compared what people added to the listing: its pictures, and whether the
/// offered item is known to keep its promise.
Status add_promise(Desk& desk, Json& json) {
  auto comparison = json["comparison"];
  if (comparison.is_null()) return {};
  const auto shown = pictures(desk);
  if (!shown) return fail(shown.error());
  auto promised = comparison["promised"];
  const auto sku = promised["sku"].string();
  promised.set("photos", pictures_json(**shown, sku));
  comparison.set("promised", std::move(promised));
  const auto& offered = comparison["offered"];
  const auto known =
      engine::equivalent_of(desk.store(), desk.tenant(), sku, offered["supplier"].string(),
                            offered["supplier_sku"].string());
  if (!known) return fail(known.error());
  if (*known) comparison.set("equivalent", equivalent_json(**known));
  json.set("comparison", std::move(comparison));
  return {};
}

void get_case(Desk& desk, const CallPtr& call) {
  auto row = known_case(desk, *call);
  if (!row) return call->refuse(row.error());
  auto history = engine::read_history(desk.store(), desk.engine.vault(), row->stream);
  if (!history) return call->refuse(history.error());
  auto json = engine::case_detail_json(desk.store(), *history, row->number);
  if (!json) return call->refuse(json.error());
  const auto lease = desk.leases.of(row->stream, row->number, desk.real_now());
  auto shown = (*json)["exception"];
  shown.set("leased_by", lease ? lease->holder : "");
  shown.set("options", with_takers(desk, call->who, *row, history->state, shown["options"]));
  json->set("exception", std::move(shown));
  if (const auto status = add_promise(desk, *json); !status) return call->refuse(status.error());
  call->answer(json_answer(*json));
}

struct Count {
  std::int64_t open = 0;
  std::int64_t overdue = 0;

  void add(const ports::ExceptionTally& tally) {
    open += tally.open;
    overdue += tally.overdue;
  }
};

Json rows_json(const std::map<std::string, Count>& counts, const char* name) {
  Json list{Json::Array{}};
  for (const auto& [key, count] : counts) {
    Json json;
    json.set(name, key);
    json.set("open", count.open);
    json.set("overdue", count.overdue);
    list.push(std::move(json));
  }
  return list;
}

std::int64_t overdue_in(const Tallies& tallies) {
  std::int64_t overdue = 0;
  for (const auto& tally : tallies) overdue += tally.overdue;
  return overdue;
}

std::int64_t open_of(const Tallies& tallies, const std::set<std::string>& owners) {
  std::int64_t open = 0;
  for (const auto& tally : tallies) open += owners.contains(tally.owner) ? tally.open : 0;
  return open;
}

/// What is old and what nobody has: read for a person, not for every piece of news.
Status add_ageing(Desk& desk, const Call& call, Json& json) {
  const auto before = instant_of(call, "due_before");
  if (!before) return fail(before.error());
  const Counted counted{call.who.stores, call.parameter("supplier")};
  const auto now = tallies_of(desk, counted, desk.now());
  if (!now) return fail(now.error());
  const auto day_ago = tallies_of(desk, counted, desk.now() - days(1));
  if (!day_ago) return fail(day_ago.error());
  const auto away = unreached(desk, owners_in(*now));
  if (!away) return fail(away.error());
  json.set("unowned", open_of(*now, *away));
  json.set("mine", open_of(*now, owners_of(desk, call.who)));
  json.set("overdue_day", overdue_in(*day_ago));
  if (*before) {
    const auto due = tallies_of(desk, counted, *before);
    if (!due) return fail(due.error());
    json.set("due", overdue_in(*due));
  }
  ports::ExceptionQuery first;
  first.tenant = desk.tenant();
  first.limit = 1;
  first.supplier = counted.supplier;
  const auto rows = own_exceptions(desk, call.who, first);
  if (!rows) return fail(rows.error());
  json.set("earliest_review_by",
           rows->empty() ? Json() : engine::moment_json(rows->front().review_by));
  return {};
}

void count_cases(Desk& desk, const CallPtr& call) {
  auto json = counts_json(desk, call->who.stores, call->who.name, call->parameter("supplier"));
  if (!json) return call->refuse(json.error());
  if (auto status = add_ageing(desk, *call, *json); !status) return call->refuse(status.error());
  call->answer(json_answer(*json));
}

}  // namespace

Result<Json> counts_json(Desk& desk, const std::set<std::string>& stores, const std::string& mine,
                         const std::string& supplier) {
  const auto tallies = tallies_of(desk, {stores, supplier}, desk.now());
  if (!tallies) return fail(tallies.error());
  Count all;
  std::int64_t owned = 0, approvals = 0;
  std::map<std::string, Count> by_reason, by_owner;
  for (const auto& tally : *tallies) {
    all.add(tally);
    by_reason[std::string(name_of(tally.reason))].add(tally);
    by_owner[tally.owner].add(tally);
    if (!mine.empty() && tally.owner == mine) owned += tally.open;
    const auto* const waits = std::ranges::find(approval_reasons, tally.reason);
    if (waits != std::end(approval_reasons)) approvals += tally.open;
  }
  Json json;
  json.set("open", all.open);
  json.set("mine", owned);
  json.set("overdue", all.overdue);
  json.set("approvals", approvals);
  json.set("by_reason", rows_json(by_reason, "reason"));
  json.set("by_owner", rows_json(by_owner, "owner"));
  return json;
}

std::vector<Route> case_routes() {
  return {{"listExceptions", list_cases},
          {"countExceptions", count_cases},
          {"listApprovals", list_approvals},
          {"getException", get_case}};
}

}  // namespace holdfast::api
