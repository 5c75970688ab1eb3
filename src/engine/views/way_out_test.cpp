// What a way out costs and leaves: told where it can be known, and never guessed.
#include "engine/views/way_out.h"

#include <gtest/gtest.h>

namespace holdfast::engine {
namespace {

UnitPrice each(const char* text) { return *parse_unit_price(text); }

core::LineState sold(std::int64_t line, const char* sku, std::int64_t quantity, const char* price) {
  core::LineState state;
  state.line.line = line;
  state.line.sku = sku;
  state.line.title = "Glass desk lamp";
  state.line.variant = "White";
  state.line.quantity = quantity;
  state.line.price = each(price);
  return state;
}

core::PoLine bought(std::int64_t line, std::int64_t quantity, const char* supplier,
                    const char* cost) {
  core::PoLine part;
  part.asked = {line, quantity, supplier, "S-" + std::to_string(line), each(cost)};
  return part;
}

/// Two lamps from lumen, three shades from north; one of the lamps is packed.
core::OrderState order() {
  core::OrderState state;
  state.lines = {sold(1, "LAMP", 2, "39.00 EUR"), sold(2, "SHADE", 3, "10.00 EUR")};
  state.pos.resize(2);
  state.pos[0].po = "HF-7";
  state.pos[0].supplier = "lumen";
  state.pos[0].released_event = 4;
  state.pos[0].lines = {bought(1, 2, "lumen", "14.60 EUR")};
  state.pos[1].po = "HF-8";
  state.pos[1].supplier = "north";
  state.pos[1].released_event = 5;
  state.pos[1].lines = {bought(2, 3, "north", "4.00 EUR")};
  state.parcels.resize(1);
  state.parcels[0].parcel = 1;
  state.parcels[0].po = "HF-7";
  state.parcels[0].lines = {{1, 1}};
  return state;
}

core::ExceptionState case_of(ReasonCode reason, const char* about) {
  core::ExceptionState known;
  known.number = 1;
  known.reason = reason;
  known.about = about;
  known.money_at_risk = *parse_money("108.00 EUR");
  return known;
}

/// "cost, margin" of a way out; "-" for what is not known.
std::string numbers(const core::OrderState& state, ReasonCode reason, const char* about,
                    const char* verb, const std::optional<Elsewhere>& elsewhere = {}) {
  const auto way = way_out_json(state, case_of(reason, about), {verb, "", {}}, elsewhere);
  const auto text = [&](const char* name) {
    return way[name].is_null() ? std::string("-") : way[name].string();
  };
  return text("cost") + ", " + text("margin");
}

TEST(WayOutNumbers, AreThoseOfThePiecesItLetsGoOn) {
  const auto state = order();
  EXPECT_EQ(numbers(state, ReasonCode::Approval, "HF-7", "approve"), "29.20 EUR, 48.80 EUR");
  EXPECT_EQ(numbers(state, ReasonCode::UnknownOutcome, "HF-8", "retry"), "12.00 EUR, 18.00 EUR");
  EXPECT_EQ(numbers(state, ReasonCode::UnknownOutcome, "PlacePurchaseOrder HF-8", "retry"),
            "12.00 EUR, 18.00 EUR");
  EXPECT_EQ(numbers(state, ReasonCode::ProductCheckFailed, "inspection@HF-7", "override"),
            "29.20 EUR, 48.80 EUR");
  EXPECT_EQ(numbers(state, ReasonCode::LabelMismatch, "label@parcel 1", "override"),
            "14.60 EUR, 24.40 EUR");
  EXPECT_EQ(numbers(state, ReasonCode::MarginBreach, "margin", "override"), "41.20 EUR, 66.80 EUR");
  EXPECT_EQ(numbers(state, ReasonCode::AmbiguousRefund, "refund", "release"),
            "41.20 EUR, 66.80 EUR");
  EXPECT_EQ(numbers(state, ReasonCode::SupplierPayment, "HF-8", "confirm"), "12.00 EUR, 18.00 EUR");
}

TEST(WayOutNumbers, FollowWhatTheSupplierOffersNow) {
  auto state = order();
  state.pos[0].lines[0].answer =
      LineAnswer{1, AckKind::PriceChanged, 2, "S-1", each("20.00 EUR"), {}, ""};
  EXPECT_EQ(numbers(state, ReasonCode::PriceChange, "HF-7 line 1", "approve"),
            "40.00 EUR, 38.00 EUR");
  state.pos[0].lines[0].withdrawn = 1;
  EXPECT_EQ(numbers(state, ReasonCode::PriceChange, "HF-7 line 1", "approve"),
            "20.00 EUR, 19.00 EUR");
}

TEST(WayOutNumbers, StayUnknownWithAnyPartOfThem) {
  auto state = order();
  state.pos[1].lines[0].asked.cost = each("4.00 USD");
  EXPECT_EQ(numbers(state, ReasonCode::UnknownOutcome, "HF-8", "retry"), "12.00 USD, -");
  EXPECT_EQ(numbers(state, ReasonCode::MarginBreach, "margin", "override"), "-, -");
  state.pos[1].lines[0].asked.cost = {};
  EXPECT_EQ(numbers(state, ReasonCode::UnknownOutcome, "HF-8", "retry"), "-, -");
  state = order();
  state.pos.pop_back();
  EXPECT_EQ(numbers(state, ReasonCode::MarginBreach, "margin", "override"), "-, -")
      << "the shades are not bought yet";
  EXPECT_EQ(numbers(order(), ReasonCode::UnknownOutcome, "TellBuyer shipped", "retry"), "-, -");
  EXPECT_EQ(numbers(order(), ReasonCode::StoreRefused, "parcel 1", "retry"), "-, -");
  EXPECT_EQ(numbers(order(), ReasonCode::PackingIssue, "packing@parcel 1", "repack"), "-, -");
}

TEST(WayOutNumbers, ARefundIsWhatTheBuyerPaidForThePieces) {
  auto state = order();
  EXPECT_EQ(numbers(state, ReasonCode::ParcelLost, "parcel 1", "refund"), "39.00 EUR, -");
  EXPECT_EQ(numbers(state, ReasonCode::ParcelLost, "", "refund"), "108.00 EUR, -");
  state.pos[0].lines[0].kept = 1;
  const auto* cancellation = "cancel HF-7";
  EXPECT_EQ(numbers(state, ReasonCode::CancellationRequest, cancellation, "refund"),
            "39.00 EUR, -");
  EXPECT_EQ(numbers(state, ReasonCode::CancellationRequest, cancellation, "confirm"),
            "14.60 EUR, -");
}

TEST(WayOutNumbers, BuyingElsewhereIsAsItWasLastCompared) {
  const auto state = order();
  const Elsewhere north{"north", *parse_money("32.00 EUR"), 4,
                        *parse_instant("2026-03-04T05:58:00Z")};
  for (const auto* verb : {"reject", "reroute"}) {
    EXPECT_EQ(numbers(state, ReasonCode::Substitution, "HF-7 line 1", verb), "-, -");
    EXPECT_EQ(numbers(state, ReasonCode::Substitution, "HF-7 line 1", verb, north),
              "32.00 EUR, 46.00 EUR");
  }
  const auto known = case_of(ReasonCode::Substitution, "HF-7 line 1");
  const auto way = way_out_json(state, known, {"reject", "", {}}, north);
  EXPECT_EQ(way["elsewhere"]["supplier"].string(), "north");
  EXPECT_EQ(way["elsewhere"]["lead_days"].integer(), 4);
  EXPECT_EQ(way["elsewhere"]["compared_at"].string(), "2026-03-04T05:58:00Z");
  EXPECT_TRUE(way_out_json(state, known, {"approve", "", {}}, north)["elsewhere"].is_null());
}

/// What was compared for the lamps: lumen won, three were left, one was removed.
struct Routed : testing::Test {
  Routed() {
    decided.candidates = {{1, "lumen", "", "", 900, 0},
                          {1, "north", "", "", 700, 0},
                          {1, "west", "", "", 800, 0},
                          {1, "south", "suspended", "", 0, 0}};
    for (const auto* supplier : {"lumen", "north", "west", "south"}) {
      Offer offer;
      offer.sku = "LAMP";
      offer.supplier = supplier;
      offer.cost = each("16.00 EUR");
      offer.stock = 5;
      offer.lead_days = 4;
      compared.offers.push_back(offer);
    }
  }

  std::string best() const {
    const auto found =
        elsewhere_of(state, moved_pieces(state, "HF-7 line 1"), {Instant{}, &decided}, compared);
    return found ? found->supplier + " " + to_text(found->cost) : "";
  }

  core::OrderState state = order();
  RoutingDecided decided;
  ComparedOffers compared;
};

TEST_F(Routed, TheBestOfThoseThatWereLeft) { EXPECT_EQ(best(), "west 32.00 EUR"); }

TEST_F(Routed, NotSinceTheyWereRoutedInVain) {
  History history{{TenantId{1}, ports::StreamKind::Order, 1}, state, {}};
  const auto routed = [&] {
    return last_routed(history, moved_pieces(state, "HF-7 line 1")).has_value();
  };
  EXPECT_FALSE(routed());
  history.events.push_back({{}, SourcingEvent(decided)});
  RoutingFailed failed;
  failed.candidates = {{2, "north", "suspended", "", 0, 0}};
  history.events.push_back({{}, SourcingEvent(failed)});
  EXPECT_TRUE(routed()) << "that was about the shades";
  failed.candidates[0].line = 1;
  history.events.push_back({{}, SourcingEvent(failed)});
  EXPECT_FALSE(routed());
}

TEST_F(Routed, NotOneThatFailedForIt) {
  state.pos.push_back({});
  state.pos.back().supplier = "west";
  state.pos.back().refused = true;
  state.pos.back().lines = {bought(1, 2, "west", "16.00 EUR")};
  EXPECT_EQ(best(), "north 32.00 EUR");
}

TEST_F(Routed, NotOneWithoutThePiecesOrAPrice) {
  compared.offers[2].stock = 1;
  EXPECT_EQ(best(), "north 32.00 EUR");
  compared.offers[1].cost = {};
  EXPECT_EQ(best(), "");
}

TEST_F(Routed, NobodyWhenOffersOfOneSupplierDiffer) {
  decided.candidates.erase(decided.candidates.begin() + 1);
  compared.offers.push_back(compared.offers[2]);
  EXPECT_EQ(best(), "west 32.00 EUR");
  compared.offers.back().cost = each("18.00 EUR");
  EXPECT_EQ(best(), "");
}

}  // namespace
}  // namespace holdfast::engine
