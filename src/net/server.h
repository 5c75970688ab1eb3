#pragma once
// Server: HTTP/1.1 for webhooks, API and console, with a bound on everything a client can make
// grow. It must never know a route: one handler gets every request and answers when it can.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "net/event_stream.h"
#include "ports/clock.h"
#include "ports/message.h"

namespace holdfast::net {

/// A whole request, body included. `path` and `query` are the target's two parts, not decoded.
struct ServerRequest {
  std::string method;
  std::string target;
  std::string path;
  std::string query;
  ports::Headers headers;        // as received, in order, doubles kept; no trailers
  std::size_t header_count = 0;  // fields on the wire
  std::string body;
  std::string remote_address;  // of the socket, without port
};

/// What to answer. The server writes Content-Length, Connection, Transfer-Encoding and Date itself
/// and drops such fields here. With `stream` the body is not used and the connection stays
/// open until the stream ends.
struct ServerResponse {
  int status = 200;
  ports::Headers headers;
  std::string body;
  std::shared_ptr<EventStream> stream;
};

/// Answers one request: once, from any thread, at any time. If every copy is gone without an
/// answer, the client gets 500; an answer that comes after the answer deadline is dropped.
class Responder {
 public:
  explicit Responder(std::function<void(ServerResponse)> deliver);

  /// Sends the answer. A second call is a broken invariant (CheckFailed).
  void operator()(ServerResponse response) const;

 private:
  struct Once;
  std::shared_ptr<Once> once_;
};

/// Gets every request on a thread of the server, which it must not block.
using Handler = std::function<void(ServerRequest, Responder)>;

/// What is given up first when there is too much to do, in this order; Health never is.
enum class ShedClass { Exports, Search, Console, Api, Webhooks, Health };

struct ServerOptions {
  std::string host = "127.0.0.1";  // an IP address or "localhost"
  int port = 0;                    // 0 takes a free one
  int threads = 1;

  std::size_t max_body_bytes = 1u << 20;
  /// Gives another bound for some paths; an empty function means max_body_bytes for all.
  std::function<std::size_t(std::string_view path)> body_limit;
  std::size_t max_header_bytes = 16u << 10;
  std::size_t max_headers = 100;

  Duration header_deadline = seconds(10);  // from a request's first byte, or from connecting
  Duration body_deadline = seconds(30);    // for the whole body
  Duration write_deadline = seconds(30);   // for the whole response, or one write of a stream
  Duration idle_deadline = seconds(60);    // between two requests
  Duration answer_deadline = seconds(30);  // for the handler; then the client gets 503
  Duration stop_deadline = seconds(5);     // for what is under way when stop() is called
  Duration heartbeat = seconds(15);        // an event "heartbeat" on a silent stream

  std::size_t max_connections = 1024;
  /// Requests the handler has and has not answered. Exports are refused from half of it on,
  /// webhooks only at all of it.
  std::size_t max_in_flight = 256;
  /// Tells the class of a request; an empty function makes all of them Api.
  std::function<ShedClass(std::string_view method, std::string_view path)> shed_class;

  /// For the Date field; without a clock none is sent (RFC 9110 section 6.6.1).
  std::shared_ptr<ports::Clock> clock;
};

class Server {
 public:
  /// Listens and serves from now on. Invalid when the host is no address or a bound is zero;
  /// Unavailable when the port cannot be had.
  static Result<std::unique_ptr<Server>> start(ServerOptions options, Handler handler);

  /// The port listened on.
  int port() const;

  /// Requests the handler has not answered yet.
  std::size_t in_flight() const;

  /// Takes no more requests, closes idle connections and event streams, gives what is under way
  /// `stop_deadline`, then ends it. Returns when no thread of the server is left. Never to be
  /// called by the handler; a second call does nothing.
  void stop();

  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  struct Inside;
  explicit Server(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

/// A problem document (RFC 9457) as the server's own refusals have it.
ServerResponse problem_response(int status, std::string_view title);

}  // namespace holdfast::net
