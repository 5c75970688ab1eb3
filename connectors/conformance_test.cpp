// One suite over every connector folder; what it checks stands in connectors/conformance/README.md.

#include <set>

#include <gtest/gtest.h>

#include "base/text.h"
#include "connectors/conformance/suite/cases.h"
#include "connectors/conformance/suite/match.h"

namespace holdfast::conformance {
namespace {

using ports::Exchange;
using ports::Exchanges;
using ports::HttpResponse;
using ports::MailResponse;
using ports::Outcome;
using ports::Turn;

/// Texts that must stand in no detail, problem or error: secrets, and where the buyer lives.
std::vector<std::string> private_texts(const Case& one) {
  std::vector<std::string> texts;
  const auto keep = [&](const std::string& text) {
    if (text.size() >= 6) texts.push_back(text);
  };
  for (const auto& [key, value] : one.account.secrets) keep(value);
  keep(one.json.at_path("job.to").string());
  for (const auto& [key, value] : one.json.at_path("job.document.ship_to").members()) {
    keep(value.string());
  }
  return texts;
}

void expect_discreet(const Case& one, const std::string& words) {
  for (const auto& text : private_texts(one)) {
    EXPECT_EQ(words.find(text), std::string::npos) << "a private text stands in: " << words;
  }
}

void expect_discreet(const Case& one, const Turn& turn) {
  if (!turn.next) expect_discreet(one, turn.outcome.detail);
}

/// Calls the ability twice: the second request must be byte-equal to the first.
std::optional<Turn> turn_of(const Case& one, const Converse& converse, const Exchanges& so_far) {
  const auto first = converse(one.account, one.json["job"], so_far);
  const auto second = converse(one.account, one.json["job"], so_far);
  EXPECT_TRUE(first && second) << (first ? "" : describe(first.error()));
  if (!first || !second) return std::nullopt;
  EXPECT_TRUE(first->next == second->next) << "a retried encode differs";
  expect_discreet(one, *first);
  return *first;
}

/// Plays the conversation as recorded; the exchanges that were made.
Exchanges play(const Case& one, const Converse& converse) {
  Exchanges so_far;
  const auto& recorded = one.json["exchanges"].items();
  for (;;) {
    const auto turn = turn_of(one, converse, so_far);
    if (!turn) return so_far;
    if (!turn->next) {
      EXPECT_EQ(so_far.size(), recorded.size()) << "ended with: " << turn->outcome.detail;
      EXPECT_EQ(mismatch(one.json["outcome"], json_of(turn->outcome)), "");
      return so_far;
    }
    if (so_far.size() >= recorded.size()) {
      ADD_FAILURE() << "one more request than recorded: "
                    << to_text(json_of(*turn->next, Json())).substr(0, 600);
      return so_far;
    }
    const auto& exchange = recorded[so_far.size()];
    const auto& expected = exchange["request"];
    EXPECT_EQ(mismatch(expected, json_of(*turn->next, expected)), "")
        << "request " << so_far.size() + 1;
    so_far.push_back(Exchange{*turn->next, response_of(exchange)});
  }
}

/// A body longer than this is not tried in every way: each try reads all pages before it again.
constexpr std::size_t long_body_bytes = 20'000;

/// Bodies that are no longer what was recorded.
std::vector<std::string> broken(const std::string& body) {
  if (body.size() > long_body_bytes) return {body.substr(0, body.size() / 2), "[nul]"};
  const std::string no_text("\xff\xfe\0", 3);
  std::vector<std::string> out{"<html>busy</html>", no_text, std::string(5000, '['),
                               "{\"a\":", "[nul]"};
  for (const std::size_t part : {1u, 2u, 3u}) out.push_back(body.substr(0, body.size() * part / 4));
  if (body.size() > 1) out.push_back(body.substr(0, body.size() - 1));
  return out;
}

/// Well-formed bodies that say nothing.
std::vector<std::string> hollow(const std::string& body) {
  if (body.size() > long_body_bytes) return {"{}"};
  return {"{}", "[]", "null", "0", "\"\"", "{\"data\":null}", "{\"data\":[]}", "[[],{}]"};
}

/// Puts `body` in place of the last answer and takes one turn.
void expect_garbage_survived(const Case& one, const Converse& converse, Exchanges exchanges,
                             const std::string& body, bool may_be_done) {
  auto& response = exchanges.back().response;
  if (auto* http = std::get_if<HttpResponse>(&response)) http->body = body;
  if (auto* mail = std::get_if<MailResponse>(&response)) mail->text = body;
  const auto turn = converse(one.account, one.json["job"], exchanges);
  ASSERT_TRUE(turn) << describe(turn.error());
  expect_discreet(one, *turn);
  if (turn->next || may_be_done) return;
  EXPECT_NE(static_cast<int>(turn->outcome.kind), static_cast<int>(Outcome::Kind::Done))
      << "done on a broken answer: " << body.substr(0, 80);
}

void garble_answers(const Case& one, const Converse& converse, const Exchanges& made) {
  const bool ignored = one.json["body_ignored"].boolean();
  for (std::size_t i = 0; i < made.size(); ++i) {
    SCOPED_TRACE("answer " + std::to_string(i + 1));
    const Exchanges until(made.begin(), made.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    const auto* http = std::get_if<HttpResponse>(&until.back().response);
    const auto body = http ? http->body : std::string();
    for (const auto& bytes : broken(body)) {
      const bool may_be_done = ignored || !http || !parse_json(body) || bytes == body;
      expect_garbage_survived(one, converse, until, bytes, may_be_done);
    }
    for (const auto& bytes : hollow(body))
      expect_garbage_survived(one, converse, until, bytes, true);
  }
}

void run_conversation(const Folder& folder, const Case& one) {
  const auto found = folder.conversations.find(one.json["ability"].string());
  if (found == folder.conversations.end()) {
    ADD_FAILURE() << "the table has no such ability";
    return;
  }
  const auto made = play(one, found->second);
  garble_answers(one, found->second, made);
}

template <class T>
void expect_error(const Case& one, const Result<T>& result) {
  EXPECT_FALSE(result) << "should have failed";
  if (result) return;
  EXPECT_EQ(name_of(result.error().code), one.json["error"].string());
  expect_discreet(one, describe(result.error()));
}

void garble_inbound(const Case& one, Receive receive) {
  const auto body = body_of(one.json["inbound"]);
  const bool is_json = one.json["inbound"].find("json") != nullptr;
  for (const auto& bytes : broken(body)) {
    if (bytes == body) continue;
    const auto forged = receive(one.account, inbound_of(one, &bytes, false));
    if (!one.json["sign"].items().empty()) EXPECT_FALSE(forged) << "altered, and believed";
    const auto signed_again = receive(one.account, inbound_of(one, &bytes, true));
    if (signed_again && is_json) EXPECT_FALSE(signed_again->understood) << bytes.substr(0, 80);
    if (signed_again) expect_discreet(one, signed_again->problem);
  }
  for (const auto& bytes : hollow(body)) {
    const auto empty = receive(one.account, inbound_of(one, &bytes, true));
    if (empty) expect_discreet(one, empty->problem);
  }
}

void run_receive(const Case& one, Receive receive) {
  const auto delivery = receive(one.account, inbound_of(one, nullptr, true));
  if (one.json.find("error")) {
    expect_error(one, delivery);
    return;
  }
  ASSERT_TRUE(delivery) << describe(delivery.error());
  EXPECT_EQ(mismatch(one.json["delivery"], json_of(*delivery)), "");
  expect_discreet(one, delivery->problem);
  garble_inbound(one, receive);
}

void run_reader(const Case& one, ReadInbound read) {
  const auto commands = read(one.account, inbound_of(one, nullptr, true));
  if (one.json.find("error")) {
    expect_error(one, commands);
    return;
  }
  ASSERT_TRUE(commands) << describe(commands.error());
  EXPECT_EQ(mismatch(one.json["commands"], json_of(*commands)), "");
  const auto body = body_of(one.json["inbound"]);
  auto bodies = broken(body);
  for (auto& bytes : hollow(body)) bodies.push_back(std::move(bytes));
  for (const auto& bytes : bodies) {
    const auto garbled = read(one.account, inbound_of(one, &bytes, true));
    if (!garbled) expect_discreet(one, describe(garbled.error()));
  }
}

void run_case(const Folder& folder, const Case& one) {
  const auto& ability = one.json["ability"].string();
  if (const auto found = folder.receivers.find(ability); found != folder.receivers.end()) {
    run_receive(one, found->second);
    if (const auto& commands = one.json["commands"]; !commands.is_null()) {
      for (const auto& [name, read] : folder.readers) {
        const auto result = read(one.account, inbound_of(one, nullptr, true));
        EXPECT_EQ(mismatch(commands, json_of(result.value_or(std::vector<Command>{}))), "");
      }
    }
    return;
  }
  if (const auto found = folder.readers.find(ability); found != folder.readers.end()) {
    run_reader(one, found->second);
    return;
  }
  run_conversation(folder, one);
}

TEST(Conformance, CasesGoAsRecordedAndGarbageIsSurvived) {
  for (const auto& folder : folders()) {
    const auto cases = cases_of(folder);
    ASSERT_TRUE(cases) << folder.name << ": " << describe(cases.error());
    for (const auto& one : *cases) {
      SCOPED_TRACE(one.file);
      run_case(folder, one);
    }
  }
}

TEST(Conformance, EveryAbilityHasACase) {
  for (const auto& folder : folders()) {
    const auto cases = cases_of(folder);
    ASSERT_TRUE(cases) << folder.name << ": " << describe(cases.error());
    std::set<std::string> covered;
    for (const auto& one : *cases) covered.insert(one.json["ability"].string());
    for (const auto& [name, converse] : folder.conversations) {
      EXPECT_TRUE(covered.contains(name)) << folder.name << " has no case of " << name;
    }
    for (const auto& [name, receive] : folder.receivers) {
      EXPECT_TRUE(covered.contains(name)) << folder.name << " has no case of " << name;
    }
    for (const auto& [name, read] : folder.readers) {
      EXPECT_TRUE(covered.contains(name)) << folder.name << " has no case of " << name;
    }
  }
}

TEST(Conformance, AccountFileStatesTheSettings) {
  for (const auto& folder : folders()) {
    SCOPED_TRACE(folder.name);
    const auto stated = stated_settings(folder);
    ASSERT_TRUE(stated) << describe(stated.error());
    std::vector<StatedSetting> coded;
    for (const auto& s : *folder.settings) {
      coded.push_back({s.key, s.meaning, s.required, s.secret, s.standard, s.address});
    }
    EXPECT_TRUE(*stated == coded);
    for (std::size_t i = 0; i < std::min(stated->size(), coded.size()); ++i) {
      EXPECT_EQ((*stated)[i].key, coded[i].key);
      EXPECT_EQ((*stated)[i].meaning, coded[i].meaning) << coded[i].key;
    }
    EXPECT_EQ(stated->size(), coded.size());
  }
}

TEST(Conformance, FoldersAreFound) {
  ASSERT_FALSE(connectors_dir().empty()) << "run the tests from inside the project";
  EXPECT_FALSE(folders().empty());
}

}  // namespace
}  // namespace holdfast::conformance
