#include "net/client.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "net/server.h"
#include "net/test_socket.h"

namespace holdfast::net {
namespace {

using ports::HttpRequest;
using ports::HttpResponse;
using ports::MailRequest;
using ports::MailResponse;
using ports::Response;
using ports::TransportFailure;
using test::RawServer;
using test::RawSocket;

class FixedClock : public ports::Clock {
 public:
  Instant now() override { return {784'111'777'000}; }
};

TransportOptions loopback_allowed() {
  TransportOptions options;
  options.allowed_hosts = {"127.0.0.0/8"};
  options.clock = std::make_shared<FixedClock>();
  return options;
}

std::unique_ptr<ports::Transport> made(const TransportOptions& options = loopback_allowed()) {
  auto transport = make_transport(options);
  EXPECT_TRUE(transport) << describe(transport.error());
  return std::move(*transport);
}

std::future<Response> sent(ports::Transport& transport, ports::Request request,
                           Duration limit = seconds(2)) {
  auto promise = std::make_shared<std::promise<Response>>();
  auto future = promise->get_future();
  transport.send(std::move(request), limit,
                 [promise](Response response) { promise->set_value(std::move(response)); });
  return future;
}

Response exchange(ports::Transport& transport, ports::Request request,
                  Duration limit = seconds(2)) {
  auto future = sent(transport, std::move(request), limit);
  EXPECT_EQ(future.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  return future.get();
}

std::string base_of(int port) { return "http://127.0.0.1:" + std::to_string(port); }

TransportFailure failure_in(const Response& response) {
  const auto* failure = std::get_if<TransportFailure>(&response);
  EXPECT_NE(failure, nullptr);
  return failure ? *failure : TransportFailure{};
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ClientTest, carries_a_request_and_its_response) {
  ServerRequest seen;
  auto server = Server::start({}, [&](ServerRequest request, const Responder& respond) {
    seen = std::move(request);
    respond({201, {{"X-One", "1"}, {"X-One", "2"}}, "made", nullptr});
  });
  const auto transport = made();
  const auto response =
      exchange(*transport, HttpRequest{"POST",
                                       base_of((*server)->port()) + "/a/../b?x=%20",
                                       {{"X-Sign", "abc"}, {"X-Empty", ""}},
                                       std::string("{\0}", 3)});
  const auto* http = std::get_if<HttpResponse>(&response);
  ASSERT_NE(http, nullptr) << failure_in(response).detail;
  EXPECT_EQ(http->status, 201);
  EXPECT_EQ(http->body, "made");
  EXPECT_EQ(ports::header_count(http->headers, "x-one"), 2u);
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.target, "/a/../b?x=%20");
  EXPECT_EQ(seen.body, std::string("{\0}", 3));
  EXPECT_EQ(ports::header(seen.headers, "x-sign"), "abc");
  EXPECT_EQ(ports::header_count(seen.headers, "x-empty"), 1u);
  EXPECT_EQ(ports::header_count(seen.headers, "content-type"), 0u);
  EXPECT_EQ(ports::header_count(seen.headers, "expect"), 0u);
  EXPECT_EQ(ports::header(seen.headers, "user-agent"), "holdfast");
}

TEST(ClientTest, serves_every_method) {
  auto server = Server::start({}, [](ServerRequest request, const Responder& respond) {
    respond({200, {{"X-Method", request.method}}, request.body, nullptr});
  });
  const auto transport = made();
  for (const std::string method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    const auto response =
        exchange(*transport, HttpRequest{method, base_of((*server)->port()), {}, ""});
    const auto* http = std::get_if<HttpResponse>(&response);
    ASSERT_NE(http, nullptr) << method << failure_in(response).detail;
    EXPECT_EQ(http->status, 200);
    EXPECT_EQ(ports::header(http->headers, "x-method"), method);
  }
}

TEST(ClientTest, follows_no_redirect_and_no_proxy) {
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  auto server = Server::start({}, [](const ServerRequest&, const Responder& respond) {
    respond({302, {{"Location", "/elsewhere"}}, "", nullptr});
  });
  const auto transport = made();
  const auto response =
      exchange(*transport, HttpRequest{"GET", base_of((*server)->port()), {}, ""});
  ::unsetenv("http_proxy");
  EXPECT_EQ(std::get<HttpResponse>(response).status, 302);
}

TEST(ClientTest, refuses_addresses_nobody_allowed) {
  std::atomic<int> asked = 0;
  auto server = Server::start({}, [&](const ServerRequest&, const Responder& respond) {
    ++asked;
    respond({});
  });
  const auto port = std::to_string((*server)->port());
  auto options = loopback_allowed();
  options.allowed_hosts = {};
  const auto transport = made(options);
  for (const std::string host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]",
                                 "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "10.0.0.1"}) {
    const auto failure =
        failure_in(exchange(*transport, HttpRequest{"GET", "http://" + host + ":" + port, {}, ""}));
    EXPECT_FALSE(failure.may_have_arrived) << host;
    EXPECT_TRUE(failure.detail.starts_with("address refused: ")) << host << failure.detail;
  }
  EXPECT_EQ(asked, 0);
  options.allowed_hosts = {"127.0.0.1:" + port};
  const auto response =
      exchange(*made(options), HttpRequest{"GET", base_of((*server)->port()), {}, ""});
  EXPECT_EQ(std::get<HttpResponse>(response).status, 200);
}

TEST(ClientTest, sends_nothing_while_it_may_not) {
  std::atomic<int> asked = 0;
  auto server = Server::start({}, [&](const ServerRequest&, const Responder& respond) {
    ++asked;
    respond({});
  });
  auto options = loopback_allowed();
  std::atomic<bool> may = false;
  options.may_send = [&] { return may.load(); };
  const auto transport = made(options);
  const HttpRequest request{"POST", base_of((*server)->port()), {}, "order"};
  EXPECT_FALSE(failure_in(exchange(*transport, request)).may_have_arrived);
  EXPECT_EQ(asked, 0);
  may = true;
  const auto response = exchange(*transport, request);
  EXPECT_TRUE(std::holds_alternative<HttpResponse>(response));
  EXPECT_EQ(asked, 1);
}

TEST(ClientTest, refuses_requests_it_cannot_send_safely) {
  const auto transport = made();
  const std::string url = "http://127.0.0.1:1/";
  const HttpRequest bad[] = {
      {"GET", url, {{"A", "1\r\nB: 2"}}, ""},
      {"GET", url, {{"A\r\nB", "1"}}, ""},
      {"GET", url, {{"Content-Length", "5"}}, ""},
      {"GET", url, {{"Transfer-Encoding", "chunked"}}, ""},
      {"GET", url, {{"Host", "other.test"}}, ""},
      {"GET / HTTP/1.1\r\nX: ", url, {}, ""},
      {"get", url, {}, ""},
      {"GET", "file:///etc/passwd", {}, ""},
      {"GET", "smtp://127.0.0.1/", {}, ""},
      {"GET", "http://user:pw@127.0.0.1/", {}, ""},
      {"GET", "/relative", {}, ""},
      {"GET", "http://127.0.0.1/\r\nX: 1", {}, ""},
  };
  for (const auto& request : bad) {
    const auto failure = failure_in(exchange(*transport, request));
    EXPECT_FALSE(failure.may_have_arrived) << request.url;
    EXPECT_FALSE(failure.detail.empty());
  }
}

TEST(ClientTest, knows_that_nothing_arrived_where_nobody_listens) {
  int port = 0;
  {
    port = RawServer([](RawSocket&) {}).port();
  }
  const auto transport = made();
  EXPECT_FALSE(failure_in(exchange(*transport, HttpRequest{"POST", base_of(port), {}, "x"}))
                   .may_have_arrived);
  EXPECT_FALSE(
      failure_in(exchange(*transport, HttpRequest{"POST", "http://no-such-host.invalid/", {}, "x"}))
          .may_have_arrived);
}

TEST(ClientTest, knows_that_nothing_arrived_when_tls_fails) {
  RawServer server([](RawSocket& socket) { socket.write("this is not TLS\r\n"); });
  const auto transport = made();
  const auto failure = failure_in(
      exchange(*transport,
               HttpRequest{"POST", "https://127.0.0.1:" + std::to_string(server.port()), {}, "x"}));
  EXPECT_FALSE(failure.may_have_arrived) << failure.detail;
}

// What a server does after it has read the request, and that the request may have arrived then.
class MisbehavingServerTest : public testing::TestWithParam<const char*> {};

TEST_P(MisbehavingServerTest, may_have_got_the_request) {
  const std::string way = GetParam();
  RawServer server([&](RawSocket& socket) {
    socket.read_until("body");
    if (way == "hang") socket.is_closed();
    if (way == "reset") return socket.reset();
    if (way == "head then reset") {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      return socket.reset();
    }
    if (way == "short") socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab");
    if (way == "garbage") socket.write("\x01\x02garbage\r\n\r\n");
    if (way == "huge") {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      while (socket.write(std::string(64u << 10, 'x'))) {
      }
    }
    if (way == "huge head") {
      socket.write("HTTP/1.1 200 OK\r\n");
      while (socket.write("A: " + std::string(4000, 'x') + "\r\n")) {
      }
    }
    if (way == "drip") {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      while (socket.write("x")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  });
  auto options = loopback_allowed();
  options.max_response_bytes = 100'000;
  const auto transport = made(options);
  const auto failure = failure_in(exchange(
      *transport, HttpRequest{"POST", base_of(server.port()), {}, "body"}, milliseconds(250)));
  EXPECT_TRUE(failure.may_have_arrived) << failure.detail;
  EXPECT_FALSE(failure.detail.empty());
}

INSTANTIATE_TEST_SUITE_P(Ways, MisbehavingServerTest,
                         testing::Values("hang", "close", "reset", "head then reset", "short",
                                         "garbage", "huge", "huge head", "drip"),
                         [](const auto& each) {
                           std::string name = each.param;
                           std::replace(name.begin(), name.end(), ' ', '_');
                           return name;
                         });

TEST(ClientTest, never_sends_a_second_time_when_a_kept_connection_breaks) {
  std::atomic<int> requests = 0;
  RawServer server([&](RawSocket& socket) {
    while (!socket.read_until("body").empty()) {
      // The first request of a connection is answered, the second one swallowed.
      if (++requests % 2 == 0) return;
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  });
  const auto transport = made();
  const HttpRequest request{"POST", base_of(server.port()), {}, "body"};
  EXPECT_EQ(std::get<HttpResponse>(exchange(*transport, request)).status, 200);
  const auto failure = failure_in(exchange(*transport, request));
  EXPECT_TRUE(failure.may_have_arrived) << failure.detail;
  EXPECT_EQ(requests, 2);
}

TEST(ClientTest, reuses_connections) {
  std::atomic<int> connections = 0;
  RawServer server([&](RawSocket& socket) {
    ++connections;
    while (!socket.read_until("body").empty()) {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  });
  const auto transport = made();
  for (int i = 0; i < 5; ++i) {
    exchange(*transport, HttpRequest{"POST", base_of(server.port()), {}, "body"});
  }
  EXPECT_EQ(connections, 1);
}

TEST(ClientTest, skips_provisional_responses_and_trailers) {
  RawServer server([](RawSocket& socket) {
    socket.read_until("\r\n\r\n");
    socket.write(
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked"
        "\r\nA: 1\r\n\r\n2\r\nok\r\n0\r\nA: 2\r\n\r\n");
  });
  const auto transport = made();
  const auto response = exchange(*transport, HttpRequest{"GET", base_of(server.port()), {}, ""});
  const auto& http = std::get<HttpResponse>(response);
  EXPECT_EQ(http.body, "ok");
  EXPECT_EQ(ports::header(http.headers, "a"), "1");
  EXPECT_EQ(ports::header_count(http.headers, "a"), 1u);
  EXPECT_EQ(ports::header_count(http.headers, "link"), 0u);
}

TEST(ClientTest, bounds_what_waits_and_what_runs) {
  std::mutex mutex;
  std::vector<Responder> kept;
  std::atomic<std::size_t> most = 0;
  ServerOptions server_options;
  server_options.stop_deadline = milliseconds(50);
  auto server = Server::start(server_options, [&](const ServerRequest&, Responder respond) {
    const std::lock_guard lock(mutex);
    kept.push_back(std::move(respond));
    most = std::max<std::size_t>(most, kept.size());
  });
  auto options = loopback_allowed();
  options.max_active_per_host = 2;
  options.max_queued = 3;
  auto transport = made(options);
  const HttpRequest request{"POST", base_of((*server)->port()), {}, ""};
  std::vector<std::future<Response>> futures;
  for (int i = 0; i < 2; ++i) futures.push_back(sent(*transport, request));
  for (int i = 0; i < 200 && most < 2; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  for (int i = 0; i < 3; ++i) futures.push_back(sent(*transport, request, milliseconds(100)));
  const auto overflow = failure_in(exchange(*transport, request));
  EXPECT_FALSE(overflow.may_have_arrived);
  EXPECT_EQ(overflow.detail, "too many requests are waiting");
  for (std::size_t i = 2; i < 5; ++i) {
    EXPECT_FALSE(failure_in(futures[i].get()).may_have_arrived);
  }
  EXPECT_EQ(most, 2u);
  transport.reset();
  EXPECT_TRUE(failure_in(futures[0].get()).may_have_arrived);
}

TEST(ClientTest, a_partner_that_hangs_does_not_hold_up_others) {
  RawServer hanging([](RawSocket& socket) { socket.read_all(); });
  auto server =
      Server::start({}, [](const ServerRequest&, const Responder& respond) { respond({}); });
  auto options = loopback_allowed();
  options.max_active_per_host = 1;
  const auto transport = made(options);
  std::vector<std::future<Response>> stuck;
  for (int i = 0; i < 5; ++i) {
    stuck.push_back(
        sent(*transport, HttpRequest{"GET", base_of(hanging.port()), {}, ""}, milliseconds(300)));
  }
  const auto response =
      exchange(*transport, HttpRequest{"GET", base_of((*server)->port()), {}, ""});
  EXPECT_EQ(std::get<HttpResponse>(response).status, 200);
  EXPECT_NE(stuck.back().wait_for(std::chrono::seconds(0)), std::future_status::ready);
  for (auto& each : stuck) failure_in(each.get());
}

TEST(ClientTest, refuses_to_be_made_wrongly) {
  EXPECT_FALSE(make_transport({}));
  auto options = loopback_allowed();
  options.allowed_hosts = {"10.0.0.0/99"};
  EXPECT_EQ(make_transport(options).error().code, ErrorCode::Invalid);
}

// A small SMTP server that keeps what it is told and misbehaves at one command.
class SmtpServer {
 public:
  explicit SmtpServer(std::string at = "", std::string reply = "")
      : at_(std::move(at)),
        reply_(std::move(reply)),
        server_([this](RawSocket& socket) { serve(socket); }) {}

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(server_.port()); }
  std::string dialog() {
    const std::lock_guard lock(mutex_);
    return dialog_;
  }
  std::string message() {
    const std::lock_guard lock(mutex_);
    return message_;
  }

 private:
  // False when this step ends the connection.
  bool answer(RawSocket& socket, std::string_view step, std::string_view usual) {
    if (step != at_) return socket.write(usual);
    if (reply_.empty()) return false;
    if (reply_ == "silence") socket.read_all();
    return socket.write(reply_);
  }

  void serve(RawSocket& socket) {
    if (!answer(socket, "greeting", "220 test ESMTP\r\n")) return;
    for (;;) {
      const auto line = socket.read_until("\r\n");
      if (line.empty()) return;
      {
        const std::lock_guard lock(mutex_);
        dialog_ += line;
      }
      const auto verb = line.substr(0, 4);
      if (verb == "EHLO") {
        if (!answer(socket, "EHLO", "250-test\r\n250 AUTH PLAIN\r\n")) return;
      } else if (verb == "DATA") {
        if (!answer(socket, "DATA", "354 go on\r\n")) return;
        if (at_ == "DATA") continue;
        auto text = socket.read_until("\r\n.\r\n");
        {
          const std::lock_guard lock(mutex_);
          message_ = std::move(text);
        }
        if (!answer(socket, "dot", "250 queued\r\n")) return;
      } else if (verb == "AUTH") {
        socket.write("334 \r\n");
        socket.read_until("\r\n");
        if (!answer(socket, "AUTH", "235 welcome\r\n")) return;
      } else if (!answer(socket, verb, verb == "QUIT" ? "221 bye\r\n" : "250 ok\r\n")) {
        return;
      }
    }
  }

  const std::string at_;
  const std::string reply_;
  std::mutex mutex_;
  std::string dialog_;
  std::string message_;
  RawServer server_;
};

MailRequest mail_to(const SmtpServer& server) {
  MailRequest mail;
  mail.server = server.url();
  mail.from = "Orders <orders@shop.test>";
  mail.to = "supplier@factory.test";
  mail.subject = "PO 17";
  mail.text = "Hello\n.\n..two dots\nend";
  mail.message_id = "<po-17.1@shop.test>";
  return mail;
}

TEST(MailTest, sends_a_whole_message) {
  SmtpServer server;
  const auto transport = made();
  auto mail = mail_to(server);
  mail.user = "me";
  mail.password = "secret";
  mail.to = "工厂 <supplier@factory.test>";
  mail.reply_to = "desk@shop.test";
  mail.subject =
      "采购订单 PO-17: bitte bestätigen, danke für die schnelle Antwort auf diese Anfrage";
  mail.html = "<p>Grüße</p>";
  mail.attachments = {{"订单 17.csv", "text/csv; charset=utf-8", "sku,qty\r\nA,1\r\n"}};
  mail.headers = {{"X-Holdfast-Order", "ord_1"}};
  const auto response = exchange(*transport, mail);
  const auto* answered = std::get_if<MailResponse>(&response);
  ASSERT_NE(answered, nullptr) << failure_in(response).detail;
  EXPECT_EQ(answered->code, 250);
  EXPECT_EQ(answered->text, "queued");
  const auto dialog = server.dialog();
  EXPECT_TRUE(holds(dialog, "EHLO localhost\r\n")) << dialog;
  EXPECT_TRUE(holds(dialog, "MAIL FROM:<orders@shop.test>\r\n")) << dialog;
  EXPECT_TRUE(holds(dialog, "RCPT TO:<supplier@factory.test>\r\n")) << dialog;
  const auto message = server.message();
  for (const auto* part :
       {"Date: Sun, 06 Nov 1994 08:49:37 +0000\r\n", "From: \"Orders\" <orders@shop.test>\r\n",
        "Reply-To: desk@shop.test\r\n", "Message-ID: <po-17.1@shop.test>\r\n",
        "Auto-Submitted: auto-generated\r\n", "X-Holdfast-Order: ord_1\r\n",
        "To: =?UTF-8?B?5bel5Y6C?=\r\n <supplier@factory.test>\r\n", "Subject: =?UTF-8?B?",
        "Mime-Version: 1.0\r\n", "Content-Type: multipart/mixed; boundary=",
        "Content-Type: multipart/alternative; boundary=", "text/plain; charset=utf-8",
        "<p>Gr=C3=BC=C3=9Fe</p>", "filename=\"__ 17.csv\"",
        "filename*=UTF-8''%E8%AE%A2%E5%8D%95%2017.csv"}) {
    EXPECT_TRUE(holds(message, part)) << part << "\nin\n" << message;
  }
  EXPECT_TRUE(holds(message, base64(mail.attachments[0].bytes))) << message;
  EXPECT_TRUE(holds(message, "Hello\r\n..\r\n...two dots\r\nend")) << message;
  std::size_t start = 0;
  for (auto end = message.find("\r\n"); end != std::string::npos;
       end = message.find("\r\n", start)) {
    EXPECT_LE(end - start, 90u) << message.substr(start, end - start);
    start = end + 2;
  }
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'),
            std::count(message.begin(), message.end(), '\r'));
}

TEST(MailTest, greets_and_hands_nothing_over) {
  SmtpServer server;
  const auto transport = made();
  auto mail = mail_to(server);
  mail.user = "me";
  mail.password = "secret";
  mail.text.clear();
  mail.greet_only = true;
  const auto response = exchange(*transport, mail);
  const auto* answered = std::get_if<MailResponse>(&response);
  ASSERT_NE(answered, nullptr) << failure_in(response).detail;
  EXPECT_EQ(answered->code, 250);
  const auto dialog = server.dialog();
  EXPECT_TRUE(holds(dialog, "AUTH PLAIN")) << dialog;
  EXPECT_TRUE(holds(dialog, "NOOP\r\n")) << dialog;
  EXPECT_FALSE(holds(dialog, "MAIL FROM")) << dialog;
  SmtpServer strict("AUTH", "535 5.7.8 no\r\n");
  mail.server = strict.url();
  const auto refused = exchange(*transport, mail);
  ASSERT_NE(std::get_if<MailResponse>(&refused), nullptr) << failure_in(refused).detail;
  EXPECT_EQ(std::get<MailResponse>(refused).code, 535);
}

TEST(MailTest, definite_refusals_are_answers) {
  const struct {
    const char* at;
    const char* reply;
    int code;
  } cases[] = {
      {"greeting", "554 no service\r\n", 554}, {"AUTH", "535 wrong\r\n", 535},
      {"MAIL", "451 later\r\n", 451},          {"RCPT", "550 no such user\r\n", 550},
      {"DATA", "552 full\r\n", 552},           {"dot", "554 spam\r\n", 554},
      {"dot", "452 try later\r\n", 452},
  };
  const auto transport = made();
  for (const auto& each : cases) {
    SmtpServer server(each.at, each.reply);
    auto mail = mail_to(server);
    mail.user = "me";
    mail.password = "secret";
    const auto response = exchange(*transport, mail);
    const auto* answered = std::get_if<MailResponse>(&response);
    ASSERT_NE(answered, nullptr) << each.at << failure_in(response).detail;
    EXPECT_EQ(answered->code, each.code) << each.at;
  }
}

TEST(MailTest, a_connection_lost_before_the_message_was_written_delivered_nothing) {
  const auto transport = made();
  for (const auto* at : {"greeting", "EHLO", "MAIL", "RCPT", "DATA"}) {
    SmtpServer server(at);
    const auto failure = failure_in(exchange(*transport, mail_to(server)));
    EXPECT_FALSE(failure.may_have_arrived) << at << failure.detail;
  }
}

TEST(MailTest, a_connection_lost_after_the_final_dot_is_an_unknown_outcome) {
  SmtpServer server("dot");
  const auto transport = made();
  const auto failure = failure_in(exchange(*transport, mail_to(server)));
  EXPECT_TRUE(failure.may_have_arrived) << failure.detail;
  EXPECT_TRUE(holds(server.message(), "PO 17"));
}

TEST(MailTest, an_unanswered_quit_changes_nothing_and_is_not_waited_for_long) {
  SmtpServer server("QUIT", "silence");
  const auto transport = made();
  const auto begun = std::chrono::steady_clock::now();
  const auto response = exchange(*transport, mail_to(server), seconds(60));
  const auto* answered = std::get_if<MailResponse>(&response);
  ASSERT_NE(answered, nullptr) << failure_in(response).detail;
  EXPECT_EQ(answered->code, 250);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(4));
}

TEST(MailTest, a_mail_server_may_not_be_at_a_private_address) {
  SmtpServer server;
  auto options = loopback_allowed();
  options.allowed_hosts = {};
  const auto failure = failure_in(exchange(*made(options), mail_to(server)));
  EXPECT_FALSE(failure.may_have_arrived);
  EXPECT_TRUE(failure.detail.starts_with("address refused: 127.0.0.1; ")) << failure.detail;
  EXPECT_TRUE(failure.detail.ends_with(" to server.allowed_hosts")) << failure.detail;
}

TEST(MailTest, refuses_mails_it_cannot_write_safely) {
  SmtpServer server;
  const auto transport = made();
  const auto refused = [&](auto change) {
    auto mail = mail_to(server);
    change(mail);
    const auto failure = failure_in(exchange(*transport, mail));
    EXPECT_FALSE(failure.may_have_arrived);
  };
  refused([](MailRequest& mail) { mail.subject = "a\r\nBcc: all@shop.test"; });
  refused([](MailRequest& mail) { mail.to = "a@b.test>\r\nRCPT TO:<c@d.test"; });
  refused([](MailRequest& mail) { mail.to = "a@b.test, c@d.test"; });
  refused([](MailRequest& mail) { mail.from = "Na\nme <a@b.test>"; });
  refused([](MailRequest& mail) { mail.headers = {{"Bcc", "a@b.test"}}; });
  refused([](MailRequest& mail) { mail.headers = {{"X", "1\r\nY: 2"}}; });
  refused([](MailRequest& mail) { mail.message_id = ""; });
  refused([](MailRequest& mail) { mail.message_id = "<a@b>\r\nX: 1"; });
  refused([](MailRequest& mail) { mail.text = ""; });
  refused([](MailRequest& mail) { mail.attachments = {{"a", "text/csv\r\nX: 1", "x"}}; });
  refused([](MailRequest& mail) { mail.server = "http://127.0.0.1/"; });
  EXPECT_EQ(server.dialog(), "");
}

}  // namespace
}  // namespace holdfast::net
