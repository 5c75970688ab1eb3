#pragma once
// Wire: one HTTP exchange as raw bytes over loopback, while the same thread goes on pumping the
// engine that has to answer. It never corrects what it is told to send; for tests only.

#include <functional>
#include <string>
#include <string_view>

namespace holdfast::kit {

/// What came back: the status of the answer, 0 when the connection was closed without one.
struct WireAnswer {
  int status = 0;
  std::string text;  // the whole answer as received
};

class Wire {
 public:
  /// `pump` lets the engine work; it is called until the answer is there.
  explicit Wire(std::function<void()> pump);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Called from any thread when the engine has new work.
  void wake() const;

  /// Sends the bytes to 127.0.0.1 and reads until the server has answered or closed. With
  /// `finish` the sending side is closed after the last byte. Gives status -1 after ten seconds
  /// without an end.
  WireAnswer exchange(int port, std::string_view bytes, bool finish);

 private:
  std::function<void()> pump_;
  int wake_ = -1;  // an eventfd
};

}  // namespace holdfast::kit
