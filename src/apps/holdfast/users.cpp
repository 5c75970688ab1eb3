#include "apps/holdfast/users.h"

#include <algorithm>

#include "api/passwords.h"
#include "api/people.h"
#include "base/text.h"

namespace holdfast::apps {
namespace {

constexpr std::size_t most_users = 1000;

Result<std::int64_t> next_id(ports::Store& store, TenantId tenant) {
  auto rows = store.records(tenant, "user", "", most_users);
  if (!rows) return fail(rows.error());
  std::int64_t last = 0;
  for (const auto& row : *rows) {
    const auto json = parse_json(row.bytes);
    const auto id =
        json ? id_from<UserTag>((*json)["id"].string()) : Result<UserId>(fail(json.error()));
    if (id) last = std::max(last, id->value);
  }
  return last + 1;
}

Result<ports::RecordRow> make(ports::Clock& clock, ports::Store& store, TenantId tenant,
                              const std::string& name, const std::string& role,
                              const std::string& password) {
  if (password.size() < 12) {
    return fail(ErrorCode::Invalid, "the password is too short", "", "use at least 12 characters");
  }
  auto id = next_id(store, tenant);
  if (!id) return fail(id.error());
  auto hash = api::hash_password(password);
  if (!hash) return fail(hash.error());
  Json json;
  json.set("id", to_text(UserId{*id}));
  json.set("name", name);
  json.set("roles", Json(Json::Array{Json(role)}));
  json.set("password", *hash);
  json.set("created_at", to_text(clock.now()));
  json.set("last_seen_at", Json());
  return ports::RecordRow{tenant, "user", lower(name), to_text(json), {}};
}

/// Sessions of a user, and the tokens it made.
Result<std::vector<ports::RecordKey>> belongings(ports::Store& store, TenantId tenant,
                                                 const std::string& name) {
  std::vector<ports::RecordKey> found;
  for (const auto& [kind, member] : {std::pair{"session", "user"}, {"token", "created_by"}}) {
    auto rows = store.records(tenant, kind, "", 10'000);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      const auto json = parse_json(row.bytes);
      if (json && (*json)[member].string() == name) found.push_back({tenant, kind, row.key});
    }
  }
  return found;
}

/// Whoever can run commands on the machine lets a user in again whose phone is lost as well.
Result<ports::RecordRow> with_password(const ports::RecordRow& row, const std::string& password) {
  if (password.size() < 12) {
    return fail(ErrorCode::Invalid, "the password is too short", "", "use at least 12 characters");
  }
  auto json = parse_json(row.bytes);
  if (!json) return fail(json.error());
  auto hash = api::hash_password(password);
  if (!hash) return fail(hash.error());
  json->set("password", *hash);
  json->set("totp", "");
  auto changed = row;
  changed.bytes = to_text(*json);
  return changed;
}

Json show(const ports::RecordRow& row) {
  Json shown;
  const auto json = parse_json(row.bytes);
  if (!json) return shown;
  for (const char* field : {"name", "roles", "stores", "created_at"})
    shown.set(field, (*json)[field]);
  return shown;
}

}  // namespace

cli::Users make_users(ports::Clock& clock) {
  cli::Users users;
  users.make = [&clock](ports::Store& store, TenantId tenant, const std::string& name,
                        const std::string& role, const std::string& password) {
    return make(clock, store, tenant, name, role, password);
  };
  users.find = [](ports::Store& store, TenantId tenant, const std::string& name) {
    return store.record({tenant, "user", lower(name)});
  };
  users.belongings = belongings;
  users.with_password = with_password;
  users.show = show;
  return users;
}

}  // namespace holdfast::apps
