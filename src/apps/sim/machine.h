#pragma once
// Machine: one run. The production engine over a store, a seeded world, and the network and disk
// between them, in one thread that jumps from one due instant to the next. Equal seeds, scenarios
// and builds give equal runs to the last byte.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "apps/sim/bench.h"
#include "apps/sim/disk.h"
#include "apps/sim/network.h"
#include "apps/sim/office.h"
#include "apps/sim/people.h"
#include "apps/sim/record.h"
#include "apps/sim/scenario.h"
#include "engine/engine.h"
#include "peers/world.h"

namespace holdfast::sim {

struct MachineWishes {
  const Scenario* scenario = nullptr;
  const Policy* policy = nullptr;
  std::uint64_t seed = 1;
  bool traces = false;
  bool by_model = false;  // orders are read as records: see model_shop.h
  std::unique_ptr<ports::Store> store;
};

/// A command or message the program said it has.
struct Acknowledged {
  std::string account;
  Digest body{};
};

class Machine {
 public:
  explicit Machine(MachineWishes wishes);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  /// Lets the world's time pass.
  void run(Duration span);
  /// From now on nothing goes wrong: the program runs, its clock and disk are right.
  void calm();

  Instant start() const { return start_; }
  Instant now() const { return clock_.at; }
  engine::Engine& engine() { return *engine_; }
  Disk& disk() { return disk_; }
  peers::World& world() { return *world_; }
  const People& people() const { return people_; }
  const Bench& bench() const { return bench_; }
  Record& record() { return record_; }
  const Scenario& scenario() const { return scenario_; }
  TenantId tenant() const { return tenant_; }
  /// Every purchase order on a supplier's book, in the order of arrival.
  const std::vector<const peers::SupplyOrder*>& purchases() const { return purchases_; }
  /// Those for one order of the shop.
  const std::vector<const peers::SupplyOrder*>& purchases_for(const std::string& order) const;
  const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }
  /// Whether the program confirmed that it was told to erase the buyer of this order of the shop.
  bool is_told_to_erase(std::int64_t order) const { return told_to_erase_.contains(order); }
  /// Whether the shop found later that an order is fraud, before which it may have been bought.
  bool was_reassessed(const std::string& order) const { return reassessed_.contains(order); }
  /// Called at every purchase order that reaches a supplier.
  std::function<void(const peers::SupplyOrder&)> on_purchase;
  /// Called now and then, when nothing is ready at this instant and the program runs.
  std::function<void()> at_rest;

 private:
  engine::Setup make_setup();
  void plan_orders();
  void plan_upsets();
  void every(Duration wait, Duration most, std::function<void()> act);
  void pass_on_offers();
  std::vector<Offer> own_offers() const;
  void run_as_merchant(engine::Setup& setup) const;
  void look_at_bench();
  void open_engine();
  void die();
  void point(const char* where);
  void settle();
  void take_in(const ports::HttpRequest& request, Network::Answer answer);
  void hook(const std::string& account, const ports::HttpRequest& request,
            const std::shared_ptr<Network::Answer>& answer);
  void note_erasures(const ports::HttpRequest& request);
  void page(const ports::HttpRequest& request, const std::shared_ptr<Network::Answer>& answer);
  Instant next_due(Instant engine_due) const;

  const Scenario& scenario_;
  const Policy& policy_;
  std::uint64_t seed_;
  bool by_model_;
  TenantId tenant_{1};
  Instant start_;
  Record record_;
  SetClock clock_;
  SeededEntropy entropy_;
  Disk disk_;
  peers::Agenda agenda_;
  peers::WorldOptions world_options_;
  std::unique_ptr<peers::World> world_;
  std::unique_ptr<Network> network_;
  People people_;
  Bench bench_;
  Office office_;
  Dice upsets_;
  std::vector<std::string> sellers_;
  std::unique_ptr<engine::Engine> engine_;
  Instant engine_due_;  // in the program's time
  bool calm_ = false;
  bool disk_full_ = false;
  std::int64_t points_to_death_ = 0;  // 0: nobody dies
  std::string_view dies_at_;          // this kind of point alone counts; "" for all
  std::map<std::int64_t, std::shared_ptr<Network::Answer>> unanswered_;
  std::int64_t asked_ = 0;
  std::vector<Acknowledged> acknowledged_;
  std::set<std::int64_t> told_to_erase_;
  std::set<std::string> reassessed_;
  std::vector<const peers::SupplyOrder*> purchases_;  // they stay where they are
  std::map<std::string, std::vector<const peers::SupplyOrder*>> purchases_for_;
};

}  // namespace holdfast::sim
