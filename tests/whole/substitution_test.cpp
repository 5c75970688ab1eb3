// A substitution as its page shows it: what is offered, and what rejecting it would come to.
#include <gtest/gtest.h>

#include "engine/views/case_view.h"
#include "engine/views/routing_facts.h"
#include "store/memory/memory_store.h"

namespace holdfast {
namespace {

UnitPrice each(const char* text) { return *parse_unit_price(text); }

/// Two lamps asked of lumen, which offers others; west was compared with it.
struct Substituted : testing::Test {
  Substituted() : rows(store::make_memory_store()) {
    core::LineState line;
    line.line = {1, "c-1", "LAMP", "Glass desk lamp", "White", 2, each("39.00 EUR"), true, "", {}};
    state.lines = {line};
    core::PoLine part;
    part.asked = {1, 2, "lumen", "LAMP-UK", each("14.60 EUR")};
    part.answer =
        LineAnswer{1, AckKind::ItemChanged, 2, "LAMP-EU", each("14.60 EUR"), {}, "an EU plug"};
    state.pos.resize(1);
    state.pos[0].po = "HF-7";
    state.pos[0].supplier = "lumen";
    state.pos[0].lines = {part};
    core::ExceptionState known;
    known.number = 1;
    known.reason = ReasonCode::Substitution;
    known.about = "HF-7 line 1";
    known.options = {{"approve", "", {}}, {"reject", "", {}}};
    state.exceptions = {known};
    compare();
  }

  void compare() {
    RoutingFacts facts;
    for (const auto* supplier : {"lumen", "west"}) {
      decided.candidates.push_back({1, supplier, "", "", 800, 0});
      Offer offer;
      offer.sku = "LAMP";
      offer.supplier = supplier;
      offer.cost = each("16.00 EUR");
      offer.stock = 5;
      facts.offers.push_back(offer);
    }
    const auto bytes = encode_routing_facts(facts);
    decided.facts = hex(sha256(bytes));
    ports::Batch batch;
    batch.put_values.push_back({TenantId{1}, sha256(bytes), bytes});
    EXPECT_TRUE(rows->write(batch));
  }

  Json detail() {
    engine::History history{{TenantId{1}, ports::StreamKind::Order, 1}, state, {}};
    history.events.push_back({{}, SourcingEvent(decided)});
    history.events.back().row.at = *parse_instant("2026-03-04T05:58:00Z");
    return engine::case_detail_json(*rows, history, 1).value();
  }

  std::unique_ptr<ports::Store> rows;
  core::OrderState state;
  RoutingDecided decided;
};

TEST_F(Substituted, IsRejectedAtThePriceOfTheNextSupplier) {
  const auto reject = detail()["exception"]["options"].items().at(1);
  EXPECT_EQ(reject["cost"].string(), "32.00 EUR");
  EXPECT_EQ(reject["margin"].string(), "46.00 EUR");
  EXPECT_EQ(reject["elsewhere"]["supplier"].string(), "west");
  EXPECT_EQ(reject["elsewhere"]["compared_at"].string(), "2026-03-04T05:58:00Z");
  decided.facts = hex(sha256("lost"));
  EXPECT_TRUE(detail()["exception"]["options"].items().at(1)["cost"].is_null());
}

TEST_F(Substituted, IsNotDescribedByTheListingItDiffersFrom) {
  const auto sides = detail()["comparison"];
  EXPECT_EQ(sides["promised"]["title"].string(), "Glass desk lamp");
  EXPECT_EQ(sides["offered"]["title"].string(), "");
  EXPECT_EQ(sides["offered"]["variant"].string(), "");
  EXPECT_EQ(sides["offered"]["supplier_sku"].string(), "LAMP-EU");
  EXPECT_EQ(sides["offered"]["note"].string(), "an EU plug");
  state.exceptions[0].reason = ReasonCode::PriceChange;
  state.pos[0].lines[0].answer->kind = AckKind::PriceChanged;
  EXPECT_EQ(detail()["comparison"]["offered"]["title"].string(), "Glass desk lamp");
}

}  // namespace
}  // namespace holdfast
