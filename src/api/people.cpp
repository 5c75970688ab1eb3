#include "api/people.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "api/totp.h"
#include "base/text.h"

namespace holdfast::api {
namespace {

constexpr Duration session_lifetime = hours(12);
constexpr std::size_t page = 200;
constexpr std::size_t most_records = 20'000;
constexpr Duration note_use_every = hours(1);
constexpr Duration note_sight_every = minutes(10);
constexpr std::size_t most_agent = 300;

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
  return User{j["id"].string(),
              j["name"].string(),
              texts(j["roles"]),
              texts(j["stores"]),
              j["password"].string(),
              instant_of(j["created_at"]),
              instant_of(j["last_seen_at"]),
              j["totp"].string(),
              j["totp_step"].integer(),
              j["stamp"].string(),
              bytes};
}

Result<Token> read_token(const ports::RecordRow& row) {
  auto json = parse_json(row.bytes);
  if (!json) return fail(json.error());
  const auto& j = *json;
  return Token{j["id"].string(),
               row.key,
               j["name"].string(),
               texts(j["scopes"]),
               texts(j["stores"]),
               j["maker"].string(),
               j["maker_id"].string(),
               instant_of(j["created_at"]),
               j["created_by"].string(),
               instant_of(j["expires_at"]),
               instant_of(j["last_used_at"]),
               j["parent"].string()};
}

Result<Session> read_session(const ports::RecordRow& row) {
  auto json = parse_json(row.bytes);
  if (!json) return fail(json.error());
  const auto& j = *json;
  return Session{row.key,
                 j["user"].string(),
                 j["id"].string(),
                 j["csrf"].string(),
                 instant_of(j["created_at"]),
                 instant_of(j["seen_at"]),
                 instant_of(j["expires_at"]),
                 j["address"].string(),
                 j["agent"].string(),
                 j["stamp"].string()};
}

Result<Invitation> read_invitation(const ports::RecordRow& row) {
  auto json = parse_json(row.bytes);
  if (!json) return fail(json.error());
  const auto& j = *json;
  return Invitation{j["id"].string(),
                    row.key,
                    j["name"].string(),
                    texts(j["roles"]),
                    texts(j["stores"]),
                    j["invited_by"].string(),
                    instant_of(j["created_at"]),
                    instant_of(j["expires_at"])};
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

/// Every record of a kind, read.
template <class Read>
auto all_of(engine::Engine& engine, const char* kind, const Read& read) {
  using One = typename decltype(read(ports::RecordRow{}))::value_type;
  std::vector<One> found;
  auto rows = all_records(engine, kind);
  if (!rows) return Result<std::vector<One>>(fail(rows.error()));
  for (const auto& row : *rows) {
    auto one = read(row);
    if (!one) return Result<std::vector<One>>(fail(one.error()));
    found.push_back(std::move(*one));
  }
  return Result<std::vector<One>>(std::move(found));
}

std::set<std::string> set_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

/// What a user may do, now that the policy is what it is.
Who who_is(const User& user, const Policy& policy) {
  Who who;
  who.name = user.name;
  who.roles = set_of(user.roles);
  who.rights = engine::rights_of(policy, who.roles);
  who.stores = set_of(user.stores);
  who.user = user;
  who.standing = user.bytes;
  return who;
}

/// The stores of both, where an empty list is all of them; nothing when they share none.
std::optional<std::set<std::string>> shared(const std::set<std::string>& one,
                                            const std::set<std::string>& other) {
  if (one.empty()) return other;
  if (other.empty()) return one;
  std::set<std::string> both;
  std::ranges::set_intersection(one, other, std::inserter(both, both.end()));
  if (both.empty()) return std::nullopt;
  return both;
}

std::string hash_of(std::string_view secret) { return hex(sha256(secret)); }

/// Users of older stores have both in their own record.
void was_seen(User& user, const std::string& bytes) {
  user.seen = bytes;
  const auto json = parse_json(bytes);
  if (!json) return;
  user.last_seen_at = std::max(user.last_seen_at, instant_of((*json)["last_seen_at"]));
  user.totp_step = std::max(user.totp_step, (*json)["totp_step"].integer());
}

}  // namespace

const std::vector<std::string>& known_scopes() {
  static const std::vector<std::string> scopes = [] {
    std::vector<std::string> names;
    for (const auto& [right, name] : Names<Right>::table) names.emplace_back(name);
    return names;
  }();
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
  auto users =
      all_of(engine_, "user", [](const ports::RecordRow& row) { return read_user(row.bytes); });
  if (!users) return users;
  auto rows = all_records(engine_, seen_kind);
  if (!rows) return fail(rows.error());
  std::map<std::string, std::string> seen;
  for (auto& row : *rows) seen.emplace(std::move(row.key), std::move(row.bytes));
  for (auto& user : *users) {
    if (const auto known = seen.find(user.id); known != seen.end()) was_seen(user, known->second);
  }
  return users;
}

Status People::read_seen(User& user) const {
  auto row = engine_.store().record({engine_.setup().tenant, seen_kind, user.id});
  if (!row) return fail(row.error());
  if (*row) was_seen(user, (*row)->bytes);
  return {};
}

Result<std::vector<Token>> People::tokens() const { return all_of(engine_, "token", read_token); }

Result<std::vector<Session>> People::sessions() const {
  auto found = all_of(engine_, "session", read_session);
  if (found) std::erase_if(*found, [&](const Session& one) { return one.expires_at <= now(); });
  return found;
}

Result<std::vector<Invitation>> People::invitations() const {
  auto found = all_of(engine_, "invitation", read_invitation);
  if (found) std::erase_if(*found, [&](const Invitation& one) { return one.expires_at <= now(); });
  return found;
}

Result<Invitation> People::invitation(std::string_view secret) const {
  const auto nothing =
      fail(ErrorCode::NotFound, "This invitation is over.", "", "ask for a new one");
  auto row = engine_.store().record({engine_.setup().tenant, "invitation", hash_of(secret)});
  if (!row) return fail(row.error());
  if (!*row) return nothing;
  auto found = read_invitation(**row);
  if (!found) return found;
  if (found->expires_at <= now()) return nothing;
  return found;
}

Result<Who> People::by_session(std::string_view secret) {
  const auto nobody = fail(ErrorCode::Unauthentic, "Sign in first.");
  const auto key = hash_of(secret);
  auto row = engine_.store().record(session_key(key));
  if (!row) return fail(row.error());
  if (!*row) return nobody;
  auto session = read_session(**row);
  if (!session) return fail(session.error());
  const auto present = now();
  if (session->expires_at <= present) return nobody;
  auto known = user(session->user);
  if (!known) return fail(known.error());
  // A user taken away and made again under the same name is somebody else; and whoever signed in
  // with a password that is no more has to come again.
  if (!*known || (*known)->id != session->user_id) return nobody;
  if ((*known)->stamp != session->stamp) return nobody;
  auto who = who_is(**known, engine_.setup().policy);
  who.session_key = key;
  who.csrf = session->csrf;
  who.expires_at = session->expires_at;
  if (notes_use_ && session->seen_at + note_sight_every < present) {
    session->seen_at = present;
    note(session_key(key), **row, row_of(*session));
  }
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
  auto maker = user(token->maker);
  if (!maker) return fail(maker.error());
  if (!*maker || (*maker)->id != token->maker_id) return nobody;
  auto stores = shared(set_of(token->stores), set_of((*maker)->stores));
  if (!stores) return nobody;
  Who who;
  who.name = "token:" + token->name;
  who.roles = set_of((*maker)->roles);
  const auto allowed = engine::rights_of(engine_.setup().policy, who.roles);
  for (const auto& scope : token->scopes) {
    const auto right = from_name<Right>(scope);
    if (right && allowed.contains(*right)) who.rights.insert(*right);
  }
  who.stores = std::move(*stores);
  who.expires_at = token->expires_at;
  who.by_token = true;
  who.token_key = token->key;
  who.maker = token->maker;
  who.maker_id = token->maker_id;
  who.token_id = token->id;
  who.standing = (*maker)->bytes;
  if (notes_use_ && token->last_used_at + note_use_every < present) {
    token->last_used_at = present;
    note({engine_.setup().tenant, "token", token->key}, **row, row_of(*token));
  }
  return who;
}

void People::note(ports::RecordKey key, const ports::RecordRow& was, ports::RecordRow row) {
  // One that was ended or changed in between must not come back as it was: that it was seen is
  // then not noted.
  engine_.put_if({{engine::as_read(std::move(key), was)}, {std::move(row)}, {}}, {});
}

Result<bool> People::stands(const Who& who) const {
  const auto tenant = engine_.setup().tenant;
  auto own = engine_.store().record({tenant, who.by_token ? "token" : "session", who.key()});
  if (!own) return fail(own.error());
  if (!*own) return false;
  auto known = engine_.store().record({tenant, "user", lower(who.by_token ? who.maker : who.name)});
  if (!known) return fail(known.error());
  return *known && (*known)->bytes == who.standing;
}

NewSession People::new_session(const User& user, const Origin& origin) {
  const auto present = now();
  NewSession made;
  made.secret = secret(32);
  const Session session{hash_of(made.secret),
                        user.name,
                        user.id,
                        secret(16),
                        present,
                        present,
                        present + session_lifetime,
                        origin.address,
                        std::string(clipped(origin.agent, most_agent)),
                        user.stamp};
  made.who = who_is(user, engine_.setup().policy);
  made.who.session_key = session.key;
  made.who.csrf = session.csrf;
  made.who.expires_at = session.expires_at;
  made.row = row_of(session);
  return made;
}

ports::RecordKey People::session_key(const std::string& key) const {
  return {engine_.setup().tenant, "session", key};
}

Result<ports::RecordRow> People::restamped(const std::string& key, const std::string& stamp) const {
  auto row = engine_.store().record(session_key(key));
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::Unauthentic, "Sign in first.");
  auto session = read_session(**row);
  if (!session) return fail(session.error());
  session->stamp = stamp;
  return row_of(*session);
}

ports::RecordKey People::session_of(std::string_view secret) const {
  return session_key(hash_of(secret));
}

Result<std::vector<ports::RecordKey>> People::sessions_of(const User& user,
                                                          const std::string& but) const {
  auto known = sessions();
  if (!known) return fail(known.error());
  std::vector<ports::RecordKey> found;
  for (const auto& session : *known) {
    if (session.user_id == user.id && session.key != but) found.push_back(session_key(session.key));
  }
  return found;
}

Result<std::vector<ports::RecordKey>> People::tokens_of(const User& user) const {
  auto known = tokens();
  if (!known) return fail(known.error());
  std::vector<ports::RecordKey> found;
  for (const auto& token : *known) {
    if (token.maker_id == user.id) {
      found.push_back({engine_.setup().tenant, "token", token.key});
    }
  }
  return found;
}

std::string People::new_totp_secret() { return entropy_.bytes(totp_secret_bytes); }

std::string People::seal_totp(const std::string& user_id, std::string_view secret) {
  return base64(engine_.vault().seal_tenant("totp:" + user_id, secret, entropy_));
}

Result<std::string> People::open_totp(const User& user) const {
  auto sealed = from_base64(user.totp);
  if (!sealed) return fail(sealed.error());
  return engine_.vault().unseal_tenant("totp:" + user.id, *sealed);
}

}  // namespace holdfast::api
