#pragma once
// Engine: the shell around the pure core, for one tenant. One thread pumps it: every message,
// click, due time and partner's answer becomes a command, many steps share one commit, and nobody
// is answered before that commit is durable. It must never decide anything itself.

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/as_read.h"
#include "engine/orders.h"
#include "engine/partners.h"
#include "engine/setup.h"
#include "engine/vault.h"

namespace holdfast::engine {

/// What became of an authentic delivery.
struct Reception {
  bool duplicate = false;
  bool understood = true;
};

/// Counters for /metrics and the health page; read from any thread through Engine::health.
struct Health {
  std::int64_t refused_deliveries = 0;  // not authentic
  std::int64_t accepted_deliveries = 0;
  std::int64_t duplicate_deliveries = 0;
  std::int64_t steps = 0;
  std::int64_t failed_steps = 0;
  std::int64_t commits = 0;
  std::int64_t failed_commits = 0;
  std::int64_t gaps = 0;  // orders that only reconciliation found, no message having come in time
  std::int64_t effects_waiting = 0;
  std::int64_t effects_unknown = 0;
  std::int64_t effects_dead = 0;
  bool sends_held = false;  // after a restore, until channels were asked what happened since
  Instant last_reconciled;
  std::map<std::string, Instant> last_ok;  // when a lane's partner last did well, since the start
};

/// Whether anything is under way; see Engine::rest.
struct Rest {
  bool quiet = false;      // nothing queued, nothing being pumped, no partner talked to
  Instant due;             // when the next work falls due, as of the last pump
  std::int64_t pumps = 0;  // so far: equal in two answers means that nothing happened in between
};

class Engine {
 public:
  /// Opens the tenant's engine over a store that is already migrated. Effects found "sending" are
  /// unknown from here on. Errors: the store's, or Invalid settings.
  static Result<std::unique_ptr<Engine>> open(Parts parts, Setup setup);
  ~Engine();

  struct Commit;  // what one pump gathers; see commit.h

  using Done = std::function<void(Result<Stepped>)>;
  using Received = std::function<void(Result<Reception>)>;

  /// Queues a command for one stream; `done` is called after the commit, on the pumping thread.
  void submit(const ports::StreamKey& stream, Command command, std::string actor, Done done);

  /// The same, with small documents that become durable together with the step's events; `beside`
  /// is asked for them on the pumping thread when the step has any.
  using Beside = std::function<std::vector<ports::RecordRow>(const Stepped&)>;
  void submit(const ports::StreamKey& stream, Command command, std::string actor, Beside beside,
              Done done);

  /// Queues a command for the order that a purchase order or tracking number belongs to.
  void submit_by(std::string kind, std::string value, Command command, std::string actor,
                 Done done);

  /// Verifies an inbound message at once and queues it for storing; `done` is called when it is
  /// durable, or right away with Unauthentic or NotFound.
  void receive(const std::string& account, ports::Inbound inbound, Received done);

  /// The two halves of that, where one process takes a message in and another one stores it.
  /// `prove` may be asked of an engine that nobody pumps; its errors are receive's.
  Result<ports::Delivery> prove(const std::string& account, const ports::Inbound& inbound);
  void receive_proven(const std::string& account, ports::Inbound inbound, ports::Delivery delivery,
                      Received done);

  /// Puts a kept or set-aside message back to be handled again; `done` after the commit.
  void replay(std::int64_t inbox_seq, Done done);

  /// Writes small documents (users, sessions, tokens) in the next commit; `done` after it.
  void put_records(std::vector<ports::RecordRow> rows, std::vector<ports::RecordKey> drop,
                   Done done);

  /// The same, as long as records read before are as they were: Conflict, and nothing is written,
  /// when one of them is not.
  void put_if(RecordChange change, Done done);

  /// States offers: they are kept with the next commit and count for every step after it. Orders
  /// that wait for an offer are looked at again. What stands behind a SKU otherwise than before is
  /// recorded as `by`'s change; `beside` is written with them. An item that was found not to keep
  /// its listing's promise stays suspended.
  void state_offers(std::vector<Offer> offers, Done done, const std::string& by = {},
                    std::vector<ports::RecordRow> beside = {});

  /// The same of offers that `change` makes, on the pumping thread, of those known just then.
  void restate_offers(std::function<std::vector<Offer>(const Catalogue&)> change, Done done,
                      const std::string& by, std::vector<ports::RecordRow> beside);

  /// Runs `work` on the pumping thread; the rows it adds join the next commit, and `done` follows
  /// it. A failure of `work` reaches `done` and adds nothing that was not added before it.
  void with_batch(std::function<Status(ports::Batch&)> work, Done done);

  /// Does everything that is ready and commits it; gives the instant of the next due work.
  /// Must always be called from the same thread.
  Instant pump();

  /// What is under way just now; from any thread. For those who let time pass in steps and must
  /// know when everything that an instant brings has been done.
  Rest rest() const;

  /// Called, from any thread, whenever there is new work.
  void on_wake(std::function<void()> wake);

  /// Called on the pumping thread after every commit with each step that changed something.
  void on_change(std::function<void(const Stepped&)> change);

  Health health() const;
  /// How an account did since the start; from any thread.
  const Partners& partners() const { return partners_; }
  /// A configured account with its secrets of this moment (a renewed token among them); from any
  /// thread. Nothing when there is none of this id.
  std::optional<ports::Account> account(const std::string& id) const;
  /// Asks a partner something outside any order; see engine/probe.h.
  ports::Transport& transport() const { return *parts_.transport; }
  const Setup& setup() const { return setup_; }
  const Vault& vault() const { return vault_; }
  ports::Store& store() const { return *parts_.store; }
  ports::Clock& clock() const { return *parts_.clock; }

 private:
  friend class Courier;
  friend class Mailroom;
  friend class Upkeep;

  Engine(Parts parts, Setup setup, Vault vault);
  Status start();
  void push(std::function<void(Commit&)> work);
  Instant pump_once();
  void talks(std::int64_t more);
  void run_submitted(Commit& commit, const ports::StreamKey& stream, const Command& command,
                     const std::string& actor, Done& done, const Beside& beside = {});
  /// A step that fails alone: its rows are undone and the failure is returned. What it asks of
  /// other streams follows in the same commit.
  using Step = std::shared_ptr<const Stepped>;
  Result<Step> step(Commit& commit, const ports::StreamKey& stream, const Command& command,
                    const std::string& actor);
  Result<Step> step_alone(Commit& commit, const ports::StreamKey& stream, const Command& command,
                          const std::string& actor);
  void follow(Commit& commit, std::vector<core::FollowUp> waiting);
  void raise(Commit& commit, const std::string& subject, ReasonCode reason,
             const std::string& about, const std::string& detail);
  void fire_timers(Commit& commit);
  void catch_up(Commit& commit);
  void finish(Commit& commit);
  void draw_up(Commit& commit);
  Status write(const Commit& commit);
  void conclude(Commit& commit, const Status& written);
  void take_up(const Stepped& stepped);
  void went_well(const std::string& lane);
  void look_again_at_unsupplied();

  Parts parts_;
  Setup setup_;
  Vault vault_;
  Orders orders_;
  std::unique_ptr<class Courier> courier_;
  std::unique_ptr<class Mailroom> mailroom_;
  std::unique_ptr<class Upkeep> upkeep_;
  mutable std::mutex mutex_;
  std::deque<std::function<void(Commit&)>> queue_;
  std::function<void()> wake_;
  std::function<void(const Stepped&)> change_;
  std::set<std::tuple<Instant, std::int64_t, TimerKind, std::string, ports::StreamKind>> timers_;
  Health health_;
  Partners partners_;
  bool pumping_ = true;  // until the first pump has ended
  std::int64_t pumps_ = 0;
  std::int64_t talks_ = 0;  // requests whose answer has not come back
  Instant due_;
  Duration pause_;  // after a commit that failed; nothing while commits hold
  bool restore_said_ = false;
};

}  // namespace holdfast::engine
