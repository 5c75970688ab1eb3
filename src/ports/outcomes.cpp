#include "ports/outcomes.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace holdfast::ports {
namespace {

using Kind = Outcome::Kind;

Outcome of_failure(const TransportFailure& failure, Asked asked) {
  const bool happened = failure.may_have_arrived && asked == Asked::Deed;
  return outcome(happened ? Kind::Unknown : Kind::NotSent, "no answer: " + failure.detail);
}

std::optional<Outcome> of_status(const HttpResponse& response, Asked asked) {
  const int status = response.status;
  const auto words = "HTTP " + std::to_string(status);
  if (status == 429 || status == 425) {
    auto told = outcome(Kind::NotSent, words + ": asked to wait");
    told.retry_after = told.budget_wait = retry_after(response.headers);
    return told;
  }
  if (status == 401 || status == 403) {
    auto told = outcome(Kind::Refused, words + ": the account's credentials were not accepted");
    told.credentials_refused = status == 401;
    return told;
  }
  if (status == 408 || status >= 500) {
    auto told = outcome(asked == Asked::Deed ? Kind::Unknown : Kind::NotSent, words);
    told.retry_after = retry_after(response.headers);
    return told;
  }
  if (status >= 200 && status < 300) return std::nullopt;
  if (status >= 400) return std::nullopt;
  // No transport of ours follows a redirect: the account's address is wrong or somebody is between.
  return outcome(Kind::Refused, words + ": the address answers with a redirect");
}

/// "SMTP 550 5.1.1": the reply code and the enhanced one (RFC 3463) if there is one. The words
/// after them often repeat the recipient, so they are left out.
std::string mail_words(const MailResponse& reply) {
  const auto first = reply.text.substr(0, reply.text.find_first_of(" \t\r\n"));
  const bool enhanced = first.size() >= 5 && first.size() <= 9 &&
                        first.find_first_not_of("0123456789.") == std::string::npos;
  return "SMTP " + std::to_string(reply.code) + (enhanced ? " " + first : "");
}

}  // namespace

std::optional<Outcome> trouble(const Response& response, Asked asked) {
  if (const auto* failure = std::get_if<TransportFailure>(&response)) {
    return of_failure(*failure, asked);
  }
  if (const auto* http = std::get_if<HttpResponse>(&response)) return of_status(*http, asked);
  return outcome(Kind::Refused, "the transport answered a web request with a mail reply");
}

Outcome mail_outcome(const Response& response) {
  if (const auto* failure = std::get_if<TransportFailure>(&response)) {
    return of_failure(*failure, Asked::Deed);
  }
  const auto* reply = std::get_if<MailResponse>(&response);
  if (!reply) return outcome(Kind::Refused, "the transport answered a mail with a web reply");
  const auto words = mail_words(*reply);
  if (reply->code >= 200 && reply->code < 300) return outcome(Kind::Done, words);
  if (reply->code >= 400 && reply->code < 500) return outcome(Kind::NotSent, words);
  if (reply->code >= 500 && reply->code < 600) return outcome(Kind::Refused, words);
  return outcome(Kind::Unknown, words);
}

MailRequest greeting(const Account& account) {
  MailRequest request;
  request.server = account.setting("server");
  request.user = account.setting("user");
  request.password = account.secret("password");
  request.from = account.setting("from");
  request.to = request.from;
  request.greet_only = true;
  return request;
}

Outcome greeting_outcome(const Response& response) {
  if (const auto* failure = std::get_if<TransportFailure>(&response)) {
    return of_failure(*failure, Asked::Question);
  }
  auto told = mail_outcome(response);
  if (told.kind == Kind::Unknown) told.kind = Kind::NotSent;
  if (told.kind == Kind::Done) told.detail = "the mail server let us in (" + told.detail + ")";
  return told;
}

Duration retry_after(const Headers& headers) {
  const auto text = trim(header(headers, "Retry-After"));
  std::int64_t count = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (problem != std::errc() || end != text.data() + text.size() || count < 0) return {};
  return seconds(std::min<std::int64_t>(count, 86'400));
}

Outcome outcome(Outcome::Kind kind, std::string_view detail) {
  Outcome told;
  told.kind = kind;
  told.detail = clipped(trim(detail), 300);
  return told;
}

std::string url_escaped(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out.push_back(c);
    } else {
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

std::string setting_or(const Account& account, const std::string& key, std::string_view standard) {
  const auto& value = account.setting(key);
  return value.empty() ? std::string(standard) : value;
}

}  // namespace holdfast::ports
