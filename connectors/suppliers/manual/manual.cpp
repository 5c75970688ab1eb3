#include "connectors/suppliers/manual/manual.h"

#include "connectors/suppliers/manual/data.h"
#include "ports/outcomes.h"
#include "ports/setting_table.h"

namespace holdfast::connectors {
namespace {

using namespace ports;

const std::vector<Setting>& settings() {
  static const SettingTable table(manual::account_toml);
  return table.all();
}

/// Nothing leaves, so nothing is reported about the purchase order: the console shows its document
/// until the operator has typed the supplier's number.
Turn place(const Account& account, const PlaceJob&, const Exchanges&) {
  const auto& where = account.setting("place_at");
  return Turn::end(
      outcome(Outcome::Kind::Done, where.empty() ? "task for an operator"
                                                 : "task for an operator: place it at " + where));
}

}  // namespace

const SupplierConnector manual_supplier = {
    .kind = "manual",
    .capabilities = {.idempotent = true,
                     .find_by_reference = false,
                     .cancel = false,
                     .ordered = false,
                     .requests_per_minute = 6000,
                     .burst = 1000,
                     .by_hand = true},
    .settings = settings,
    .receive = nullptr,
    .read_callback = nullptr,
    .place = place,
    .find = nullptr,
    .cancel = nullptr,
    .remind = nullptr,
};

}  // namespace holdfast::connectors
