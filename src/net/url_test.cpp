#include "net/url.h"

#include <gtest/gtest.h>

#include "net/address.h"
#include "net/cookies.h"
#include "net/dates.h"
#include "net/fields.h"

namespace holdfast::net {
namespace {

TEST(UrlTest, takes_a_url_apart) {
  const auto url = parse_url("HTTPS://Shop.Example.test:8443/a%20b/c?x=1&y=%2B#frag");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "shop.example.test");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->path, "/a%20b/c");
  EXPECT_EQ(url->query, "x=1&y=%2B");
  EXPECT_FALSE(url->has_user);
}

TEST(UrlTest, fills_in_path_and_port) {
  EXPECT_EQ(parse_url("http://h")->path, "/");
  EXPECT_EQ(parse_url("http://h")->port, 80);
  EXPECT_EQ(parse_url("smtps://h")->port, 465);
  EXPECT_EQ(parse_url("http://[::1]:81/")->host, "::1");
  EXPECT_TRUE(parse_url("http://user:pw@h/")->has_user);
}

TEST(UrlTest, refuses_what_is_no_absolute_url) {
  for (const auto* text : {"", "/path", "http://", "http:///x", "mailto:a@b", "http://h:99999/",
                           "http://h:0/", "http://h h/", "http://h/\r\nX: y", "http://h/%zz"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
}

TEST(UrlTest, forms_round_trip) {
  const Pairs pairs = {{"q", "a b+c&d=e/ü"}, {"q", ""}, {"", "x"}};
  const auto text = form_text(pairs);
  EXPECT_EQ(text, "q=a%20b%2Bc%26d%3De%2F%C3%BC&q=&=x");
  EXPECT_EQ(*parse_form(text), pairs);
}

TEST(UrlTest, forms_read_plus_bare_names_and_empty_parts) {
  const auto pairs = parse_form("&a=1+2&&flag&b=%2b");
  ASSERT_TRUE(pairs);
  EXPECT_EQ(*pairs, (Pairs{{"a", "1 2"}, {"flag", ""}, {"b", "+"}}));
  EXPECT_EQ(value_of(*pairs, "b"), "+");
  EXPECT_EQ(value_of(*pairs, "none"), "");
  EXPECT_FALSE(parse_form("a=%4"));
  EXPECT_EQ(parse_form("a&a&a", 2).error().code, ErrorCode::TooLarge);
}

TEST(UrlTest, paths_split_before_decoding) {
  EXPECT_EQ(*path_segments("/a/b%2Fc/"), (std::vector<std::string>{"a", "b/c", ""}));
  EXPECT_TRUE(path_segments("/")->empty());
  EXPECT_EQ(path_of({"a b", "c/d"}), "/a%20b/c%2Fd");
  for (const auto* path : {"", "a", "/..", "/a/%2e%2E/b", "/%00", "/%g1"}) {
    EXPECT_FALSE(path_segments(path)) << path;
  }
}

TEST(CookiesTest, reads_the_cookie_field) {
  EXPECT_EQ(parse_cookies("sid=abc; theme=\"dark\";bad name=1; x; y=a=b"),
            (Pairs{{"sid", "abc"}, {"theme", "dark"}, {"y", "a=b"}}));
  EXPECT_EQ(parse_cookies("a=1;b=2;c=3", 2).size(), 2u);
}

TEST(CookiesTest, writes_the_set_cookie_field) {
  EXPECT_EQ(*set_cookie_text({"__Host-sid", "abc", "/", hours(1), SameSite::Strict, true}),
            "__Host-sid=abc; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict; Secure");
  EXPECT_EQ(*set_cookie_text({"sid", "", "/", Duration{-5}, SameSite::Lax, false}),
            "sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  EXPECT_FALSE(set_cookie_text({.name = "a b", .value = "1"}));
  EXPECT_FALSE(set_cookie_text({.name = "a", .value = "1; Domain=x"}));
  EXPECT_FALSE(set_cookie_text({.name = "a", .value = "1", .path = "/\r\nX"}));
  EXPECT_FALSE(set_cookie_text({.name = "__Host-a", .value = "1", .secure = false}));
  EXPECT_FALSE(set_cookie_text({.name = "a", .value = std::string(5000, 'x')}));
}

TEST(AddressTest, knows_what_is_public) {
  for (const auto* text : {"8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "2a00::1",
                           "::ffff:8.8.8.8", "64:ff9b::808:808"}) {
    EXPECT_TRUE(is_public(*parse_ip(text))) << text;
  }
  for (const auto* text : {"127.0.0.1",
                           "127.255.0.3",
                           "0.0.0.0",
                           "10.1.2.3",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "169.254.169.254",
                           "100.64.0.1",
                           "224.0.0.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "192.0.2.1",
                           "198.18.0.1",
                           "::",
                           "::1",
                           "fe80::1",
                           "fc00::1",
                           "fd00:ec2::254",
                           "ff02::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::127.0.0.1",
                           "64:ff9b::7f00:1",
                           "2002:7f00:1::",
                           "2001::1",
                           "2001:db8::1"}) {
    EXPECT_FALSE(is_public(*parse_ip(text))) << text;
  }
}

TEST(AddressTest, allows_what_the_operator_named) {
  const auto guard =
      AddressGuard::make({"erp.internal", "127.0.0.1:8025", "10.1.0.0/16", "[::1]:25", "fd00::/8"});
  ASSERT_TRUE(guard) << describe(guard.error());
  const auto loopback = *parse_ip("127.0.0.1");
  EXPECT_TRUE(guard->allows("ERP.internal", 80, loopback));
  EXPECT_TRUE(guard->allows("127.0.0.1", 8025, loopback));
  EXPECT_FALSE(guard->allows("127.0.0.1", 8026, loopback));
  EXPECT_FALSE(guard->allows("other.test", 8025, loopback));
  EXPECT_TRUE(guard->allows("other.test", 80, *parse_ip("10.1.200.3")));
  EXPECT_FALSE(guard->allows("other.test", 80, *parse_ip("10.2.0.1")));
  EXPECT_TRUE(guard->allows("::1", 25, *parse_ip("::1")));
  EXPECT_TRUE(guard->allows("x", 1, *parse_ip("fd12::1")));
  EXPECT_TRUE(guard->allows("x", 1, *parse_ip("9.9.9.9")));
  for (const auto* entry : {"", "a b", "host:0", "host:x", "10.0.0.0/33", "x/8", "http://h"}) {
    EXPECT_FALSE(AddressGuard::make({entry})) << entry;
  }
}

TEST(DatesTest, write_both_forms) {
  EXPECT_EQ(http_date({784'111'777'000}), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(mail_date({784'111'777'000}), "Sun, 06 Nov 1994 08:49:37 +0000");
}

TEST(FieldsTest, know_tokens_and_values) {
  EXPECT_TRUE(is_token("X-Request-Id"));
  for (const auto* text : {"", "a b", "a:b", "a\r\n", "ü"}) EXPECT_FALSE(is_token(text)) << text;
  EXPECT_TRUE(is_field_value("a\tb ü"));
  EXPECT_TRUE(is_field_value(""));
  for (const auto* text : {"a\r\nb", "a\nb", " a", "a ", "\x7f"}) {
    EXPECT_FALSE(is_field_value(text)) << text;
  }
}

}  // namespace
}  // namespace holdfast::net
