// The second factor: one-time codes of an authenticator app. A secret counts from when its first
// code was given; until then it waits for ten minutes beside its user.
#include <algorithm>

#include "api/audit.h"
#include "api/desk.h"
#include "api/fields.h"
#include "api/own_change.h"
#include "api/passwords.h"
#include "api/totp.h"

namespace holdfast::api {
namespace {

constexpr Duration may_be_confirmed_for = minutes(10);

ports::RecordKey waiting_key(const Desk& desk, const User& user) {
  return {desk.tenant(), "second_factor", user.id};
}

/// The user behind a session; answers for a program's token, which has none.
const User* asking_user(const CallPtr& call) {
  if (call->who.user) return &*call->who.user;
  call->refuse(Trouble{409, "conflict", "A token has no second factor.", {}, {}});
  return nullptr;
}

void start(Desk& desk, const CallPtr& call) {
  const auto* user = asking_user(call);
  if (!user) return;
  if (!user->totp.empty()) {
    return call->refuse(
        Trouble{409, "conflict", "There is a second factor already.", {}, "take it away first"});
  }
  const auto secret = desk.people.new_totp_secret();
  const auto until = desk.real_now() + may_be_confirmed_for;
  Json waiting;
  waiting.set("totp", desk.people.seal_totp(user->id, secret));
  waiting.set("until", to_text(until));
  const auto key = waiting_key(desk, *user);
  Json json;
  json.set("secret", totp_text(secret));
  json.set("address", totp_address(secret, "Holdfast " + desk.options.workspace, user->name));
  write_change(desk, call,
               {{desk.people.as_read(*user)},
                {{key.tenant, key.kind, key.key, to_text(waiting), desk.people.row_expiry(until)}},
                {}},
               {"second_factor_started", user->name, {}}, json_answer(json, 201));
}

void confirm(Desk& desk, const CallPtr& call) {
  const auto* asking = asking_user(call);
  if (!asking) return;
  Fields fields(call->body);
  const auto code = fields.text("code", 6, 6);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  auto row = desk.store().record(waiting_key(desk, *asking));
  if (!row) return call->refuse(row.error());
  const auto json = *row ? parse_json((*row)->bytes).value_or(Json()) : Json();
  const auto until = parse_instant(json["until"].string());
  if (!until || *until <= desk.real_now()) {
    return call->refuse(
        Trouble{409, "conflict", "Nothing waits to be confirmed.", {}, "begin again"});
  }
  auto user = *asking;
  user.totp = json["totp"].string();
  auto secret = desk.people.open_totp(user);
  if (!secret) return call->refuse(secret.error());
  const auto step = totp_fits(*secret, code, desk.real_now());
  if (!step) {
    return call->refuse(Trouble{422, "invalid", "This code does not fit.", "code",
                                "check that the clock of your phone is right"});
  }
  user.totp_step = *step;
  (void)desk.people.attempts().first_use(user.id, *step);
  // Whoever signed in with the password alone has to come again.
  const auto key = waiting_key(desk, user);
  auto change = own_change(desk, call->who, std::move(user));
  if (!change) return call->refuse(change.error());
  change->as_read.push_back(engine::as_read(key, *row));
  change->drop.push_back(key);
  write_change(desk, call, std::move(*change), {"second_factor_on", call->who.name, {}},
               empty_answer(204));
}

/// Takes it away with the password alone: the session has proven the codes. Other sessions end.
void remove(Desk& desk, const CallPtr& call) {
  const auto* asking = asking_user(call);
  if (!asking) return;
  Fields fields(call->body);
  const auto password = fields.text("password", 1, 1000);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  auto user = *asking;
  const auto& address = call->request.remote_address;
  if (const auto wait = desk.people.attempts().must_wait(user.name, address, desk.real_now())) {
    return call->answer(too_often(*wait, "Too many attempts; wait a little."));
  }
  const bool fits = password_fits(password, user.password_hash);
  desk.people.attempts().tried(user.name, address, fits, desk.real_now());
  if (!fits) {
    return call->refuse(Trouble{422, "invalid", "This is not your password.", "password", {}});
  }
  user.totp.clear();
  auto change = own_change(desk, call->who, std::move(user));
  if (!change) return call->refuse(change.error());
  write_change(desk, call, std::move(*change), {"second_factor_off", call->who.name, {}},
               empty_answer(204));
}

/// For somebody whose phone is lost; their sessions end, so that they come again with the password.
void reset(Desk& desk, const CallPtr& call) {
  auto users = desk.people.users();
  if (!users) return call->refuse(users.error());
  const auto found = std::ranges::find(*users, call->segment(3), &User::id);
  if (found == users->end()) return call->answer(not_found());
  auto drop = desk.people.sessions_of(*found);
  if (!drop) return call->refuse(drop.error());
  const auto as_read = desk.people.as_read(*found);
  found->totp.clear();
  found->stamp = desk.people.new_stamp();
  write_change(desk, call, {{as_read}, {desk.people.row_of(*found)}, std::move(*drop)},
               {"second_factor_off", found->name, "by " + call->who.name}, empty_answer(204));
}

}  // namespace

std::vector<Route> second_factor_routes() {
  return {{"startSecondFactor", start},
          {"confirmSecondFactor", confirm},
          {"removeSecondFactor", remove, true},
          {"resetSecondFactor", reset}};
}

}  // namespace holdfast::api
