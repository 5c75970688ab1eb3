#include "connectors/suppliers/email_link/letters.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace holdfast::connectors::email_link {
namespace {

ports::PurchaseOrderDocument document() {
  ports::PurchaseOrderDocument made;
  made.po = "HF-1";
  made.store_number = "#1";
  made.ordered_at = *parse_instant("2026-11-02T09:00:00Z");
  made.ship_by = *parse_instant("2026-11-06T16:00:00Z");
  made.service = "Express";
  made.customer_service = "Standard";
  made.ship_to = {"Name & Co", "Firm",  "Street 1", "Floor 2",   "Town",
                  "Region",    "20095", "DE",       "+49401234", ""};
  made.instructions = "no bills in the parcel";
  made.packaging = "plain box";
  made.incoterm = "DDP";
  made.duties_paid_by = "merchant";
  made.ioss = "IM123";
  made.total = *parse_money("7.57 EUR");
  made.page_url = "https://h.example/s/t?a=1&b=2";
  made.lines.push_back({1, "MUG", "S-MUG", "Mug", "blue", 2, *parse_unit_price("3.10 EUR"),
                        "691110", "CN", *parse_money("6.20 EUR"), "wrap it"});
  made.lines.push_back(
      {2, "LID", "S-LID", "Lid", "", 1, *parse_unit_price("0.455 EUR"), "", "", {}, ""});
  return made;
}

std::vector<Letter> all_letters(std::string_view locale) {
  ports::CancelJob cancel{"HF-1", "F-9", {{"S-MUG", 1}}, "refund"};
  ports::CancelJob whole{"HF-1", "", {}, ""};
  ports::RemindJob remind{{"HF-1", "HF-2"}, "https://h.example/s/t", LadderStep::Remind, ""};
  ports::RemindJob contact{{"HF-1"}, "", LadderStep::Contact, ""};
  return {order_letter(document(), locale), cancel_letter(cancel, locale),
          cancel_letter(whole, locale), remind_letter(remind, locale),
          remind_letter(contact, locale)};
}

TEST(Letters, AreCompleteUtf8WithoutLeftOverTags) {
  for (const char* locale : {"en", "zh-Hans"}) {
    for (const auto& letter : all_letters(locale)) {
      for (const auto* part : {&letter.subject, &letter.text, &letter.html}) {
        EXPECT_FALSE(part->empty());
        EXPECT_TRUE(is_utf8(*part));
        EXPECT_EQ(part->find("{{"), std::string::npos) << *part;
        EXPECT_EQ(part->find("}}"), std::string::npos) << *part;
      }
      EXPECT_EQ(letter.subject.find('\n'), std::string::npos);
      EXPECT_NE(letter.text.find("HF-1"), std::string::npos);
      EXPECT_NE(letter.html.find("HF-1"), std::string::npos);
    }
  }
}

TEST(Letters, EveryFieldOfAnOrderStandsInBothLanguages) {
  for (const char* locale : {"en", "zh-Hans"}) {
    const auto letter = order_letter(document(), locale);
    for (const char* value : {"#1",
                              "2026-11-02 09:00 UTC",
                              "2026-11-06 16:00 UTC",
                              "Express",
                              "Standard",
                              "DDP",
                              "merchant",
                              "IM123",
                              "plain box",
                              "no bills in the parcel",
                              "S-MUG",
                              "Mug",
                              "blue",
                              "3.10 EUR",
                              "691110",
                              "CN",
                              "6.20 EUR",
                              "wrap it",
                              "S-LID",
                              "0.455 EUR",
                              "7.57 EUR",
                              "Firm",
                              "Street 1",
                              "Floor 2",
                              "Town",
                              "Region",
                              "20095",
                              "DE"}) {
      EXPECT_NE(letter.text.find(value), std::string::npos) << locale << ": " << value;
      EXPECT_NE(letter.html.find(value), std::string::npos) << locale << ": " << value;
    }
  }
}

TEST(Letters, ValuesAreNeitherMarkupNorExtraLines) {
  auto made = document();
  made.lines[0].title = "<script>\n.x";
  made.packaging = "box\nSHIP TO\nsomebody else";
  const auto letter = order_letter(made, "en");
  EXPECT_NE(letter.text.find("Name & Co"), std::string::npos);
  EXPECT_NE(letter.html.find("Name &amp; Co"), std::string::npos);
  EXPECT_NE(letter.html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_EQ(letter.text.find("\nsomebody else"), std::string::npos);
  EXPECT_NE(letter.text.find("https://h.example/s/t?a=1&b=2\n"), std::string::npos);
}

TEST(Letters, ALineWithoutInstructionsDoesNotTakeTheOrders) {
  const auto letter = order_letter(document(), "en");
  const auto first = letter.text.find("no bills in the parcel");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(letter.text.find("no bills in the parcel", first + 1), std::string::npos);
}

TEST(Letters, AnyChineseGivesSimplifiedChinese) {
  for (const char* locale : {"zh", "zh-CN", "zh-Hans", "ZH-hant"}) {
    EXPECT_NE(order_letter(document(), locale).subject.find("请确认"), std::string::npos) << locale;
  }
  for (const char* locale : {"", "en", "de", "fr-CA"}) {
    EXPECT_EQ(order_letter(document(), locale).subject, "Purchase order HF-1: please confirm");
  }
}

TEST(OrderCsv, StartsWithAByteOrderMarkAndDisarmsThePhone) {
  const auto csv = order_csv(document());
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBFpo,line,supplier_sku,"));
  EXPECT_NE(csv.find(",'+49401234,"), std::string::npos);
  EXPECT_NE(csv.find("HF-1,2,S-LID,Lid,,1,0.455,EUR,,,,,,"), std::string::npos) << csv;
}

}  // namespace
}  // namespace holdfast::connectors::email_link
