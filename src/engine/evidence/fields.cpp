// The table behind redact.h: every field name events carry, and what it tells. Names with a kind in
// front hold for that kind only and win.

#include <unordered_map>

#include "engine/evidence/redact.h"

namespace holdfast::engine {
namespace {

struct Entry {
  FieldClass field_class;
  std::string_view names;  // separated by spaces
};

constexpr std::array table{
    Entry{FieldClass::Fact,
          "event v line lines quantity by cause as_of placed_at ships fulfill_at test state level "
          "authorization_expires_at status request_status remaining parts placed deleted "
          "destination country problems currency locale gate result strength evidence promise "
          "due_at source timer about procedure risks policy po ship_model mode reply kind ready_at "
          "approved step check verdict items name parcel announced_at flag proof party "
          "carrier_time uncertainty_minutes seen_at mapping key anomaly moment speaker number "
          "review_by opened_at promise_at options verb root_cause rule_change agreed by_default "
          "heuristic allocations candidates removed_by answers effect rule matches at question "
          "default_answer hold place ExceptionOpened.reason next_action "
          "facts provisional order joined IncidentChanged.reason"},
    Entry{FieldClass::Goods, "sku title variant service carrier"},
    Entry{FieldClass::Parcel, "tracking provider photo order_scan label_scan carrier_time_text"},
    Entry{FieldClass::Shop,
          "channel channel_order store_number channel_line fulfillment part location buyer"},
    Entry{FieldClass::Price, "total price authorized captured refunded amount money_at_risk"},
    Entry{FieldClass::Cost,
          "cost score feed_age_minutes PurchaseOrderDrafted.total "
          "SupplierPaymentRecorded.amount"},
    Entry{FieldClass::Supplier,
          "supplier supplier_sku supplier_ref ParcelAnnounced.source subject incident "
          "ExceptionOpened.cause IncidentChanged.cause"},
    Entry{FieldClass::Person, "actor owner backup"},
    Entry{FieldClass::Text,
          "instructions detail note text statement reason raw answer consequence "
          "TrackingRecorded.place"},
    Entry{FieldClass::Place, "region postcode_prefix"},
};

std::unordered_map<std::string_view, FieldClass> make_index() {
  std::unordered_map<std::string_view, FieldClass> index;
  for (const auto& entry : table) {
    for (const auto name : split(entry.names, ' ')) index[name] = entry.field_class;
  }
  return index;
}

}  // namespace

FieldClass class_of(std::string_view event, std::string_view field) {
  static const auto index = make_index();
  const auto own = index.find(std::string(event) + "." + std::string(field));
  if (own != index.end()) return own->second;
  const auto common = index.find(field);
  return common == index.end() ? FieldClass::Unlisted : common->second;
}

}  // namespace holdfast::engine
