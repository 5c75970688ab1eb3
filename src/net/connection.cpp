#include "net/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "base/log.h"
#include "base/text.h"
#include "net/dates.h"
#include "net/fields.h"

namespace holdfast::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Failure = boost::system::error_code;

constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> reply{};
constexpr std::size_t most_drained_bytes = 4u << 20;
constexpr std::string_view problem_type = "application/problem+json";

// Of 100: how much of max_in_flight may be taken before a class is refused, and when to come back.
struct ShedRule {
  std::size_t share;
  int retry_after_s;
};

ShedRule rule_of(ShedClass kind) {
  switch (kind) {
    case ShedClass::Exports:
      return {50, 60};
    case ShedClass::Search:
      return {60, 15};
    case ShedClass::Console:
      return {75, 5};
    case ShedClass::Api:
      return {90, 5};
    case ShedClass::Webhooks:
      return {100, 2};
    case ShedClass::Health:
      return {0, 0};
  }
  return {100, 2};
}

// Whether one more request of this kind is too much.
bool has_to_be_shed(const Shared& shared, const ShedRule& rule) {
  return rule.share != 0 && shared.in_flight * 100 >= shared.options.max_in_flight * rule.share;
}

std::string string_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

// The path and query of a target in origin form, or in absolute form, which a server must accept
// (RFC 9112 section 3.2.2); "*" stays for OPTIONS. False for anything else.
bool split_target(ServerRequest& request) {
  std::string_view rest = request.target;
  const auto scheme = lower(rest.substr(0, 8));
  if (scheme.starts_with("http://") || scheme == "https://") {
    const auto host = rest.substr(scheme == "https://" ? 8 : 7);
    const auto path = host.find_first_of("/?");
    rest = path == std::string_view::npos ? std::string_view("/") : host.substr(path);
  }
  const auto mark = rest.find('?');
  request.path = rest.substr(0, mark);
  if (mark != std::string_view::npos) request.query = rest.substr(mark + 1);
  if (request.path.empty() && mark == 0) request.path = "/";
  if (rest.find('#') != std::string_view::npos) return false;
  return request.path.starts_with('/') || (request.path == "*" && request.method == "OPTIONS");
}

// Fields the server alone decides about.
bool is_framing(std::string_view name) {
  const auto key = lower(name);
  return key == "content-length" || key == "connection" || key == "transfer-encoding" ||
         key == "date" || key == "keep-alive" || key == "upgrade" || key == "trailer";
}

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

bool is_writable(const ServerResponse& response) {
  if (response.status < 200 || response.status > 599) return false;
  for (const auto& [name, value] : response.headers) {
    if (!is_token(name) || !is_field_value(value)) return false;
  }
  return true;
}

template <class Body>
http::response<Body> head_of(const ServerResponse& response, bool keep_alive, unsigned version,
                             const ServerOptions& options) {
  http::response<Body> out;
  out.version(version);
  out.result(static_cast<unsigned>(response.status));
  for (const auto& [name, value] : response.headers) {
    if (!is_framing(name)) out.insert(name, value);
  }
  if (options.clock) out.set(http::field::date, http_date(options.clock->now()));
  out.keep_alive(keep_alive);
  return out;
}

using HeadParser = http::request_parser<http::empty_body>;

// The status for a request that Beast could not read.
std::optional<Refusal> refusal_for(const Failure& failure, bool timed_out) {
  if (timed_out) return Refusal{408, "Request Timeout"};
  if (failure == http::error::header_limit || failure == http::error::buffer_overflow) {
    return Refusal{431, "Request Header Fields Too Large"};
  }
  if (failure == http::error::body_limit) return Refusal{413, "Content Too Large"};
  if (failure == http::error::end_of_stream || failure == http::error::partial_message) {
    return std::nullopt;
  }
  if (failure.category() == http::make_error_code(http::error::bad_method).category()) {
    return Refusal{400, "Bad Request"};
  }
  return std::nullopt;
}

// Rules about a header section that Beast leaves to its user.
std::optional<Refusal> check_framing(const HeadParser& parser) {
  const auto& message = parser.get();
  const auto version = message.version();
  if (version != 10 && version != 11) return Refusal{505, "HTTP Version Not Supported"};
  // RFC 9112 section 3.2: exactly one Host field in HTTP/1.1.
  const auto hosts = message.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && version == 11)) return Refusal{400, "Bad Request"};
  // A coding we do not undo would leave the body's end to guessing (RFC 9112 section 6.1).
  const auto codings = message.count(http::field::transfer_encoding);
  if (codings > 0 && (codings != 1 || version == 10 ||
                      !boost::beast::iequals(message[http::field::transfer_encoding], "chunked"))) {
    return Refusal{501, "Not Implemented"};
  }
  const auto expect = message[http::field::expect];
  if (!expect.empty() && !boost::beast::iequals(expect, "100-continue")) {
    return Refusal{417, "Expectation Failed"};
  }
  return std::nullopt;
}

ServerRequest request_of(const HeadParser& parser, const std::string& remote_address) {
  ServerRequest request;
  request.method = string_of(parser.get().method_string());
  request.target = string_of(parser.get().target());
  request.remote_address = remote_address;
  for (const auto& each : parser.get()) {
    request.headers.emplace_back(string_of(each.name_string()), string_of(each.value()));
  }
  request.header_count = request.headers.size();
  return request;
}

// What bounds and load refuse before the body is read.
std::optional<Refusal> judge(const HeadParser& parser, const Shared& shared, const ShedRule& rule,
                             const ServerRequest& request, std::size_t body_limit) {
  if (request.header_count > shared.options.max_headers) {
    return Refusal{431, "Request Header Fields Too Large"};
  }
  const auto length = parser.content_length();
  if (length && *length > body_limit) return Refusal{413, "Content Too Large"};
  if (has_to_be_shed(shared, rule)) {
    return Refusal{503, "Service Unavailable", rule.retry_after_s};
  }
  return std::nullopt;
}

}  // namespace

Connection::Connection(std::shared_ptr<Shared> shared, std::shared_ptr<Lane> lane, Socket socket)
    : shared_(std::move(shared)),
      lane_(std::move(lane)),
      socket_(std::move(socket)),
      deadline_(lane_->context.get_executor()),
      wake_(lane_->context.get_executor()) {
  Failure ignored;
  const auto peer = socket_.remote_endpoint(ignored);
  if (!ignored) remote_address_ = peer.address().to_string();
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Connection::~Connection() {
  const std::lock_guard lock(shared_->mutex);
  --shared_->connections;
  shared_->gone.notify_all();
}

Task<void> Connection::run() {
  const auto self = shared_from_this();
  lane_->connections.insert(this);
  try {
    while (!closing_ && !shared_->stopping) {
      const bool there = co_await wait_for_request();
      if (!there) break;
      const auto next = co_await serve_one();
      leave();
      if (next == Next::Close) break;
    }
  } catch (const std::exception& failure) {
    // Memory, most likely: this client is given up, the others go on.
    log_error("net", "a connection failed", {field("cause", failure.what())});
  }
  leave();
  close();
  lane_->connections.erase(this);
}

void Connection::enter() {
  counted_ = true;
  ++shared_->in_flight;
}

void Connection::leave() {
  if (std::exchange(counted_, false)) --shared_->in_flight;
}

void Connection::finish_soon() {
  closing_ = true;
  Failure ignored;
  if (idle_) socket_.cancel(ignored);
  if (stream_) stream_->close();
}

void Connection::abort() {
  aborted_ = true;
  closing_ = true;
  if (stream_) stream_->close();
  close();
}

void Connection::close() {
  disarm();
  wake_.cancel();
  Failure ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
}

void Connection::arm(Duration span) {
  timed_out_ = false;
  const auto arming = ++arming_;
  deadline_.expires_after(std::chrono::milliseconds(span.ms));
  deadline_.async_wait([weak = weak_from_this(), arming](const Failure& failure) {
    const auto self = weak.lock();
    if (self && !failure) self->tick(arming);
  });
}

void Connection::disarm() {
  ++arming_;
  deadline_.cancel();
}

// An operation whose completion is already queued cannot be cancelled and may go on with another
// step, so the cancelling repeats until whoever armed the deadline has noticed.
void Connection::tick(std::uint64_t arming) {
  if (arming != arming_) return;
  arm(milliseconds(50));
  timed_out_ = true;
  Failure ignored;
  socket_.cancel(ignored);
}

Task<bool> Connection::wait_for_request() {
  if (buffer_.size() > 0) co_return true;
  idle_ = true;
  arm(first_ ? shared_->options.header_deadline : shared_->options.idle_deadline);
  first_ = false;
  const auto space = buffer_.prepare(4096);
  const auto [failure, size] = co_await socket_.async_read_some(space, reply);
  disarm();
  idle_ = false;
  if (failure) co_return false;
  buffer_.commit(size);
  co_return true;
}

Task<Connection::Next> Connection::serve_one() {
  const auto& options = shared_->options;
  std::optional<HeadParser> parser(std::in_place);
  parser->header_limit(static_cast<std::uint32_t>(options.max_header_bytes));
  parser->body_limit(boost::none);  // judged below, when the path is known
  arm(options.header_deadline);
  const auto [failure, size] = co_await http::async_read_header(socket_, buffer_, *parser, reply);
  disarm();
  if (failure) {
    const auto refusal = refusal_for(failure, timed_out_);
    if (!refusal) co_return Next::Close;
    co_return co_await refuse(*refusal);
  }

  auto request = request_of(*parser, remote_address_);
  if (const auto refusal = check_framing(*parser)) co_return co_await refuse(*refusal);
  if (!split_target(request)) co_return co_await refuse({});
  const auto limit = options.body_limit ? options.body_limit(request.path) : options.max_body_bytes;
  const auto rule = rule_of(options.shed_class ? options.shed_class(request.method, request.path)
                                               : ShedClass::Api);
  if (const auto refusal = judge(*parser, *shared_, rule, request, limit)) {
    co_return co_await refuse(*refusal);
  }

  const bool keep_alive = parser->get().keep_alive();
  const unsigned version = parser->get().version();
  if (!parser->is_done()) {
    const bool waits = version == 11 && parser->get().count(http::field::expect) > 0;
    if (waits && buffer_.size() == 0) {
      const bool written = co_await write_text("HTTP/1.1 100 Continue\r\n\r\n");
      if (!written) co_return Next::Close;
    }
    http::request_parser<http::string_body> body(std::move(*parser));
    body.body_limit(limit);
    arm(options.body_deadline);
    const auto [broken, ignored] = co_await http::async_read(socket_, buffer_, body, reply);
    disarm();
    if (broken) {
      const auto reason = refusal_for(broken, timed_out_);
      if (!reason) co_return Next::Close;
      co_return co_await refuse(*reason);
    }
    request.body = std::move(body.get().body());
    if (has_to_be_shed(*shared_, rule)) {
      co_return co_await refuse({503, "Service Unavailable", rule.retry_after_s});
    }
  }
  parser.reset();
  co_return co_await answer(std::move(request), keep_alive, version);
}

Task<Connection::Next> Connection::refuse(Refusal refusal) {
  auto response = problem_response(refusal.status, refusal.title);
  if (refusal.retry_after_s > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(refusal.retry_after_s));
  }
  const bool written = co_await write(std::move(response), false, 11, false);
  if (written) co_await drain();
  co_return Next::Close;
}

Task<Connection::Next> Connection::answer(ServerRequest request, bool keep_alive,
                                          unsigned version) {
  const bool head_only = request.method == "HEAD";
  auto response = co_await ask_handler(std::move(request));
  if (aborted_) co_return Next::Close;
  if (!is_writable(response)) {
    log_error("net", "an answer that cannot be written", {field("status", response.status)});
    response = problem_response(500, "Internal Server Error");
  }
  if (response.stream && !head_only) {
    leave();  // what stays open for hours is no load
    co_await stream_events(std::move(response), version);
    co_return Next::Close;
  }
  const bool stays = keep_alive && !closing_ && !shared_->stopping;
  const bool written = co_await write(std::move(response), stays, version, head_only);
  co_return written&& stays ? Next::KeepOpen : Next::Close;
}

Task<ServerResponse> Connection::ask_handler(ServerRequest request) {
  enter();
  answer_.reset();
  const auto exchange = ++exchange_;
  // The answer may come from any thread and after this connection or the whole server has gone;
  // the lane is held only while something is put into its queue, which holds nothing strongly.
  Responder responder([weak = weak_from_this(), lane_weak = std::weak_ptr(lane_),
                       exchange](ServerResponse response) {
    const auto lane = lane_weak.lock();
    if (!lane) return;
    asio::post(lane->context, [weak, exchange, response = std::move(response)]() mutable {
      if (const auto self = weak.lock()) self->take_answer(exchange, std::move(response));
    });
  });
  try {
    shared_->handler(std::move(request), std::move(responder));
  } catch (const std::exception&) {
    log_error("net", "the handler failed");
  }
  wake_.expires_after(std::chrono::milliseconds(shared_->options.answer_deadline.ms));
  while (!answer_ && !aborted_) {
    const auto [failure] = co_await wake_.async_wait(reply);
    if (!failure) break;
  }
  ++exchange_;
  if (answer_) co_return std::move(*answer_);
  auto late = problem_response(503, "Service Unavailable");
  late.headers.emplace_back("Retry-After", "5");
  co_return late;
}

void Connection::take_answer(std::uint64_t exchange, ServerResponse response) {
  if (exchange != exchange_) return;
  answer_ = std::move(response);
  wake_.cancel();
}

Task<bool> Connection::write(ServerResponse response, bool keep_alive, unsigned version,
                             bool head_only) {
  arm(shared_->options.write_deadline);
  Failure failure;
  if (head_only || has_no_body(response.status)) {
    auto out = head_of<http::empty_body>(response, keep_alive, version, shared_->options);
    if (!has_no_body(response.status)) out.content_length(response.body.size());
    std::tie(failure, std::ignore) = co_await http::async_write(socket_, out, reply);
  } else {
    auto out = head_of<http::string_body>(response, keep_alive, version, shared_->options);
    out.content_length(response.body.size());
    out.body() = std::move(response.body);
    std::tie(failure, std::ignore) = co_await http::async_write(socket_, out, reply);
  }
  disarm();
  co_return !failure;
}

Task<bool> Connection::write_text(std::string_view text) {
  arm(shared_->options.write_deadline);
  const auto bytes = asio::buffer(text.data(), text.size());
  const auto [failure, size] = co_await asio::async_write(socket_, bytes, reply);
  disarm();
  co_return !failure;
}

Task<void> Connection::stream_events(ServerResponse response, unsigned version) {
  stream_ = response.stream;
  const bool chunked = version == 11;
  auto head = head_of<http::empty_body>(response, false, version, shared_->options);
  const bool events = stream_->form() == StreamForm::Events;
  if (events) head.set(http::field::content_type, "text/event-stream");
  head.set(http::field::cache_control, "no-store");
  head.chunked(chunked);
  http::response_serializer<http::empty_body> serializer(head);
  arm(shared_->options.write_deadline);
  auto [failure, size] = co_await http::async_write_header(socket_, serializer, reply);
  disarm();
  stream_->on_change([weak = weak_from_this(), lane_weak = std::weak_ptr(lane_)] {
    const auto lane = lane_weak.lock();
    if (!lane) return;
    asio::post(lane->context, [weak] {
      if (const auto self = weak.lock()) self->wake_.cancel();
    });
  });
  watch_reader(stream_);
  if (closing_) stream_->close();
  while (!failure && !aborted_) {
    auto text = stream_->take();
    if (text.empty()) {
      if (stream_->closed()) break;
      wake_.expires_after(std::chrono::milliseconds(shared_->options.heartbeat.ms));
      const auto [cancelled] = co_await wake_.async_wait(reply);
      if (cancelled || !events) continue;
      // An event and no comment: a browser tells its page of events only.
      text = "event: heartbeat\ndata: {}\n\n";
    }
    arm(shared_->options.write_deadline);
    const auto bytes = asio::buffer(text);
    if (chunked) {
      const auto chunk = http::make_chunk(bytes);
      std::tie(failure, std::ignore) = co_await asio::async_write(socket_, chunk, reply);
    } else {
      std::tie(failure, std::ignore) = co_await asio::async_write(socket_, bytes, reply);
    }
    disarm();
  }
  // A file that was broken off gets no end, so that nobody takes it for the whole.
  const bool ends = chunked && !failure && !aborted_ && stream_->whole();
  if (ends) co_await write_text("0\r\n\r\n");
  stream_->on_change({});
  stream_->close();
  stream_.reset();
}

// A reader of events sends nothing more; whatever its socket reports means that it has gone.
void Connection::watch_reader(const std::shared_ptr<EventStream>& stream) {
  socket_.async_read_some(
      asio::buffer(spare_),
      [self = shared_from_this(), stream](const Failure&, std::size_t) { stream->close(); });
}

// Closing with unread bytes makes the system reset the connection, and the client may lose the
// answer (RFC 9112 section 9.6); so the rest is read for a while and thrown away.
Task<void> Connection::drain() {
  Failure ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  buffer_.clear();
  arm(seconds(2));
  for (std::size_t drained = 0; drained < most_drained_bytes && !timed_out_ && !aborted_;) {
    const auto space = buffer_.prepare(16u << 10);
    const auto [failure, size] = co_await socket_.async_read_some(space, reply);
    if (failure) break;
    drained += size;
  }
  disarm();
}

ServerResponse problem_response(int status, std::string_view title) {
  ServerResponse response;
  response.status = status;
  response.headers.emplace_back("Content-Type", problem_type);
  response.body = R"({"type":"about:blank","title":")" + std::string(title) + R"(","status":)" +
                  std::to_string(status) + "}";
  return response;
}

}  // namespace holdfast::net
