#include "connectors/channels/shopify/wire.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace holdfast::connectors::shopify {
namespace {

using ports::HttpRequest;
using ports::HttpResponse;
using ports::Outcome;
using ports::Turn;
using Kind = Outcome::Kind;

constexpr std::size_t words_bytes = 400;
/// A GraphQL answer of 250 lines is about 400 kB; twenty times that is no answer of ours.
constexpr JsonBounds answer_bounds{8u << 20, 40, 400'000};

std::string base_url(const ports::Account& account) {
  const auto& url = account.setting("api_url");
  return url.empty() ? "https://" + account.setting("shop") : url;
}

/// Whole part of a number's digits; `otherwise` when there are none.
std::int64_t whole(const Json& number, std::int64_t otherwise) {
  const auto digits = number.digits();
  std::int64_t value = otherwise;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return problem == std::errc() ? value : otherwise;
}

/// Seconds until `wanted` points are there (docs: API usage limits, calculated query cost).
std::int64_t seconds_until(std::int64_t wanted, std::int64_t available, std::int64_t restore) {
  if (wanted <= available || restore <= 0) return 0;
  return std::min<std::int64_t>((wanted - available + restore - 1) / restore, 120);
}

/// What a lost or failed answer means for a call that may have reached Shopify.
Kind lost(Call call) { return call == Call::Write ? Kind::Unknown : Kind::NotSent; }

Duration retry_after(const HttpResponse& response) {
  std::int64_t value = 0;
  const auto text = ports::header(response.headers, "Retry-After");
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc() && value > 0 ? seconds(std::min<std::int64_t>(value, 3600))
                                             : Duration{};
}

std::string status_words(int status) {
  const auto number = " (" + std::to_string(status) + ")";
  switch (status) {
    case 401:
      return "token refused" + number;
    case 402:
      return "the shop is frozen" + number;
    case 403:
      return "forbidden" + number;
    case 404:
      return "no such shop or API version" + number;
    case 423:
      return "the shop is locked" + number;
    case 429:
      return "too many requests" + number;
    case 430:
      return "refused for security; slow down" + number;
    default:
      return "Shopify answered " + std::to_string(status);
  }
}

bool is_throttled(std::string_view code) { return code == "THROTTLED"; }

/// Codes after which the operation may nevertheless have run.
bool may_have_run(std::string_view code) {
  return code.empty() || code == "INTERNAL_SERVER_ERROR" || code == "TIMEOUT" ||
         code == "SERVICE_UNAVAILABLE";
}

}  // namespace

tl::unexpected<Turn> Talk::failed(Outcome outcome) const {
  if (written_ && outcome.kind == Kind::NotSent) outcome.kind = Kind::Unknown;
  return tl::unexpected<Turn>(end(std::move(outcome)));
}

tl::unexpected<Turn> Talk::failed(Kind kind, std::string detail) const {
  Outcome outcome;
  outcome.kind = kind;
  outcome.detail = std::move(detail);
  return failed(std::move(outcome));
}

void Talk::say_budget(Outcome& outcome) const {
  outcome.budget_left = budget_left_;
  outcome.budget_cost = budget_cost_;
  outcome.budget_restore = budget_restore_;
  outcome.budget_wait = budget_wait_;
}

Turn Talk::end(Outcome outcome) const {
  say_budget(outcome);
  if (!version_note_.empty()) {
    outcome.detail += (outcome.detail.empty() ? "" : "; ") + version_note_;
  }
  return Turn::end(std::move(outcome));
}

Turn Talk::end(Kind kind, std::string detail) const {
  Outcome outcome;
  outcome.kind = kind;
  outcome.detail = std::move(detail);
  return end(std::move(outcome));
}

tl::expected<Json, Turn> Talk::ask(const Operation& operation, Json variables) {
  if (account_.secret("access_token").empty()) {
    Outcome outcome;
    outcome.kind = Kind::NotSent;
    outcome.detail = "no access token yet: it has to be renewed first";
    outcome.credentials_refused = true;
    return failed(std::move(outcome));
  }
  Json body;
  body.set("operationName", operation.name);
  body.set("query", operation.document);
  body.set("variables", std::move(variables));
  HttpRequest request;
  request.method = "POST";
  request.url =
      base_url(account_) + "/admin/api/" + account_.setting("api_version") + "/graphql.json";
  request.headers = {{"Content-Type", "application/json"},
                     {"Accept", "application/json"},
                     {"X-Shopify-Access-Token", account_.secret("access_token")}};
  request.body = to_text(body);
  auto answer = exchange(std::move(request), operation.call);
  if (!answer) return answer;
  read_budget(answer->at_path("extensions.cost"));
  if (const auto& errors = (*answer)["errors"]; !errors.is_null()) {
    return read_errors(errors, operation.call);
  }
  if (!(*answer)["data"].is_object()) {
    return failed(lost(operation.call), "Shopify's answer holds no data");
  }
  return (*answer)["data"];
}

tl::expected<Json, Turn> Talk::post_form(std::string_view path, std::string_view form) {
  HttpRequest request;
  request.method = "POST";
  request.url = base_url(account_) + std::string(path);
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Accept", "application/json"}};
  request.body = form;
  return exchange(std::move(request), Call::Repeatable);
}

tl::expected<Json, Turn> Talk::exchange(HttpRequest request, Call call) {
  const auto index = next_++;
  if (index >= exchanges_.size()) {
    if (index >= ports::max_exchanges) {
      return failed(Kind::NotSent, "too many requests for one attempt; the rest comes next time");
    }
    auto turn = Turn::ask(std::move(request));
    say_budget(turn.outcome);
    return tl::unexpected<Turn>(std::move(turn));
  }
  const auto& response = exchanges_[index].response;
  if (const auto* http = std::get_if<HttpResponse>(&response)) return read_http(*http, call);
  if (const auto* failure = std::get_if<ports::TransportFailure>(&response)) {
    const auto kind = failure->may_have_arrived ? lost(call) : Kind::NotSent;
    return failed(kind, "no answer from Shopify: " + failure->detail);
  }
  return failed(lost(call), "an answer that is not HTTP");
}

tl::expected<Json, Turn> Talk::read_http(const HttpResponse& response, Call call) {
  const auto status = response.status;
  if (status == 200) {
    const auto served = ports::header(response.headers, "X-Shopify-API-Version");
    if (!served.empty() && served != account_.setting("api_version")) {
      version_note_ = "API version " + account_.setting("api_version") +
                      " is gone: " + std::string(clipped(served, 16)) + " answered";
    }
    auto body = parse_json(response.body, answer_bounds);
    if (body && body->is_object()) return std::move(*body);
    return failed(lost(call), "Shopify's answer is not readable");
  }
  Outcome outcome;
  outcome.detail = status_words(status);
  outcome.credentials_refused = status == 401;
  outcome.retry_after = retry_after(response);
  const bool try_again = status == 401 || status == 429 || status == 430;
  if (try_again)
    outcome.kind = Kind::NotSent;
  else if (status >= 500 || status < 300)
    outcome.kind = lost(call);
  else
    outcome.kind = Kind::Refused;
  return failed(std::move(outcome));
}

/// Top-level errors come with HTTP 200 (docs: GraphQL Admin API, status and error codes).
tl::expected<Json, Turn> Talk::read_errors(const Json& errors, Call call) {
  const auto& first = errors.items().empty() ? errors : errors.items().front();
  const auto& code = first.at_path("extensions.code").string();
  const auto& message = first.is_string() ? first.string() : first["message"].string();
  Outcome outcome;
  outcome.detail = code.empty() ? std::string(clipped(message, words_bytes))
                                : code + ": " + std::string(clipped(message, words_bytes));
  if (is_throttled(code)) {
    outcome.kind = Kind::NotSent;
    outcome.retry_after = std::max(budget_wait_, seconds(1));
  } else {
    outcome.kind = may_have_run(code) ? lost(call) : Kind::Refused;
  }
  return failed(std::move(outcome));
}

void Talk::read_budget(const Json& cost) {
  const auto& status = cost["throttleStatus"];
  if (!status.is_object()) return;
  budget_left_ = whole(status["currentlyAvailable"], -1);
  const auto wanted = whole(cost["requestedQueryCost"], 0);
  const auto restore = whole(status["restoreRate"], 50);
  budget_cost_ = std::max<std::int64_t>(wanted, 1);
  budget_restore_ = restore;
  budget_wait_ = seconds(seconds_until(wanted, budget_left_, restore));
}

std::string id_in(std::string_view gid, std::string_view noun) {
  const auto prefix = "gid://shopify/" + std::string(noun) + "/";
  if (!gid.starts_with(prefix)) return {};
  auto digits = gid.substr(prefix.size());
  digits = digits.substr(0, digits.find('?'));
  const bool all = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return all && digits.size() <= 20 ? std::string(digits) : std::string();
}

std::string gid_of(std::string_view noun, std::string_view digits) {
  return "gid://shopify/" + std::string(noun) + "/" + std::string(digits);
}

std::string user_errors_in(const Json& payload) {
  std::vector<std::string> words;
  for (const auto& error : payload["userErrors"].items()) {
    const auto& code = error["code"].string();
    const auto& message = error["message"].string();
    words.push_back(code.empty() ? message : code + ": " + message);
  }
  return std::string(clipped(join(words, "; "), words_bytes));
}

std::string form_encoded(std::string_view value) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : value) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

bool has_user_error(const Json& payload, std::string_view code) {
  const auto& errors = payload["userErrors"].items();
  return std::ranges::any_of(errors, [&](const Json& e) { return e["code"].string() == code; });
}

}  // namespace holdfast::connectors::shopify
