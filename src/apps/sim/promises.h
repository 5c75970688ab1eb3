#pragma once
// Promises: I1 to I21 held against everybody's books, one function each. They read the suppliers',
// the shop's, the carriers' and the mailboxes' own books and the store's rows; they must never
// believe the engine.

#include <set>
#include <string>
#include <vector>

#include "apps/sim/kept.h"
#include "apps/sim/machine.h"

namespace holdfast::sim {

class Promises {
 public:
  /// Watches a machine from now on; it outlives this.
  explicit Promises(Machine& machine);

  /// A day after it became calm: nothing may be stuck (I10, I11).
  void after_a_day();
  /// At the end of the run: all of them.
  void at_the_end();
  /// What the store held when it was last looked at as a whole.
  const Kept& kept() const { return kept_; }

 private:
  /// A purchase that the books alone would not have let pass.
  struct Doubtful {
    std::string order;
    std::string gate;
    std::string why;
  };

  void purchased(const peers::SupplyOrder& order);
  void resting();
  bool read();
  std::vector<const peers::CarrierParcel*> parcels_shown_as(const std::string& number) const;
  void differ(const char* invariant, const std::string& order, const std::string& what);
  bool clock_was_right() const { return machine_.scenario().clock.steps_a_day == 0; }

  void i1_acknowledged();
  void i2_pieces(const std::string& order, bool at_the_end);
  void i3_letters();
  void i4_quantities(const std::string& name, const KeptOrder& kept);
  void i4_taken_out(const peers::ShopOrder& truth, const KeptOrder& kept);
  void i4_answers(const KeptOrder& kept);
  void i4_parcels();
  void i5_money(const std::string& name, const KeptOrder& kept);
  void i6_commitments(const std::string& name, const KeptOrder& kept);
  void i6_asked_again(const peers::SupplyOrder& order);
  void i7_newest(const peers::ShopOrder& truth, const KeptOrder& kept);
  void i8_bought(const peers::SupplyOrder& order);
  void i8_cancelled(const std::string& name, const KeptOrder& kept);
  void i8_stopped(const peers::ShopOrder& truth, const KeptOrder& kept);
  void i9_once();
  bool was_decided(const KeptOrder& kept, std::int64_t version) const;
  void i10_stored(const KeptOrder& kept);
  void i10_timers(const std::string& name, const KeptOrder& kept);
  void i20_changes(const KeptOrder& kept);
  bool is_decided_with_others(const ports::StreamKey& stream);
  void i10_waits(const ports::OrderRow& row);
  void i11_ended(const peers::ShopOrder& truth, const KeptOrder& kept, bool last);
  void i13_chain(const KeptOrder& kept);
  void i14_placed(const std::string& name, const ports::OutboxRow& row);
  void i14_effects(const std::string& name, const KeptOrder& kept);
  void i17_erased(const peers::ShopOrder& truth, const KeptOrder& kept);
  void i19_proven();
  void i19_told(const peers::ShopOrder& truth, const KeptOrder& kept);
  bool is_asked_for(const GatePolicy& gate, const std::string& procedure) const;
  void i20_gates(const std::string& name, const KeptOrder& kept);
  void i20_doubtful();
  void i20_benches();
  void i21_others();

  Machine& machine_;
  Record& record_;
  peers::World& world_;
  Kept kept_;
  std::map<std::string, std::vector<const peers::CarrierParcel*>> parcels_of_;  // by order
  std::multimap<std::string, const peers::CarrierParcel*> parcels_by_number_;
  std::vector<Doubtful> doubtful_;
  std::size_t looks_ = 0;
  Instant rested_at_;
};

}  // namespace holdfast::sim
