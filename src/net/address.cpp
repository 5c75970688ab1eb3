#include "net/address.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

#include "base/text.h"

namespace holdfast::net {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_v4(const IpAddress& address) {
  return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
}

bool inside(const IpAddress& address, const IpAddress& first, unsigned bits) {
  for (unsigned i = 0; i < bits; ++i) {
    const unsigned shift = 7 - i % 8;
    if (((address.bytes[i / 8] ^ first.bytes[i / 8]) >> shift & 1) != 0) return false;
  }
  return true;
}

struct Cidr {
  const char* first;
  unsigned bits;  // counted in the family's own width
};

// IANA IPv4 Special-Purpose Address Registry, and multicast (RFC 5771).
constexpr std::array<Cidr, 16> special_v4 = {{{"0.0.0.0", 8},
                                              {"10.0.0.0", 8},
                                              {"100.64.0.0", 10},
                                              {"127.0.0.0", 8},
                                              {"169.254.0.0", 16},
                                              {"172.16.0.0", 12},
                                              {"192.0.0.0", 24},
                                              {"192.0.2.0", 24},
                                              {"192.31.196.0", 24},
                                              {"192.52.193.0", 24},
                                              {"192.88.99.0", 24},
                                              {"192.168.0.0", 16},
                                              {"198.18.0.0", 15},
                                              {"198.51.100.0", 24},
                                              {"203.0.113.0", 24},
                                              {"224.0.0.0", 3}}};

// Inside 2000::/3, the only unicast range in use; everything outside it is refused anyway.
constexpr std::array<Cidr, 4> special_v6 = {
    {{"2001::", 23}, {"2001:db8::", 32}, {"2002::", 16}, {"3fff::", 20}}};

template <std::size_t Size>
bool inside_any(const IpAddress& address, const std::array<Cidr, Size>& ranges, unsigned lead) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Cidr& range) {
    return inside(address, *parse_ip(range.first), range.bits + lead);
  });
}

Result<unsigned> parse_bits(std::string_view text, unsigned most) {
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc{} || end != text.data() + text.size() || bits > most) {
    return fail(ErrorCode::Invalid, "not a prefix length");
  }
  return bits;
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
}

// "host", "host:port", "::1", "[::1]" or "[::1]:port", as it will be compared.
Result<std::string> host_entry(std::string_view text) {
  if (const auto bare = parse_ip(text)) return to_text(*bare);
  auto host = text;
  std::string_view port;
  if (const auto colon = text.rfind(':');
      colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
    if (!is_port(port)) return fail(ErrorCode::Invalid, "not a port", std::string(text));
  }
  std::string name(host);
  if (host.starts_with('[') && host.ends_with(']')) {
    const auto ip = parse_ip(host.substr(1, host.size() - 2));
    if (!ip) return fail(ErrorCode::Invalid, "not an IPv6 address", std::string(text));
    name = to_text(*ip);
  } else if (!is_host(host)) {
    return fail(ErrorCode::Invalid, "not a host, host:port or range", std::string(text));
  }
  return port.empty() ? name : name + "|" + std::string(port);
}

}  // namespace

Result<IpAddress> parse_ip(std::string_view text) {
  const std::string terminated(text);
  IpAddress address;
  if (terminated.size() == text.size() && terminated.find('\0') == std::string::npos) {
    if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
    if (inet_pton(AF_INET, terminated.c_str(), &address.bytes[12]) == 1) return address;
  }
  return fail(ErrorCode::Invalid, "not an IP address");
}

std::string to_text(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_v4(address)) {
    inet_ntop(AF_INET, &address.bytes[12], text.data(), text.size());
  } else {
    inet_ntop(AF_INET6, address.bytes.data(), text.data(), text.size());
  }
  return text.data();
}

bool is_public(const IpAddress& address) {
  if (is_v4(address)) return !inside_any(address, special_v4, 96);
  // NAT64 (RFC 6052 section 2.1) carries an IPv4 address in its last four bytes.
  if (inside(address, *parse_ip("64:ff9b::"), 96)) {
    IpAddress inner;
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), inner.bytes.begin());
    std::copy(address.bytes.begin() + 12, address.bytes.end(), inner.bytes.begin() + 12);
    return is_public(inner);
  }
  return inside(address, *parse_ip("2000::"), 3) && !inside_any(address, special_v6, 0);
}

Result<AddressGuard> AddressGuard::make(const std::vector<std::string>& allowed) {
  AddressGuard guard;
  for (const auto& written : allowed) {
    const auto entry = lower(trim(written));
    const auto slash = entry.find('/');
    if (slash == std::string::npos) {
      auto host = host_entry(entry);
      if (!host) return fail(host.error());
      guard.hosts_.push_back(std::move(*host));
      continue;
    }
    const auto first = parse_ip(std::string_view(entry).substr(0, slash));
    if (!first) return fail(ErrorCode::Invalid, "not an address range", entry, "like 10.1.0.0/16");
    const unsigned lead = is_v4(*first) ? 96 : 0;
    const auto bits = parse_bits(std::string_view(entry).substr(slash + 1), 128 - lead);
    if (!bits) return fail(ErrorCode::Invalid, "not an address range", entry, "like 10.1.0.0/16");
    guard.ranges_.push_back({*first, *bits + lead});
  }
  return guard;
}

bool AddressGuard::allows(std::string_view host, std::uint16_t port,
                          const IpAddress& address) const {
  if (is_public(address)) return true;
  for (const auto& range : ranges_) {
    if (inside(address, range.first, range.bits)) return true;
  }
  auto name = lower(host);
  if (const auto ip = parse_ip(name)) name = to_text(*ip);
  const auto with_port = name + "|" + std::to_string(port);
  return std::any_of(hosts_.begin(), hosts_.end(),
                     [&](const std::string& entry) { return entry == name || entry == with_port; });
}

}  // namespace holdfast::net
