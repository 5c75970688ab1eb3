#include "peers/shop_face.h"

#include <algorithm>

#include "base/text.h"
#include "net/url.h"
#include "peers/shop_api.h"
#include "peers/shop_views.h"

namespace holdfast::peers {
namespace {

constexpr std::string_view api_prefix = "/admin/api/";
constexpr std::string_view api_suffix = "/graphql.json";
constexpr std::int64_t query_cost = 40;
constexpr std::int64_t mutation_cost = 10;
constexpr std::int64_t token_seconds = 86'399;  // docs: client credentials grant, expires_in

ports::HttpResponse json_response(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json; charset=utf-8"}}, to_text(body)};
}

ports::HttpResponse error_response(int status, std::string_view words) {
  Json body;
  body.set("errors", words);
  return json_response(status, body);
}

Json error_of(std::string_view message, std::string_view code, const std::string& path = {}) {
  Json extensions;
  extensions.set("code", code);
  Json error;
  error.set("message", message);
  if (!path.empty()) error.set("path", Json::Array{path});
  error.set("extensions", std::move(extensions));
  return error;
}

/// The list of a payload's user errors: one, or none.
Json user_errors(const std::optional<ShopRefusal>& refusal) {
  Json list = Json::Array{};
  if (!refusal) return list;
  Json field = Json::Array{};
  for (const auto& step : refusal->field) field.push(step);
  Json error;
  error.set("field", refusal->field.empty() ? Json() : std::move(field));
  error.set("message", refusal->message);
  error.set("code", refusal->code.empty() ? Json() : Json(refusal->code));
  list.push(std::move(error));
  return list;
}

}  // namespace

FaceAnswer ShopFace::answer(const ports::Inbound& inbound) {
  const std::string_view path = inbound.path;
  if (inbound.method == "POST" && path == "/admin/oauth/access_token") {
    return {token(inbound), {}, false};
  }
  if (inbound.method != "POST" || !path.starts_with(api_prefix) || !path.ends_with(api_suffix)) {
    return {error_response(404, "Not Found"), {}, false};
  }
  const auto version =
      path.substr(api_prefix.size(), path.size() - api_prefix.size() - api_suffix.size());
  if (!may_enter(inbound)) {
    return {error_response(401,
                           "[API] Invalid API key or access token (unrecognized login or "
                           "wrong password)"),
            {},
            false};
  }
  return {graphql(inbound, std::string(version)), {}, false};
}

bool ShopFace::may_enter(const ports::Inbound& inbound) const {
  const std::string given(ports::header(inbound.headers, "X-Shopify-Access-Token"));
  if (given.empty()) return false;
  if (given == shop_.options().access_token) return true;
  const auto found = tokens_.find(given);
  return found != tokens_.end() && scene_.agenda.now() < found->second;
}

ports::HttpResponse ShopFace::token(const ports::Inbound& inbound) {
  const auto form = net::parse_form(inbound.body);
  if (!form) return error_response(400, "invalid_request");
  const auto& options = shop_.options();
  const bool proven = net::value_of(*form, "grant_type") == "client_credentials" &&
                      net::value_of(*form, "client_id") == options.client_id &&
                      net::value_of(*form, "client_secret") == options.client_secret;
  if (!proven) return error_response(400, "invalid_client");
  const auto count = std::to_string(tokens_.size() + 1);
  const auto made = "shpat_" + scene_.chance.hex_text("token/" + count, 32);
  tokens_[made] = scene_.agenda.now() + seconds(token_seconds);
  Json body;
  body.set("access_token", made);
  body.set("scope", "write_orders,write_merchant_managed_fulfillment_orders,read_locations");
  body.set("expires_in", token_seconds);
  return json_response(200, body);
}

Json ShopFace::cost(bool is_mutation, bool throttled) {
  const auto now = scene_.agenda.now();
  const auto restored = shop_.options().points_a_second;
  if (restored_at_) {
    available_ = std::min(bucket(), available_ + (now - restored_at_).ms * restored / 1000);
  }
  restored_at_ = now;
  const auto price = is_mutation ? mutation_cost : query_cost;
  if (!throttled) available_ = std::max<std::int64_t>(0, available_ - price / 2);
  Json status;
  status.set("maximumAvailable", bucket());
  status.set("currentlyAvailable", throttled ? std::int64_t{0} : available_);
  status.set("restoreRate", restored);
  Json cost;
  cost.set("requestedQueryCost", price);
  cost.set("actualQueryCost", throttled ? Json() : Json(price / 2));
  cost.set("throttleStatus", std::move(status));
  Json extensions;
  extensions.set("cost", std::move(cost));
  return extensions;
}

/// The order that variables speak of, by any id inside; "" when they name none.
std::string ShopFace::order_of(const Json& variables) const {
  if (variables.is_string()) {
    const std::string_view text = variables.string();
    const auto slash = text.rfind('/');
    if (!text.starts_with("gid://shopify/") || slash == text.npos) return {};
    const auto noun = text.substr(14, slash - 14);
    const auto* order = shop_.owner(id_of(text, noun));
    return order ? order->name : "";
  }
  for (const auto& [name, value] : variables.members()) {
    if (auto order = order_of(value); !order.empty()) return order;
  }
  for (const auto& value : variables.items()) {
    if (auto order = order_of(value); !order.empty()) return order;
  }
  return {};
}

ports::HttpResponse ShopFace::graphql(const ports::Inbound& inbound, const std::string& version) {
  const auto body = parse_json(inbound.body);
  if (!body || !(*body)["query"].is_string()) {
    return error_response(400, "Required parameter missing or invalid");
  }
  const auto& variables = (*body)["variables"];
  const auto operation =
      graphql::parse((*body)["query"].string(), (*body)["operationName"].string(), variables);
  Json answer;
  if (!operation) {
    answer.set("errors", Json::Array{error_of(operation.error().what, "parseError")});
    return json_response(200, answer);
  }
  ++counts_[operation->name];
  const bool throttled = shop_.throttles(order_of(variables));
  Json errors = Json::Array{};
  if (throttled) {
    errors.push(error_of("Throttled", "THROTTLED"));
  } else {
    answer.set("data", run(*operation, errors));
  }
  if (!errors.items().empty()) answer.set("errors", std::move(errors));
  answer.set("extensions", cost(operation->is_mutation, throttled));
  auto response = json_response(200, answer);
  response.headers.emplace_back("X-Shopify-API-Version", version);
  return response;
}

Json ShopFace::run(const graphql::Operation& operation, Json& errors) {
  Json data = Json::Object{};
  for (const auto& field : operation.fields) {
    const auto value = operation.is_mutation ? mutate(field, errors) : query(field, errors);
    std::vector<std::string> missing;
    data.set(field.key, graphql::cut_value(value, field, missing));
    for (const auto& name : missing) {
      errors.push(
          error_of("the demo's shop does not keep the field " + name, "undefinedField", field.key));
    }
  }
  return data;
}

Json ShopFace::orders_page(const graphql::Field& field) const {
  const std::string_view terms = field.arguments["query"].string();
  constexpr std::string_view term = "updated_at:>=";
  Instant since;
  if (const auto at = terms.find(term); at != terms.npos) {
    auto text = terms.substr(at + term.size());
    text = text.substr(0, text.find(' '));
    if (text.starts_with('\'') && text.size() > 1) text = text.substr(1, text.size() - 2);
    const auto read = parse_instant(text);
    if (read) since = *read;
  }
  std::vector<const ShopOrder*> found;
  for (const auto& order : shop_.orders()) {
    if (order.updated_at.ms / 1000 >= since.ms / 1000) found.push_back(&order);
  }
  std::ranges::sort(found, {}, [](const ShopOrder* order) {
    return std::pair(order->updated_at.ms / 1000, order->id);
  });
  Json list = Json::Array{};
  for (const auto* order : found) {
    Json entry;
    entry.set("id", gid("Order", order->id));
    entry.set("name", order->name);
    entry.set("updatedAt", shop_time(order->updated_at));
    list.push(std::move(entry));
  }
  return list;
}

Json ShopFace::query(const graphql::Field& field, Json& errors) {
  const auto& id = field.arguments["id"].string();
  if (field.name == "order") {
    const auto* order = shop_.by_id(id_of(id, "Order"));
    return order ? order_view(*order) : Json();
  }
  if (field.name == "fulfillmentOrder") {
    const auto [order, part] = shop_.part(id_of(id, "FulfillmentOrder"));
    return part ? part_view(*order, *part) : Json();
  }
  if (field.name == "orders") return orders_page(field);
  if (field.name == "locations") return locations_view();
  if (field.name == "shop") return shop_view(shop_.options());
  if (field.name == "currentAppInstallation") return installation_view();
  if (field.name == "webhookSubscriptions") {
    Json list = Json::Array{};
    for (const auto& one : shop_.webhooks().subscriptions()) {
      list.push(subscription_view(one, shop_.options().api_version));
    }
    return list;
  }
  errors.push(error_of("Field '" + field.name + "' doesn't exist on type 'QueryRoot'",
                       "undefinedField", field.key));
  return {};
}

Json ShopFace::mutate(const graphql::Field& field, Json& errors) {
  auto result = run_mutation(shop_, field.name, field.arguments);
  if (!result) {
    errors.push(error_of("Field '" + field.name + "' doesn't exist on type 'Mutation'",
                         "undefinedField", field.key));
    return {};
  }
  if (result->refusal && result->refusal->top_level) {
    errors.push(error_of(result->refusal->message, result->refusal->code, field.key));
    return {};
  }
  result->payload.set(result->errors_member, user_errors(result->refusal));
  return std::move(result->payload);
}

Json ShopFace::books() const {
  Json books = Json::Object{};
  for (const auto& [operation, count] : counts_) books.set(operation, count);
  return books;
}

}  // namespace holdfast::peers
