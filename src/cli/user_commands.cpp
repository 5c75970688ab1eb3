#include <algorithm>

#include "base/text.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "engine/access.h"

namespace holdfast::cli {
namespace {

/// The wish of a request about a user.
Users::Wish wish_of(const Desk& desk, const Request& request) {
  return {desk.tenant(), request.actor, request.text("name"), request.text("role"),
          request.text("password")};
}

Status change(Desk& desk, const Users::Change& how, const Request& request) {
  auto made = how(*desk.store, wish_of(desk, request));
  if (!made) return fail(made.error());
  return desk.put_if(std::move(*made));
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
  const auto roles = engine::roles_of(desk.setup->policy);
  if (std::ranges::find(roles, request.text("role")) == roles.end()) {
    return fail(ErrorCode::Invalid, "no such role", request.text("role"),
                "one of: " + join(roles, ", "));
  }
  if (auto status = change(desk, desk.outside->users.add, request); !status) {
    return fail(status.error());
  }
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
  const auto status = change(desk, desk.outside->users.remove, request);
  if (!status) return fail(status.error());
  return done(request.text("name"), "was removed and logged out everywhere");
}

Answer user_password(Desk& desk, const Request& request) {
  const auto status = change(desk, desk.outside->users.password, request);
  if (!status) return fail(status.error());
  return done(request.text("name"), "has another password and was logged out everywhere");
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
