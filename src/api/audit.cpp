#include "api/audit.h"

#include "api/newest_first.h"

namespace holdfast::api {
namespace {

constexpr Duration kept_for = days(400);

void list_audit(Desk& desk, const CallPtr& call) {
  auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto after = call->parameter("cursor");
  auto rows = desk.store().records(desk.tenant(), "audit", after, *limit + 1);
  if (!rows) return call->refuse(rows.error());
  Json items{Json::Array{}};
  std::string next;
  for (const auto& row : *rows) {
    if (items.items().size() == *limit) break;
    auto json = parse_json(row.bytes);
    if (!json) return call->refuse(json.error());
    next = row.key;
    items.push(std::move(*json));
  }
  if (rows->size() <= *limit) next.clear();
  call->answer(json_answer(page_json(std::move(items), next)));
}

}  // namespace

ports::RecordRow audit_row(Desk& desk, const std::string& actor, const std::string& address,
                           const Deed& deed) {
  const auto at = desk.real_now();
  Json json;
  json.set("at", to_text(at));
  json.set("actor", actor);
  json.set("deed", deed.deed);
  json.set("about", deed.about);
  json.set("detail", deed.detail);
  json.set("address", address);
  return {desk.tenant(), "audit", newest_first_key(at, desk.deeds++, desk.people.secret(6)),
          to_text(json), desk.people.row_expiry(at + kept_for)};
}

ports::RecordRow audit_row(Desk& desk, const Call& call, const Deed& deed) {
  return audit_row(desk, call.who.name, call.request.remote_address, deed);
}

void write_records(Desk& desk, const CallPtr& call, std::vector<ports::RecordRow> rows,
                   std::vector<ports::RecordKey> drop, const Deed& deed,
                   net::ServerResponse response) {
  rows.push_back(audit_row(desk, *call, deed));
  desk.engine.put_records(
      std::move(rows), std::move(drop),
      [call, response = std::move(response)](const Result<engine::Stepped>& written) {
        if (written)
          call->answer(response);
        else
          call->refuse(written.error());
      });
}

std::vector<Route> audit_routes() { return {{"listAudit", list_audit}}; }

}  // namespace holdfast::api
