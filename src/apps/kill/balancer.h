#pragma once
// Balancer: one address before several programs, as a load balancer is. It carries bytes and never
// looks into them; it must never send anything to a program that is not in use.

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace holdfast::apps {

class Balancer {
 public:
  /// Listens on a port of 127.0.0.1 that the system chooses, for nobody yet.
  Balancer();
  ~Balancer();
  Balancer(const Balancer&) = delete;
  Balancer& operator=(const Balancer&) = delete;

  int port() const { return port_; }

  /// From now on connections go to these ports in turn, to the next one where one refuses; those to
  /// others are cut.
  void use(std::vector<int> ports);

 private:
  void accept_all();
  void carry(int client);
  int connect_to_one(int& port);
  bool in_use(int port);

  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::vector<int> ports_;
  std::size_t turn_ = 0;
  std::atomic<int> carried_ = 0;  // connections that a thread of its own carries
  std::thread acceptor_;
};

}  // namespace holdfast::apps
