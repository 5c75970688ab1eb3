#include "api/audit.h"

#include <algorithm>

#include "api/newest_first.h"
#include "base/text.h"

namespace holdfast::api {
namespace {

constexpr Duration kept_for = days(400);
constexpr std::size_t read_at_once = 250;
constexpr std::size_t most_read = 5'000;  // looked at for one answer

/// What of the record is asked for; empty members ask for everything.
struct Wanted {
  std::string person;  // in small letters
  std::string deed;
  Instant from, to;

  bool fits(const Json& entry) const {
    if (!deed.empty() && entry["deed"].string() != deed) return false;
    return person.empty() || lower(entry["actor"].string()) == person ||
           lower(entry["about"].string()) == person;
  }
};

Result<Instant> moment_of(const Call& call, const char* name) {
  const auto text = call.parameter(name);
  if (text.empty()) return Instant{};
  const auto at = parse_instant(text);
  if (at) return *at;
  return fail(ErrorCode::Invalid, "A moment such as 2026-03-04T09:30:00Z is expected.", name);
}

Result<Wanted> wanted(const Call& call) {
  auto from = moment_of(call, "from");
  if (!from) return fail(from.error());
  auto to = moment_of(call, "to");
  if (!to) return fail(to.error());
  return Wanted{lower(trim(call.parameter("person"))), call.parameter("deed"), *from, *to};
}

/// Reads on from `after` until `limit` entries fit, the record ends, or `most_read` were looked at:
/// then the page is short and its cursor goes on.
Result<Json> page_of(Desk& desk, const Wanted& want, std::string after, std::size_t limit) {
  Json items{Json::Array{}};
  for (std::size_t read = 0; read < most_read;) {
    auto rows = desk.store().records(desk.tenant(), "audit", after, read_at_once);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (items.items().size() == limit) return page_json(std::move(items), after);
      auto entry = parse_json(row.bytes);
      if (!entry) return fail(entry.error());
      const auto at = parse_instant((*entry)["at"].string());
      if (want.from && at && *at < want.from) return page_json(std::move(items), {});
      after = row.key;
      if (want.fits(*entry)) items.push(std::move(*entry));
    }
    if (rows->size() < read_at_once) return page_json(std::move(items), {});
    read += rows->size();
  }
  return page_json(std::move(items), after);
}

void list_audit(Desk& desk, const CallPtr& call) {
  const auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto want = wanted(*call);
  if (!want) return call->refuse(want.error());
  auto after = call->parameter("cursor");
  // Every key of a moment before `to` stands after this one.
  if (want->to) after = std::max(after, newest_first_moment(Instant{want->to.ms - 1}));
  auto page = page_of(desk, *want, std::move(after), *limit);
  if (!page) return call->refuse(page.error());
  call->answer(json_answer(*page));
}

}  // namespace

ports::RecordRow deed_row(TenantId tenant, Instant at, std::string key, const std::string& actor,
                          const std::string& address, const Deed& deed) {
  Json json;
  json.set("at", to_text(at));
  json.set("actor", actor);
  json.set("deed", deed.deed);
  json.set("about", deed.about);
  json.set("detail", deed.detail);
  json.set("address", address);
  return {tenant, "audit", std::move(key), to_text(json), at + kept_for};
}

ports::RecordRow audit_row(Desk& desk, const std::string& actor, const std::string& address,
                           const Deed& deed) {
  const auto at = desk.real_now();
  auto row = deed_row(desk.tenant(), at, newest_first_key(at, desk.deeds++, desk.people.secret(6)),
                      actor, address, deed);
  row.expires_at = desk.people.row_expiry(row.expires_at);
  return row;
}

ports::RecordRow audit_row(Desk& desk, const Call& call, const Deed& deed) {
  return audit_row(desk, call.who.name, call.request.remote_address, deed);
}

void write_change(Desk& desk, const CallPtr& call, Change change, const Deed& deed,
                  net::ServerResponse response) {
  change.rows.push_back(audit_row(desk, *call, deed));
  std::vector<std::string> over;
  for (const auto& key : change.drop) {
    if (key.kind == "session" || key.kind == "token") over.push_back(key.key);
  }
  desk.engine.put_if(std::move(change),
                     [&desk, call, over = std::move(over),
                      response = std::move(response)](const Result<engine::Stepped>& written) {
                       if (!written) return call->refuse(written.error());
                       for (const auto& key : over) desk.live.end(key);
                       call->answer(response);
                     });
}

void write_records(Desk& desk, const CallPtr& call, std::vector<ports::RecordRow> rows,
                   std::vector<ports::RecordKey> drop, const Deed& deed,
                   net::ServerResponse response) {
  write_change(desk, call, {{}, std::move(rows), std::move(drop)}, deed, std::move(response));
}

std::vector<Route> audit_routes() { return {{"listAudit", list_audit}}; }

}  // namespace holdfast::api
