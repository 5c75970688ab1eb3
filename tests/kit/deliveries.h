#pragma once
// Mutations of webhook deliveries as bytes: what a forger, a broken proxy or a careless partner may
// make of an authentic one. Equal seeds give equal bytes; for tests only.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ports/message.h"

namespace holdfast::kit {

/// Who sent a delivery; each signs in its own way.
enum class Sender { Shop, Supplier, Tracker };

/// An authentic delivery as its sender made it.
struct SentDelivery {
  Sender sender{};
  std::string account;
  ports::HttpRequest request;
  std::string secret;  // its body is signed with
};

/// A request as it goes over the wire, right or wrong.
struct RawRequest {
  std::string method = "POST";
  std::string target;
  std::string version = "HTTP/1.1";
  ports::Headers headers;  // without Host and Content-Length
  std::string body;
  std::string length;  // Content-Length to claim; "" for the true one
  bool chunked = false;
  bool finish = false;  // the sender closes after the last byte
  std::string line_end = "\r\n";
};

/// The request as its sender means it.
RawRequest raw_request(const SentDelivery& delivery);
std::string bytes_of(const RawRequest& request);

/// What must become of a mutated delivery; none of them may change an order.
enum class Fate {
  Refused,   // not answered with 2xx, and no row of it is stored
  Repeated,  // the same delivery in other words: answered 200, and no row is stored
  Taken,     // authentic: answered 200; understood or kept
  Either,    // a proxy's business: refused or answered, as the server likes
};

struct Mutation {
  std::string name;
  Fate fate{};
  RawRequest request;
};

/// Chance that repeats: a number from a seed and a counter.
class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t number) : state_(seed * 0x9E3779B97F4A7C15U + number) {}
  /// A number below `bound`, which is at least 1.
  std::size_t below(std::size_t bound);

 private:
  std::uint64_t state_;
};

/// What the mutations may draw on.
struct MutationSources {
  const SentDelivery& original;
  const std::vector<SentDelivery>& earlier;  // delivered before, at least one
  std::string retired_secret;                // of the shop, before the last rotation; "" for none
  bool retired_is_valid = false;             // the rotation is still going on
  std::string other_account;                 // of the same kind as the shop's, with the same secret
  std::string other_domain;
  std::int64_t now_seconds = 0;
};

/// A mutation of a delivery that has not come yet: none of them can be proven authentic, but for
/// one of the shop's that puts an earlier body under the coming delivery's id.
Mutation mutate_before(Dice& dice, const MutationSources& sources);

/// A mutation of a delivery that has been dealt with.
Mutation mutate_after(Dice& dice, const MutationSources& sources);

/// Signs a request's body anew as its sender would, with its present headers.
void sign_again(RawRequest& request, Sender sender, const std::string& secret);

}  // namespace holdfast::kit
