#pragma once
// Mailroom: what comes in. Makes deliveries durable, asks channels for the orders they hint at,
// reads suppliers' and trackers' callbacks, and reconciles. What it does not understand is kept,
// owned and replayable.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/due_list.h"
#include "engine/engine.h"
#include "engine/received.h"

namespace holdfast::engine {

class Mailroom {
 public:
  explicit Mailroom(Engine& engine) : engine_(engine) {}

  /// Takes up rows that wait since before a restart.
  Status start();

  /// Proves a delivery with its account's connector; thread-safe. NotFound for an unknown account,
  /// Unauthentic when it cannot be proven.
  Result<ports::Delivery> verify(const std::string& account, const ports::Inbound& inbound) const;

  /// Adds the delivery's inbox row; `done` runs once it is durable.
  void store(Engine::Commit& commit, const std::string& account, const ports::Inbound& inbound,
             const ports::Delivery& delivery, Engine::Received done);

  /// Puts a kept row back to waiting. NotFound when there is none.
  Status replay(Engine::Commit& commit, std::int64_t seq);

  /// Starts what is due: fetches, reconciliation, token renewal.
  void tend(Engine::Commit& commit);

  Instant next_due() const;

  /// Which access token of an account is in use: a number that rises with every renewal.
  std::int64_t token_of(const std::string& account) const;

  /// Renews a channel account's access token because `refused` was not accepted, unless a newer
  /// one is there already; `done` hears whether there is a fresh one. False, and `done` is never
  /// called, when it cannot be renewed or was renewed a moment ago.
  bool renew_token(const std::string& account, std::int64_t refused,
                   std::function<void(bool fresh)> done);

  /// Whether every channel was asked what changed, and every order it named has been taken in.
  bool caught_up() const;

 private:
  struct Fetch {
    std::string account;
    std::string order;
    std::map<std::int64_t, Received> rows;  // inbox rows it settles
    std::string source;
    std::int64_t attempts = 0;
    Instant not_before;
    bool in_flight = false;
    bool again = false;   // hinted at while in flight
    bool redact = false;  // the buyer's data goes once the channel has spoken
  };
  struct Watch {  // periodic work of one channel account
    Instant reconcile_at;
    Instant renew_at;
    std::string cursor;
    Instant since;
    Instant newest;  // change listed so far, by the channel's clock: ours may be wrong
    std::map<std::string, Instant> listing, listed;  // when orders changed: this time, last time
    std::set<std::string> owed;  // orders a listing named that were not taken in yet
    Instant listed_until;        // how far listings came; kept once nothing of them is owed
    bool in_flight = false;
    bool knows = false;  // reconciled before: an order found now was missed, not only older than us
    bool renewing = false;
    std::int64_t token = 0;  // renewals so far
    Instant renewed_at;      // the last attempt
    bool renewal_failed = false;
    std::vector<std::function<void(bool)>> wait_for_token;
    bool looked = false;  // to the end of the list, since the start
  };

  void plan(const std::string& account);
  void look_at_clock(Instant now);
  void keep_cursor(Engine::Commit& commit, const std::string& account);
  void handle(Engine::Commit& commit, const ports::InboxRow& row);
  void handle_callback(Engine::Commit& commit, const ports::InboxRow& row);
  void keep(Engine::Commit& commit, const ports::InboxRow& row, ports::InboxState state,
            const std::string& problem);
  void settle(Engine::Commit& commit, std::int64_t seq, const std::string& subject = {});
  void settle_private(Engine::Commit& commit, std::int64_t seq);
  void redact(Engine::Commit& commit, const ports::InboxRow& row);
  void redacted(Engine::Commit& commit, const Fetch& fetch);
  void ask_shop(const ports::InboxRow& row);
  void erase_shop(Engine::Commit& commit, const ports::InboxRow& row, std::int64_t before);
  bool is_erased(const ports::StreamKey& stream);
  static std::string fetch_key(const std::string& account, const std::string& order);
  void want(const std::string& account, const std::string& order, const ports::InboxRow* row,
            const std::string& source);
  void note_received(Engine::Commit& commit, const Received& message, std::string_view about);
  std::string take_in(Engine::Commit& commit, const Fetch& fetch, const ports::Outcome& outcome,
                      std::string& about);
  void start_fetch(const std::string& key);
  void fetched(Engine::Commit& commit, const std::string& key, const ports::Outcome& outcome);
  void reconcile(const ports::Account& account, Watch& watch);
  void reconciled(Engine::Commit& commit, const std::string& account,
                  const ports::Outcome& outcome);
  void renew(const ports::Account& account, Watch& watch);
  void renewed(Engine::Commit& commit, const std::string& account, const ports::Outcome& outcome);
  void found(const std::string& account, const std::string& order);
  void count_gaps(Instant now);
  std::string lane_of(const std::string& account) const;
  Result<ports::StreamKey> stream_of(const Command& command);

  Engine& engine_;
  std::int64_t inbox_seq_ = 0;
  std::map<std::string, Fetch> fetches_;  // "account\norder"
  DueList<std::string> due_fetches_;      // those not in flight
  std::size_t fetches_in_flight_ = 0;
  std::map<std::string, Watch> watches_;
  struct ShopToAsk {
    ports::InboxRow row;
    Instant at;
  };
  std::vector<ShopToAsk> shops_to_ask_;  // whether they were left, as a message says
  std::map<std::int64_t, std::set<std::string>> redactions_;  // orders a message still waits for
  std::vector<ports::InboxRow> unread_;                       // stored, not yet handled
  DueList<std::string> unannounced_;  // found by reconciling; a message may still come
  DueList<std::string> due_watches_;
  Instant tended_at_;
};

}  // namespace holdfast::engine
