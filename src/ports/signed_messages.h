#pragma once
// Signed messages: what connectors share whose partner signs what it sends. First the proof, then
// the name, and later, from the stored row, the meaning. It must never read what is not proven.

#include <string>
#include <vector>

#include "base/json.h"
#include "ports/connector.h"

namespace holdfast::ports {

/// How one partner's messages are proven and read. All of them are pure.
struct SignedMessages {
  /// Unauthentic when the message cannot be proven.
  Status (*verify)(const Account&, const Inbound&);
  /// What makes two deliveries one; null where the partner numbers none: then its bytes do.
  std::string (*key)(const Inbound&);
  /// Names an authentic message: topic, meaning, and in `problem` why it is not understood.
  void (*name)(const Json& body, Delivery&);
  /// The commands in a message that was understood and is no ping.
  Result<std::vector<Command>> (*read)(const Account&, const Json& body, const Delivery&,
                                       const Inbound&);
};

/// The delivery in a message. Unauthentic when it cannot be proven; what is proven and not readable
/// is a delivery that is not understood.
Result<Delivery> receive_signed(const SignedMessages& partner, const Account& account,
                                const Inbound& inbound);

/// The commands in a message that was let in before: the proof is not asked for again, so that a
/// row reads the same after a change of secret. Invalid when it is not understood.
Result<std::vector<Command>> read_signed(const SignedMessages& partner, const Account& account,
                                         const Inbound& inbound);

/// Whether `fits` holds for the account's secret or the one before it ("KEY_previous"), and the
/// signature stands in the header exactly once. Both secrets are always tried, so that the time
/// taken does not tell which one fitted. Unauthentic with the hint when not.
Status signed_by_account(const Account& account, const Inbound& inbound, const char* header,
                         const std::string& key,
                         bool (*fits)(const Inbound&, const std::string& secret), const char* hint);

}  // namespace holdfast::ports
