#pragma once
// TcpProxy: stands between a client and a server of this machine and cuts connections at a chosen
// moment. It must never change a byte, and it listens on loopback only.

#include <atomic>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace holdfast::kit {

class TcpProxy {
 public:
  /// What becomes of bytes on their way to the server.
  enum class Verdict {
    Pass,
    CutBefore,  // they do not arrive
    CutHalf,    // the first half of them arrives
    CutAfter,   // they arrive; no answer comes back
  };
  /// Asked for every piece a client sends; from any thread of the proxy.
  using Judge = std::function<Verdict(std::string_view bytes)>;

  TcpProxy(int server_port, Judge judge);
  ~TcpProxy();
  TcpProxy(const TcpProxy&) = delete;
  TcpProxy& operator=(const TcpProxy&) = delete;

  int port() const { return port_; }

 private:
  void accept_all();
  void carry(int client);

  const int server_port_;
  const Judge judge_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::mutex guard_;
  std::vector<std::thread> carriers_;
  std::thread acceptor_;
};

}  // namespace holdfast::kit
