#include "api/learned.h"

#include <algorithm>

namespace holdfast::api {
namespace {

constexpr Duration kept_for = seconds(10);
constexpr Duration longest_window = days(90);
constexpr Duration late_review = days(1);  // a review's timer may fire this late after an outage
constexpr std::int64_t most_looked_at = 5'000;
constexpr std::size_t page = 250;

/// The case of a closed row; nothing when it was a rule that closed it, or an incident that it
/// waits for.
std::optional<DecidedCase> decided_in(const ports::ExceptionRow& row) {
  const auto body = parse_json(row.body);
  const Json said = body ? (*body)["decided"] : Json();
  if (said.is_null()) {
    // A row from before: it begins with the verb, and these verbs are the rules' own.
    const auto verb = row.resolution.substr(0, row.resolution.find(':'));
    if (verb == "cleared" || verb == "expired" || verb == "decided together") return std::nullopt;
    return DecidedCase{
        row.stream,  row.number,         row.reason,    row.about,       row.store_number,
        row.channel, row.supplier,       row.opened_at, row.resolved_at, verb,
        {},          RootCause::Unknown, false};
  }
  const auto& actor = said["actor"].string();
  if (actor.starts_with("rule:")) return std::nullopt;
  const auto cause = from_name<RootCause>(said["root_cause"].string());
  return DecidedCase{row.stream,
                     row.number,
                     row.reason,
                     row.about,
                     row.store_number,
                     row.channel,
                     row.supplier,
                     row.opened_at,
                     row.resolved_at,
                     said["verb"].string(),
                     actor,
                     cause ? *cause : RootCause::Unknown,
                     said["rule_change"].boolean()};
}

/// Where reading begins: closed cases stand by deadline, and a review that passes moves the
/// deadline on, so that no case was decided after its own. Those from `from` on, the last 5,000.
Result<ports::ExceptionQuery> first_page(Desk& desk, Instant from) {
  ports::ExceptionQuery query;
  query.tenant = desk.tenant();
  query.open = false;
  const auto all = desk.store().count_exceptions(query);
  if (!all) return fail(all.error());
  query.due_before = from;
  const auto older = desk.store().count_exceptions(query);
  if (!older) return fail(older.error());
  query.due_before = {};
  query.after = ports::ExceptionQuery::Cursor{from, 0, 0};
  query.skip = static_cast<std::size_t>(std::max<std::int64_t>(0, *all - *older - most_looked_at));
  query.limit = page;
  return query;
}

Result<Learned> read_learned(Desk& desk) {
  Learned found;
  found.read_at = desk.real_now();
  found.as_of = desk.now();
  found.complete_from = found.as_of - longest_window;
  auto query = first_page(desk, found.complete_from - late_review);
  if (!query) return fail(query.error());
  const bool cut = query->skip > 0;
  for (std::int64_t seen = 0; seen < most_looked_at;) {
    const auto rows = desk.store().exceptions(*query);
    if (!rows) return fail(rows.error());
    if (cut && seen == 0 && !rows->empty()) {
      found.complete_from = rows->front().review_by + late_review;
    }
    for (const auto& row : *rows) {
      if (auto decided = decided_in(row)) found.cases.push_back(std::move(*decided));
    }
    if (rows->size() < page) break;
    seen += static_cast<std::int64_t>(rows->size());
    const auto& last = rows->back();
    query->skip = 0;
    query->after = ports::ExceptionQuery::Cursor{last.review_by, last.stream.id, last.number};
  }
  std::ranges::sort(found.cases, std::ranges::greater{}, place_of);
  return found;
}

}  // namespace

DecidedPlace place_of(const DecidedCase& decided) {
  return {decided.decided_at, decided.stream, decided.number};
}

Result<std::shared_ptr<const Learned>> learned(Desk& desk) {
  return desk.learned->lately.get(desk.real_now(), kept_for, [&] { return read_learned(desk); });
}

}  // namespace holdfast::api
