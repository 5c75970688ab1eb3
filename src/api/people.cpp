#include "api/people.h"

#include <algorithm>

#include "base/text.h"
#include "engine/views/words.h"

namespace holdfast::api {
namespace {

constexpr Duration session_lifetime = hours(12);
constexpr Duration longest_wait = minutes(15);
constexpr std::int64_t free_tries = 5;
constexpr std::size_t most_tries_kept = 10'000;
constexpr std::size_t page = 200;
constexpr std::size_t most_records = 20'000;
constexpr Duration note_use_every = hours(1);

std::vector<std::string> texts(const Json& json) {
  std::vector<std::string> found;
  for (const auto& item : json.items()) found.push_back(item.string());
  return found;
}

Instant instant_of(const Json& json) {
  const auto at = parse_instant(json.string());
  return at ? *at : Instant{};
}

Result<User> read_user(const std::string& bytes) {
  auto json = parse_json(bytes);
  if (!json) return fail(json.error());
  const auto& j = *json;
  return User{j["id"].string(),       j["name"].string(),          texts(j["roles"]),
              j["password"].string(), instant_of(j["created_at"]), instant_of(j["last_seen_at"])};
}

Result<Token> read_token(const ports::RecordRow& row) {
  auto json = parse_json(row.bytes);
  if (!json) return fail(json.error());
  const auto& j = *json;
  return Token{j["id"].string(),
               row.key,
               j["name"].string(),
               texts(j["scopes"]),
               instant_of(j["created_at"]),
               j["created_by"].string(),
               instant_of(j["expires_at"]),
               instant_of(j["last_used_at"])};
}

/// All records of a kind, in order of key.
Result<std::vector<ports::RecordRow>> all_records(engine::Engine& engine, const char* kind) {
  std::vector<ports::RecordRow> found;
  std::string after;
  while (found.size() < most_records) {
    auto rows = engine.store().records(engine.setup().tenant, kind, after, page);
    if (!rows) return fail(rows.error());
    if (rows->empty()) break;
    after = rows->back().key;
    const bool last = rows->size() < page;
    found.insert(found.end(), rows->begin(), rows->end());
    if (last) break;
  }
  return found;
}

std::string hash_of(std::string_view secret) { return hex(sha256(secret)); }

std::string trial_key(const std::string& name, const std::string& address) {
  return lower(name) + "\n" + address;
}

}  // namespace

const std::vector<std::string>& known_roles() {
  static const std::vector<std::string> roles{"owner",   "account_manager",  "operations",
                                              "quality", "customer_service", "buyer",
                                              "finance", "supplier",         "auditor"};
  return roles;
}

const std::vector<std::string>& known_scopes() {
  static const std::vector<std::string> scopes{"read", "decide", "station", "admin"};
  return scopes;
}

std::set<std::string> scopes_of(const std::vector<std::string>& roles) {
  std::set<std::string> scopes{"read"};
  for (const auto& role : roles) {
    if (role == "auditor" || role == "supplier") continue;
    scopes.insert("decide");
    scopes.insert("station");
    if (role == "owner") scopes.insert("admin");
  }
  return scopes;
}

Instant People::now() const { return clock_ ? clock_->now() : engine_.clock().now(); }

Instant People::row_expiry(Instant at) const { return clock_ ? Instant{} : at; }

Result<std::optional<User>> People::user(const std::string& name) const {
  auto row = engine_.store().record({engine_.setup().tenant, "user", lower(name)});
  if (!row) return fail(row.error());
  if (!*row) return std::optional<User>{};
  auto user = read_user((*row)->bytes);
  if (!user) return fail(user.error());
  return std::optional<User>(std::move(*user));
}

Result<std::vector<User>> People::users() const {
  auto rows = all_records(engine_, "user");
  if (!rows) return fail(rows.error());
  std::vector<User> found;
  for (const auto& row : *rows) {
    auto user = read_user(row.bytes);
    if (!user) return fail(user.error());
    found.push_back(std::move(*user));
  }
  return found;
}

Result<std::vector<Token>> People::tokens() const {
  auto rows = all_records(engine_, "token");
  if (!rows) return fail(rows.error());
  std::vector<Token> found;
  for (const auto& row : *rows) {
    auto token = read_token(row);
    if (!token) return fail(token.error());
    found.push_back(std::move(*token));
  }
  return found;
}

Result<Who> People::by_session(std::string_view secret) const {
  const auto nobody = fail(ErrorCode::Unauthentic, "Sign in first.");
  const auto key = hash_of(secret);
  auto row = engine_.store().record(session_key(key));
  if (!row) return fail(row.error());
  if (!*row) return nobody;
  auto json = parse_json((*row)->bytes);
  if (!json) return fail(json.error());
  const auto expires_at = instant_of((*json)["expires_at"]);
  if (expires_at <= now()) return nobody;
  auto known = user((*json)["user"].string());
  if (!known) return fail(known.error());
  // A user taken away and made again under the same name is somebody else.
  if (!*known || (*known)->id != (*json)["id"].string()) return nobody;
  Who who;
  who.name = (*known)->name;
  who.roles = {(*known)->roles.begin(), (*known)->roles.end()};
  who.scopes = scopes_of((*known)->roles);
  who.user = std::move(**known);
  who.session_key = key;
  who.csrf = (*json)["csrf"].string();
  who.expires_at = expires_at;
  return who;
}

Result<Who> People::by_token(std::string_view secret) {
  const auto nobody = fail(ErrorCode::Unauthentic, "This token is not valid.");
  auto row = engine_.store().record({engine_.setup().tenant, "token", hash_of(secret)});
  if (!row) return fail(row.error());
  if (!*row) return nobody;
  auto token = read_token(**row);
  if (!token) return fail(token.error());
  const auto present = now();
  if (token->expires_at <= present) return nobody;
  Who who;
  who.name = "token:" + token->name;
  who.scopes = {token->scopes.begin(), token->scopes.end()};
  who.expires_at = token->expires_at;
  who.by_token = true;
  if (notes_use_ && token->last_used_at + note_use_every < present) {
    token->last_used_at = present;
    engine_.put_records({row_of(*token)}, {}, {});
  }
  return who;
}

NewSession People::new_session(const User& user) {
  const auto present = now();
  NewSession made;
  made.secret = secret(32);
  const auto key = hash_of(made.secret);
  auto& who = made.who;
  who.name = user.name;
  who.roles = {user.roles.begin(), user.roles.end()};
  who.scopes = scopes_of(user.roles);
  who.user = user;
  who.session_key = key;
  who.csrf = secret(16);
  who.expires_at = present + session_lifetime;
  Json json;
  json.set("user", user.name);
  json.set("id", user.id);
  json.set("csrf", who.csrf);
  json.set("expires_at", to_text(who.expires_at));
  made.row = {engine_.setup().tenant, "session", key, to_text(json), row_expiry(who.expires_at)};
  return made;
}

ports::RecordRow People::row_of(const User& user) const {
  Json json;
  json.set("id", user.id);
  json.set("name", user.name);
  json.set("roles", engine::texts_json(user.roles));
  json.set("password", user.password_hash);
  json.set("created_at", to_text(user.created_at));
  json.set("last_seen_at", engine::moment_json(user.last_seen_at));
  return {engine_.setup().tenant, "user", lower(user.name), to_text(json), {}};
}

ports::RecordRow People::row_of(const Token& token) const {
  Json json = token_json(token);
  return {engine_.setup().tenant, "token", token.key, to_text(json), row_expiry(token.expires_at)};
}

ports::RecordKey People::session_key(const std::string& key) const {
  return {engine_.setup().tenant, "session", key};
}

Result<std::vector<ports::RecordKey>> People::sessions_of(const std::string& name) const {
  auto rows = all_records(engine_, "session");
  if (!rows) return fail(rows.error());
  std::vector<ports::RecordKey> found;
  for (const auto& row : *rows) {
    auto json = parse_json(row.bytes);
    if (json && (*json)["user"].string() == name) found.push_back(session_key(row.key));
  }
  return found;
}

Result<std::string> People::next_user_id() {
  auto known = users();
  if (!known) return fail(known.error());
  const std::lock_guard lock(mutex_);
  for (const auto& user : *known) {
    if (auto id = id_from<UserTag>(user.id)) last_user_ = std::max(last_user_, id->value);
  }
  return to_text(UserId{++last_user_});
}

std::optional<Duration> People::must_wait(const std::string& name, const std::string& address,
                                          Instant now) {
  const std::lock_guard lock(mutex_);
  const auto known = tries_.find(trial_key(name, address));
  if (known != tries_.end() && now < known->second.not_before) {
    return known->second.not_before - now;
  }
  const auto allowed = logins_.take(address, now);
  if (!allowed.allowed) return allowed.retry_after;
  return std::nullopt;
}

void People::tried(const std::string& name, const std::string& address, bool good, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto key = trial_key(name, address);
  if (good) {
    tries_.erase(key);
    return;
  }
  if (tries_.size() >= most_tries_kept) {
    std::erase_if(tries_, [&](const auto& entry) { return entry.second.not_before < now; });
  }
  if (tries_.size() >= most_tries_kept) tries_.erase(tries_.begin());
  auto& tries = tries_[key];
  if (++tries.failed < free_tries) return;
  const auto doublings = std::min<std::int64_t>(tries.failed - free_tries, 20);
  tries.not_before = now + std::min(longest_wait, seconds(2) * (std::int64_t{1} << doublings));
}

Json user_json(const User& user) {
  Json json;
  json.set("id", user.id);
  json.set("name", user.name);
  json.set("roles", engine::texts_json(user.roles));
  json.set("created_at", to_text(user.created_at));
  json.set("last_seen_at", engine::moment_json(user.last_seen_at));
  return json;
}

Json token_json(const Token& token) {
  Json json;
  json.set("id", token.id);
  json.set("name", token.name);
  json.set("scopes", engine::texts_json(token.scopes));
  json.set("created_at", to_text(token.created_at));
  json.set("created_by", token.created_by);
  json.set("expires_at", to_text(token.expires_at));
  json.set("last_used_at", engine::moment_json(token.last_used_at));
  return json;
}

}  // namespace holdfast::api
