#include "engine/words.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace holdfast::engine {
namespace {

constexpr std::string_view key = "a stream's word key";

TEST(Words, TheSameTextHasTheSameReferenceUnderOneKeyOnly) {
  const auto word = word_of(key, "ring twice");
  EXPECT_EQ(reference_of(word), reference_of(word_of(key, "ring twice")));
  EXPECT_NE(reference_of(word), reference_of(word_of(key, "ring thrice")));
  EXPECT_NE(reference_of(word), reference_of(word_of("another", "ring twice")));
  EXPECT_TRUE(has_reference("the supplier says: " + reference_of(word)));
  EXPECT_FALSE(has_reference("sealed:yes, and in a sealed: box"));
}

TEST(Words, OpenWhereTheyStandAndReadAsErasedWithoutThem) {
  const auto word = word_of(key, "say \"Jo\"\n");
  const auto reference = reference_of(word);
  const Words words{{reference, word}};
  EXPECT_EQ(opened("note: " + reference + "!", words), "note: say \"Jo\"\n!");
  EXPECT_EQ(opened_json("{\"text\":\"" + reference + "\"}", words),
            "{\"text\":\"say \\\"Jo\\\"\\n\"}");
  EXPECT_EQ(opened("note: " + reference, {}), "note: [erased]");
  EXPECT_EQ(opened("note: " + reference, {}, closed_words), "note: [sealed]");
}

TEST(Words, SomebodyWhoTypesAReferenceGetsTheirOwnTextBack) {
  const auto typed = "sealed:" + std::string(32, 'a');
  const auto word = word_of(key, typed);
  EXPECT_EQ(opened(reference_of(word), {{reference_of(word), word}}), typed);
}

TEST(Words, SurviveTheirRow) {
  Words words, read;
  for (const auto* text : {"one", "two \"2\"", "drei\n"}) {
    auto word = word_of(key, text);
    auto reference = reference_of(word);
    words.emplace(reference, word);
  }
  ASSERT_TRUE(decode_words(encode_words(words), key, read));
  ASSERT_EQ(read.size(), words.size());
  for (const auto& [reference, word] : words) EXPECT_EQ(read.at(reference).text, word.text);
}

std::string hidden_of(Command command) {
  hide_words(command, [](const std::string& text) { return "<" + text + ">"; });
  return encode_command(command);
}

TEST(Words, AreTakenOutOfEveryDepthOfACommand) {
  RecordCheck check;
  check.items = {{"colour", CheckVerdict::Pass, "as asked", ""}};
  EXPECT_NE(hidden_of(PeopleCommand(check)).find("<as asked>"), std::string::npos);
  RecordTracking scans;
  scans.events.resize(1);
  scans.events[0].place = "Hamburg";
  scans.events[0].raw = "D1: signed";
  const auto told = hidden_of(EngineCommand(scans));
  EXPECT_NE(told.find("<Hamburg>"), std::string::npos);
  EXPECT_NE(told.find("<D1: signed>"), std::string::npos);
}

TEST(Words, AnAddressIsSealedAsAWholeAndNotByItsWords) {
  ObserveOrder observed;
  observed.order.address.line1 = "1 High Street";
  observed.order.instructions = "ring";
  const auto told = hidden_of(ChannelCommand(observed));
  EXPECT_NE(told.find("\"1 High Street\""), std::string::npos);
  EXPECT_NE(told.find("<ring>"), std::string::npos);
}

TEST(Words, AScannedNumberStaysAndAScannedAddressDoesNot) {
  MatchLabel plain{1, "#1001", "1Z999AA10123456784", "packer"};
  EXPECT_EQ(hidden_of(PeopleCommand(plain)).find('<'), std::string::npos);
  MatchLabel square{1, "#1001", "1Z999AA10123456784 JO BLOGGS 1 HIGH STREET", "packer"};
  EXPECT_NE(hidden_of(PeopleCommand(square)).find("<1Z999AA10123456784 JO"), std::string::npos);
}

/// Writes a text into every text of a value, in lists of one.
struct Fill {
  template <class T>
  void operator()(const char* name, T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      value = std::string("a word of ") + name;
    } else if constexpr (requires { value.resize(1); }) {
      value.resize(1);
      inside(value.front());
    } else {
      inside(value);
    }
  }
  template <class T>
  void inside(T& value) {
    if constexpr (requires { T::each(value, *this); }) T::each(value, *this);
  }
};

/// Names of the texts that still stand open.
struct StillOpen {
  std::set<std::string>& names;

  template <class T>
  void operator()(const char* name, T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      if (value != "hidden") names.insert(name);
    } else if constexpr (requires { value.resize(1); }) {
      for (auto& item : value) inside(item);
    } else if constexpr (!std::is_same_v<T, Address>) {
      inside(value);
    }
  }
  template <class T>
  void inside(T& value) {
    if constexpr (requires { T::each(value, *this); }) T::each(value, *this);
  }
};

/// What hide_words leaves open of each kind of a group.
template <class Group, std::size_t I = 0>
void add_open(std::map<std::string, std::set<std::string>>& into) {
  if constexpr (I < std::variant_size_v<Group>) {
    using Kind = std::variant_alternative_t<I, Group>;
    Kind kind;
    Fill fill;
    Kind::each(kind, fill);
    Command command{Group(kind)};
    hide_words(command, [](const std::string&) { return std::string("hidden"); });
    StillOpen open{into[Kind::name]};
    Kind::each(std::get<Kind>(std::get<Group>(command)), open);
    add_open<Group, I + 1>(into);
  }
}

/// A field that nobody classed here could carry a buyer's name into the events.
TEST(Words, EveryTextOfEveryCommandIsClassed) {
  const std::set<std::string> never_free{"about",
                                         "account",
                                         "actor",
                                         "answer",
                                         "carrier",
                                         "carrier_time_text",
                                         "channel",
                                         "channel_order",
                                         "channel_line",
                                         "cause",
                                         "consequence",
                                         "country",
                                         "currency",
                                         "effect",
                                         "fulfillment",
                                         "gate",
                                         "handle",
                                         "hold",
                                         "incident",
                                         "key",
                                         "locale",
                                         "location",
                                         "mapping",
                                         "name",
                                         "owner",
                                         "part",
                                         "photo",
                                         "po",
                                         "postcode_prefix",
                                         "provider",
                                         "question",
                                         "refund",
                                         "replaces",
                                         "request_status",
                                         "service",
                                         "sku",
                                         "source",
                                         "status",
                                         "store_number",
                                         "subject",
                                         "supplier",
                                         "supplier_ref",
                                         "supplier_sku",
                                         "title",
                                         "tracking",
                                         "variant",
                                         "verb"};
  std::map<std::string, std::set<std::string>> open;
  add_open<ChannelCommand>(open);
  add_open<SupplierCommand>(open);
  add_open<PeopleCommand>(open);
  add_open<CasesCommand>(open);
  add_open<EngineCommand>(open);
  EXPECT_GT(open.size(), 25U);
  EXPECT_EQ(open["ErasePersonalData"], std::set<std::string>{"reason"}) << "ours, and it stays";
  open.erase("ErasePersonalData");
  for (const auto& [command, fields] : open) {
    for (const auto& field : fields) {
      EXPECT_TRUE(never_free.contains(field)) << command << "." << field;
    }
  }
}

}  // namespace
}  // namespace holdfast::engine
