#pragma once
// Network: carries every message between the program and the world, and loses, doubles, delays,
// forges and breaks them at the scenario's rates. It knows bytes and addresses, never what an order
// is.

#include <functional>
#include <map>
#include <string>

#include "apps/sim/dice.h"
#include "apps/sim/record.h"
#include "apps/sim/scenario.h"
#include "peers/world.h"
#include "ports/transport.h"

namespace holdfast::sim {

/// What may become of a request.
enum class Fate {
  Good,
  Refused,
  Reset,
  ResetAfter,
  Hung,
  HungAfter,
  Failed,
  FailedAfter,
  Throttled,
  Nonsense,
  NonsenseAfter,
  Slow
};

/// Secrets that partners sign with, for messages that are authentic and make no sense.
struct Secrets {
  std::string shop;
  std::map<std::string, std::string> suppliers;
  std::string tracker;
};

/// The parts a network works with; they outlive it.
struct NetworkParts {
  const Scenario* scenario = nullptr;
  SetClock* clock = nullptr;
  peers::World* world = nullptr;
  peers::Agenda* agenda = nullptr;
  Record* record = nullptr;
  Secrets secrets;
  Instant start;
};

class Network : public ports::Transport {
 public:
  using Answer = std::function<void(const ports::Response&)>;

  Network(NetworkParts parts, std::uint64_t seed);

  /// Hands a message to the program; it answers later, once.
  std::function<void(const ports::HttpRequest&, Answer)> to_program;
  /// Asked before and after a request has its effect; may throw Death.
  std::function<void(const char* point)> at_point;
  /// Told of every request that reaches a partner, before its effect.
  std::function<void(const std::string& partner)> on_arrival;

  /// From the program to a partner.
  void send(ports::Request request, Duration limit,
            std::function<void(ports::Response)> done) override;

  /// From a partner to the program.
  void carry(const peers::Outgoing& outgoing);

  /// Nothing goes wrong from now on.
  void calm() { calm_ = true; }

  /// The program is gone: nobody waits for the answers that are under way.
  void program_died();

 private:
  struct Budget {
    double level = 0;
    Instant at;
  };

  Fate fate_of(const std::string& partner, bool is_mail);
  Fate outage_of(const std::string& partner) const;
  void spend(const std::string& partner);
  ports::Response reach(const ports::Request& request, Duration& delay, bool& never);
  ports::Response mail(const ports::MailRequest& request);
  void hand_over(const peers::Outgoing& outgoing, bool heard);
  void forge(const ports::HttpRequest& request);
  void poison(const ports::HttpRequest& request);
  void garble(const ports::HttpRequest& push);
  void say(const std::string& text) const;

  NetworkParts parts_;
  Dice requests_;
  Dice messages_;
  bool calm_ = false;
  std::int64_t generation_ = 0;
  std::int64_t poisons_ = 0;
  std::int64_t garbles_ = 0;
  std::map<std::string, Budget> budgets_;
};

}  // namespace holdfast::sim
