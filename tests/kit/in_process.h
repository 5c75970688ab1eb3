#pragma once
// InProcess: engine, production connectors and a seeded world in one thread with one clock: whole
// orders in milliseconds. Bytes pass through every connector; only sockets are missing.

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "peers/world.h"
#include "ports/store.h"

namespace holdfast::kit {

struct InProcessOptions {
  std::uint64_t seed = 1;
  Mode mode = Mode::Auto;
  std::vector<peers::PlannedFault> faults;
  std::string policy = "policy";
  std::unique_ptr<ports::Store> store;  // a memory store when null
  bool jumps = false;  // time goes from one due instant to the next instead of in small steps
  /// Changes the settings the engine is opened with, at every start.
  std::function<void(engine::Setup&)> adjust;
  /// Answers a mail in the sink's place; nothing leaves it to the sink.
  std::function<std::optional<ports::Response>(const ports::MailRequest&)> mail_first;
  /// Answers a request in the world's place; nothing leaves it to the world.
  std::function<std::optional<ports::Response>(const ports::HttpRequest&)> http_first;
  /// Whether the machine has died: nothing comes in or goes out any more until a restart.
  std::function<bool()> dead;
  /// Called after every pump of the engine.
  std::function<void()> pumped;
};

class InProcess : public ports::Transport {
 public:
  explicit InProcess(InProcessOptions options);
  ~InProcess() override;

  /// Places orders and lets time pass in small steps until `until` of simulated time has gone by.
  void place_orders(std::int64_t count, Duration every);
  void run(Duration until);

  /// Ends the engine without a goodbye and starts another over the same store, or over `store`;
  /// whoever waits for an answer of the old one sees the connection break.
  void restart(std::unique_ptr<ports::Store> store = nullptr);

  /// Somebody sets the machine's clock: from now on it goes `by` further ahead of the world's.
  void step_clock(Duration by);
  /// What the machine takes for the present; now() is the world's.
  Instant machine_now() const;

  engine::Engine& engine() { return *engine_; }
  peers::World& world() { return *world_; }
  ports::Store& store() { return *store_; }
  Instant now() const;

  /// All orders of the store, newest first.
  std::vector<ports::OrderRow> orders();
  std::vector<ports::ExceptionRow> exceptions(bool open);

  /// Pages of the program besides its hooks (the supplier's page); 404 without it.
  using Pages =
      std::function<void(const ports::HttpRequest&, std::function<void(ports::Response)>)>;
  void serve_pages(Pages pages) { pages_ = std::move(pages); }
  /// Carries the peers' webhooks instead of handing them to the engine as values.
  void carry_hooks(Pages hooks) { hooks_ = std::move(hooks); }

  void send(ports::Request request, Duration limit,
            std::function<void(ports::Response)> done) override;

 private:
  struct Clock;
  struct Entropy;
  void open_engine();
  void deliver_post();
  void deliver(const peers::Outgoing& outgoing, const std::string& account);
  void answer_due();
  bool is_dead() const { return options_.dead && options_.dead(); }
  Instant next_moment(Instant end) const;
  engine::Setup make_setup() const;
  ports::Response answer(const ports::HttpRequest& request, Duration& delay, bool& never);
  ports::Response mail(const ports::MailRequest& request);

  InProcessOptions options_;
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<Entropy> entropy_;
  std::unique_ptr<ports::Store> store_;
  std::unique_ptr<peers::World> world_;
  peers::WorldOptions world_options_;
  std::unique_ptr<engine::Engine> engine_;
  Pages pages_;
  Pages hooks_;
  struct Held {
    Instant at;
    std::function<void()> give;
  };
  std::vector<Held> held_;
  std::int64_t generation_ = 0;       // answers meant for an engine that is gone are dropped
  std::set<std::int64_t> delivered_;  // to the engine, and not answered yet
  Instant engine_due_;
};

}  // namespace holdfast::kit
