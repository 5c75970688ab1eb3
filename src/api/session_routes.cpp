// Signing in, joining, who am I, signing out, another password.
#include "api/audit.h"
#include "api/cookie_names.h"
#include "api/desk.h"
#include "api/fields.h"
#include "api/own_change.h"
#include "api/passwords.h"
#include "api/totp.h"
#include "base/check.h"
#include "net/cookies.h"

namespace holdfast::api {
namespace {

constexpr std::size_t least_password = 12;
constexpr std::size_t most_password = 1000;
constexpr const char* slow_down = "Too many attempts; wait a little.";

Json session_json(const Desk& desk, const Who& who) {
  Json user;
  if (who.user) {
    user = user_json(*who.user);
  } else {
    User program;
    program.name = who.name;
    program.roles = {who.roles.begin(), who.roles.end()};
    program.stores = {who.stores.begin(), who.stores.end()};
    program.created_at = desk.started_at;
    user = user_json(program);
  }
  Json rights{Json::Array{}};
  for (const auto right : who.rights) rights.push(name_of(right));
  Json json;
  json.set("user", std::move(user));
  json.set("rights", std::move(rights));
  json.set("tenant", desk.options.workspace);
  json.set("demo", desk.options.demo);
  json.set("csrf", who.csrf);
  json.set("expires_at", to_text(who.expires_at));
  return json;
}

std::string session_cookie(const Desk& desk, const std::string& value, Duration lifetime) {
  const auto text =
      net::set_cookie_text({session_cookie_name(desk.options.secure_cookies), value, "/", lifetime,
                            net::SameSite::Strict, desk.options.secure_cookies});
  check(text.has_value(), "a session's cookie can be written");
  return *text;
}

/// Written by hand because the console's script must read it, and set_cookie_text hides every
/// cookie from scripts.
std::string csrf_cookie(const Desk& desk, const std::string& value, Duration lifetime) {
  return csrf_cookie_name(desk.options.secure_cookies) + "=" + value +
         "; Path=/; Max-Age=" + std::to_string(lifetime.ms / 1000) + "; SameSite=Strict" +
         (desk.options.secure_cookies ? "; Secure" : "");
}

/// Begins a session that nobody could have known before, ends the one this browser had, and answers
/// once all of it is durable.
/// `change` is what becomes of the user besides; when it was changed while its password was hashed,
/// nobody is signed in.
void begin_session(Desk& desk, const CallPtr& call, User user, Change change, const Deed& deed) {
  change.as_read.push_back(desk.people.as_read(user));
  if (!user.totp.empty()) change.as_read.push_back(desk.people.seen_as_read(user));
  user.last_seen_at = desk.real_now();
  auto made = desk.people.new_session(
      user, {call->request.remote_address, std::string(call->header("User-Agent"))});
  const auto cookies = net::parse_cookies(call->header("Cookie"));
  const auto before = net::value_of(cookies, session_cookie_name(desk.options.secure_cookies));
  if (!before.empty()) change.drop.push_back(desk.people.session_of(before));
  const auto lifetime = made.who.expires_at - desk.real_now();
  auto response = json_answer(session_json(desk, made.who));
  response.headers.emplace_back("Set-Cookie", session_cookie(desk, made.secret, lifetime));
  response.headers.emplace_back("Set-Cookie", csrf_cookie(desk, made.who.csrf, lifetime));
  call->who = made.who;
  change.rows.push_back(std::move(made.row));
  change.rows.push_back(desk.people.seen_row(user));
  write_change(desk, call, std::move(change), deed, std::move(response));
}

/// What keeps somebody with the right password out, or nothing: a code that is missing, wrong or
/// used before. The user learns which code was used.
std::optional<Trouble> second_factor(Desk& desk, User& user, const std::string& code) {
  if (user.totp.empty()) return std::nullopt;
  if (code.empty()) {
    return Trouble{401, "code_needed", "This account asks for a one-time code.", "code",
                   "open your authenticator app"};
  }
  Trouble wrong{401, "wrong_credentials", "This one-time code does not fit.", "code",
                "wait for the next one; each is taken once"};
  const auto secret = desk.people.open_totp(user);
  if (!secret) return Trouble{500, "internal", "The second factor cannot be read.", {}, {}};
  const auto step = totp_fits(*secret, code, desk.real_now());
  if (!step || *step <= user.totp_step) return wrong;
  if (!desk.people.attempts().first_use(user.id, *step)) return wrong;
  user.totp_step = *step;
  return std::nullopt;
}

/// The entry of a refused try, in which many of an hour are counted; `known`: there is such a user.
ports::RecordRow refusal_row(Desk& desk, const std::string& name, bool known,
                             const std::string& address, const std::string& why) {
  auto row = audit_row(desk, "", address, {"sign_in_refused", name, why});
  const auto place =
      desk.people.refusals().place_of(known ? name : std::string(), row.key, desk.real_now());
  if (place.more == 0) return row;
  const auto counted = why + " This entry counts " + std::to_string(place.more) + " more.";
  row = audit_row(desk, "", address, {"sign_in_refused", name, counted});
  row.key = place.key;
  return row;
}

/// Counts and records a refused try, then answers.
void refuse_login(Desk& desk, const CallPtr& call, const std::string& name, bool known,
                  const Trouble& trouble) {
  const auto& address = call->request.remote_address;
  desk.people.attempts().tried(name, address, false, desk.real_now());
  desk.engine.put_records(
      {refusal_row(desk, name, known, address, trouble.detail)}, {},
      [call, trouble](const Result<engine::Stepped>&) { call->refuse(trouble); });
}

void login(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  const auto name = fields.text("user", 1, 200);
  const auto password = fields.text("password", 1, most_password);
  const auto code = fields.maybe_text("code", 10);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  const auto& address = call->request.remote_address;
  if (const auto wait = desk.people.attempts().must_wait(name, address, desk.real_now())) {
    return call->answer(too_often(*wait, slow_down));
  }
  auto user = desk.people.user(name);
  if (!user) return call->refuse(user.error());
  if (!password_fits(password, *user ? (*user)->password_hash : std::string())) {
    return refuse_login(desk, call, name, user->has_value(),
                        {401, "wrong_credentials", "Name and password do not fit.", {}, {}});
  }
  if (auto status = desk.people.read_seen(**user); !status) return call->refuse(status.error());
  if (const auto trouble = second_factor(desk, **user, code)) {
    // Being asked for the code is the next step, not a failure.
    if (trouble->code == "code_needed") return call->refuse(*trouble);
    return refuse_login(desk, call, name, true, *trouble);
  }
  desk.people.attempts().tried(name, address, true, desk.real_now());
  begin_session(desk, call, std::move(**user), {}, {"signed_in", name, {}});
}

/// Makes the user that an invitation is for, and signs it in.
void join(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  const auto token = fields.text("token", 1, 100);
  const auto password = fields.text("password", least_password, most_password);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  const auto& address = call->request.remote_address;
  if (const auto wait = desk.people.attempts().must_wait(address, desk.real_now())) {
    return call->answer(too_often(*wait, slow_down));
  }
  auto invitation = desk.people.invitation(token);
  if (!invitation) return call->refuse(invitation.error());
  auto known = desk.people.user(invitation->name);
  if (!known) return call->refuse(known.error());
  if (*known) {
    return call->refuse(
        Trouble{409, "conflict", "There is a user of this name.", {}, "ask for a new invitation"});
  }
  auto hash = hash_password(password);
  if (!hash) return call->refuse(hash.error());
  User user;
  user.id = desk.people.new_user_id();
  user.name = invitation->name;
  user.roles = invitation->roles;
  user.stores = invitation->stores;
  user.password_hash = *hash;
  user.created_at = desk.real_now();
  user.stamp = desk.people.new_stamp();
  const ports::RecordKey link{desk.tenant(), "invitation", invitation->key};
  Change change{{engine::present(link)}, {desk.people.row_of(user)}, {link}};
  begin_session(desk, call, std::move(user), std::move(change),
                {"joined", invitation->name, "invited by " + invitation->invited_by});
}

void look_at_invitation(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  const auto token = fields.text("token", 1, 100);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  auto invitation = desk.people.invitation(token);
  if (!invitation) return call->refuse(invitation.error());
  call->answer(json_answer(invitation_json(*invitation)));
}

void me(Desk& desk, const CallPtr& call) {
  if (auto& user = call->who.user) {
    if (auto status = desk.people.read_seen(*user); !status) return call->refuse(status.error());
  }
  call->answer(json_answer(session_json(desk, call->who)));
}

void logout(Desk& desk, const CallPtr& call) {
  auto response = empty_answer(204);
  if (call->who.by_token) {
    return call->refuse(
        Trouble{409, "conflict", "A token has no session to end.", {}, "revoke the token instead"});
  }
  response.headers.emplace_back("Set-Cookie", session_cookie(desk, "", Duration{}));
  response.headers.emplace_back("Set-Cookie", csrf_cookie(desk, "", Duration{}));
  write_records(desk, call, {}, {desk.people.session_key(call->who.session_key)},
                {"signed_out", call->who.name, {}}, std::move(response));
}

/// A new password ends every other session of its user: whoever knew the old one is out.
void change_password(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  const auto old = fields.text("password", 1, most_password);
  const auto fresh = fields.text("new_password", least_password, most_password);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  if (!call->who.user) {
    return call->refuse(Trouble{409, "conflict", "A token has no password.", {}, {}});
  }
  auto user = *call->who.user;
  const auto& address = call->request.remote_address;
  if (const auto wait = desk.people.attempts().must_wait(user.name, address, desk.real_now())) {
    return call->answer(too_often(*wait, slow_down));
  }
  if (!password_fits(old, user.password_hash)) {
    return refuse_login(desk, call, user.name, true,
                        {422, "invalid", "This is not your password.", "password", {}});
  }
  auto hash = hash_password(fresh);
  if (!hash) return call->refuse(hash.error());
  user.password_hash = *hash;
  auto change = own_change(desk, call->who, std::move(user));
  if (!change) return call->refuse(change.error());
  write_change(desk, call, std::move(*change), {"password_changed", call->who.name, {}},
               empty_answer(204));
}

}  // namespace

std::vector<Route> session_routes() {
  return {{"login", login, true},
          {"join", join, true},
          {"lookAtInvitation", look_at_invitation},
          {"me", me},
          {"logout", logout},
          {"changePassword", change_password, true}};
}

}  // namespace holdfast::api
