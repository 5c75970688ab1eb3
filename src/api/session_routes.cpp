// Signing in, who am I, signing out.
#include "api/desk.h"
#include "api/fields.h"
#include "api/passwords.h"
#include "base/check.h"
#include "net/cookies.h"

namespace holdfast::api {
namespace {

Json session_json(const Desk& desk, const Who& who) {
  Json user;
  if (who.user) {
    user = user_json(*who.user);
  } else {
    user = user_json(User{"", who.name, {}, "", desk.started_at, {}});
  }
  Json json;
  json.set("user", std::move(user));
  json.set("tenant", desk.options.workspace);
  json.set("csrf", who.csrf);
  json.set("expires_at", to_text(who.expires_at));
  return json;
}

std::string session_cookie(const Desk& desk, const std::string& value, Duration lifetime) {
  const auto text = net::set_cookie_text({"holdfast_session", value, "/", lifetime,
                                          net::SameSite::Strict, desk.options.secure_cookies});
  check(text.has_value(), "a session's cookie can be written");
  return *text;
}

/// Written by hand because the console's script must read it, and set_cookie_text hides every
/// cookie from scripts.
std::string csrf_cookie(const Desk& desk, const std::string& value, Duration lifetime) {
  return "holdfast_csrf=" + value + "; Path=/; Max-Age=" + std::to_string(lifetime.ms / 1000) +
         "; SameSite=Strict" + (desk.options.secure_cookies ? "; Secure" : "");
}

void too_often(const CallPtr& call, Duration wait) {
  auto response =
      problem(Trouble{429, "too_many_attempts", "Too many attempts; wait a little.", {}, {}});
  response.headers.emplace_back("Retry-After", std::to_string(wait.ms / 1000 + 1));
  call->answer(std::move(response));
}

void finish_login(Desk& desk, const CallPtr& call, User user) {
  user.last_seen_at = desk.real_now();
  auto made = desk.people.new_session(user);
  const auto lifetime = made.who.expires_at - desk.real_now();
  auto response = json_answer(session_json(desk, made.who));
  response.headers.emplace_back("Set-Cookie", session_cookie(desk, made.secret, lifetime));
  response.headers.emplace_back("Set-Cookie", csrf_cookie(desk, made.who.csrf, lifetime));
  desk.engine.put_records({std::move(made.row), desk.people.row_of(user)}, {},
                          [call, response](Result<engine::Stepped> written) {
                            if (written)
                              call->answer(response);
                            else
                              call->refuse(written.error());
                          });
}

void login(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  const auto name = fields.text("user", 1, 200);
  const auto password = fields.text("password", 1, 1000);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  const auto& address = call->request.remote_address;
  if (const auto wait = desk.people.must_wait(name, address, desk.real_now())) {
    return too_often(call, *wait);
  }
  auto user = desk.people.user(name);
  if (!user) return call->refuse(user.error());
  const bool good = password_fits(password, *user ? (*user)->password_hash : std::string());
  desk.people.tried(name, address, good, desk.real_now());
  if (!good) {
    return call->refuse(Trouble{401, "wrong_credentials", "Name and password do not fit.", {}, {}});
  }
  finish_login(desk, call, std::move(**user));
}

void me(Desk& desk, const CallPtr& call) {
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
  desk.engine.put_records({}, {desk.people.session_key(call->who.session_key)},
                          [call, response](Result<engine::Stepped> written) {
                            if (written)
                              call->answer(response);
                            else
                              call->refuse(written.error());
                          });
}

}  // namespace

std::vector<Route> session_routes() {
  return {{"POST", "session", "", login, true},
          {"GET", "session", "read", me},
          {"DELETE", "session", "read", logout}};
}

}  // namespace holdfast::api
