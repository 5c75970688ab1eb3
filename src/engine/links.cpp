#include "engine/links.h"

#include "base/json.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t mark = 4;    // characters that neighbours' tokens share (Vault::link_token)
constexpr std::size_t whole = 26;  // of a token that has such; older ones have none

/// Only the hash of what is unguessable. The mark in front keeps the rows of one time together: a
/// key of chance alone costs a page of the log at each writing.
std::string key_of(std::string_view token) {
  const auto hash = hex(sha256(token));
  return token.size() == whole ? std::string(token.substr(0, mark)) + hash : hash;
}

}  // namespace

ports::RecordRow link_row(const Link& link, std::string_view token) {
  Json json;
  json.set("kind", link.kind);
  json.set("subject", link.subject);
  json.set("stream", link.stream.id);
  json.set("expires_at", to_text(link.expires_at));
  return {link.stream.tenant, "link", key_of(token), to_text(json), {}};
}

Result<Link> find_link(ports::Store& store, TenantId tenant, std::string_view token) {
  auto row = store.record({tenant, "link", key_of(token)});
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::NotFound, "this link leads nowhere");
  auto json = parse_json((*row)->bytes);
  if (!json) return fail(json.error());
  auto expires_at = parse_instant((*json)["expires_at"].string());
  if (!expires_at) return fail(expires_at.error());
  return Link{(*json)["kind"].string(),
              (*json)["subject"].string(),
              {tenant, ports::StreamKind::Order, (*json)["stream"].integer()},
              *expires_at};
}

}  // namespace holdfast::engine
