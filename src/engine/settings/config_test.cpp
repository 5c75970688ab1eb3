#include "engine/settings/config.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/settings/offers_csv.h"
#include "engine/settings/policy_files.h"
#include "engine/settings/test_files.h"

namespace holdfast::engine {
namespace {

const Kinds& test_kinds() {
  static const std::vector<ports::Setting> shop = {
      {"shop", "The shop's domain", true, false, ""},
      {"api_version", "Version of the API", false, false, "2026-10"},
      {"client_secret", "Signs webhooks", true, true, ""}};
  static const std::vector<ports::Setting> rest = {
      {"base_url", "Address of the API", true, false, ""},
      {"auth_value", "Value of the header", true, true, ""}};
  static const std::vector<ports::Setting> none;
  static const Kinds kinds = {{{"shop_kind", &shop, {}, false}},
                              {{"rest_kind", &rest, {true, true, true, false, 60, 10}, false},
                               {"hand_kind", &none, {}, true}},
                              {},
                              {},
                              {{"mail_kind", &none, {}, false}}};
  return kinds;
}

constexpr const char* example = R"(
[server]
public_url = "https://hold.example"

[secrets]
master_key = "0123456789abcdef0123456789abcdef"

[[channel]]
id = "shop"
kind = "shop_kind"
shop = "example.invalid"
client_secret = "very-secret"

[[supplier]]
id = "acme-eu"
kind = "rest_kind"
base_url = "http://user:hidden@127.0.0.1:9001"
auth_value_env = "ACME_KEY"
tier = "next_day"
ship_model = "hub"
mode = "auto"
vetted = true
ship_from = "CN"
[supplier.calendar]
zone = "Asia/Shanghai"
closures = ["2027-02-05..2027-02-12"]

[[offer]]
sku = "MUG"
supplier = "acme-eu"
supplier_sku = "A-1"
cost = "4.20 USD"
stock = 50
lead_days = 1
stated_at = 2026-11-01T08:00:00Z
)";

class ConfigTest : public testing::Test {
 protected:
  Result<Config> load(const std::string& text, Environment env = {}) {
    env.emplace("ACME_KEY", "Bearer abc");
    return load_config(folder.write("holdfast.toml", text), env, test_kinds());
  }
  Error refusal(const std::string& text, Environment env = {}) {
    const auto config = load(text, std::move(env));
    EXPECT_FALSE(config) << "was accepted";
    return config ? Error{} : config.error();
  }
  static std::string with(std::string_view from, std::string_view to) {
    std::string text = example;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }
  TestFolder folder;
};

TEST_F(ConfigTest, ReadsAccountsProfilesAndOffers) {
  const auto config = load(example);
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->server.listen, "127.0.0.1:8080");
  EXPECT_EQ(config->policy.path, folder.path() + "/policy");
  ASSERT_EQ(config->channels.size(), 1u);
  EXPECT_EQ(config->channels[0].tenant, "main");
  EXPECT_EQ(config->channels[0].account.setting("api_version"), "2026-10");
  EXPECT_EQ(config->channels[0].account.secret("client_secret"), "very-secret");
  ASSERT_EQ(config->suppliers.size(), 1u);
  EXPECT_EQ(config->suppliers[0].account.secret("auth_value"), "Bearer abc");
  const auto& profile = config->suppliers[0].profile;
  EXPECT_EQ(profile.supplier, "acme-eu");
  EXPECT_EQ(profile.ship_model, ShipModel::Hub);
  EXPECT_EQ(profile.mode, Mode::Auto);
  EXPECT_TRUE(profile.can_find && profile.idempotent && profile.can_cancel);
  EXPECT_FALSE(profile.can_remind);
  EXPECT_EQ(profile.calendar.zone, "Asia/Shanghai");
  ASSERT_EQ(config->offers.size(), 1u);
  EXPECT_EQ(holdfast::to_text(config->offers[0].stated_at), "2026-11-01T08:00:00Z");
}

TEST_F(ConfigTest, NothingAtAllGivesTheDefaults) {
  const auto config = load_config("", {}, test_kinds());
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->tenants.size(), 1u);
  EXPECT_EQ(config->policy.path, "policy");
  EXPECT_EQ(load_config("/nonexistent.toml", {}, test_kinds()).error().code, ErrorCode::NotFound);
}

TEST_F(ConfigTest, AnUnknownKeyNamesThePlaceAndTheNearest) {
  const auto key = refusal(with("base_url", "bas_url"));
  EXPECT_EQ(key.what, "unknown key \"bas_url\"");
  EXPECT_EQ(key.todo, "did you mean base_url?");
  EXPECT_NE(key.where.find("holdfast.toml:17:1 supplier[0].bas_url"), std::string::npos)
      << key.where;
  EXPECT_EQ(refusal(with("[server]", "[servr]")).todo, "did you mean server?");
  EXPECT_EQ(refusal(with("public_url", "publicurl")).todo, "did you mean public_url?");
  EXPECT_EQ(refusal(with("zone =", "zne =")).todo, "did you mean zone?");
  EXPECT_EQ(refusal(with("lead_days", "leaddays")).todo, "did you mean lead_days?");
  EXPECT_EQ(refusal(with("rest_kind", "rest_kid")).todo, "did you mean rest_kind?");
  EXPECT_EQ(refusal(with("[[channel]]", "[channel]")).todo, "write [[channel]]");
}

TEST_F(ConfigTest, WhatIsMissingOrWrongSaysWhere) {
  const auto missing = refusal(with("shop = \"example.invalid\"\n", ""));
  EXPECT_EQ(missing.what, "\"shop\" is missing");
  EXPECT_EQ(missing.todo, "The shop's domain");
  EXPECT_NE(refusal(with("\"next_day\"", "3")).where.find("supplier[0].tier"), std::string::npos);
  EXPECT_NE(refusal(with("tier = \"next_day\"\n", "")).what.find("tier"), std::string::npos);
  EXPECT_EQ(refusal(with("Asia/Shanghai", "Asia/Shangai")).what, "no such time zone: Asia/Shangai");
  EXPECT_EQ(refusal(with("2027-02-05..", "soon..")).what, "not a day or span: soon..2027-02-12");
  EXPECT_EQ(refusal(with("supplier = \"acme-eu\"", "supplier = \"acme-us\"")).todo,
            "did you mean acme-eu?");
  EXPECT_EQ(refusal(with("\"shop\"\nkind", "\"acme-eu\"\nkind")).what,
            "two accounts have the id acme-eu");
  EXPECT_EQ(refusal(with("https://hold.example", "hold.example")).what, "not a web address");
  EXPECT_EQ(refusal(with("0123456789abcdef0123456789abcdef", "short")).what,
            "the master key is too short");
  EXPECT_EQ(refusal(with("vetted = true", "can_remind = true")).what,
            "accounts of kind rest_kind cannot do this");
  EXPECT_EQ(refusal(with("vetted = true", "tenant = \"other\"")).what, "no such tenant: \"other\"");
}

TEST_F(ConfigTest, SecretsComeFromFilesAndTheEnvironment) {
  folder.write("secret.txt", "from-a-file\n");
  const auto config =
      load(with("client_secret = \"very-secret\"", "client_secret_file = \"secret.txt\""));
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->channels[0].account.secret("client_secret"), "from-a-file");
  const auto twice = refusal(with("client_secret =", "client_secret_env = \"X\"\nclient_secret ="));
  EXPECT_EQ(twice.what, "this secret is given twice");
  const auto unset = refusal(with("ACME_KEY", "ACME_KEI"));
  EXPECT_EQ(unset.what, "the environment has no variable ACME_KEI");
}

TEST_F(ConfigTest, TheEnvironmentWinsForEveryKey) {
  const auto key = folder.write("key.txt", "ffffffffffffffffffffffffffffffffff\n");
  const auto config = load(example, {{"HOLDFAST_SERVER__LISTEN", "127.0.0.1:9999"},
                                     {"HOLDFAST_SECRETS__MASTER_KEY_FILE", key},
                                     {"HOLDFAST_LIMITS__CONNECTIONS", "64"},
                                     {"HOLDFAST_LOG__FILE", "/tmp/x.log"},
                                     {"HOLDFAST_LOG__JSON", "true"},
                                     {"HOLDFAST_CHANNEL__SHOP__LIVE", "false"},
                                     {"HOLDFAST_SUPPLIER__ACME_EU__BASE_URL", "http://other"},
                                     {"HOLDFAST_SUPPLIER__ACME_EU__AUTH_VALUE", "mine"},
                                     {"HOLDFAST_SUPPLIER__ACME_EU__EXCLUDED_COUNTRIES", "US, CA"},
                                     {"HOLDFAST_SUPPLIER__ACME_EU__CALENDAR__ZONE", "UTC"},
                                     {"HOLDFAST_FLAVOUR", "not a setting"},
                                     {"PATH", "/bin"}});
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->server.listen, "127.0.0.1:9999");
  EXPECT_EQ(config->secrets.master_key.value, "ffffffffffffffffffffffffffffffffff");
  EXPECT_EQ(config->limits.connections, 64);
  EXPECT_EQ(config->log.file, "/tmp/x.log");
  EXPECT_TRUE(config->log.json);
  EXPECT_FALSE(config->channels[0].live);
  EXPECT_EQ(config->suppliers[0].account.setting("base_url"), "http://other");
  EXPECT_EQ(config->suppliers[0].account.secret("auth_value"), "mine");
  EXPECT_EQ(config->suppliers[0].profile.excluded_countries,
            (std::vector<std::string>{"US", "CA"}));
  EXPECT_EQ(config->suppliers[0].profile.calendar.zone, "UTC");
}

TEST_F(ConfigTest, AVariableThatMeansNothingNamesTheNearest) {
  EXPECT_EQ(refusal(example, {{"HOLDFAST_SERVER__LISTNE", "x"}}).todo,
            "did you mean HOLDFAST_SERVER__LISTEN?");
  EXPECT_EQ(refusal(example, {{"HOLDFAST_SERVR__LISTEN", "x"}}).todo,
            "did you mean HOLDFAST_SERVER__LISTEN?");
  EXPECT_EQ(refusal(example, {{"HOLDFAST_SUPPLIER__ACME__TIER", "x"}}).todo,
            "did you mean HOLDFAST_SUPPLIER__ACME_EU__TIER?");
  EXPECT_EQ(refusal(example, {{"HOLDFAST_LIMITS__CONNECTIONS", "many"}}).where,
            "HOLDFAST_LIMITS__CONNECTIONS");
}

TEST_F(ConfigTest, ShowMasksEverySecretAndReadsBack) {
  const auto config = load(example);
  ASSERT_TRUE(config) << describe(config.error());
  const auto text = to_text(*config);
  for (const auto* secret : {"very-secret", "Bearer abc", "0123456789abcdef", "hidden"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << secret;
  }
  EXPECT_NE(text.find("client_secret = \"(set, not shown)\""), std::string::npos);
  const auto again = load(text, {{"HOLDFAST_SECRETS__MASTER_KEY", std::string(32, 'k')}});
  ASSERT_TRUE(again) << describe(again.error()) << "\n" << text;
  EXPECT_EQ(again->offers, config->offers);
  EXPECT_EQ(again->suppliers[0].profile, config->suppliers[0].profile);
}

TEST_F(ConfigTest, OffersComeFromCsvToo) {
  folder.write("offers.csv",
               "sku,supplier,supplier_sku,cost,stock\r\nCUP,acme-eu,\"A,2\",3.10 USD,7\r\n\r\n");
  const auto config = load(std::string(example) + "\n[offers]\ncsv = \"offers.csv\"\n");
  ASSERT_TRUE(config) << describe(config.error());
  ASSERT_EQ(config->offers.size(), 2u);
  EXPECT_EQ(config->offers[1].supplier_sku, "A,2");
  EXPECT_EQ(config->offers[1].stock, 7);
  folder.write("offers.csv", "sku,suplier\nCUP,acme-eu\n");
  const auto column = refusal(std::string(example) + "\n[offers]\ncsv = \"offers.csv\"\n");
  EXPECT_EQ(column.todo, "did you mean supplier?");
  folder.write("offers.csv", "sku,supplier,supplier_sku,cost\nMUG,acme-eu,A-1,free\n");
  const auto cost = refusal(std::string(example) + "\n[offers]\ncsv = \"offers.csv\"\n");
  EXPECT_NE(cost.where.find("offers.csv:2"), std::string::npos) << cost.where;
  EXPECT_FALSE(parse_csv("a,\"b\n"));
}

TEST_F(ConfigTest, SeveralTenantsKeepTheirAccountsApart) {
  const auto two =
      "[[tenant]]\nid = \"one\"\nnumber = 1\n[[tenant]]\nid = \"two\"\nnumber = 2\npo_prefix = "
      "\"T2\"\npublic_url = \"https://two.example\"\n";
  const auto text = two + with("kind = \"shop_kind\"", "kind = \"shop_kind\"\ntenant = \"one\"");
  EXPECT_EQ(refusal(text).what, "no such tenant: \"\"");
  auto whole = text;
  whole.replace(whole.find("kind = \"rest_kind\""), 18, "kind = \"rest_kind\"\ntenant = \"two\"");
  const auto config = load(whole);
  ASSERT_TRUE(config) << describe(config.error());
  const auto setup = to_setup(*config, "two", {});
  ASSERT_TRUE(setup);
  EXPECT_EQ(setup->tenant, TenantId{2});
  EXPECT_EQ(setup->po_prefix, "T2");
  EXPECT_TRUE(setup->channels.empty());
  EXPECT_EQ(setup->profiles.size(), 1u);
  EXPECT_EQ(setup->offers.size(), 1u);
  EXPECT_EQ(setup->public_url, "https://two.example") << "its own, not the server's";
  EXPECT_FALSE(to_setup(*config, "three", {}));
}

TEST_F(ConfigTest, WhatThisVersionCannotDoIsRefusedAndNotIgnored) {
  EXPECT_EQ(refusal("[mail]\nlocale = \"fr\"\n").what, "no messages in this language: fr");
  EXPECT_EQ(refusal("[secrets]\nsigning_key = \"short\"\n").what, "the signing key is too short");
  const std::string two =
      "[[tenant]]\nid = \"one\"\nnumber = 1\n[[tenant]]\nid = \"two\"\nnumber = 2\n";
  EXPECT_EQ(refusal(two).what, "a further tenant needs an address of its own");
  EXPECT_EQ(refusal(two + "public_url = \"two.example\"\n").what, "not a web address: two.example");
  const auto same_host = "[server]\npublic_url = \"https://hold.example:8443\"\n" + two +
                         "public_url = \"http://Hold.example\"\n";
  EXPECT_EQ(refusal(same_host).what, "a further tenant needs an address of its own")
      << "requests are told apart by their host";
  EXPECT_TRUE(load(two + "public_url = \"https://two.example\"\n"));
}

TEST_F(ConfigTest, AStoreOnAServerKeepsItsPasswordOutOfItsAddress) {
  const std::string key = "[secrets]\nmaster_key = \"0123456789abcdef0123456789abcdef\"\n";
  const auto with = [&](const std::string& url) {
    return key + "[store]\nurl = \"" + url + "\"\n";
  };
  for (const auto* url : {"postgres://me:secret@db.example/holdfast",
                          "postgres://me@db.example/holdfast?password=secret"}) {
    const auto refused = refusal(with(url));
    EXPECT_EQ(refused.what, "a password stands in the address of the store");
    EXPECT_NE(refused.where.find(":4:"), std::string::npos) << refused.where;
  }
  EXPECT_EQ(refusal("[store]\nurl = \"postgres://db.example/holdfast\"\n").what,
            "a store on a server needs a master key that is configured");
  EXPECT_EQ(refusal(with("mysql://db.example/holdfast")).what, "not a store");
  EXPECT_EQ(refusal(with("postgres://db/holdfast") + "lease_seconds = 0\n").what, "out of bounds");
  const auto config = load(with("postgres://me@db.example:5432/holdfast?sslmode=verify-full") +
                           "password = \"secret\"\nlease_seconds = 20\n");
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->store.password.value, "secret");
  folder.write("password", "from-a-file\n");
  const auto filed = load(with("postgres://me@db/holdfast") + "password_file = \"password\"\n");
  ASSERT_TRUE(filed) << describe(filed.error());
  EXPECT_EQ(filed->store.password.value, "from-a-file");
  EXPECT_EQ(to_text(*config).find("\"secret\""), std::string::npos);
}

TEST_F(ConfigTest, PrivateAddressesThatMayBeReachedAreAList) {
  const auto config = load("[server]\nallowed_hosts = [\"10.1.0.0/16\", \"erp.internal:8443\"]\n");
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->server.allowed_hosts,
            (std::vector<std::string>{"10.1.0.0/16", "erp.internal:8443"}));
  EXPECT_EQ(load("", {{"HOLDFAST_SERVER__ALLOWED_HOSTS", "erp.internal, 10.1.2.3"}})
                ->server.allowed_hosts,
            (std::vector<std::string>{"erp.internal", "10.1.2.3"}));
}

TEST_F(ConfigTest, TheNamedNotifierMayBeConnectedInTheConsoleLater) {
  const auto config = load(
      "[mail]\nnotifier = \"later\"\n"
      "[[notifier]]\nid = \"first\"\nkind = \"mail_kind\"\n");
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(to_setup(*config, "main", {})->notifiers.front().id, "first");
  auto connected = *config;
  connected.notifiers.push_back(connected.notifiers.front());
  connected.notifiers.back().account.id = "later";
  EXPECT_EQ(to_setup(connected, "main", {})->notifiers.front().id, "later");
}

TEST_F(ConfigTest, TheNamedNotifierIsTheOneThatSends) {
  const auto config = load(
      "[mail]\nnotifier = \"second\"\nlocale = \"de\"\n"
      "[[notifier]]\nid = \"first\"\nkind = \"mail_kind\"\n"
      "[[notifier]]\nid = \"second\"\nkind = \"mail_kind\"\n");
  ASSERT_TRUE(config) << describe(config.error());
  const auto setup = to_setup(*config, "main", {});
  ASSERT_TRUE(setup) << describe(setup.error());
  EXPECT_EQ(setup->notifiers.front().id, "second");
  EXPECT_EQ(setup->notifiers.size(), 2u);
  EXPECT_EQ(setup->buyer_locale, "de");
}

TEST_F(ConfigTest, WhatAPartnerBearsCanBeSetForEachAccount) {
  const std::string budget = "requests_per_minute = 90\nburst = 7\nat_once = 5\n";
  const auto config = load("[[notifier]]\nid = \"mail\"\nkind = \"mail_kind\"\n" + budget);
  ASSERT_TRUE(config) << describe(config.error());
  const auto& settings = config->notifiers.front().account.settings;
  EXPECT_EQ(settings.at("requests_per_minute"), "90");
  EXPECT_EQ(settings.at("burst"), "7");
  EXPECT_EQ(settings.at("at_once"), "5");
  EXPECT_NE(to_text(*config).find(budget.substr(0, budget.find('\n'))), std::string::npos);
  EXPECT_EQ(refusal("[[notifier]]\nid = \"mail\"\nkind = \"mail_kind\"\nat_once = -1\n").what,
            "not a number of requests");
}

TEST_F(ConfigTest, ALiveChannelNeedsRetentionAndATierThatExists) {
  auto policy = load_policy(own_policy());
  ASSERT_TRUE(policy) << describe(policy.error());
  const auto config = load(example);
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_TRUE(check_config(*config, "main", *policy));
  auto forgetful = *policy;
  forgetful.retention.clear();
  EXPECT_EQ(check_config(*config, "main", forgetful).error().code, ErrorCode::Forbidden);
  const auto pilot = load(example, {{"HOLDFAST_CHANNEL__SHOP__LIVE", "false"}});
  EXPECT_TRUE(check_config(*pilot, "main", forgetful));
  const auto tier = load(with("\"next_day\"", "\"nextday\""));
  EXPECT_EQ(check_config(*tier, "main", *policy).error().todo, "did you mean next_day?");
}

}  // namespace
}  // namespace holdfast::engine
