#include "peers/smtp_sink.h"

#include <chrono>
#include <set>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "base/text.h"
#include "peers/mime.h"

namespace holdfast::peers {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::size_t max_line_bytes = 4096;
constexpr std::size_t max_recipients = 100;
constexpr std::chrono::seconds idle_limit{30};

struct Limits {
  std::size_t message_bytes;
};

/// One client; lives as long as a handler of it is pending.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const SmtpOwner& owner, Limits limits,
          std::function<void(Session*)> gone)
      : socket_(std::move(socket)),
        timer_(socket_.get_executor()),
        owner_(owner),
        limits_(limits),
        gone_(std::move(gone)) {}

  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { gone_(this); }

  void begin() { say("220 sink.example.test ready"); }

  void close() {
    boost::system::error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
  }

 private:
  void say(std::string reply) {
    out_ = std::move(reply) + "\r\n";
    asio::async_write(socket_, asio::buffer(out_),
                      [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                        if (error || self->closing_) return self->close();
                        self->listen();
                      });
  }

  /// Reads up to the mark that ends a command or a message.
  void listen() {
    timer_.expires_after(idle_limit);
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
      if (auto self = weak.lock(); self && !error) self->close();
    });
    const auto limit = in_data_ ? limits_.message_bytes : max_line_bytes;
    asio::async_read_until(
        socket_, asio::dynamic_buffer(in_, limit), in_data_ ? "\r\n.\r\n" : "\r\n",
        [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
          if (error == asio::error::not_found) return self->too_long();
          if (error) return self->close();
          self->take(size);
        });
  }

  void too_long() {
    closing_ = true;
    say(in_data_ ? "552 too much mail data" : "500 line too long");
  }

  void take(std::size_t size) {
    timer_.cancel();
    auto text = in_.substr(0, size);
    in_.erase(0, size);
    if (in_data_) return take_message(std::move(text));
    text.resize(text.size() - 2);
    command(text);
  }

  void command(const std::string& line) {
    const auto verb = upper(line.substr(0, line.find_first_of(" :")));
    if (verb == "EHLO")
      return say("250-sink.example.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE");
    if (verb == "HELO") return say("250 sink.example.test");
    if (verb == "NOOP") return say("250 ok");
    if (verb == "RSET") return reset_and_say("250 ok");
    if (verb == "MAIL") return from(line);
    if (verb == "RCPT") return to(line);
    if (verb == "DATA") return data();
    closing_ = verb == "QUIT";
    say(closing_ ? "221 bye" : "502 not implemented");
  }

  void reset_and_say(std::string reply) {
    message_ = {};
    has_sender_ = false;
    say(std::move(reply));
  }

  static std::string path_in(const std::string& line) {
    const auto open = line.find('<');
    const auto close = line.find('>', open);
    return close == std::string::npos ? "" : bare_address(line.substr(open, close - open + 1));
  }

  void from(const std::string& line) {
    if (line.find('<') == std::string::npos) return say("501 no reverse path");
    message_ = {};
    message_.from = path_in(line);
    has_sender_ = true;
    say("250 ok");
  }

  void to(const std::string& line) {
    const auto address = path_in(line);
    if (!has_sender_) return say("503 MAIL first");
    if (address.empty()) return say("501 no forward path");
    if (message_.to.size() >= max_recipients) return say("452 too many recipients");
    const int code = owner_.recipient ? owner_.recipient(address) : 250;
    if (code != 250) return say(std::to_string(code) + " mailbox unavailable");
    message_.to.push_back(address);
    say("250 ok");
  }

  void data() {
    if (message_.to.empty()) return say("503 no recipients");
    in_data_ = true;
    // DATA's own line end counts as the one before the final dot of an empty message.
    in_.insert(0, "\r\n");
    say("354 go on");
  }

  void take_message(std::string text) {
    in_data_ = false;
    text.resize(text.size() - 3);
    message_.data = without_stuffing(text.substr(2));
    const int code = owner_.message ? owner_.message(std::move(message_)) : 250;
    if (code == 0) return close();
    reset_and_say(std::to_string(code) + (code == 250 ? " kept" : " not kept"));
  }

  /// RFC 5321 §4.5.2: a line that began with a dot got another one.
  static std::string without_stuffing(const std::string& text) {
    std::string out;
    bool line_begins = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (line_begins && text[i] == '.' && i + 1 < text.size()) {
        line_begins = false;
        continue;
      }
      line_begins = text[i] == '\n';
      out += text[i];
    }
    return out;
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  const SmtpOwner& owner_;
  Limits limits_;
  std::function<void(Session*)> gone_;
  std::string in_;
  std::string out_;
  SmtpMessage message_;
  bool has_sender_ = false;
  bool in_data_ = false;
  bool closing_ = false;
};

}  // namespace

struct SmtpSink::Inside {
  SmtpOptions options;
  SmtpOwner owner;
  std::set<Session*> sessions;  // outlives the io_context, whose end may end sessions
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  std::thread thread;

  void accept() {
    acceptor.async_accept([this](boost::system::error_code error, tcp::socket socket) {
      if (error) return;
      // Beyond the bound a client is turned away by closing.
      if (sessions.size() < options.max_connections) begin(std::move(socket));
      accept();
    });
  }

  void begin(tcp::socket socket) {
    auto session =
        std::make_shared<Session>(std::move(socket), owner, Limits{options.max_message_bytes},
                                  [this](Session* gone) { sessions.erase(gone); });
    sessions.insert(session.get());
    session->begin();
  }

  void stop() {
    asio::post(io, [this] {
      boost::system::error_code ignored;
      acceptor.close(ignored);
      for (auto* session : sessions) session->close();
    });
    if (thread.joinable()) thread.join();
  }
};

Result<std::unique_ptr<SmtpSink>> SmtpSink::start(SmtpOptions options, SmtpOwner owner) {
  auto inside = std::make_unique<Inside>();
  inside->options = std::move(options);
  inside->owner = std::move(owner);
  boost::system::error_code error;
  const auto address = asio::ip::make_address(inside->options.host, error);
  const tcp::endpoint endpoint(address, static_cast<std::uint16_t>(inside->options.port));
  if (!error) inside->acceptor.open(endpoint.protocol(), error);
  if (!error) inside->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) inside->acceptor.bind(endpoint, error);
  if (!error) inside->acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) {
    return fail(ErrorCode::Unavailable, "the mail server cannot listen: " + error.message(),
                inside->options.host);
  }
  inside->accept();
  inside->thread = std::thread([raw = inside.get()] { raw->io.run(); });
  return std::unique_ptr<SmtpSink>(new SmtpSink(std::move(inside)));
}

SmtpSink::SmtpSink(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

int SmtpSink::port() const { return inside_->acceptor.local_endpoint().port(); }

SmtpSink::~SmtpSink() { inside_->stop(); }

}  // namespace holdfast::peers
