#include "peers/smtp_sink.h"

#include <future>
#include <mutex>

#include <gtest/gtest.h>

#include "net/client.h"
#include "net/test_socket.h"
#include "peers/mime.h"

namespace holdfast::peers {
namespace {

using net::test::RawSocket;

class FixedClock : public ports::Clock {
 public:
  Instant now() override { return {1'793'000'000'000}; }
};

/// A sink that keeps what comes and refuses one address.
struct Kept {
  std::mutex mutex;
  std::vector<SmtpMessage> messages;
  std::unique_ptr<SmtpSink> sink;

  Kept() {
    SmtpOwner owner;
    owner.recipient = [](const std::string& to) { return to == "gone@example.test" ? 550 : 250; };
    owner.message = [this](SmtpMessage message) {
      const std::scoped_lock lock(mutex);
      messages.push_back(std::move(message));
      return 250;
    };
    auto started = SmtpSink::start({}, owner);
    EXPECT_TRUE(started) << describe(started.error());
    sink = std::move(*started);
  }
};

ports::Response sent(const Kept& kept, ports::MailRequest mail) {
  net::TransportOptions options;
  options.allowed_hosts = {"127.0.0.1"};
  options.clock = std::make_shared<FixedClock>();
  const auto transport = net::make_transport(options);
  mail.server = "smtp://127.0.0.1:" + std::to_string(kept.sink->port());
  std::promise<ports::Response> answer;
  (*transport)->send(std::move(mail), seconds(5), [&](ports::Response response) {
    answer.set_value(std::move(response));
  });
  return answer.get_future().get();
}

ports::MailRequest letter() {
  ports::MailRequest mail;
  mail.from = "Demo Goods <shop@example.test>";
  mail.to = "buyer7@example.test";
  mail.subject = "Zustellung für Sie";
  mail.text =
      ".a line with a dot\nGrüße und ein langer Satz, der über die Zeile hinausgeht, die eine "
      "Mail höchstens haben darf, und noch weiter.\n";
  mail.html = "<p>Grüße</p>";
  mail.message_id = "<moment.1@example.test>";
  mail.headers = {{"X-Holdfast-Moment", "delivered"}};
  mail.attachments = {{"order-7.csv", "text/csv; charset=utf-8", "a,b\r\n1,2\r\n"}};
  return mail;
}

TEST(SmtpSinkTest, keeps_a_mail_whole) {
  Kept kept;
  const auto response = sent(kept, letter());
  ASSERT_TRUE(std::holds_alternative<ports::MailResponse>(response));
  EXPECT_EQ(std::get<ports::MailResponse>(response).code, 250);
  ASSERT_EQ(kept.messages.size(), 1U);
  EXPECT_EQ(kept.messages[0].to, std::vector<std::string>{"buyer7@example.test"});
  const auto mail = read_mail(kept.messages[0].data);
  EXPECT_EQ(mail.header("subject"), "Zustellung für Sie");
  EXPECT_EQ(mail.header("Message-ID"), "<moment.1@example.test>");
  EXPECT_EQ(mail.header("X-Holdfast-Moment"), "delivered");
  EXPECT_NE(mail.body("text/plain").find(".a line with a dot"), std::string::npos);
  EXPECT_NE(mail.body("text/plain").find("Grüße und ein langer Satz"), std::string::npos);
  EXPECT_NE(mail.body("text/html").find("Grüße"), std::string::npos);
  ASSERT_NE(mail.attachment(".csv"), nullptr);
  EXPECT_EQ(mail.attachment(".csv")->bytes, "a,b\r\n1,2\r\n");
}

TEST(SmtpSinkTest, bounces_a_mailbox_that_is_gone) {
  Kept kept;
  auto mail = letter();
  mail.to = "gone@example.test";
  const auto response = sent(kept, mail);
  ASSERT_TRUE(std::holds_alternative<ports::MailResponse>(response));
  EXPECT_EQ(std::get<ports::MailResponse>(response).code, 550);
  EXPECT_TRUE(kept.messages.empty());
}

TEST(SmtpSinkTest, wants_commands_in_their_order) {
  Kept kept;
  auto socket = RawSocket::to(kept.sink->port());
  socket.read_until("220 ");
  socket.write("EHLO me\r\nRCPT TO:<a@example.test>\r\n");
  EXPECT_NE(socket.read_until("503").find("503"), std::string::npos);
  socket.write("MAIL FROM:<>\r\nRCPT TO:<a@example.test>\r\nDATA\r\n.\r\nQUIT\r\n");
  const auto rest = socket.read_all();
  EXPECT_NE(rest.find("354"), std::string::npos);
  EXPECT_NE(rest.find("221"), std::string::npos);
  ASSERT_EQ(kept.messages.size(), 1U);
  EXPECT_TRUE(kept.messages[0].data.empty());
}

TEST(SmtpSinkTest, ends_a_line_without_end) {
  Kept kept;
  auto socket = RawSocket::to(kept.sink->port());
  socket.write(std::string(8000, 'x'));
  EXPECT_NE(socket.read_all().find("500 line too long"), std::string::npos);
}

TEST(MimeTest, survives_what_is_malformed) {
  EXPECT_TRUE(read_mail("").body("text/html").empty());
  const auto mail = read_mail("Content-Type: multipart/mixed; boundary=x\n\n--x\n\n--x");
  EXPECT_LE(mail.parts.size(), 2U);
  EXPECT_EQ(bare_address("Name <A@B.test>"), "a@b.test");
}

}  // namespace
}  // namespace holdfast::peers
