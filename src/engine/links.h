#pragma once
// Links: what an unguessable address leads to, and until when. Only the token's hash is stored.

#include <optional>
#include <string>
#include <string_view>

#include "ports/store.h"

namespace holdfast::engine {

/// What a link is about.
struct Link {
  std::string kind;     // "po" or "order"
  std::string subject;  // purchase order number, or the stream's id
  ports::StreamKey stream;
  Instant expires_at;
};

/// Row that makes a token lead somewhere; writing it again prolongs it.
ports::RecordRow link_row(const Link& link, std::string_view token);

/// What a token leads to; NotFound when it is unknown. Expired links are returned: the caller says
/// so to whoever opened it.
Result<Link> find_link(ports::Store& store, TenantId tenant, std::string_view token);

}  // namespace holdfast::engine
