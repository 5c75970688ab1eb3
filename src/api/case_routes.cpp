// Exceptions: the queue, one exception, and counts.
#include <algorithm>
#include <charconv>
#include <map>

#include "api/desk.h"
#include "api/known_case.h"
#include "api/own_rows.h"
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
                 const std::vector<ports::ExceptionRow>& rows, std::size_t limit) {
  Json items{Json::Array{}};
  const auto count = std::min(limit, rows.size());
  for (std::size_t i = 0; i < count; ++i) {
    auto json = engine::case_json(rows[i]);
    const auto lease = desk.leases.of(rows[i].stream, rows[i].number, desk.real_now());
    json.set("leased_by", lease ? lease->holder : "");
    items.push(std::move(json));
  }
  const auto next = rows.size() > limit ? cursor_text(rows[limit - 1]) : std::string();
  call->answer(json_answer(page_json(std::move(items), next)));
}

Result<ports::ExceptionQuery> query_of(const Desk& desk, const Call& call) {
  ports::ExceptionQuery query;
  query.tenant = desk.tenant();
  query.owner = call.parameter("owner");
  query.channel = call.parameter("channel");
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
  return query;
}

Status open_words(Desk& desk, std::vector<ports::ExceptionRow>& rows) {
  return engine::open_rows(desk.store(), &desk.engine.vault(), rows);
}

void list_cases(Desk& desk, const CallPtr& call) {
  auto query = query_of(desk, *call);
  if (!query) return call->refuse(query.error());
  auto rows = own_exceptions(desk, call->who, *query);
  if (!rows) return call->refuse(rows.error());
  if (auto opened = open_words(desk, *rows); !opened) return call->refuse(opened.error());
  answer_page(desk, call, *rows, query->limit - 1);
}

void list_approvals(Desk& desk, const CallPtr& call) {
  auto query = query_of(desk, *call);
  if (!query) return call->refuse(query.error());
  query->open = true;
  std::vector<ports::ExceptionRow> found;
  for (const auto reason : approval_reasons) {
    query->reason = reason;
    auto rows = own_exceptions(desk, call->who, *query);
    if (!rows) return call->refuse(rows.error());
    found.insert(found.end(), rows->begin(), rows->end());
  }
  std::ranges::sort(found, {}, queue_place);
  if (auto opened = open_words(desk, found); !opened) return call->refuse(opened.error());
  answer_page(desk, call, found, query->limit - 1);
}

void get_case(Desk& desk, const CallPtr& call) {
  auto row = known_case(desk, *call);
  if (!row) return call->refuse(row.error());
  auto history = engine::read_history(desk.store(), desk.engine.vault(), row->stream);
  if (!history) return call->refuse(history.error());
  auto json = engine::case_detail_json(*history, row->number);
  if (!json) return call->refuse(json.error());
  const auto lease = desk.leases.of(row->stream, row->number, desk.real_now());
  json->set("leased_by", lease ? lease->holder : "");
  call->answer(json_answer(*json));
}

void count_cases(Desk& desk, const CallPtr& call) {
  auto json = counts_json(desk, call->who.stores, call->who.name);
  if (!json) return call->refuse(json.error());
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

}  // namespace

Result<Json> counts_json(Desk& desk, const std::set<std::string>& stores, const std::string& mine) {
  std::vector<ports::ExceptionTally> tallies;
  for (const auto& store : stores.empty() ? std::set<std::string>{""} : stores) {
    auto some = desk.store().exception_tallies(desk.tenant(), desk.now(), store);
    if (!some) return fail(some.error());
    tallies.insert(tallies.end(), some->begin(), some->end());
  }
  Count all;
  std::int64_t owned = 0, approvals = 0;
  std::map<std::string, Count> by_reason, by_owner;
  for (const auto& tally : tallies) {
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
