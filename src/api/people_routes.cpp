// Users and invitations.
#include <algorithm>

#include "api/audit.h"
#include "api/desk.h"
#include "api/fields.h"
#include "api/given.h"
#include "api/passwords.h"

namespace holdfast::api {
namespace {

constexpr Duration invitation_lifetime = days(7);

bool is_owner(const User& user) { return owns(user.roles, user.stores); }

/// Whether a workspace would be left without an owner of all stores if `user` were one no more.
bool last_owner(const std::vector<User>& users, const User& user) {
  return is_owner(user) && std::ranges::count_if(users, is_owner) == 1;
}

/// All users, and what must not have changed when one of them is changed because of it.
struct Crew {
  std::vector<User> users;
  engine::AsRead as_read;
};

Result<Crew> read_crew(Desk& desk) {
  // Read first: a change that comes after it is seen by the commit.
  const auto key = desk.people.generation_key();
  auto generation = desk.store().record(key);
  if (!generation) return fail(generation.error());
  auto users = desk.people.users();
  if (!users) return fail(users.error());
  return Crew{std::move(*users), engine::as_read(key, *generation)};
}

Trouble owner_needed() {
  return {
      409, "conflict", "A workspace has an owner.", {}, "give another user the role owner first"};
}

std::string in_words(const std::vector<std::string>& roles,
                     const std::vector<std::string>& stores) {
  return join(roles, ", ") + (stores.empty() ? " of all stores" : " of " + join(stores, ", "));
}

/// Why nobody can be called so; nothing when it is free.
Result<std::optional<Trouble>> name_trouble(Desk& desk, const std::string& name) {
  using Answer = std::optional<Trouble>;
  if (!is_plain_name(name)) {
    return Answer(
        Trouble{422, "invalid", "A name has no colon and no space at its ends.", "name", {}});
  }
  auto known = desk.people.user(name);
  if (!known) return fail(known.error());
  if (!*known) return Answer{};
  return Answer(Trouble{409, "conflict", "There is a user of this name.", "name", {}});
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
  user.roles = fields.words("roles", engine::roles_of(desk.setup().policy));
  user.stores = fields.some_words("stores", known_stores(desk));
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  if (auto status = may_give(desk, call->who, user.roles); !status) {
    return call->refuse(status.error());
  }
  auto trouble = name_trouble(desk, user.name);
  if (!trouble) return call->refuse(trouble.error());
  if (*trouble) return call->refuse(**trouble);
  auto hash = hash_password(password);
  if (!hash) return call->refuse(hash.error());
  user.id = desk.people.new_user_id();
  user.stamp = desk.people.new_stamp();
  user.password_hash = *hash;
  user.created_at = desk.real_now();
  write_change(desk, call, {{desk.people.as_read(user)}, {desk.people.row_of(user)}, {}},
               {"user_added", user.name, in_words(user.roles, user.stores)},
               json_answer(user_json(user), 201));
}

/// Roles and stores hold from the user's next request on: every request reads them.
void change_user(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  auto roles = fields.words("roles", engine::roles_of(desk.setup().policy));
  auto stores = fields.any_words("stores", known_stores(desk));
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  auto crew = read_crew(desk);
  if (!crew) return call->refuse(crew.error());
  const auto found = std::ranges::find(crew->users, call->segment(3), &User::id);
  if (found == crew->users.end()) return call->answer(not_found());
  for (const auto& given : {found->roles, roles}) {
    if (auto status = may_give(desk, call->who, given); !status) {
      return call->refuse(status.error());
    }
  }
  auto changed = *found;
  changed.roles = std::move(roles);
  changed.stores = std::move(stores);
  if (last_owner(crew->users, *found) && !is_owner(changed)) return call->refuse(owner_needed());
  auto keys = desk.people.sessions_of(changed);
  if (!keys) return call->refuse(keys.error());
  auto tokens = desk.people.tokens_of(changed);
  if (!tokens) return call->refuse(tokens.error());
  keys->insert(keys->end(), tokens->begin(), tokens->end());
  // A stream knows the stores of when it was opened: the browser opens another one.
  const auto answer = std::move(call->answer);
  call->answer = [&desk, answer, keys = std::move(*keys)](net::ServerResponse response) {
    for (const auto& key : keys) desk.live.end(key.key);
    answer(std::move(response));
  };
  write_change(
      desk, call,
      {{desk.people.as_read(*found), crew->as_read},
       {desk.people.row_of(changed), desk.people.next_generation()},
       {}},
      {"user_changed", changed.name,
       in_words(found->roles, found->stores) + " → " + in_words(changed.roles, changed.stores)},
      json_answer(user_json(changed)));
}

void remove_user(Desk& desk, const CallPtr& call) {
  auto crew = read_crew(desk);
  if (!crew) return call->refuse(crew.error());
  const auto found = std::ranges::find(crew->users, call->segment(3), &User::id);
  if (found == crew->users.end()) return call->answer(not_found());
  if (auto status = may_give(desk, call->who, found->roles); !status) {
    return call->refuse(status.error());
  }
  if (last_owner(crew->users, *found)) return call->refuse(owner_needed());
  auto drop = belongings_of(desk.store(), desk.tenant(), found->id);
  if (!drop) return call->refuse(drop.error());
  const auto as_read = desk.people.as_read(*found);
  drop->push_back(as_read.key);
  write_change(desk, call,
               {{as_read, crew->as_read}, {desk.people.next_generation()}, std::move(*drop)},
               {"user_removed", found->name, {}}, empty_answer(204));
}

void list_invitations(Desk& desk, const CallPtr& call) {
  auto invitations = desk.people.invitations();
  if (!invitations) return call->refuse(invitations.error());
  Json items{Json::Array{}};
  for (const auto& invitation : *invitations) items.push(invitation_json(invitation));
  Json json;
  json.set("items", std::move(items));
  call->answer(json_answer(json));
}

void invite(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  Invitation invitation;
  invitation.name = fields.text("name", 1, 100);
  invitation.roles = fields.words("roles", engine::roles_of(desk.setup().policy));
  invitation.stores = fields.some_words("stores", known_stores(desk));
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  if (auto status = may_give(desk, call->who, invitation.roles); !status) {
    return call->refuse(status.error());
  }
  auto trouble = name_trouble(desk, invitation.name);
  if (!trouble) return call->refuse(trouble.error());
  if (*trouble) return call->refuse(**trouble);
  const auto secret = desk.people.secret(24);
  invitation.id = "inv_" + desk.people.secret(9);
  invitation.key = hex(sha256(secret));
  invitation.invited_by = call->who.name;
  invitation.created_at = desk.real_now();
  invitation.expires_at = invitation.created_at + invitation_lifetime;
  Json json;
  json.set("invitation", invitation_json(invitation));
  // Behind the # it is in no server's log.
  json.set("link", desk.setup().public_url + "/join#" + secret);
  write_records(desk, call, {desk.people.row_of(invitation)}, {},
                {"invited", invitation.name, in_words(invitation.roles, invitation.stores)},
                json_answer(json, 201));
}

void withdraw_invitation(Desk& desk, const CallPtr& call) {
  auto invitations = desk.people.invitations();
  if (!invitations) return call->refuse(invitations.error());
  const auto found = std::ranges::find(*invitations, call->segment(3), &Invitation::id);
  if (found == invitations->end()) return call->answer(not_found());
  write_records(desk, call, {}, {{desk.tenant(), "invitation", found->key}},
                {"invitation_withdrawn", found->name, {}}, empty_answer(204));
}

}  // namespace

std::vector<Route> people_routes() {
  return {{"listUsers", list_users},
          {"createUser", create_user, true},
          {"changeUser", change_user},
          {"removeUser", remove_user},
          {"listInvitations", list_invitations},
          {"invite", invite},
          {"withdrawInvitation", withdraw_invitation}};
}

}  // namespace holdfast::api
