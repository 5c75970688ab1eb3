#pragma once
// Raw sockets on 127.0.0.1 for this room's tests: a client that says exactly what it is told, and
// a server that misbehaves as told. Never for use outside tests.

#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace holdfast::net::test {

/// One connected socket; every wait is bounded by two seconds.
class RawSocket {
 public:
  explicit RawSocket(int handle) : handle_(handle) {}
  ~RawSocket();
  RawSocket(RawSocket&& other) noexcept : handle_(other.handle_) { other.handle_ = -1; }
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;
  RawSocket& operator=(RawSocket&&) = delete;

  /// Connects to 127.0.0.1.
  static RawSocket to(int port);

  bool write(std::string_view text);
  /// Reads until `mark` has been seen, the peer closed, or two seconds passed.
  std::string read_until(std::string_view mark);
  /// Reads until the peer closes, for two seconds at most.
  std::string read_all();
  /// Whether the peer has closed; waits for it.
  bool is_closed();
  void finish_writing();
  /// Closes in a way that sends a reset.
  void reset();
  bool is_open() const { return handle_ >= 0; }

 private:
  int handle_;
};

/// Accepts connections one after another and runs `serve` on each, in one thread.
class RawServer {
 public:
  explicit RawServer(std::function<void(RawSocket&)> serve);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  int port() const { return port_; }

 private:
  int handle_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace holdfast::net::test
