#include "peers/hosts.h"

#include "base/hash.h"

namespace holdfast::peers {
namespace {

std::string hook_of(const std::string& account) {
  return std::string(hosted_program_url) + "/hooks/" + account;
}

}  // namespace

WorldOptions hosted_world(std::uint64_t seed, Instant start) {
  WorldOptions options;
  options.seed = seed;
  options.start = start;
  options.shop.client_secret = "client-secret";
  options.shop.access_token = "shpat_test";
  options.shop.webhook_target = hook_of("shop");
  options.tracking = {"tracking-key", hook_of("tracker")};
  for (const std::string name : {"north", "quick", "slow", "shaky"}) {
    options.rest_suppliers[name] = {"Bearer " + name, hook_of(name),
                                    "whsec_" + base64("secret of " + name)};
  }
  return options;
}

HostedAccounts hosted_accounts(const WorldOptions& options) {
  HostedAccounts accounts;
  const auto& shop = options.shop;
  accounts.channels.push_back(
      {"shop",
       "shopify",
       {{"shop", shop.domain}, {"api_url", "http://shop.test"}, {"api_version", shop.api_version}},
       {{"client_secret", shop.client_secret}, {"access_token", shop.access_token}}});
  for (const auto& [name, access] : options.rest_suppliers) {
    accounts.suppliers.push_back(
        {name,
         "http_json",
         {{"base_url", "http://rest.test/" + name}},
         {{"auth_value", access.auth_value}, {"callback_secret", access.callback_secret}}});
  }
  accounts.suppliers.push_back({"paper",
                                "email_link",
                                {{"server", "smtp://mail.test:25"},
                                 {"from", "purchasing@shop.example.test"},
                                 {"to", options.paper_address},
                                 {"locale", "en"}},
                                {}});
  accounts.suppliers.push_back({"manual", "manual", {}, {}});
  accounts.trackings.push_back(
      {"tracker",
       "17track",
       {{"base_url", "http://tracking.test/track/v2.4"}, {"carrier_codes", "Royal Mail=11031"}},
       {{"api_key", options.tracking.api_key}}});
  accounts.notifiers.push_back(
      {"mail",
       "smtp",
       {{"server", "smtp://mail.test:25"}, {"from", "hello@shop.example.test"}},
       {}});
  return accounts;
}

std::string_view host_of(std::string_view url) {
  const auto from = url.find("://") + 3;
  return url.substr(from, url.find('/', from) - from);
}

std::optional<FaceAnswer> hosted_answer(World& world, const ports::HttpRequest& request,
                                        Instant now) {
  const std::string_view url = request.url;
  const auto host = host_of(url);
  const auto path = url.substr(url.find('/', url.find("://") + 3));
  const ports::Inbound inbound{request.method,
                               std::string(path.substr(0, path.find('?'))),
                               "",
                               request.headers,
                               request.body,
                               now};
  if (host == "shop.test") return world.shop_face(inbound);
  if (host == "rest.test") return world.rest_supplier_face(inbound);
  if (host == "tracking.test") return world.tracking_face(inbound);
  return std::nullopt;
}

}  // namespace holdfast::peers
