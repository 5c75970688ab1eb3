#pragma once
// The carriers' book: parcels, their numbers and every scan when it happens. It must never tell a
// scan before its time.

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "peers/scene.h"

namespace holdfast::peers {

/// One thing that happened to a parcel; `code` is a sub status in 17TRACK's vocabulary.
struct CarrierScan {
  Instant at;
  std::string code;
  std::string words;
  std::string country;
  std::string city;
  std::string postcode;
};

struct CarrierParcel {
  std::string number;
  std::string carrier;
  std::string order;  // the shop's order name; the carrier keeps it as the sender's reference
  std::string from;   // ISO 3166-1 alpha-2
  std::string to;
  std::string postcode;
  Instant label_at;
  std::vector<CarrierScan> scans;  // oldest first
  std::string replaces;            // the number it had with the carrier before; "" for none
};

/// What a sender hands over.
struct ParcelWish {
  std::string key;  // makes the number: one key, one number
  std::string carrier;
  std::string order;
  std::string from;
  std::string to;
  std::string postcode;
};

class Carriers {
 public:
  explicit Carriers(Scene& scene) : scene_(scene) {}

  /// Makes a label; the parcel is collected some hours later and goes its way by the order's fault.
  const CarrierParcel& post(const ParcelWish& wish);

  /// Parcels of an order whose label is made from now on go through another country's last mile.
  void lead_astray(const std::string& order) { astray_.insert(order); }

  /// Told of every scan when it happens.
  void on_scan(std::function<void(const CarrierParcel&)> told) { told_.push_back(std::move(told)); }

  /// Told when a parcel goes on under another number, which its `replaces` ends.
  void on_swap(std::function<void(const CarrierParcel&)> told) {
    told_of_swaps_.push_back(std::move(told));
  }

  /// The parcel with a number; nullptr when no carrier has it.
  const CarrierParcel* find(std::string_view number) const;

  const std::deque<CarrierParcel>& parcels() const { return parcels_; }

  /// [{number, carrier, order, replaces, scans: [{at, code, country}]}].
  Json books() const;

 private:
  struct Step {
    Duration wait;  // after the step before
    const char* code;
    const char* words;
    enum class Where { Origin, HubOrigin, HubDestination, Destination, Elsewhere, Abroad } where;
  };

  Duration between(const CarrierParcel& parcel, const char* what, Duration least,
                   Duration most) const;
  std::vector<Step> way(const CarrierParcel& parcel, Fault fault) const;
  void add_customs(const CarrierParcel& parcel, Fault fault, std::vector<Step>& steps) const;
  void add_last_mile(const CarrierParcel& parcel, Fault fault, std::vector<Step>& steps) const;
  void hand_on(std::size_t parcel);
  void walk(std::size_t parcel, const std::vector<Step>& steps);
  void scan(std::size_t parcel, const Step& step);

  Scene& scene_;
  std::deque<CarrierParcel> parcels_;
  std::set<std::string, std::less<>> astray_;
  std::map<std::string, std::size_t, std::less<>> by_number_;
  std::vector<std::function<void(const CarrierParcel&)>> told_;
  std::vector<std::function<void(const CarrierParcel&)>> told_of_swaps_;
};

/// A number in the carrier's own form with a right check digit (UPU S10; USPS and DHL modulo 10).
std::string tracking_number(const Chance& chance, std::string_view key, std::string_view carrier,
                            std::string_view country);

}  // namespace holdfast::peers
