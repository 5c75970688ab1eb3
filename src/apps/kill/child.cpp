#include "apps/kill/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "peers/loopback.h"

extern char** environ;

namespace holdfast::apps {
namespace {

constexpr std::int64_t look_again_ms = 5;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// What the new process does until it is the program; only calls that are safe after a fork.
[[noreturn]] void become(const char* program, char* const* arguments, char* const* variables,
                         int output, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  if (::getppid() == parent) ::execve(program, arguments, variables);
  ::_exit(127);
}

}  // namespace

Status Child::start(const std::vector<std::string>& variables) {
  std::vector<std::string> arguments{options_.program};
  arguments.insert(arguments.end(), options_.arguments.begin(), options_.arguments.end());
  std::vector<std::string> all;
  for (char** entry = environ; *entry; ++entry) all.emplace_back(*entry);
  all.insert(all.end(), options_.variables.begin(), options_.variables.end());
  all.insert(all.end(), variables.begin(), variables.end());
  const auto argv = pointers(arguments);
  const auto envp = pointers(all);
  const int output =
      ::open(options_.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (output < 0) return fail(ErrorCode::Unavailable, "no file for its words", options_.output);
  const auto parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) become(options_.program.c_str(), argv.data(), envp.data(), output, parent);
  ::close(output);
  if (pid < 0) return fail(ErrorCode::Unavailable, std::strerror(errno), options_.program);
  pid_ = pid;
  return {};
}

void Child::kill() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, &status_, 0);
  pid_ = 0;
}

bool Child::gone() {
  if (pid_ == 0) return true;
  if (::waitpid(pid_, &status_, WNOHANG) != pid_) return false;
  pid_ = 0;
  return true;
}

void Child::stand_still() {
  if (pid_ != 0) ::kill(pid_, SIGSTOP);
}

void Child::go_on() {
  if (pid_ != 0) ::kill(pid_, SIGCONT);
}

Result<int> Child::wait(std::int64_t limit_ms) {
  for (std::int64_t waited = 0; !gone(); waited += look_again_ms) {
    if (waited > limit_ms) {
      kill();
      return fail(ErrorCode::Timeout, "it did not end", options_.program);
    }
    pause_ms(look_again_ms);
  }
  return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
}

Result<int> Child::stop(std::int64_t limit_ms) {
  if (pid_ != 0) ::kill(pid_, SIGTERM);
  return wait(limit_ms);
}

bool listens(int port) {
  const int socket = peers::connect_on_loopback(port);
  if (socket >= 0) ::close(socket);
  return socket >= 0;
}

std::pair<int, std::string> ask(int port, const std::string& path) {
  const int socket = peers::connect_on_loopback(port);
  if (socket < 0) return {};
  const timeval limit{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  const auto wish = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
  std::string answer;
  if (peers::send_all(socket, wish)) {
    std::array<char, 4096> buffer{};
    for (auto count = ::recv(socket, buffer.data(), buffer.size(), 0); count > 0;
         count = ::recv(socket, buffer.data(), buffer.size(), 0)) {
      answer.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }
  ::close(socket);
  constexpr std::string_view version = "HTTP/1.1 ";
  const auto body = answer.find("\r\n\r\n");
  if (!answer.starts_with(version) || body == std::string::npos) return {};
  return {std::atoi(answer.c_str() + version.size()), answer.substr(body + 4)};
}

void pause_ms(std::int64_t ms) {
  const timespec span{ms / 1000, (ms % 1000) * 1'000'000};
  ::nanosleep(&span, nullptr);
}

}  // namespace holdfast::apps
