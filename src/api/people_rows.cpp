// How people, sessions, invitations and tokens are stored and shown.
#include "api/people.h"
#include "base/text.h"
#include "engine/views/words.h"

namespace holdfast::api {

ports::RecordRow People::row_of(const User& user) const {
  Json json;
  json.set("id", user.id);
  json.set("name", user.name);
  json.set("roles", engine::texts_json(user.roles));
  json.set("stores", engine::texts_json(user.stores));
  json.set("password", user.password_hash);
  json.set("created_at", to_text(user.created_at));
  json.set("last_seen_at", engine::moment_json(user.last_seen_at));
  json.set("totp", user.totp);
  json.set("totp_step", user.totp_step);
  json.set("stamp", user.stamp);
  return {engine_.setup().tenant, "user", lower(user.name), to_text(json), {}};
}

ports::RecordRow People::seen_row(const User& user) const {
  Json json;
  json.set("last_seen_at", to_text(user.last_seen_at));
  json.set("totp_step", user.totp_step);
  return {engine_.setup().tenant, seen_kind, user.id, to_text(json), {}};
}

engine::AsRead People::as_read(const User& user) const {
  ports::RecordKey key{engine_.setup().tenant, "user", lower(user.name)};
  if (user.bytes.empty()) return engine::absent(std::move(key));
  return {std::move(key), engine::AsRead::Must::BeAsRead, user.bytes};
}

engine::AsRead People::seen_as_read(const User& user) const {
  ports::RecordKey key{engine_.setup().tenant, seen_kind, user.id};
  if (user.seen.empty()) return engine::absent(std::move(key));
  return {std::move(key), engine::AsRead::Must::BeAsRead, user.seen};
}

ports::RecordKey People::generation_key() const { return generation_of(engine_.setup().tenant); }

ports::RecordRow People::next_generation() {
  return generation_row(engine_.setup().tenant, entropy_);
}

ports::RecordRow People::row_of(const Token& token) const {
  Json json = token_json(token);
  json.set("maker", token.maker);
  json.set("maker_id", token.maker_id);
  json.set("parent", token.parent);
  return {engine_.setup().tenant, "token", token.key, to_text(json), row_expiry(token.expires_at)};
}

ports::RecordRow People::row_of(const Session& session) const {
  Json json;
  json.set("user", session.user);
  json.set("id", session.user_id);
  json.set("csrf", session.csrf);
  json.set("created_at", to_text(session.created_at));
  json.set("seen_at", to_text(session.seen_at));
  json.set("expires_at", to_text(session.expires_at));
  json.set("address", session.address);
  json.set("agent", session.agent);
  json.set("stamp", session.stamp);
  return {engine_.setup().tenant, "session", session.key, to_text(json),
          row_expiry(session.expires_at)};
}

ports::RecordRow People::row_of(const Invitation& invitation) const {
  return {engine_.setup().tenant, "invitation", invitation.key,
          to_text(invitation_json(invitation)), row_expiry(invitation.expires_at)};
}

std::string Session::id() const { return "ses_" + hex(sha256(key)).substr(0, 20); }

Json user_json(const User& user) {
  Json json;
  json.set("id", user.id);
  json.set("name", user.name);
  json.set("roles", engine::texts_json(user.roles));
  json.set("stores", engine::texts_json(user.stores));
  json.set("created_at", to_text(user.created_at));
  json.set("last_seen_at", engine::moment_json(user.last_seen_at));
  json.set("second_factor", !user.totp.empty());
  return json;
}

Json session_row_json(const Session& session, const std::string& current) {
  Json json;
  json.set("id", session.id());
  json.set("user", session.user);
  json.set("created_at", to_text(session.created_at));
  json.set("seen_at", to_text(session.seen_at));
  json.set("expires_at", to_text(session.expires_at));
  json.set("address", session.address);
  json.set("agent", session.agent);
  json.set("current", session.key == current);
  return json;
}

Json invitation_json(const Invitation& invitation) {
  Json json;
  json.set("id", invitation.id);
  json.set("name", invitation.name);
  json.set("roles", engine::texts_json(invitation.roles));
  json.set("stores", engine::texts_json(invitation.stores));
  json.set("invited_by", invitation.invited_by);
  json.set("created_at", to_text(invitation.created_at));
  json.set("expires_at", to_text(invitation.expires_at));
  return json;
}

Json token_json(const Token& token) {
  Json json;
  json.set("id", token.id);
  json.set("name", token.name);
  json.set("scopes", engine::texts_json(token.scopes));
  json.set("stores", engine::texts_json(token.stores));
  json.set("created_at", to_text(token.created_at));
  json.set("created_by", token.created_by);
  json.set("expires_at", to_text(token.expires_at));
  json.set("last_used_at", engine::moment_json(token.last_used_at));
  return json;
}

}  // namespace holdfast::api
