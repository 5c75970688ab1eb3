#pragma once
// World: everything around one order while its story is told: shop, suppliers, clock, outbox.
// It drives the core's pure functions directly and must never decide anything itself.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apps/stories/shelf.h"
#include "core/decide.h"
#include "core/react.h"
#include "model/channel_order.h"

namespace holdfast::stories {

/// Notes which rules a story asked for, and may switch one of them off.
class Watch : public core::RuleWatch {
 public:
  explicit Watch(std::string off = {}) : off_(std::move(off)) {}

  bool active(std::string_view rule) override;
  const std::set<std::string, std::less<>>& asked() const { return asked_; }

 private:
  std::string off_;
  std::set<std::string, std::less<>> asked_;
};

class World {
 public:
  /// With a shelf, every step goes through its store and is read back from there.
  World(const Policy& policy_file, Watch& watch, Shelf* shelf = nullptr);

  // What the order stands in; phrases change it directly.
  Policy policy;
  std::map<std::string, SupplierProfile> suppliers;
  std::vector<Offer> offers;
  std::vector<std::string> tracking_elsewhere;
  std::map<std::string, std::string> tripped;
  core::AutomationBook automation;
  Instant now;
  ChannelOrder shop;        // the order as the shop has it
  Destination destination;  // of the shop's address
  bool address_changed = false;
  std::string tracking;  // the number that carrier news is about

  // What happened.
  core::OrderState state;
  std::vector<Event> events;
  std::vector<Effect> outbox;
  std::optional<Error> refusal;  // of the last command

  /// The policy of the story's shop, made from the general one at first use.
  ChannelPolicy& channel();
  /// The profile of a supplier, made at first use.
  SupplierProfile& supplier(const std::string& id);

  /// Decides a command and lets its events and effects happen. A refusal is kept, not returned.
  /// Internal when an event does not survive its codec.
  Status ask(const Command& command);
  /// Decides the last command once more; Internal when it was not a recorded no-op.
  Status ask_again();
  /// Moves the clock and fires due timers in their order. Errors as of ask.
  Status pass(Duration span);
  /// Remembers where the events and effects of the present `when` begin.
  void begin_block();
  /// Replays the stored bytes of all events; Internal when they lead to another state.
  Status check_replay() const;

  /// Events and effects since the last `when`.
  std::vector<Event> block_events() const;
  std::vector<Effect> block_effects() const;
  /// All events, one a line, those of the last `when` marked.
  std::string history() const;

 private:
  core::Facts facts() const;

  Watch& watch_;
  Shelf* shelf_;
  Command last_;
  std::size_t block_event_ = 0;
  std::size_t block_effect_ = 0;
};

/// A failed expectation: what the story wanted and what there is instead.
tl::unexpected<Error> expected(std::string wanted, std::string found);

/// "1" gives "PO-1", the number of the order's first purchase order.
std::string po_name(const std::string& number);

}  // namespace holdfast::stories
