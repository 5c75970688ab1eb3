#include "apps/holdfast/stop_signal.h"

#include <csignal>
#include <ctime>

namespace holdfast::apps {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

void prepare_stop_signal() {
  const auto set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // A partner that closes its end must not end the program.
  std::signal(SIGPIPE, SIG_IGN);
}

bool wait_for_stop_signal(Duration limit) {
  const auto set = stop_signals();
  if (limit.ms == 0) {
    int signal = 0;
    sigwait(&set, &signal);
    return true;
  }
  const timespec span{limit.ms / 1000, (limit.ms % 1000) * 1'000'000};
  return sigtimedwait(&set, nullptr, &span) > 0;
}

}  // namespace holdfast::apps
