#pragma once
// People: who is asking. Users, sessions and API tokens as store records; passwords are argon2id,
// secrets are stored hashed. It must never keep or log a password or a secret.

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/engine.h"
#include "net/rate_limit.h"

namespace holdfast::api {

struct User {
  std::string id;  // usr_…
  std::string name;
  std::vector<std::string> roles;
  std::string password_hash;
  Instant created_at;
  Instant last_seen_at;
};

struct Token {
  std::string id;   // tok_…
  std::string key;  // hash of the secret
  std::string name;
  std::vector<std::string> scopes;
  Instant created_at;
  std::string created_by;
  Instant expires_at;
  Instant last_used_at;
};

/// Who asks, as proven by a cookie or a token.
struct Who {
  std::string name;
  std::set<std::string> roles;   // of a user; none for a token
  std::set<std::string> scopes;  // read, decide, station, admin
  std::optional<User> user;
  std::string session_key;  // hash of the session's cookie; "" for a token
  std::string csrf;
  Instant expires_at;
  bool by_token = false;

  bool may(const std::string& scope) const { return scopes.contains(scope); }
};

/// A session just made; the secret goes into the cookie and is not kept.
struct NewSession {
  std::string secret;
  ports::RecordRow row;
  Who who;
};

class People {
 public:
  /// `clock` is what sessions and tokens live by; null: the engine's. `notes_use`: whether it is
  /// written down when a token was last used.
  People(engine::Engine& engine, ports::Entropy& entropy, ports::Clock* clock,
         bool notes_use = true)
      : engine_(engine), entropy_(entropy), clock_(clock), notes_use_(notes_use) {}

  Instant now() const;
  /// When the engine may remove a record that is over at `at`: never by itself where its clock is
  /// another one.
  Instant row_expiry(Instant at) const;

  /// The user with a name, whatever its letters' case; nothing when there is none.
  Result<std::optional<User>> user(const std::string& name) const;
  Result<std::vector<User>> users() const;
  Result<std::vector<Token>> tokens() const;

  /// Who holds a session cookie or a bearer token; Unauthentic when nobody does, any more.
  Result<Who> by_session(std::string_view secret) const;
  Result<Who> by_token(std::string_view secret);

  /// A fresh session for a user, and the rows that make it one.
  NewSession new_session(const User& user);

  /// Rows and keys for the engine to write.
  ports::RecordRow row_of(const User& user) const;
  ports::RecordRow row_of(const Token& token) const;
  ports::RecordKey session_key(const std::string& key) const;
  /// Sessions of a user, to be dropped with it.
  Result<std::vector<ports::RecordKey>> sessions_of(const std::string& name) const;

  /// The next free user id. Two at once never give the same.
  Result<std::string> next_user_id();

  /// `bytes` random bytes for a link or cookie.
  std::string secret(std::size_t bytes) { return base64url(entropy_.bytes(bytes)); }

  /// Whether another try at this name from this address may be made now; if not, how long to wait.
  std::optional<Duration> must_wait(const std::string& name, const std::string& address,
                                    Instant now);
  /// Notes a failed or a good try.
  void tried(const std::string& name, const std::string& address, bool good, Instant now);

 private:
  struct Tries {
    std::int64_t failed = 0;
    Instant not_before;
  };

  engine::Engine& engine_;
  ports::Entropy& entropy_;
  ports::Clock* clock_;
  const bool notes_use_;
  std::mutex mutex_;
  std::int64_t last_user_ = 0;
  std::map<std::string, Tries> tries_;
  net::RateLimiter logins_{{30, minutes(1), 30}, 10'000};
};

/// What a user's roles allow.
std::set<std::string> scopes_of(const std::vector<std::string>& roles);

/// Roles and scopes the contract knows.
const std::vector<std::string>& known_roles();
const std::vector<std::string>& known_scopes();

/// The contract's User and Token.
Json user_json(const User& user);
Json token_json(const Token& token);

}  // namespace holdfast::api
