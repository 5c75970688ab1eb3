#pragma once
// Partners: how each account did since the engine began: when it last did well, its last troubles,
// what of its budget is left. For people; nothing is decided by it. Bounded, in memory, asked from
// any thread. It must never keep a secret or what is told of a buyer.

#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "engine/pace.h"
#include "ports/connector.h"

namespace holdfast::engine {

/// One conversation that did not end well.
struct PartnerTrouble {
  Instant at;
  std::string doing;  // an effect's name, or fetch_order, list_updated, subscriptions, renew_token
  ports::Outcome::Kind outcome{};
  std::string detail;  // the partner's words, without the account's secrets
};

struct PartnerNews {
  Instant last_ok;
  Instant last_delivery;  // an authentic message of theirs
  Instant last_refused;   // a message that could not be proven
  std::int64_t went_well = 0;
  std::int64_t went_wrong = 0;
  std::deque<PartnerTrouble> troubles;  // newest first, at most `most_troubles`
  Budget budget;
};

class Partners {
 public:
  static constexpr std::size_t most_troubles = 20;

  /// Notes a conversation that ended well.
  void went_well(const std::string& account, Instant at);
  /// Notes one that did not.
  void went_wrong(const ports::Account& account, const std::string& doing,
                  const ports::Outcome& outcome, Instant at);
  /// Notes a message that came in, or that was not proven.
  void delivered(const std::string& account, bool authentic, Instant at);
  void budget(const std::string& account, const Budget& budget);

  /// Suppliers, or "*" for all, whose limit holds purchases back, with the limit in words.
  void stopped(const std::map<std::string, std::string>& limits);
  /// The limit that a supplier's purchases wait for; "" for none.
  std::string stopped_by(const std::string& supplier) const;

  /// What is known of an account; nothing but zeros before anything happened.
  PartnerNews of(const std::string& account) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> limits_;
  std::map<std::string, PartnerNews> news_;  // of configured accounts, so no more than those
};

/// A text in which every secret of an account, as it is and escaped for a URL, is replaced by "…".
std::string without_secrets(std::string text, const ports::Account& account);

}  // namespace holdfast::engine
