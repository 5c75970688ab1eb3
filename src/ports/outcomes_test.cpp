#include "ports/outcomes.h"

#include <gtest/gtest.h>

namespace holdfast::ports {
namespace {

using Kind = Outcome::Kind;

std::optional<Kind> kind(int status, Asked asked) {
  const auto told = trouble(HttpResponse{status, {}, ""}, asked);
  return told ? std::optional(told->kind) : std::nullopt;
}

TEST(Trouble, ADeedThatMayHaveHappenedIsUnknown) {
  for (const int status : {408, 500, 502, 503, 504}) {
    EXPECT_EQ(kind(status, Asked::Deed), Kind::Unknown) << status;
    EXPECT_EQ(kind(status, Asked::Question), Kind::NotSent) << status;
  }
  EXPECT_EQ(trouble(TransportFailure{true, "reset"}, Asked::Deed)->kind, Kind::Unknown);
  EXPECT_EQ(trouble(TransportFailure{true, "reset"}, Asked::Question)->kind, Kind::NotSent);
  EXPECT_EQ(trouble(TransportFailure{false, "refused"}, Asked::Deed)->kind, Kind::NotSent);
}

TEST(Trouble, LimitsKeysAndRedirects) {
  EXPECT_EQ(kind(429, Asked::Deed), Kind::NotSent);
  EXPECT_EQ(kind(401, Asked::Deed), Kind::Refused);
  EXPECT_EQ(kind(403, Asked::Deed), Kind::Refused);
  EXPECT_EQ(kind(307, Asked::Deed), Kind::Refused);
  for (const int status : {200, 201, 204, 400, 404, 409, 422}) {
    EXPECT_EQ(kind(status, Asked::Deed), std::nullopt) << status;
  }
}

TEST(Trouble, TheWrongKindOfAnswerIsRefused) {
  EXPECT_EQ(trouble(MailResponse{250, "ok"}, Asked::Deed)->kind, Kind::Refused);
  EXPECT_EQ(mail_outcome(HttpResponse{200, {}, ""}).kind, Kind::Refused);
}

TEST(RetryAfter, IsSecondsAndBounded) {
  EXPECT_EQ(retry_after({{"retry-after", "30"}}), seconds(30));
  EXPECT_EQ(retry_after({{"Retry-After", "99999999"}}), seconds(86'400));
  EXPECT_EQ(retry_after({{"Retry-After", "Mon, 02 Nov 2026 09:00:00 GMT"}}), seconds(0));
  EXPECT_EQ(retry_after({{"Retry-After", "-5"}}), seconds(0));
  EXPECT_EQ(retry_after({}), seconds(0));
}

TEST(MailOutcome, KeepsCodesAndNoAddresses) {
  const auto told = mail_outcome(MailResponse{550, "5.1.1 <buyer@example.com> unknown"});
  EXPECT_EQ(told.kind, Kind::Refused);
  EXPECT_EQ(told.detail, "SMTP 550 5.1.1");
  EXPECT_EQ(mail_outcome(MailResponse{421, "busy buyer@example.com"}).detail, "SMTP 421");
  EXPECT_EQ(mail_outcome(MailResponse{354, "go ahead"}).kind, Kind::Unknown);
}

TEST(UrlEscaped, LeavesUnreservedCharacters) {
  EXPECT_EQ(url_escaped("HF-1_a.b~c"), "HF-1_a.b~c");
  EXPECT_EQ(url_escaped("a/b ?ä"), "a%2Fb%20%3F%C3%A4");
}

}  // namespace
}  // namespace holdfast::ports
