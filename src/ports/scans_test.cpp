#include "ports/scans.h"

#include <gtest/gtest.h>

namespace holdfast::ports {
namespace {

CodeTable codes() {
  return *parse_codes(
      "code,status,flag,proof,party,note\n"
      "info,label_created,none,electronic,none,\n"
      "took,carrier_accepted,none,physical,none,\n"
      "move,in_transit,none,physical,none,\n"
      "late,last,delayed,inferred,carrier,\n"
      "back,returning,none,physical,none,\n"
      "done,delivered,none,physical,none,\n");
}

Scan scan(std::string code, std::int64_t hour, std::string provider = "",
          std::string country = "") {
  Scan made;
  made.record.key = code + std::to_string(hour);
  made.record.carrier_time = Instant{hour * 3'600'000};
  made.record.country = std::move(country);
  made.provider = std::move(provider);
  made.arrival = code == "move";
  made.code = std::move(code);
  return made;
}

std::vector<TrackingStatus> statuses(std::vector<Scan> scans, std::string_view from = "",
                                     std::string_view to = "") {
  std::vector<TrackingStatus> found;
  for (const auto& record : settled(std::move(scans), codes(), from, to)) {
    found.push_back(record.status);
  }
  return found;
}

using S = TrackingStatus;
using Found = std::vector<TrackingStatus>;

TEST(CarrierTime, WithAZoneItIsExact) {
  const auto time = read_carrier_time("2026-11-02T09:00:00+08:00");
  EXPECT_EQ(to_text(time.at), "2026-11-02T01:00:00Z");
  EXPECT_EQ(time.uncertainty_minutes, 0);
  EXPECT_TRUE(time.has_zone);
}

TEST(CarrierTime, WithoutAZoneItMayBeFourteenHoursOff) {
  for (const char* text : {"2026-11-02T09:00:00", "2026-11-02 09:00:00", "2026-11-02T09:00"}) {
    const auto time = read_carrier_time(text);
    EXPECT_EQ(to_text(time.at), "2026-11-02T09:00:00Z") << text;
    EXPECT_EQ(time.uncertainty_minutes, 840) << text;
    EXPECT_FALSE(time.has_zone) << text;
  }
}

TEST(CarrierTime, ADayIsItsMidday) {
  const auto time = read_carrier_time(" 2026-02-28 ");
  EXPECT_EQ(to_text(time.at), "2026-02-28T12:00:00Z");
  EXPECT_EQ(time.uncertainty_minutes, 1560);
}

TEST(CarrierTime, NoTimeIsNoTime) {
  for (const char* text : {"", "soon", "2026-13-01", "2026-11-02T25:00:00", "02.11.2026"}) {
    EXPECT_FALSE(read_carrier_time(text).at) << text;
  }
}

TEST(Settled, OrderIsByTimeAndACircumstanceKeepsTheStatus) {
  EXPECT_EQ(statuses({scan("late", 3), scan("took", 2), scan("info", 1)}),
            (Found{S::LabelCreated, S::CarrierAccepted, S::CarrierAccepted}));
  EXPECT_EQ(statuses({scan("late", 3)}), (Found{S::Unknown}));
}

TEST(Settled, DeliveredWhileReturningIsReturned) {
  EXPECT_EQ(statuses({scan("done", 9), scan("back", 5)}), (Found{S::Returning, S::Returned}));
  EXPECT_EQ(statuses({scan("done", 4), scan("back", 5)}), (Found{S::Delivered, S::Returning}));
}

TEST(Settled, AnotherProvidersFirstScanIsTheHandOff) {
  EXPECT_EQ(statuses({scan("took", 1, "a"), scan("took", 5, "b"), scan("took", 6, "b")}),
            (Found{S::CarrierAccepted, S::LocalHandoff, S::CarrierAccepted}));
  // Data sent by one and taken by another is a first acceptance, not a hand-off.
  EXPECT_EQ(statuses({scan("info", 1, "a"), scan("took", 5, "b")}),
            (Found{S::LabelCreated, S::CarrierAccepted}));
}

TEST(Settled, ArrivalCountsOnceAndOnlyFromAbroad) {
  const auto arrive = [](std::int64_t hour) { return scan("move", hour, "", "DE"); };
  EXPECT_EQ(statuses({arrive(5), arrive(6)}, "CN", "DE"), (Found{S::LocalHandoff, S::InTransit}));
  EXPECT_EQ(statuses({scan("took", 1, "", "CN"), arrive(5)}, "", "DE"),
            (Found{S::CarrierAccepted, S::LocalHandoff}));
  EXPECT_EQ(statuses({arrive(5), arrive(6)}, "DE", "DE"), (Found{S::InTransit, S::InTransit}));
  EXPECT_EQ(statuses({arrive(5)}, "CN", ""), (Found{S::InTransit}));
}

TEST(Settled, AKeyToldTwiceIsOne) {
  EXPECT_EQ(statuses({scan("took", 1, "a"), scan("took", 1, "b")}), (Found{S::CarrierAccepted}));
}

TEST(ScanKey, PartsDoNotRunTogether) {
  EXPECT_NE(scan_key({"ab", "c"}), scan_key({"a", "bc"}));
  EXPECT_EQ(scan_key({"ab", "c"}), scan_key({"ab", "c"}));
}

TEST(PostcodePrefix, KeepsThreeLettersOrDigits) {
  EXPECT_EQ(postcode_prefix("20095"), "200");
  EXPECT_EQ(postcode_prefix("sw1a 1aa"), "SW1");
  EXPECT_EQ(postcode_prefix("1-2"), "12");
}

}  // namespace
}  // namespace holdfast::ports
