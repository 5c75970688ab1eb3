// Partners' answers and messages, through every connector. The recorded cases of the connectors'
// folders say which job is under way; the fuzzer's bytes stand in place of what was recorded. First
// byte: which place; the rest: the bytes.
#include "connectors/conformance/suite/cases.h"
#include "tests/fuzz/targets.h"

namespace holdfast::fuzz {
namespace {

using conformance::Case;
using conformance::Folder;

/// The longest recorded body that serves as a beginning; longer ones only slow the search down.
constexpr std::size_t most_seed_bytes = 8'000;
constexpr std::size_t most_places = 256;

/// A conversation up to an answer that is to be replaced.
struct Answer {
  const conformance::Converse* converse = nullptr;
  ports::Account account;
  Json job;
  ports::Exchanges exchanges;
  bool ignored = false;  // the connector does not look at this body
};

/// A message that is to be replaced, with who reads it.
struct Message {
  conformance::Receive receive = nullptr;
  conformance::ReadInbound read = nullptr;
  const Case* recorded = nullptr;
};

struct Places {
  std::vector<Folder> folders = conformance::folders();
  std::vector<std::vector<Case>> cases;
  std::vector<Answer> answers;
  std::vector<Message> messages;
};

/// The recorded exchanges with the requests the connector makes today.
void add_answers(const conformance::Converse& converse, const Case& one, Places& places) {
  ports::Exchanges so_far;
  for (const auto& recorded : one.json["exchanges"].items()) {
    const auto turn = converse(one.account, one.json["job"], so_far);
    if (!turn || !turn->next) return;
    so_far.push_back({*turn->next, conformance::response_of(recorded)});
    if (std::holds_alternative<ports::TransportFailure>(so_far.back().response)) continue;
    const bool ignored = one.json["body_ignored"].boolean();
    places.answers.push_back({&converse, one.account, one.json["job"], so_far, ignored});
  }
}

void add_case(const Folder& folder, const Case& one, Places& places) {
  const auto& ability = one.json["ability"].string();
  if (const auto found = folder.conversations.find(ability); found != folder.conversations.end()) {
    add_answers(found->second, one, places);
  }
  if (!one.json.find("inbound")) return;
  Message message;
  message.recorded = &one;
  if (const auto found = folder.receivers.find("receive"); found != folder.receivers.end()) {
    message.receive = found->second;
  }
  for (const auto& [name, read] : folder.readers) message.read = read;
  places.messages.push_back(message);
}

/// At most so many of the list, evenly taken, so that one byte can name each.
template <class T>
void thin_out(std::vector<T>& list) {
  if (list.size() <= most_places) return;
  std::vector<T> kept;
  for (std::size_t i = 0; i < most_places; ++i) {
    kept.push_back(std::move(list[i * list.size() / most_places]));
  }
  list = std::move(kept);
}

const Places& places() {
  static const auto* const made = [] {
    auto* all = new Places;  // never taken apart: the process ends with it
    for (const auto& folder : all->folders) {
      auto cases = conformance::cases_of(folder);
      expect(cases.has_value(), "the recorded cases read");
      all->cases.push_back(std::move(*cases));
    }
    for (std::size_t i = 0; i < all->folders.size(); ++i) {
      for (const auto& one : all->cases[i]) add_case(all->folders[i], one, *all);
    }
    thin_out(all->answers);
    thin_out(all->messages);
    expect(!all->answers.empty() && !all->messages.empty(), "there are recorded cases");
    return all;
  }();
  return *made;
}

template <class T>
const T& place_of(const std::vector<T>& list, char byte) {
  return list[static_cast<unsigned char>(byte) % list.size()];
}

/// A partner that says our secret to us itself is not the connector's doing.
void expect_discreet(const ports::Account& account, std::string_view body, std::string_view words) {
  for (const auto& [key, secret] : account.secrets) {
    expect(secret.size() < 6 || body.find(secret) != body.npos || words.find(secret) == words.npos,
           "no secret stands in a detail");
  }
}

void partner_answer(std::string_view bytes) {
  if (bytes.empty()) return;
  auto place = place_of(places().answers, bytes.front());
  const std::string body(bytes.substr(1));
  auto& response = place.exchanges.back().response;
  std::string before;
  if (auto* http = std::get_if<ports::HttpResponse>(&response)) {
    before = std::exchange(http->body, body);
  } else if (auto* mail = std::get_if<ports::MailResponse>(&response)) {
    mail->text = body;
  }
  const auto turn = (*place.converse)(place.account, place.job, place.exchanges);
  expect(turn.has_value(), "a partner's answer never makes the job invalid");
  if (turn->next) return;
  expect_discreet(place.account, body, turn->outcome.detail);
  const bool matters = !place.ignored && parse_json(before) && !parse_json(body);
  expect(!matters || turn->outcome.kind != ports::Outcome::Kind::Done,
         "nothing is done on an answer that does not read");
}

void partner_message(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto& place = place_of(places().messages, bytes.front());
  const std::string body(bytes.substr(1));
  // Signed over the new body: what lies behind the proof is what is looked at.
  const auto proven = conformance::inbound_of(*place.recorded, &body, true);
  const auto& account = place.recorded->account;
  if (place.receive) {
    const auto delivery = place.receive(account, proven);
    if (delivery) {
      expect_discreet(account, body, delivery->problem);
      expect(!delivery->dedupe_key.empty(), "a delivery that is let in has a key");
      expect(delivery->understood || !delivery->problem.empty(), "what is not understood says why");
    }
    const auto forged = conformance::inbound_of(*place.recorded, &body, false);
    const bool same = forged.headers == proven.headers;
    expect(same || !place.receive(account, forged), "no other body fits a signature");
  }
  if (place.read) (void)place.read(account, proven);
}

std::vector<std::string> answer_seeds() {
  std::vector<std::string> seeds;
  const auto& list = places().answers;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto* http = std::get_if<ports::HttpResponse>(&list[i].exchanges.back().response);
    if (!http || http->body.size() > most_seed_bytes) continue;
    seeds.push_back(std::string(1, static_cast<char>(i)) + http->body);
  }
  return seeds;
}

std::vector<std::string> message_seeds() {
  std::vector<std::string> seeds;
  const auto& list = places().messages;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto body = conformance::body_of(list[i].recorded->json["inbound"]);
    if (body.size() > most_seed_bytes) continue;
    seeds.push_back(std::string(1, static_cast<char>(i)) + body);
  }
  return seeds;
}

constexpr Target group[] = {
    {"partner_answer", "partners' answers, through every connector", partner_answer, answer_seeds},
    {"partner_message", "partners' signed messages, through every connector", partner_message,
     message_seeds},
};

}  // namespace

std::span<const Target> partner_targets() { return group; }

}  // namespace holdfast::fuzz
