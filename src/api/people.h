#pragma once
// People: who is asking. Users, their sessions, invitations and API tokens as store records;
// passwords are argon2id, secrets are stored hashed or sealed. It must never keep or log a password
// or a secret.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/attempts.h"
#include "api/refusals.h"
#include "api/user_records.h"
#include "base/json.h"
#include "engine/access.h"
#include "engine/engine.h"

namespace holdfast::api {

struct User {
  std::string id;  // usr_…
  std::string name;
  std::vector<std::string> roles;
  std::vector<std::string> stores;  // channel accounts; none means all
  std::string password_hash;
  Instant created_at;
  Instant last_seen_at;
  std::string totp;            // sealed secret of one-time codes; "" without a second factor
  std::int64_t totp_step = 0;  // of the newest code that was used
  std::string stamp = {};      // another one whenever its sessions must not count any more
  std::string bytes = {};      // of its record as it was read; "" for one that is not written yet
  std::string seen = {};       // likewise, of its record of when it was seen
};

/// One browser that somebody signed in with.
struct Session {
  std::string key;   // hash of the cookie's secret
  std::string user;  // name
  std::string user_id;
  std::string csrf;
  Instant created_at;
  Instant seen_at;  // to within ten minutes
  Instant expires_at;
  std::string address;
  std::string agent;  // the browser's own words
  std::string stamp;  // its user's, of when it was made

  /// What it is called in lists; it opens nothing.
  std::string id() const;
};

/// Somebody who may become a user, for a week.
struct Invitation {
  std::string id;   // inv_…
  std::string key;  // hash of the link's secret
  std::string name;
  std::vector<std::string> roles;
  std::vector<std::string> stores;
  std::string invited_by;
  Instant created_at;
  Instant expires_at;
};

struct Token {
  std::string id;   // tok_…
  std::string key;  // hash of the secret
  std::string name;
  std::vector<std::string> scopes;  // names of rights
  std::vector<std::string> stores;
  std::string maker;     // the user it goes with: whoever made it, or made the token that did
  std::string maker_id;  // usr_…
  Instant created_at;
  std::string created_by;
  Instant expires_at;
  Instant last_used_at;
  std::string parent;  // id of the token that made it; "" when a person did
};

/// Who asks, as proven by a cookie or a token.
struct Who {
  std::string name;
  engine::Roles roles;
  engine::Rights rights;
  std::set<std::string> stores;  // none means all
  std::optional<User> user;
  std::string session_key;  // hash of the session's cookie; "" for a token
  std::string token_key;    // hash of the token; "" for a session
  std::string maker;        // for a token, the user it goes with
  std::string maker_id;
  std::string token_id;  // for a token, what it is called in lists
  std::string standing;  // its user's record, or its maker's, as it was read
  std::string csrf;
  Instant expires_at;
  bool by_token = false;

  /// The record that lets them in: when it is gone, so are they.
  const std::string& key() const { return by_token ? token_key : session_key; }
  bool may(Right right) const { return rights.contains(right); }
  bool everywhere() const { return stores.empty(); }
  /// The user who acts, or whom the acting program goes with: never two with one id.
  const std::string& user_id() const { return user ? user->id : maker_id; }
  /// Whether others' sessions and tokens are theirs to see and end, as other users are.
  bool keeps_people() const { return may(Right::People) && everywhere(); }
  /// Whether what is about a store is theirs; what is about none is only for those of all stores.
  bool sees(const std::string& store) const { return everywhere() || stores.contains(store); }
};

/// A session just made; the secret goes into the cookie and is not kept.
struct NewSession {
  std::string secret;
  ports::RecordRow row;
  Who who;
};

/// Where a request comes from, as its session remembers it.
struct Origin {
  std::string address;
  std::string agent;
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
  /// All users, with when they were seen.
  Result<std::vector<User>> users() const;
  /// Adds when a user was seen, and which code was used then: kept apart from what others write.
  Status read_seen(User& user) const;
  Result<std::vector<Token>> tokens() const;

  Result<std::vector<Session>> sessions() const;
  Result<std::vector<Invitation>> invitations() const;
  /// The invitation behind a link's secret; NotFound when there is none, any more.
  Result<Invitation> invitation(std::string_view secret) const;

  /// Who holds a session cookie or a bearer token; Unauthentic when nobody does, any more. A token
  /// never does more than its maker may now.
  Result<Who> by_session(std::string_view secret);
  Result<Who> by_token(std::string_view secret);

  /// Whether what let somebody in is still as it was then.
  Result<bool> stands(const Who& who) const;

  /// A fresh session for a user, and the rows that make it one.
  NewSession new_session(const User& user, const Origin& origin = {});

  /// Rows and keys for the engine to write.
  ports::RecordRow row_of(const User& user) const;
  ports::RecordRow row_of(const Token& token) const;
  ports::RecordRow row_of(const Session& session) const;
  ports::RecordRow row_of(const Invitation& invitation) const;
  /// When a user was seen, and which code was used then.
  ports::RecordRow seen_row(const User& user) const;
  /// A session's row with another stamp. Unauthentic when the session is over.
  Result<ports::RecordRow> restamped(const std::string& key, const std::string& stamp) const;
  /// What must not have changed for a user to be written; one that is new must not be there.
  engine::AsRead as_read(const User& user) const;
  engine::AsRead seen_as_read(const User& user) const;
  /// Who has which roles, as one record: whoever changes that reads it first and writes it anew, so
  /// that no two changes are made side by side.
  ports::RecordKey generation_key() const;
  ports::RecordRow next_generation();
  ports::RecordKey session_key(const std::string& key) const;
  /// The session that a cookie's secret opens, to be dropped.
  ports::RecordKey session_of(std::string_view secret) const;
  /// Sessions and tokens of a user, to be dropped with it; without the session `but`.
  Result<std::vector<ports::RecordKey>> sessions_of(const User& user,
                                                    const std::string& but = {}) const;
  Result<std::vector<ports::RecordKey>> tokens_of(const User& user) const;

  /// A user id that nobody has or had.
  std::string new_user_id() { return random_user_id(entropy_); }
  std::string new_stamp() { return secret(12); }

  /// `bytes` random bytes for a link or cookie.
  std::string secret(std::size_t bytes) { return base64url(entropy_.bytes(bytes)); }

  /// A fresh secret of one-time codes, raw.
  std::string new_totp_secret();
  /// Seals one for its user's row, and opens it again. Errors are the vault's.
  std::string seal_totp(const std::string& user_id, std::string_view secret);
  Result<std::string> open_totp(const User& user) const;

  Attempts& attempts() { return attempts_; }
  Refusals& refusals() { return refusals_; }

 private:
  /// Writes down that something was used, as long as it is as it was read.
  void note(ports::RecordKey key, const ports::RecordRow& was, ports::RecordRow row);

  engine::Engine& engine_;
  ports::Entropy& entropy_;
  ports::Clock* clock_;
  const bool notes_use_;
  Attempts attempts_;
  Refusals refusals_;
};

/// The names of all rights, which are a token's scopes.
const std::vector<std::string>& known_scopes();

/// The contract's User, Token, BrowserSession (`current`: the asking one's key) and Invitation.
Json user_json(const User& user);
Json token_json(const Token& token);
Json session_row_json(const Session& session, const std::string& current);
Json invitation_json(const Invitation& invitation);

}  // namespace holdfast::api
