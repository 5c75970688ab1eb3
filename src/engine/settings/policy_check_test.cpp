#include "engine/settings/policy_check.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "engine/settings/policy_files.h"
#include "engine/settings/test_files.h"

namespace holdfast::engine {
namespace {

/// One way to spoil a sound policy, and words of the problem that must be found.
struct Spoilt {
  const char* name;
  std::function<void(Policy&)> spoil;
  std::string words;
  std::string where;
};

GatePolicy& gate(Policy& policy, const std::string& name) {
  return *std::ranges::find(policy.gates, name, &GatePolicy::gate);
}

Money dollars(const char* text) { return *parse_money(text); }

const std::vector<Spoilt>& spoilt_gates() {
  static const std::vector<Spoilt> all = {
      {"unused gate",
       [](Policy& p) { p.gates.push_back(p.gates[0]), p.gates.back().gate = "extra"; },
       "no procedure uses this gate", "gates.extra"},
      {"unknown gate", [](Policy& p) { p.procedures[0].gates[0] = "paymnt"; },
       "no such gate: paymnt", "procedures.high_value.gates"},
      {"gate twice", [](Policy& p) { p.gates.push_back(p.gates[0]); }, "stands twice",
       "gates.payment"},
      {"gate's name", [](Policy& p) { p.gates[0].gate = "pay@ment"; }, "not a name", "pay@ment"},
      {"releaser", [](Policy& p) { p.gates[0].releaser = "ownr"; },
       "nobody in the roster has the role", "gates.payment.releaser"},
      {"decider", [](Policy& p) { p.gates[0].decider = ""; }, "nobody in the roster",
       "gates.payment.decider"},
      {"card", [](Policy& p) { p.gates[0].record = " "; }, "empty", "gates.payment.record"},
      {"too early", [](Policy& p) { gate(p, "carrier_scan").guards = Commitment::Buy; },
       "cannot be judged before buy", "gates.carrier_scan"},
      {"the last proof", [](Policy& p) { gate(p, "carrier_scan").guards = Commitment::TellBuyer; },
       "without a carrier's proof", "procedures.high_value.gates"},
      {"never opens", [](Policy& p) { gate(p, "mapping").least = Strength::Observed; },
       "never has evidence", "gates.mapping.least"},
      {"wait", [](Policy& p) { p.gates[0].wait_for = hours(-1); }, "negative", "wait_for"},
      {"share", [](Policy& p) { gate(p, "margin").least_margin_permille = 1001; }, "permille",
       "gates.margin"},
      {"ship model", [](Policy& p) { p.gates[0].ship_models = {"hubb"}; }, "no such ship model",
       "ship_models"},
      {"payment is a check", [](Policy& p) { gate(p, "payment").check = true; },
       "nothing stops unpaid orders", "procedures.standard.gates"},
      {"no proof", [](Policy& p) { std::erase(p.procedures[0].gates, "carrier_scan"); },
       "without a carrier's proof", "procedures.high_value.gates"},
  };
  return all;
}

const std::vector<Spoilt>& spoilt_people() {
  static const std::vector<Spoilt> all = {
      {"element", [](Policy& p) { p.procedures[0].exception_path = ""; }, "empty",
       "exception_path"},
      {"version", [](Policy& p) { p.procedures[0].version = 0; }, "count from 1", "version"},
      {"checklist", [](Policy& p) { p.procedures[0].packing.clear(); }, "empty checklist",
       "procedures.high_value.packing"},
      {"item twice",
       [](Policy& p) { p.procedures[0].packing.push_back(p.procedures[0].packing[0]); },
       "stands twice", "packing"},
      {"no default", [](Policy& p) { p.procedures.back().risks = {"odd"}; },
       "exactly one procedure", "procedures"},
      {"two defaults", [](Policy& p) { p.procedures[0].risks.clear(); }, "exactly one procedure",
       "procedures"},
      {"reason missing", [](Policy& p) { p.reasons.erase(p.reasons.begin()); },
       "nobody owns the reason \"payment_hold\"", "reasons"},
      {"reason twice", [](Policy& p) { p.reasons.push_back(p.reasons[0]); }, "stands twice",
       "reasons.payment_hold"},
      {"reason's owner", [](Policy& p) { p.reasons[0].owner = "nobody"; }, "nobody in the roster",
       "reasons.payment_hold.owner"},
      {"own backup", [](Policy& p) { p.reasons[0].backup = p.reasons[0].owner; }, "one role",
       "backup"},
      {"next action", [](Policy& p) { p.reasons[0].next_action = ""; }, "empty", "next_action"},
      {"deadline", [](Policy& p) { p.reasons[0].review_after = {}; }, "not more than 0",
       "review_after"},
      {"no options", [](Policy& p) { p.reasons[0].options.clear(); }, "no way out", "options"},
      {"verb", [](Policy& p) { p.reasons[0].options[0].verb = "overide"; }, "no such verb: overide",
       "options"},
      {"verb twice", [](Policy& p) { p.reasons[0].options[1].verb = p.reasons[0].options[0].verb; },
       "stands twice", "options"},
      {"consequence", [](Policy& p) { p.reasons[0].options[0].consequence = ""; },
       "does not say what follows", "options"},
      {"no owner",
       [](Policy& p) { std::erase_if(p.roster, [](auto& e) { return e.role == "owner"; }); },
       "\"owner\" for all stores", "roster"},
      {"role of one store", [](Policy& p) { p.roster[0].store = "shop"; },
       "\"owner\" for all stores", "roster"},
      {"hours", [](Policy& p) { p.roster[0].to_hour = 25; }, "hours of a day", "roster[0]"},
      {"zone", [](Policy& p) { p.roster[0].zone = "Europe/Berln"; }, "no such time zone",
       "roster[0].zone"},
      {"weekday", [](Policy& p) { p.roster[0].days = {1, 7}; }, "days of a week", "roster[0].days"},
      {"day off", [](Policy& p) { p.roster[0].closures = {"Christmas"}; }, "not a day or span",
       "roster[0].closures"},
      {"backup", [](Policy& p) { p.roster[0].backup = "somebody"; }, "not in the roster",
       "roster[0].backup"},
      {"backup self", [](Policy& p) { p.roster[0].backup = p.roster[0].owner; }, "their own backup",
       "roster[0].backup"},
  };
  return all;
}

const std::vector<Spoilt>& spoilt_terms() {
  static const std::vector<Spoilt> all = {
      {"no tier", [](Policy& p) { p.tiers.clear(); }, "no service tier", "tiers"},
      {"tier twice", [](Policy& p) { p.tiers.push_back(p.tiers[0]); }, "stands twice", "tiers"},
      {"cut-off", [](Policy& p) { p.tiers[0].cut_off = "24:00"; }, "not a time of day", "cut_off"},
      {"ladder", [](Policy& p) { p.tiers[0].contact_after = p.tiers[0].remind_after; },
       "contact_after is not later than remind_after", "tiers.same_day"},
      {"no contact", [](Policy& p) { p.tiers[0].contact_after = {}; }, "no person would hear",
       "contact_after"},
      {"cancel window", [](Policy& p) { p.tiers[0].cancel_window = {}; }, "not more than 0",
       "cancel_window"},
      {"feed age", [](Policy& p) { p.routing.feed_max_age = {}; }, "not more than 0",
       "routing.feed_max_age"},
      {"weight", [](Policy& p) { p.routing.weights[0].cost = -1; }, "between 0 and 1000",
       "routing.weights[0]"},
      {"no weight", [](Policy& p) { p.routing.weights[0] = {}; }, "all weights are 0",
       "routing.weights[0]"},
      {"no general weights", [](Policy& p) { p.routing.weights.erase(p.routing.weights.begin()); },
       "no weights fit every order", "routing.weights"},
      {"region", [](Policy& p) { p.routing.weights[2].region = "usa"; }, "not a country code",
       "region"},
      {"least score", [](Policy& p) { p.routing.least_score = 1001; }, "between 0 and 1000",
       "least_score"},
      {"no general channel", [](Policy& p) { p.channels[0].channel = "shop"; },
       "channels that are not named", "channels"},
      {"promise rule", [](Policy& p) { p.channels[0].promise_rule = "us"; }, "no such promise rule",
       "promise_rule"},
      {"fraud wait", [](Policy& p) { p.channels[0].fraud_wait = {}; }, "not more than 0",
       "fraud_wait"},
      {"gap", [](Policy& p) { p.channels[0].handoff_gap = {}; }, "not more than 0", "handoff_gap"},
      {"country", [](Policy& p) { p.channels[0].excluded_countries = {"Iran"}; },
       "not a country code", "excluded_countries"},
      {"no services", [](Policy& p) { p.channels[0].services.clear(); },
       "no shipping service is mapped", "services"},
      {"supplier service", [](Policy& p) { p.channels[0].services[0].supplier_service = ""; },
       "empty", "supplier_service"},
      {"weak proof", [](Policy& p) { p.channels[0].services[0].proof = Proof::Electronic; },
       "proof electronic is not enough for gate carrier_scan", "proof"},
      {"moment", [](Policy& p) { p.channels[0].speakers.pop_back(); },
       "nobody is said to speak at \"cancelled\"", "speakers"},
      {"amount", [](Policy& p) { p.channels[0].max_auto_value.minor = -1; }, "negative",
       "max_auto_value"},
      {"risk", [](Policy& p) { p.skus[0].risks = {"fragil"}; }, "no procedure is for the risk",
       "risks"},
      {"HS code", [](Policy& p) { p.skus[0].hs_code = "9405.21"; }, "not an HS code", "hs_code"},
      {"limit", [](Policy& p) { p.limits[0].orders_an_hour = 9000; }, "more than a day's",
       "limits[0]"},
      {"money limit", [](Policy& p) { p.limits[0].money_an_hour = dollars("5.00 EUR"); },
       "does not fit a day's", "limits[0]"},
      {"kept for ever", [](Policy& p) { p.retention[0].keep_days = 0; }, "for ever", "keep_days"},
      {"access", [](Policy& p) { p.retention[0].access = ""; }, "empty", "access"},
  };
  return all;
}

void expect_each_found(const std::vector<Spoilt>& all) {
  const auto sound = load_policy(own_policy());
  ASSERT_TRUE(sound) << describe(sound.error());
  for (const auto& spoilt : all) {
    auto policy = *sound;
    spoilt.spoil(policy);
    const auto problems = policy_problems(policy);
    const bool found = std::ranges::any_of(problems, [&](const Error& problem) {
      return problem.what.find(spoilt.words) != std::string::npos &&
             problem.where.find(spoilt.where) != std::string::npos && !problem.todo.empty();
    });
    EXPECT_TRUE(found) << spoilt.name << ": found "
                       << (problems.empty() ? "nothing" : describe(problems.front()));
    EXPECT_FALSE(check_policy(policy)) << spoilt.name;
  }
}

TEST(PolicyCheck, FindsWhatIsWrongWithGates) { expect_each_found(spoilt_gates()); }
TEST(PolicyCheck, FindsWhatIsWrongWithProceduresReasonsAndPeople) {
  expect_each_found(spoilt_people());
}
TEST(PolicyCheck, FindsWhatIsWrongWithTerms) { expect_each_found(spoilt_terms()); }

TEST(PolicyCheck, NoLiveChannelWithoutRetention) {
  auto policy = *load_policy(own_policy());
  for (const auto& record : records_to_retain()) {
    auto without = policy;
    std::erase_if(without.retention, [&](const auto& rule) { return rule.record == record; });
    EXPECT_TRUE(check_policy(without));
    const auto status = ready_for_live(without);
    ASSERT_FALSE(status) << record;
    EXPECT_EQ(status.error().code, ErrorCode::Forbidden);
    EXPECT_NE(status.error().what.find(record), std::string::npos);
  }
}

}  // namespace
}  // namespace holdfast::engine
