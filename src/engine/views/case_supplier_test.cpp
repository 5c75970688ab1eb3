// Whose goods a case is about, told from what it names.
#include "engine/views/case_supplier.h"

#include <gtest/gtest.h>

namespace holdfast::engine {
namespace {

core::OrderState order() {
  core::OrderState state;
  state.pos.resize(2);
  state.pos[0].po = "HF-7";
  state.pos[0].supplier = "lumen";
  state.pos[1].po = "HF-70";
  state.pos[1].supplier = "north";
  state.parcels.resize(1);
  state.parcels[0].parcel = 2;
  state.parcels[0].po = "HF-70";
  return state;
}

std::string of(const std::string& about, const std::string& cause = {}) {
  core::ExceptionState known;
  known.about = about;
  known.cause = cause;
  return supplier_of(order(), known);
}

TEST(CaseSupplier, IsThatOfThePurchaseOrderItNames) {
  EXPECT_EQ(of("HF-7"), "lumen");
  EXPECT_EQ(of("HF-70"), "north");
  EXPECT_EQ(of("HF-70 line 1"), "north");
  EXPECT_EQ(of("cancel HF-7"), "lumen");
  EXPECT_EQ(of("purchase_value@HF-7"), "lumen");
  EXPECT_EQ(of("PlacePurchaseOrder HF-7", "supplier:other"), "lumen");
}

TEST(CaseSupplier, IsThatOfTheParcelItNames) {
  EXPECT_EQ(of("parcel 2"), "north");
  EXPECT_EQ(of("handoff@parcel 2"), "north");
  EXPECT_EQ(of("parcel 3"), "");
}

TEST(CaseSupplier, IsThatOfItsCauseWhenItNamesNeither) {
  EXPECT_EQ(of("routing", "supplier:lumen"), "lumen");
  EXPECT_EQ(of("incident supplier:north"), "north");
  EXPECT_EQ(of("mapping:LAMP@W@lumen"), "lumen");
  EXPECT_EQ(of("supplier:lumen"), "lumen");
}

TEST(CaseSupplier, IsNobodyOtherwise) {
  EXPECT_EQ(of("payment"), "");
  EXPECT_EQ(of("routing", "limit:orders"), "");
  EXPECT_EQ(of("HF-700"), "");
  EXPECT_EQ(of(""), "");
}

}  // namespace
}  // namespace holdfast::engine
