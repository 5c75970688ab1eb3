#pragma once
// What people saw of the goods. Facts only: nothing here may claim more than its evidence shows.
// A released field keeps its name; a new one needs a default that older events can live with.

#include <string>
#include <variant>
#include <vector>

#include "model/values.h"

namespace holdfast {

/// A check at a bench, item by item.
struct CheckRecorded {
  static constexpr const char* name = "CheckRecorded";

  CheckKind check{};
  std::string po;
  std::vector<CheckItem> items;
  CheckVerdict verdict{};
  std::vector<LineQuantity> lines;
  Strength strength{};
  std::string actor;
  Instant at;

  bool operator==(const CheckRecorded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("check", self.check);
    visit("po", self.po);
    visit("items", self.items);
    visit("verdict", self.verdict);
    visit("lines", self.lines);
    visit("strength", self.strength);
    visit("actor", self.actor);
    visit("at", self.at);
  }
};

/// The supplier's statement in place of our own check.
struct CheckAttested {
  static constexpr const char* name = "CheckAttested";

  CheckKind check{};
  std::string po;
  std::string statement;
  std::string photo;
  std::string actor;
  Instant at;

  bool operator==(const CheckAttested&) const = default;
  static void each(auto& self, auto& visit) {
    visit("check", self.check);
    visit("po", self.po);
    visit("statement", self.statement);
    visit("photo", self.photo);
    visit("actor", self.actor);
    visit("at", self.at);
  }
};

/// Order and label were scanned together.
struct LabelMatched {
  static constexpr const char* name = "LabelMatched";

  std::int64_t parcel = 0;
  std::string order_scan;
  std::string label_scan;
  bool matches = false;
  std::string actor;
  Instant at;

  bool operator==(const LabelMatched&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("order_scan", self.order_scan);
    visit("label_scan", self.label_scan);
    visit("matches", self.matches);
    visit("actor", self.actor);
    visit("at", self.at);
  }
};

/// One fact of this step.
using PhysicalEvent = std::variant<CheckRecorded, CheckAttested, LabelMatched>;

}  // namespace holdfast
