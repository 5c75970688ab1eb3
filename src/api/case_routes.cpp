// Exceptions: the queue, one exception, counts, and what people decide about them.
#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

#include "api/desk.h"
#include "api/fields.h"
#include "engine/views/case_view.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_verbs = 100;
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

void answer_page(const CallPtr& call, const std::vector<ports::ExceptionRow>& rows,
                 std::size_t limit) {
  Json items{Json::Array{}};
  const auto count = std::min(limit, rows.size());
  for (std::size_t i = 0; i < count; ++i) items.push(engine::case_json(rows[i]));
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
  auto rows = desk.store().exceptions(*query);
  if (!rows) return call->refuse(rows.error());
  if (auto opened = open_words(desk, *rows); !opened) return call->refuse(opened.error());
  answer_page(call, *rows, query->limit - 1);
}

void list_approvals(Desk& desk, const CallPtr& call) {
  auto query = query_of(desk, *call);
  if (!query) return call->refuse(query.error());
  query->open = true;
  std::vector<ports::ExceptionRow> found;
  for (const auto reason : approval_reasons) {
    query->reason = reason;
    auto rows = desk.store().exceptions(*query);
    if (!rows) return call->refuse(rows.error());
    found.insert(found.end(), rows->begin(), rows->end());
  }
  std::ranges::sort(found, [](const ports::ExceptionRow& a, const ports::ExceptionRow& b) {
    return std::tie(a.review_by, a.stream.id, a.number) <
           std::tie(b.review_by, b.stream.id, b.number);
  });
  if (auto opened = open_words(desk, found); !opened) return call->refuse(opened.error());
  answer_page(call, found, query->limit - 1);
}

/// The stream and number in a call's path.
struct Named {
  ports::StreamKey stream;
  std::int64_t number = 0;
};

Result<Named> named(const Desk& desk, const Call& call) {
  auto stream = engine::parse_stream(desk.tenant(), call.segment(3));
  const auto& text = call.segment(4);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!stream || error != std::errc{} || end != text.data() + text.size() || number < 1) {
    return fail(ErrorCode::NotFound, "There is no such exception.");
  }
  return Named{*stream, number};
}

void get_case(Desk& desk, const CallPtr& call) {
  auto which = named(desk, *call);
  if (!which) return call->refuse(which.error());
  auto history = engine::read_history(desk.store(), desk.engine.vault(), which->stream);
  if (!history) return call->refuse(history.error());
  auto json = engine::case_detail_json(*history, which->number);
  if (!json) return call->refuse(json.error());
  call->answer(json_answer(*json));
}

/// Where an exception stands; NotFound when it does not.
Result<Named> known_case(Desk& desk, const Call& call) {
  auto which = named(desk, call);
  if (!which) return which;
  auto rows = desk.store().exceptions_of(which->stream);
  if (!rows) return fail(rows.error());
  if (std::ranges::find(*rows, which->number, &ports::ExceptionRow::number) == rows->end()) {
    return fail(ErrorCode::NotFound, "There is no such exception.");
  }
  return which;
}

void resolve(Desk& desk, const CallPtr& call) {
  auto which = known_case(desk, *call);
  if (!which) return call->refuse(which.error());
  Fields fields(call->body);
  ResolveException wish;
  wish.number = which->number;
  wish.verb = fields.text("verb", 1, most_verbs);
  wish.note = fields.text("note", 1, 4000);
  const auto cause = fields.text("root_cause", 1, 40);
  wish.rule_change = fields.flag("rule_change");
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  auto root_cause = from_name<RootCause>(cause);
  if (!root_cause) return call->refuse(within(root_cause.error(), "root_cause"));
  wish.root_cause = *root_cause;
  wish.actor = call->who.name;
  submit(desk, call, which->stream, CasesCommand(std::move(wish)));
}

void assign(Desk& desk, const CallPtr& call) {
  auto which = known_case(desk, *call);
  if (!which) return call->refuse(which.error());
  Fields fields(call->body);
  AssignException wish{which->number, fields.text("owner", 1, 200), call->who.name};
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  submit(desk, call, which->stream, CasesCommand(std::move(wish)));
}

void snooze(Desk& desk, const CallPtr& call) {
  auto which = known_case(desk, *call);
  if (!which) return call->refuse(which.error());
  Fields fields(call->body);
  SnoozeException wish{which->number, fields.instant("review_by"), call->who.name,
                       fields.text("reason", 1, 4000)};
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  submit(desk, call, which->stream, CasesCommand(std::move(wish)));
}

void count_cases(Desk& desk, const CallPtr& call) {
  auto json = counts_json(desk, call->who.name);
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

Result<Json> counts_json(Desk& desk, const std::string& mine) {
  const auto tallies = desk.store().exception_tallies(desk.tenant(), desk.now());
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
  return {{"GET", "exceptions", "read", list_cases},
          {"GET", "exceptions/counts", "read", count_cases},
          {"GET", "approvals", "read", list_approvals},
          {"GET", "exceptions/*/*", "read", get_case},
          {"POST", "exceptions/*/*/resolve", "decide", resolve},
          {"POST", "exceptions/*/*/assign", "decide", assign},
          {"POST", "exceptions/*/*/snooze", "decide", snooze}};
}

}  // namespace holdfast::api
