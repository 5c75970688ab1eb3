#include "peers/carriers.h"

#include <algorithm>
#include <array>

#include "peers/catalogue.h"

namespace holdfast::peers {
namespace {

constexpr Duration until_swap = hours(18);  // from the label, the first scans being behind

std::string digits(const Chance& chance, std::string_view key, std::size_t count) {
  std::string out;
  while (out.size() < count) {
    const auto part = std::string(key) + "/" + std::to_string(out.size());
    out += static_cast<char>('0' + chance.number(part, 0, 9));
  }
  return out;
}

/// Check digit of UPU S10: weights 8 6 4 2 3 5 9 7, modulo 11.
char s10_check(std::string_view number) {
  constexpr std::array<int, 8> weights{8, 6, 4, 2, 3, 5, 9, 7};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (number[i] - '0');
  const int rest = 11 - sum % 11;
  return static_cast<char>('0' + (rest == 10 ? 0 : rest == 11 ? 5 : rest));
}

/// Check digit of GS1 and USPS numbers: from the right, times 3 and 1 in turn, modulo 10.
char mod10_check(std::string_view number) {
  int sum = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {
    sum += (number[number.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

std::string tracking_number(const Chance& chance, std::string_view key, std::string_view carrier,
                            std::string_view country) {
  const auto name = "number/" + std::string(key);
  if (carrier == "USPS" || carrier == "DHL") {
    // USPS: 22 digits beginning 94; DHL: a 20-digit licence plate beginning 00.
    auto number = carrier == "USPS" ? "9400" + digits(chance, name, 17)
                                    : "0034043416" + digits(chance, name, 9);
    return number + mod10_check(number);
  }
  const auto number = digits(chance, name, 8);
  return "LX" + number + s10_check(number) + std::string(country);
}

const CarrierParcel& Carriers::post(const ParcelWish& wish) {
  CarrierParcel parcel;
  parcel.number = tracking_number(scene_.chance, wish.key, wish.carrier, wish.from);
  parcel.carrier = wish.carrier;
  parcel.order = wish.order;
  parcel.from = wish.from;
  parcel.to = wish.to;
  parcel.postcode = wish.postcode;
  parcel.label_at = scene_.agenda.now();
  parcels_.push_back(std::move(parcel));
  const auto index = parcels_.size() - 1;
  by_number_.emplace(parcels_[index].number, index);
  scan(index, {{}, "InfoReceived", "Shipment data received", Step::Where::Origin});
  const auto fault = scene_.faults.of(wish.order);
  walk(index, way(parcels_[index], fault));
  if (fault == Fault::CourierSwap) {
    scene_.agenda.after(until_swap, [this, index] { hand_on(index); });
  }
  return parcels_[index];
}

/// The parcel goes on with another carrier: its old number gets no scan any more.
void Carriers::hand_on(std::size_t index) {
  auto next = parcels_[index];
  next.replaces = next.number;
  next.number = tracking_number(scene_.chance, next.number + "/swap", next.carrier, next.from);
  next.label_at = scene_.agenda.now();
  next.scans.clear();
  parcels_.push_back(std::move(next));
  const auto fresh = parcels_.size() - 1;
  by_number_.emplace(parcels_[fresh].number, fresh);
  scan(fresh, {{}, "InfoReceived", "Shipment data received", Step::Where::Origin});
  for (const auto& told : told_of_swaps_) told(parcels_[fresh]);
  auto steps = way(parcels_[fresh], Fault::None);
  steps.erase(steps.begin(), steps.begin() + 2);  // collected and left long ago
  walk(fresh, steps);
}

Duration Carriers::between(const CarrierParcel& parcel, const char* what, Duration least,
                           Duration most) const {
  return scene_.chance.span(parcel.number + what, least, most);
}

std::vector<Carriers::Step> Carriers::way(const CarrierParcel& parcel, Fault fault) const {
  using enum Step::Where;
  if (fault == Fault::LabelNeverMoves) return {};
  std::vector<Step> steps{
      {between(parcel, "pickup", hours(3), hours(9)), "InTransit_PickedUp", "Collected", Origin},
      {between(parcel, "depart", hours(2), hours(6)), "InTransit_Departure", "Left facility",
       HubOrigin}};
  if (fault == Fault::CourierSwap) return steps;
  if (fault == Fault::Lost) {
    steps.push_back({hours(60), "Exception_Lost", "Search ended without result", HubOrigin});
    return steps;
  }
  if (fault == Fault::StallInTransit) {
    steps.push_back({days(9), "InTransit_Departure", "Left facility", HubOrigin});
  }
  add_customs(parcel, fault, steps);
  steps.push_back({between(parcel, "arrive", hours(6), hours(14)), "InTransit_Arrival",
                   "Arrived at facility", HubDestination});
  if (fault == Fault::Damaged) {
    steps.push_back({hours(2), "Exception_Damage", "Packaging found damaged", HubDestination});
  }
  if (astray_.contains(parcel.order)) {
    steps.push_back({hours(9), "OutForDelivery_Other", "Out for delivery", Abroad});
    steps.push_back({days(2), "InTransit_Arrival", "Arrived at facility", HubDestination});
  }
  add_last_mile(parcel, fault, steps);
  return steps;
}

void Carriers::add_customs(const CarrierParcel& parcel, Fault fault,
                           std::vector<Step>& steps) const {
  using enum Step::Where;
  const bool abroad = parcel.from != parcel.to;
  if (abroad) {
    steps.push_back({between(parcel, "flight", hours(20), hours(30)), "InTransit_CustomsProcessing",
                     "Presented to customs", HubDestination});
  }
  if (fault == Fault::CustomsHold) {
    steps.push_back({hours(4), "InTransit_CustomsRequiringInformation", "Customs ask for papers",
                     HubDestination});
    steps.push_back({days(3), "InTransit_CustomsProcessing", "Papers received", HubDestination});
  }
  if (abroad || fault == Fault::CustomsHold) {
    steps.push_back({hours(3), "InTransit_CustomsReleased", "Released by customs", HubDestination});
  }
}

void Carriers::add_last_mile(const CarrierParcel& parcel, Fault fault,
                             std::vector<Step>& steps) const {
  using enum Step::Where;
  const Step out{between(parcel, "out", hours(8), hours(16)), "OutForDelivery_Other",
                 "Out for delivery", Destination};
  steps.push_back(out);
  if (fault == Fault::FailedAttemptThenDelivered) {
    steps.push_back({hours(5), "DeliveryFailure_NoBody", "Nobody at home", Destination});
    steps.push_back(out);
  }
  if (fault == Fault::ReturnedToSender) {
    steps.push_back({hours(5), "DeliveryFailure_Rejected", "Refused", Destination});
    steps.push_back({hours(20), "Exception_Returning", "On its way back", HubDestination});
    steps.push_back({days(4), "Exception_Returned", "Back at the sender", Origin});
    return;
  }
  steps.push_back({between(parcel, "door", hours(2), hours(6)), "Delivered_Other", "Delivered",
                   fault == Fault::DeliveredElsewhere ? Elsewhere : Destination});
}

void Carriers::walk(std::size_t parcel, const std::vector<Step>& steps) {
  Duration wait;
  for (const auto& step : steps) {
    wait = wait + step.wait;
    scene_.agenda.after(wait, [this, parcel, step] { scan(parcel, step); });
  }
}

void Carriers::scan(std::size_t index, const Step& step) {
  auto& parcel = parcels_[index];
  using enum Step::Where;
  const bool at_origin = step.where == Origin || step.where == HubOrigin;
  const std::string elsewhere = parcel.to == "NL" ? "FR" : "NL";
  const auto country = at_origin ? parcel.from : step.where == Abroad ? elsewhere : parcel.to;
  auto place = hub_of(country);
  if (step.where == Destination) place.postcode = parcel.postcode;
  // No postcode of the demo's buyers begins like this one.
  if (step.where == Elsewhere) place.postcode = "999 99";
  parcel.scans.push_back(
      {scene_.agenda.now(), step.code, step.words, country, place.city, place.postcode});
  for (const auto& told : told_) told(parcel);
}

const CarrierParcel* Carriers::find(std::string_view number) const {
  const auto found = by_number_.find(number);
  return found == by_number_.end() ? nullptr : &parcels_[found->second];
}

Json Carriers::books() const {
  Json books = Json::Array{};
  for (const auto& parcel : parcels_) {
    Json scans = Json::Array{};
    for (const auto& scan : parcel.scans) {
      Json entry;
      entry.set("at", to_text(scan.at));
      entry.set("code", scan.code);
      entry.set("country", scan.country);
      scans.push(std::move(entry));
    }
    Json entry;
    entry.set("number", parcel.number);
    entry.set("carrier", parcel.carrier);
    entry.set("order", parcel.order);
    entry.set("replaces", parcel.replaces);
    entry.set("scans", std::move(scans));
    books.push(std::move(entry));
  }
  return books;
}

}  // namespace holdfast::peers
