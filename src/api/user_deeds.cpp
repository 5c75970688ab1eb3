#include "api/user_deeds.h"

#include <algorithm>

#include "api/audit.h"
#include "api/newest_first.h"
#include "api/passwords.h"
#include "api/user_records.h"
#include "base/text.h"

namespace holdfast::api {
namespace {

constexpr std::size_t page = 250;
constexpr std::size_t least_password = 12;

ports::RecordKey key_of(const UserWish& wish) { return {wish.tenant, "user", lower(wish.name)}; }

std::vector<std::string> texts(const Json& json) {
  std::vector<std::string> found;
  for (const auto& item : json.items()) found.push_back(item.string());
  return found;
}

bool is_owner(const Json& user) { return owns(texts(user["roles"]), texts(user["stores"])); }

ports::RecordRow deed(const UserTools& tools, const UserWish& wish, const Deed& what) {
  const auto at = tools.clock.now();
  const auto luck = base64url(tools.entropy.bytes(6));
  return deed_row(wish.tenant, at, newest_first_key(at, 0, luck), wish.actor, "", what);
}

Result<std::string> hash_of(const std::string& password) {
  if (password.size() >= least_password) return hash_password(password);
  return fail(ErrorCode::Invalid, "the password is too short", "", "use at least 12 characters");
}

/// A user as its record has it, and what must not change meanwhile.
struct Known {
  ports::RecordRow row;
  Json json;
  engine::AsRead as_read;
};

Result<Known> find(ports::Store& store, const UserWish& wish) {
  auto row = store.record(key_of(wish));
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::NotFound, "no such user", wish.name, "holdfast user list");
  auto json = parse_json((*row)->bytes);
  if (!json) return fail(json.error());
  auto as_read = engine::as_read(key_of(wish), *row);
  return Known{std::move(**row), std::move(*json), std::move(as_read)};
}

Result<std::int64_t> count_owners(ports::Store& store, TenantId tenant) {
  std::int64_t owners = 0;
  std::string after;
  while (true) {
    auto rows = store.records(tenant, "user", after, page);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      const auto json = parse_json(row.bytes);
      if (json && is_owner(*json)) ++owners;
    }
    if (rows->size() < page) return owners;
    after = rows->back().key;
  }
}

}  // namespace

Result<engine::RecordChange> add_user(const UserTools& tools, ports::Store& store,
                                      const UserWish& wish) {
  if (wish.name.empty() || wish.name.size() > 100 || !is_plain_name(wish.name)) {
    return fail(ErrorCode::Invalid, "a name has no colon and no space at its ends", wish.name);
  }
  const auto known = store.record(key_of(wish));
  if (!known) return fail(known.error());
  if (*known) {
    return fail(ErrorCode::Conflict, "there is a user of this name", wish.name,
                "holdfast user password sets another password");
  }
  auto hash = hash_of(wish.password);
  if (!hash) return fail(hash.error());
  Json json;
  json.set("id", random_user_id(tools.entropy));
  json.set("name", wish.name);
  json.set("roles", Json(Json::Array{Json(wish.role)}));
  json.set("password", *hash);
  json.set("created_at", to_text(tools.clock.now()));
  json.set("last_seen_at", Json());
  json.set("stamp", base64url(tools.entropy.bytes(12)));
  const auto key = key_of(wish);
  return engine::RecordChange{{engine::absent(key)},
                              {{key.tenant, key.kind, key.key, to_text(json), {}},
                               deed(tools, wish, {"user_added", wish.name, wish.role})},
                              {}};
}

Result<engine::RecordChange> remove_user(const UserTools& tools, ports::Store& store,
                                         const UserWish& wish) {
  const auto key = generation_of(wish.tenant);
  const auto generation = store.record(key);
  if (!generation) return fail(generation.error());
  auto known = find(store, wish);
  if (!known) return fail(known.error());
  const auto owners = count_owners(store, wish.tenant);
  if (!owners) return fail(owners.error());
  if (is_owner(known->json) && *owners == 1) {
    return fail(ErrorCode::Conflict, "a workspace has an owner", wish.name,
                "make another one first: holdfast user add NAME --role owner");
  }
  auto drop = belongings_of(store, wish.tenant, known->json["id"].string());
  if (!drop) return fail(drop.error());
  drop->push_back(key_of(wish));
  return engine::RecordChange{
      {known->as_read, engine::as_read(key, *generation)},
      {generation_row(wish.tenant, tools.entropy),
       deed(tools, wish, {"user_removed", known->json["name"].string(), {}})},
      std::move(*drop)};
}

/// Whoever can run commands on the machine lets a user in again whose phone is lost as well.
Result<engine::RecordChange> set_password(const UserTools& tools, ports::Store& store,
                                          const UserWish& wish) {
  auto known = find(store, wish);
  if (!known) return fail(known.error());
  auto hash = hash_of(wish.password);
  if (!hash) return fail(hash.error());
  // Whoever knew the old password must not stay logged in.
  auto drop = belongings_of(store, wish.tenant, known->json["id"].string());
  if (!drop) return fail(drop.error());
  std::erase_if(*drop, [](const ports::RecordKey& key) {
    return key.kind != "session" && key.kind != "second_factor";
  });
  known->json.set("password", *hash);
  known->json.set("totp", "");
  known->json.set("stamp", base64url(tools.entropy.bytes(12)));
  known->row.bytes = to_text(known->json);
  const auto& name = known->json["name"].string();
  return engine::RecordChange{{known->as_read},
                              {known->row, deed(tools, wish, {"password_changed", name, {}})},
                              std::move(*drop)};
}

}  // namespace holdfast::api
