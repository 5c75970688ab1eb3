#pragma once
// Hosts: the names and keys under which a program in the same process reaches the world, and the
// world it. Only values pass; it must never open a socket.

#include <optional>
#include <string_view>
#include <vector>

#include "peers/world.h"
#include "ports/connector.h"

namespace holdfast::peers {

/// Where the program has its hooks and pages.
inline constexpr std::string_view hosted_program_url = "http://program.test";

/// A world whose shop, suppliers and tracking provider sign with fixed keys and call the program's
/// hooks at hosted_program_url.
WorldOptions hosted_world(std::uint64_t seed, Instant start);

/// The program's accounts with the partners of a world.
struct HostedAccounts {
  std::vector<ports::Account> channels;
  std::vector<ports::Account> suppliers;
  std::vector<ports::Account> trackings;
  std::vector<ports::Account> notifiers;
};

/// The accounts that fit a world of hosted_world: its keys, and a host for each of its faces.
HostedAccounts hosted_accounts(const WorldOptions& options);

/// The host of an absolute URL.
std::string_view host_of(std::string_view url);

/// What the face answers whose host the request names; nothing when the world has no such host.
std::optional<FaceAnswer> hosted_answer(World& world, const ports::HttpRequest& request,
                                        Instant now);

}  // namespace holdfast::peers
