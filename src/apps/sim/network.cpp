#include "apps/sim/network.h"

#include <algorithm>
#include <array>

#include "apps/sim/mail_text.h"
#include "apps/sim/model_shop.h"
#include "base/hash.h"
#include "peers/hosts.h"

namespace holdfast::sim {
namespace {

constexpr std::string_view nonsense_page = "<html><body>It works!</body></html>";
constexpr std::size_t most_said = 600;

/// shop, tracker, a supplier's id, or mail.
std::string partner_of(const ports::Request& request, const std::string& paper) {
  if (const auto* letter = std::get_if<ports::MailRequest>(&request)) {
    return letter->to == paper ? "paper" : "mail";
  }
  const auto& url = std::get<ports::HttpRequest>(request).url;
  const auto host = peers::host_of(url);
  if (host == "shop.test") return "shop";
  if (host == "tracking.test") return "tracker";
  const auto path = url.substr(url.find("rest.test/") + 10);
  return path.substr(0, path.find('/'));
}

/// What a partner's connector declares: requests a minute and how many at once.
struct Declared {
  const char* partner;
  double a_minute;
  double burst;
};
constexpr std::array<Declared, 7> declared{{{"north", 60, 10},
                                            {"quick", 60, 10},
                                            {"slow", 60, 10},
                                            {"shaky", 60, 10},
                                            {"paper", 60, 10},
                                            {"tracker", 180, 3},
                                            {"mail", 120, 20}}};

constexpr std::array<std::string_view, 4> signatures{"X-Shopify-Hmac-Sha256", "webhook-signature",
                                                     "sign", "webhook-timestamp"};

bool is_signature(std::string_view name) {
  return std::ranges::find(signatures, name) != signatures.end();
}

void set_header(ports::Headers& headers, std::string_view name, const std::string& value) {
  for (auto& [known, text] : headers) {
    if (known == name) text = value;
  }
}

/// Bodies that are authentic and say nothing, or what cannot be.
constexpr std::array<std::string_view, 6> senseless{
    "{\"id\":",
    "[]",
    "null",
    "{\"type\":\"purchase_order.updated\",\"data\":{\"po\":\"NO-SUCH\",\"status\":\"shipped\"}}",
    "{\"event\":\"TRACKING_UPDATED\",\"data\":{\"number\":\"NO1234567890\",\"carrier\":7}}",
    "{\"data\":{\"lines\":[{\"line\":-1,\"quantity\":-999999999999}]}}"};

}  // namespace

Network::Network(NetworkParts parts, std::uint64_t seed)
    : parts_(std::move(parts)), requests_(seed, "requests"), messages_(seed, "messages") {}

void Network::say(const std::string& text) const {
  if (parts_.record->traces()) parts_.record->say(parts_.clock->at, text);
}

void Network::program_died() {
  ++generation_;
  budgets_.clear();  // what was sent before a sudden end is not remembered by anybody
}

// ---- from the program -------------------------------------------------------------------------

Fate Network::outage_of(const std::string& partner) const {
  for (const auto& outage : parts_.scenario->outages) {
    const auto from = parts_.start + outage.from;
    const bool now = parts_.clock->at >= from && parts_.clock->at < from + outage.lasts;
    if (!now || outage.partner != partner) continue;
    if (outage.mode == "down") return Fate::Refused;
    if (outage.mode == "hang") return Fate::Hung;
    if (outage.mode == "slow") return Fate::Slow;
    if (outage.mode == "fail") return Fate::Failed;
    if (outage.mode == "reset") return Fate::Reset;
    if (outage.mode == "throttle") return Fate::Throttled;
    return Fate::Nonsense;
  }
  return Fate::Good;
}

Fate Network::fate_of(const std::string& partner, bool is_mail) {
  if (calm_) return Fate::Good;
  if (const auto outage = outage_of(partner); outage != Fate::Good) {
    parts_.record->fault("outage." + partner);
    return outage;
  }
  const auto& rates = parts_.scenario->requests;
  auto drawn = requests_.between(0, 999);
  const auto falls = [&](std::int64_t permille) {
    drawn -= permille;
    return drawn < 0;
  };
  const std::array<std::pair<std::int64_t, Fate>, 11> table{
      {{rates.refused, Fate::Refused},
       {rates.reset, Fate::Reset},
       {rates.reset_after, Fate::ResetAfter},
       {rates.hung, Fate::Hung},
       {rates.hung_after, Fate::HungAfter},
       {rates.failed, Fate::Failed},
       {rates.failed_after, Fate::FailedAfter},
       {rates.throttled, Fate::Throttled},
       {rates.nonsense, Fate::Nonsense},
       {rates.nonsense_after, Fate::NonsenseAfter},
       {rates.slow, Fate::Slow}}};
  constexpr std::array names{"refused",    "reset",          "reset_after",  "hung",
                             "hung_after", "failed",         "failed_after", "throttled",
                             "nonsense",   "nonsense_after", "slow"};
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!falls(table[i].first)) continue;
    auto fate = table[i].second;
    // A mail server answers with codes alone.
    if (is_mail && (fate == Fate::Nonsense || fate == Fate::Failed)) fate = Fate::Throttled;
    if (is_mail && (fate == Fate::NonsenseAfter || fate == Fate::FailedAfter)) {
      fate = Fate::ResetAfter;
    }
    parts_.record->fault(std::string("request.") + names[i]);
    return fate;
  }
  return Fate::Good;
}

/// I15: a partner that declares its budget is never asked more often.
void Network::spend(const std::string& partner) {
  const auto* found = std::ranges::find(
      declared, partner, [](const Declared& one) { return std::string_view(one.partner); });
  if (found == declared.end()) return;
  const auto now = parts_.clock->at;
  auto [known, fresh] = budgets_.try_emplace(partner, Budget{found->burst, now});
  auto& budget = known->second;
  budget.level = std::min(found->burst, budget.level + static_cast<double>((now - budget.at).ms) *
                                                           found->a_minute / 60'000);
  budget.at = now;
  budget.level -= 1;
  const bool clock_is_right = parts_.clock->error.ms == 0;
  if (budget.level < -0.01 && clock_is_right && parts_.scenario->clock.steps_a_day == 0) {
    parts_.record->violated("I15", "", partner + " was asked above its budget");
  }
}

void Network::send(ports::Request request, Duration limit,
                   std::function<void(ports::Response)> done) {
  const bool is_mail = std::holds_alternative<ports::MailRequest>(request);
  const auto partner = partner_of(request, "orders@paper.example.test");
  const auto fate = fate_of(partner, is_mail);
  if (at_point && !calm_) at_point("before a request");
  spend(partner);
  Duration delay;
  bool never = false;
  ports::Response response = ports::TransportFailure{true, "the connection broke"};
  switch (fate) {
    case Fate::Refused:
      response = ports::TransportFailure{false, "connection refused"};
      break;
    case Fate::Reset:
      break;
    case Fate::Hung:
      never = true;
      break;
    case Fate::Failed:
      response = ports::HttpResponse{503, {}, "try again later"};
      break;
    case Fate::Throttled:
      if (is_mail)
        response = ports::MailResponse{421, "too many messages"};
      else
        response = ports::HttpResponse{429, {{"Retry-After", "20"}}, "slow down"};
      break;
    case Fate::Nonsense:
      response =
          ports::HttpResponse{200, {{"Content-Type", "text/html"}}, std::string(nonsense_page)};
      break;
    case Fate::Good:
    case Fate::Slow:
    case Fate::ResetAfter:
    case Fate::HungAfter:
    case Fate::FailedAfter:
    case Fate::NonsenseAfter:
      if (on_arrival) on_arrival(partner);
      response = reach(request, delay, never);
      if (at_point && !calm_) at_point("after a request");
      break;
  }
  if (fate == Fate::ResetAfter) response = ports::TransportFailure{true, "the connection broke"};
  if (fate == Fate::FailedAfter) response = ports::HttpResponse{502, {}, "bad gateway"};
  if (fate == Fate::HungAfter) never = true;
  if (fate == Fate::NonsenseAfter) {
    response =
        ports::HttpResponse{200, {{"Content-Type", "text/html"}}, std::string(nonsense_page)};
  }
  if (fate == Fate::Slow) {
    delay = delay + requests_.span(milliseconds(200), parts_.scenario->requests.slow_most);
  }
  if (never || delay >= limit) {
    delay = limit;
    response = ports::TransportFailure{true, "no answer in time"};
  }
  if (parts_.record->traces()) {
    say("to " + partner + " [" + std::to_string(static_cast<int>(fate)) +
        "]: " + brief(request, most_said) + " => " + brief(response, most_said));
  }
  auto give = [this, done = std::move(done), response = std::move(response),
               generation = generation_] {
    if (generation == generation_) done(response);
  };
  if (delay.ms == 0)
    give();
  else
    parts_.agenda->at(parts_.clock->at + delay, std::move(give));
}

ports::Response Network::reach(const ports::Request& request, Duration& delay, bool& never) {
  if (const auto* letter = std::get_if<ports::MailRequest>(&request)) return mail(*letter);
  const auto& http = std::get<ports::HttpRequest>(request);
  if (auto record = model_answer(*parts_.world, http)) return std::move(*record);
  const auto answer = peers::hosted_answer(*parts_.world, http, parts_.clock->at);
  if (!answer) {
    return ports::TransportFailure{false, "no such host " + std::string(peers::host_of(http.url))};
  }
  delay = answer->delay;
  never = answer->never;
  return answer->response;
}

ports::Response Network::mail(const ports::MailRequest& request) {
  if (const int code = parts_.world->mail_recipient(request.to); code != 250) {
    return ports::MailResponse{code, "mailbox"};
  }
  return ports::MailResponse{
      parts_.world->mail_message({request.from, {request.to}, mail_text(request)}), ""};
}

// ---- from the world ---------------------------------------------------------------------------

void Network::carry(const peers::Outgoing& outgoing) {
  const auto& rates = parts_.scenario->messages;
  const bool to_hook = outgoing.request.url.find("/hooks/") != std::string::npos;
  const auto falls = [&](std::int64_t permille, const char* name) {
    if (calm_ || !messages_.happens(permille)) return false;
    parts_.record->fault(std::string("message.") + name);
    return true;
  };
  if (to_hook && falls(rates.forged, "forged")) forge(outgoing.request);
  if (to_hook && falls(rates.poisoned, "poisoned")) poison(outgoing.request);
  if (outgoing.request.url.ends_with("/tracker") && falls(rates.garbled, "garbled")) {
    garble(outgoing.request);
  }
  if (falls(rates.lost, "lost")) {
    say("lost: " + brief(outgoing.request, most_said));
    parts_.world->answered(outgoing.number, ports::TransportFailure{true, "the connection broke"});
    return;
  }
  if (to_hook && falls(rates.swallowed, "swallowed")) {
    say("swallowed: " + brief(outgoing.request, most_said));
    parts_.world->answered(outgoing.number, ports::HttpResponse{200, {}, ""});
    return;
  }
  const bool heard = !falls(rates.unheard, "unheard");
  if (falls(rates.doubled, "doubled")) {
    auto copy = outgoing;
    copy.number = 0;  // its answer interests nobody
    hand_over(copy, heard);
  }
  if (falls(rates.delayed, "delayed")) {
    // Most are late by minutes; some by days.
    const auto most = messages_.happens(700) ? minutes(30) : rates.delayed_most;
    const auto at = parts_.clock->at + messages_.span(seconds(1), most);
    say("delayed until " + to_text(at) + ": " + brief(outgoing.request, most_said));
    parts_.agenda->at(at, [this, outgoing, heard] { hand_over(outgoing, heard); });
    return;
  }
  hand_over(outgoing, heard);
}

void Network::hand_over(const peers::Outgoing& outgoing, bool heard) {
  const auto number = outgoing.number;
  to_program(outgoing.request, [this, number, heard,
                                request = outgoing.request](const ports::Response& response) {
    if (parts_.record->traces()) {
      say(std::string(heard ? "from" : "unheard from") + " partner: " + brief(request, most_said) +
          " => " + brief(response, most_said));
    }
    if (heard)
      parts_.world->answered(number, response);
    else
      parts_.world->answered(number, ports::TransportFailure{true, "no answer in time"});
  });
}

/// None of these may be taken for authentic.
void Network::forge(const ports::HttpRequest& request) {
  auto forged = request;
  const auto way = messages_.between(0, 3);
  const auto named = [](const auto& field) {
    return is_signature(field.first) && field.first != "webhook-timestamp";
  };
  const auto found = std::ranges::find_if(forged.headers, named);
  if (found == forged.headers.end()) return;
  if (way == 0) {
    // Behind "v1," stands the signature itself.
    auto& letter = found->second[found->second.starts_with("v1,") ? 3 : 0];
    letter = letter == '0' ? '1' : '0';  // a digit has no other case, where that does not matter
  } else if (way == 1) {
    forged.body += " ";
  } else if (way == 2) {
    forged.headers.erase(found);
  } else {
    found->second.clear();
  }
  to_program(forged, [this, forged](const ports::Response& response) {
    const auto* http = std::get_if<ports::HttpResponse>(&response);
    if (http && http->status < 300) {
      parts_.record->violated("I13", "", "a forgery was taken: " + brief(forged, most_said));
    }
  });
}

void Network::poison(const ports::HttpRequest& request) {
  auto bad = request;
  const auto last = static_cast<std::int64_t>(senseless.size()) - 1;
  bad.body = senseless[static_cast<std::size_t>(messages_.between(0, last))];
  const auto id = "poison-" + std::to_string(++poisons_);
  const auto account = bad.url.substr(bad.url.rfind('/') + 1);
  const auto& secrets = parts_.secrets;
  if (account == "shop") {
    set_header(bad.headers, "X-Shopify-Webhook-Id", id);
    set_header(bad.headers, "X-Shopify-Event-Id", id);
    set_header(bad.headers, "X-Shopify-Hmac-Sha256", base64(hmac_sha256(secrets.shop, bad.body)));
  } else if (account == "tracker") {
    set_header(bad.headers, "sign", hex(sha256(bad.body + "/" + secrets.tracker)));
  } else {
    const auto found = secrets.suppliers.find(account);
    if (found == secrets.suppliers.end()) return;
    std::string_view secret = found->second;
    if (secret.starts_with("whsec_")) secret.remove_prefix(6);
    const auto key = from_base64(secret);
    const auto timestamp = std::string(ports::header(bad.headers, "webhook-timestamp"));
    set_header(bad.headers, "webhook-id", id);
    set_header(
        bad.headers, "webhook-signature",
        "v1," + base64(hmac_sha256(key.value_or(""), id + "." + timestamp + "." + bad.body)));
  }
  to_program(bad, [](const ports::Response&) {});
}

/// A tracker's message is known again by its signature, which is its text's: each has its own.
void Network::garble(const ports::HttpRequest& push) {
  auto bad = push;
  bad.body = R"({"event":"TRACKING_UPDATED","data":{"number":"NO)" + std::to_string(++garbles_) +
             R"(","carrier":7}})";
  set_header(bad.headers, "sign", hex(sha256(bad.body + "/" + parts_.secrets.tracker)));
  to_program(bad, [](const ports::Response&) {});
}

}  // namespace holdfast::sim
