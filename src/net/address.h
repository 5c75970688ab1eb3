#pragma once
// AddressGuard: which socket addresses an outgoing connection may use, judged after resolving.
// It must never judge by a host's name alone, because a name can point anywhere a minute later.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace holdfast::net {

/// An IP address; IPv4 is kept in its IPv4-mapped form (RFC 4291 section 2.5.5.2).
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  bool operator==(const IpAddress&) const = default;
};

/// Reads "192.0.2.1" or "2001:db8::1"; Invalid for every other notation.
Result<IpAddress> parse_ip(std::string_view text);

/// The usual text: dotted for IPv4, RFC 5952 for IPv6.
std::string to_text(const IpAddress& address);

/// Whether an address is globally reachable unicast by the IANA special-purpose registries
/// (RFC 6890): loopback, private, shared, link-local (cloud metadata lives there), unique-local,
/// documentation, benchmarking, multicast and reserved ranges are not. An IPv4 address inside a
/// mapped or NAT64 one is judged itself; 6to4 and Teredo are refused.
bool is_public(const IpAddress& address);

/// Public addresses, and what the operator allowed besides.
class AddressGuard {
 public:
  /// `allowed` entries are a host ("erp.internal"), a host and port ("127.0.0.1:8025",
  /// "[::1]:8025"), or a range ("10.1.0.0/16"). Invalid for anything else.
  static Result<AddressGuard> make(const std::vector<std::string>& allowed);

  /// Whether a connection meant for `host` and `port` may go to `address`.
  bool allows(std::string_view host, std::uint16_t port, const IpAddress& address) const;

 private:
  struct Range {
    IpAddress first;
    unsigned bits = 128;
  };
  std::vector<std::string> hosts_;
  std::vector<Range> ranges_;
};

}  // namespace holdfast::net
