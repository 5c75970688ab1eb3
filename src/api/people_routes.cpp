// Users and API tokens.
#include <algorithm>

#include "api/desk.h"
#include "api/fields.h"
#include "api/passwords.h"

namespace holdfast::api {
namespace {

constexpr Duration longest_token = days(400);

/// Answers once the rows are durable.
void write(Desk& desk, const CallPtr& call, std::vector<ports::RecordRow> rows,
           std::vector<ports::RecordKey> drop, net::ServerResponse response) {
  desk.engine.put_records(
      std::move(rows), std::move(drop),
      [call, response = std::move(response)](const Result<engine::Stepped>& written) {
        if (written)
          call->answer(response);
        else
          call->refuse(written.error());
      });
}

bool is_plain_name(const std::string& name) {
  return trim(name) == name && name.find(':') == std::string::npos &&
         std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

void list_users(Desk& desk, const CallPtr& call) {
  auto users = desk.people.users();
  if (!users) return call->refuse(users.error());
  Json items{Json::Array{}};
  for (const auto& user : *users) items.push(user_json(user));
  Json json;
  json.set("items", std::move(items));
  call->answer(json_answer(json));
}

void create_user(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  User user;
  user.name = fields.text("name", 1, 100);
  const auto password = fields.text("password", 12, 1000);
  user.roles = fields.words("roles", known_roles());
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  if (!is_plain_name(user.name)) {
    return call->refuse(
        Trouble{422, "invalid", "A name has no colon and no space at its ends.", "name", {}});
  }
  auto known = desk.people.user(user.name);
  if (!known) return call->refuse(known.error());
  if (*known) {
    return call->refuse(Trouble{409, "conflict", "There is a user of this name.", "name", {}});
  }
  auto id = desk.people.next_user_id();
  if (!id) return call->refuse(id.error());
  auto hash = hash_password(password);
  if (!hash) return call->refuse(hash.error());
  user.id = *id;
  user.password_hash = *hash;
  user.created_at = desk.real_now();
  write(desk, call, {desk.people.row_of(user)}, {}, json_answer(user_json(user), 201));
}

void remove_user(Desk& desk, const CallPtr& call) {
  auto users = desk.people.users();
  if (!users) return call->refuse(users.error());
  const auto found = std::ranges::find(*users, call->segment(3), &User::id);
  if (found == users->end()) return call->answer(not_found());
  const auto owns = [](const User& user) {
    return std::ranges::find(user.roles, "owner") != user.roles.end();
  };
  if (owns(*found) && std::ranges::count_if(*users, owns) == 1) {
    return call->refuse(Trouble{409,
                                "conflict",
                                "The last owner cannot be removed.",
                                {},
                                "give another user the role owner first"});
  }
  auto drop = desk.people.sessions_of(found->name);
  if (!drop) return call->refuse(drop.error());
  const auto row = desk.people.row_of(*found);
  drop->push_back({row.tenant, row.kind, row.key});
  write(desk, call, {}, std::move(*drop), empty_answer(204));
}

void list_tokens(Desk& desk, const CallPtr& call) {
  auto tokens = desk.people.tokens();
  if (!tokens) return call->refuse(tokens.error());
  Json items{Json::Array{}};
  for (const auto& token : *tokens) items.push(token_json(token));
  Json json;
  json.set("items", std::move(items));
  call->answer(json_answer(json));
}

/// Owners and operations make tokens; a token makes one only when it administers.
bool may_make_tokens(const Who& who) {
  return who.may("admin") || who.roles.contains("operations");
}

void create_token(Desk& desk, const CallPtr& call) {
  if (!may_make_tokens(call->who)) {
    return call->refuse(
        Trouble{403, "not_allowed", "Only the roles owner and operations make tokens.", {}, {}});
  }
  Fields fields(call->body);
  Token token;
  token.name = fields.text("name", 1, 100);
  token.scopes = fields.words("scopes", known_scopes());
  token.expires_at = fields.instant("expires_at");
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  const auto now = desk.real_now();
  if (token.expires_at <= now || token.expires_at > now + longest_token) {
    return call->refuse(
        Trouble{422, "invalid", "A token ends within 400 days from now.", "expires_at", {}});
  }
  for (const auto& scope : token.scopes) {
    if (call->who.may(scope)) continue;
    return call->refuse(
        Trouble{403, "not_allowed", "You do not have the scope " + scope + ".", "scopes", {}});
  }
  const auto secret = "hft_" + desk.people.secret(32);
  token.id = "tok_" + desk.people.secret(9);
  token.key = hex(sha256(secret));
  token.created_at = now;
  token.created_by = call->who.name;
  Json json;
  json.set("token", token_json(token));
  json.set("secret", secret);
  write(desk, call, {desk.people.row_of(token)}, {}, json_answer(json, 201));
}

void revoke_token(Desk& desk, const CallPtr& call) {
  if (!may_make_tokens(call->who)) {
    return call->refuse(
        Trouble{403, "not_allowed", "Only the roles owner and operations end tokens.", {}, {}});
  }
  auto tokens = desk.people.tokens();
  if (!tokens) return call->refuse(tokens.error());
  const auto found = std::ranges::find(*tokens, call->segment(3), &Token::id);
  if (found == tokens->end()) return call->answer(not_found());
  write(desk, call, {}, {{desk.tenant(), "token", found->key}}, empty_answer(204));
}

}  // namespace

std::vector<Route> people_routes() {
  return {
      {"GET", "users", "admin", list_users},       {"POST", "users", "admin", create_user, true},
      {"DELETE", "users/*", "admin", remove_user}, {"GET", "tokens", "read", list_tokens},
      {"POST", "tokens", "read", create_token},    {"DELETE", "tokens/*", "read", revoke_token}};
}

}  // namespace holdfast::api
