#include <algorithm>

#include "base/text.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "engine/access.h"

namespace holdfast::cli {
namespace {

Result<ports::RecordRow> find_user(Desk& desk, const std::string& name) {
  const auto found = desk.outside->users.find(*desk.store, desk.tenant(), name);
  if (!found) return fail(found.error());
  if (!*found) return fail(ErrorCode::NotFound, "no such user", name, "holdfast user list");
  return **found;
}

Json done(const std::string& name, const std::string& what) {
  Json json;
  json.set("user", name);
  json.set("said", name + " " + what);
  return json;
}

}  // namespace

Answer user_add(Desk& desk, const Request& request) {
  const auto& name = request.text("name");
  const auto& users = desk.outside->users;
  const auto roles = engine::roles_of(desk.setup->policy);
  if (std::ranges::find(roles, request.text("role")) == roles.end()) {
    return fail(ErrorCode::Invalid, "no such role", request.text("role"),
                "one of: " + join(roles, ", "));
  }
  const auto known = users.find(*desk.store, desk.tenant(), name);
  if (!known) return fail(known.error());
  if (*known) {
    return fail(ErrorCode::Conflict, "there is a user of this name", name,
                "holdfast user password sets another password");
  }
  auto row =
      users.make(*desk.store, desk.tenant(), name, request.text("role"), request.text("password"));
  if (!row) return fail(row.error());
  if (auto status = desk.put_records({std::move(*row)}, {}); !status) return fail(status.error());
  return done(name, "may log in as " + request.text("role"));
}

Answer user_list(Desk& desk, const Request&) {
  Json list{Json::Array{}};
  std::string after;
  while (true) {
    const auto rows = desk.store->records(desk.tenant(), desk.outside->users.kind, after, 250);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) list.push(desk.outside->users.show(row));
    if (rows->size() < 250) break;
    after = rows->back().key;
  }
  Json json;
  json.set("users", std::move(list));
  return json;
}

Answer user_remove(Desk& desk, const Request& request) {
  const auto& name = request.text("name");
  const auto row = find_user(desk, name);
  if (!row) return fail(row.error());
  auto drop = desk.outside->users.belongings(*desk.store, desk.tenant(), name);
  if (!drop) return fail(drop.error());
  drop->push_back({row->tenant, row->kind, row->key});
  if (auto status = desk.put_records({}, std::move(*drop)); !status) return fail(status.error());
  return done(name, "was removed and logged out everywhere");
}

Answer user_password(Desk& desk, const Request& request) {
  const auto& name = request.text("name");
  const auto row = find_user(desk, name);
  if (!row) return fail(row.error());
  auto changed = desk.outside->users.with_password(*row, request.text("password"));
  if (!changed) return fail(changed.error());
  // Whoever knew the old password must not stay logged in.
  auto drop = desk.outside->users.belongings(*desk.store, desk.tenant(), name);
  if (!drop) return fail(drop.error());
  std::erase_if(*drop, [](const ports::RecordKey& key) { return key.kind == "token"; });
  auto status = desk.put_records({std::move(*changed)}, std::move(*drop));
  if (!status) return fail(status.error());
  return done(name, "has another password and was logged out everywhere");
}

std::string user_list_text(const Json& data) {
  Columns table;
  table.add({"NAME", "ROLES", "SINCE"});
  for (const auto& user : data["users"].items()) {
    std::vector<std::string> roles;
    for (const auto& role : user["roles"].items()) roles.push_back(role.string());
    table.add({user["name"].string(), join(roles, ", "), short_time(user["created_at"].string())});
  }
  return data["users"].items().empty() ? "no users yet\n" : table.text("");
}

}  // namespace holdfast::cli
