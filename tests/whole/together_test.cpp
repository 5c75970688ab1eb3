// What orders do together: equal causes become one incident, and agreed proposals earn automation.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "core/summary.h"
#include "engine/views/history.h"
#include "engine/views/routing_facts.h"
#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

using engine::Stepped;

struct Bought {
  ports::StreamKey stream;
  std::string po;
};

/// The purchase orders of the supplier that has most of them.
std::vector<Bought> of_busiest_supplier(kit::InProcess& world, std::string& supplier) {
  std::map<std::string, std::vector<Bought>> by_supplier;
  for (const auto& row : world.orders()) {
    const auto history = engine::read_history(world.store(), world.engine().vault(), row.stream);
    if (!history) continue;
    for (const auto& po : history->state.pos) {
      by_supplier[po.supplier].push_back({row.stream, po.po});
    }
  }
  const auto busiest =
      std::ranges::max_element(by_supplier, {}, [](const auto& of) { return of.second.size(); });
  if (busiest == by_supplier.end()) return {};
  supplier = busiest->first;
  return busiest->second;
}

Result<Stepped> decide(kit::InProcess& world, const ports::StreamKey& stream, Command command) {
  Result<Stepped> answer = fail(ErrorCode::Internal, "not answered");
  world.engine().submit(stream, std::move(command), "test",
                        [&](Result<Stepped> stepped) { answer = std::move(stepped); });
  world.engine().pump();
  return answer;
}

std::vector<ports::ExceptionRow> open_about(kit::InProcess& world, const std::string& about) {
  auto rows = world.exceptions(true);
  std::erase_if(rows, [&](const ports::ExceptionRow& row) { return row.about != about; });
  return rows;
}

CasesCommand answer_to(const ports::ExceptionRow& row, const char* verb) {
  return ResolveException{row.number, verb, "payments desk", "one cause", {}, false};
}

TEST(Together, ABalanceTooLowIsOneIncidentDecidedOnce) {
  kit::InProcess world({});
  world.place_orders(40, minutes(5));
  world.run(hours(8));
  std::string supplier;
  const auto bought = of_busiest_supplier(world, supplier);
  ASSERT_GE(bought.size(), 10u);
  for (const auto& [stream, po] : bought) {
    const auto told = decide(world, stream,
                             SupplierCommand(RecordSupplierPayment{
                                 po, PayablesState::BalanceTooLow, {}, "payments desk"}));
    ASSERT_TRUE(told) << describe(told.error());
  }
  const auto incident = open_about(world, "incident supplier:" + supplier);
  ASSERT_EQ(incident.size(), 1u);
  EXPECT_EQ(incident[0].reason, ReasonCode::SupplierPayment);
  EXPECT_TRUE(incident[0].detail.starts_with(std::to_string(bought.size()) + " orders: #"));
  for (const auto& row : world.exceptions(true)) {
    EXPECT_TRUE(row.reason != ReasonCode::SupplierPayment || row.number == incident[0].number)
        << "an order's own case stands in the queue beside the incident: " << row.about;
  }
  const auto held = engine::read_history(world.store(), world.engine().vault(), bought[0].stream);
  EXPECT_TRUE(core::is_held(held->state)) << "the order itself knows that it waits";

  ASSERT_TRUE(decide(world, incident[0].stream, answer_to(incident[0], "confirm")));
  EXPECT_TRUE(open_about(world, "incident supplier:" + supplier).empty());
  for (const auto& [stream, po] : bought) {
    const auto history = engine::read_history(world.store(), world.engine().vault(), stream);
    EXPECT_FALSE(history->state.open_exception(ReasonCode::SupplierPayment, po));
    EXPECT_EQ(history->state.exceptions.back().resolution, "confirm: one cause");
  }
}

TEST(Together, AgreedProposalsAreOfferedAutoAndARefusalTakesItBack) {
  kit::InProcessOptions options;
  options.mode = Mode::Propose;
  kit::InProcess world(std::move(options));
  world.place_orders(90, minutes(5));
  world.run(hours(9));
  std::string supplier;
  const auto bought = of_busiest_supplier(world, supplier);
  ASSERT_GE(bought.size(), 21u);
  const auto subject = "supplier:" + supplier;
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_TRUE(open_about(world, subject).empty()) << "offered after " << i;
    const auto released = decide(world, bought[i].stream,
                                 PeopleCommand(ReleasePurchaseOrder{bought[i].po, "buying desk"}));
    ASSERT_TRUE(released) << describe(released.error());
  }
  const auto offer = open_about(world, subject);
  ASSERT_EQ(offer.size(), 1u);
  EXPECT_EQ(offer[0].reason, ReasonCode::AutomationOffer);
  EXPECT_EQ(offer[0].owner, "shop owner");
  const auto refused = open_about(world, bought[20].po);
  ASSERT_EQ(refused.size(), 1u);
  ASSERT_TRUE(decide(world, refused[0].stream, answer_to(refused[0], "reject")));
  EXPECT_TRUE(open_about(world, subject).empty());
  const auto kept = world.store().record({TenantId{1}, "automation", subject});
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->bytes, R"({"raised":false,"agreed":0})");
}

TEST(Together, TheOffersThatWereComparedAreStoredWithTheDecision) {
  kit::InProcess world({});
  world.place_orders(1, minutes(5));
  world.run(hours(1));
  const auto history =
      engine::read_history(world.store(), world.engine().vault(), world.orders().at(0).stream);
  ASSERT_TRUE(history);
  const RoutingDecided* decided = nullptr;
  for (const auto& recorded : history->events) {
    if (!decided) decided = recorded.event.as<RoutingDecided>();
  }
  ASSERT_TRUE(decided);
  const auto compared = engine::read_compared(world.store(), TenantId{1}, decided->facts);
  ASSERT_TRUE(compared) << describe(compared.error());
  for (const auto& candidate : decided->candidates) {
    EXPECT_TRUE(compared->suppliers.contains(candidate.supplier));
    const bool stored = std::ranges::any_of(compared->offers, [&](const Offer& offer) {
      return offer.supplier == candidate.supplier &&
             candidate.detail.find(to_text(offer.cost)) != std::string::npos;
    });
    EXPECT_TRUE(stored || !candidate.removed_by.empty()) << candidate.supplier;
  }
  EXPECT_FALSE(engine::read_compared(world.store(), TenantId{1}, "").has_value());
}

}  // namespace
}  // namespace holdfast
