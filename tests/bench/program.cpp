#include "tests/bench/program.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "peers/loopback.h"
#include "tests/bench/http.h"

namespace holdfast::bench {
namespace {

constexpr int ready_seconds = 120;
constexpr int stop_seconds = 30;
constexpr std::chrono::milliseconds pause{50};

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Starts the program with `words`; its output goes to `output`, or to our own error stream.
Result<pid_t> spawn(const std::string& program, const Folder& folder,
                    std::vector<std::string> words, const std::string& output) {
  words.insert(words.begin(), program);
  for (const auto& word :
       {std::string("--config"), folder.config(), std::string("--data"), folder.data()}) {
    words.push_back(word);
  }
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int to = output.empty()
                     ? ::dup(STDERR_FILENO)
                     : ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (to < 0) return fail(ErrorCode::Unavailable, "the output cannot be written", output);
  const auto parent = ::getpid();
  const auto child = ::fork();
  if (child == 0) {
    // A benchmark that is killed takes its server along.
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(1);
    ::dup2(to, STDOUT_FILENO);
    ::dup2(to, STDERR_FILENO);
    for (const auto& [name, value] : folder.environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::execv(program.c_str(), arguments.data());
    ::_exit(127);
  }
  ::close(to);
  if (child < 0) return fail(ErrorCode::Unavailable, "no process can be made", program);
  return child;
}

}  // namespace

Status run_command(const std::string& program, const Folder& folder,
                   const std::vector<std::string>& words) {
  const auto child = spawn(program, folder, words, "");
  if (!child) return fail(child.error());
  int status = 0;
  if (::waitpid(*child, &status, 0) == *child && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    return {};
  }
  return fail(ErrorCode::Unavailable, "the command failed", program + " " + words.front());
}

Result<std::unique_ptr<Program>> Program::start(const std::string& program, const Folder& folder,
                                                int port) {
  if (port == 0) {
    const auto free = peers::free_port();
    if (!free) return fail(free.error());
    port = *free;
  }
  const auto child = spawn(
      program, folder, {"serve", "--listen", "127.0.0.1:" + std::to_string(port)}, folder.log());
  if (!child) return fail(child.error());
  std::unique_ptr<Program> started(new Program(folder, *child, port));
  if (auto status = started->wait_until_ready(); !status) return fail(status.error());
  return started;
}

Status Program::wait_until_ready() {
  const auto probe = request_text("GET", "/readyz", {}, "");
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(ready_seconds);
  while (std::chrono::steady_clock::now() < end) {
    if (::waitpid(child_, nullptr, WNOHANG) == child_) {
      child_ = 0;
      break;
    }
    Connection connection(port_);
    if (const auto answer = connection.exchange(probe); answer && answer->status == 200) return {};
    std::this_thread::sleep_for(pause);
  }
  const auto said = text_of_file(folder_.log());
  return fail(ErrorCode::Unavailable, "the server did not become ready",
              said.substr(said.size() - std::min<std::size_t>(said.size(), 2000)));
}

/// The first start tells it; later ones find it in the output of that one, which is kept.
Result<std::string> Program::password() const {
  constexpr std::string_view mark = "sign in as admin with ";
  const auto said = text_of_file(folder_.log());
  const auto at = said.find(mark);
  if (at == said.npos) return fail(ErrorCode::NotFound, "no password was told", folder_.log());
  const auto begin = at + mark.size();
  return said.substr(begin, said.find('\n', begin) - begin);
}

Result<std::string> Program::sign_in() const {
  const auto secret = password();
  if (!secret) return fail(secret.error());
  Json body;
  body.set("user", "admin");
  body.set("password", *secret);
  Connection connection(port_);
  const auto answer = connection.exchange(request_text(
      "POST", "/api/v1/session", {{"Content-Type", "application/json"}}, to_text(body)));
  if (!answer) return fail(answer.error());
  if (answer->status != 200) return fail(ErrorCode::Unauthentic, "not let in", answer->body);
  std::string cookies;
  for (const auto& [name, value] : answer->headers) {
    if (lower(name) != "set-cookie") continue;
    cookies += (cookies.empty() ? "" : "; ") + value.substr(0, value.find(';'));
  }
  return cookies;
}

Result<std::int64_t> Program::metric(const std::string& name) const {
  Connection connection(port_);
  const auto answer = connection.exchange(request_text("GET", "/metrics", {}, ""));
  if (!answer) return fail(answer.error());
  const auto at = answer->body.find("\n" + name + " ");
  if (at == std::string::npos) return fail(ErrorCode::NotFound, "no such metric", name);
  return std::atoll(answer->body.c_str() + at + name.size() + 2);
}

Result<Usage> Program::usage() const {
  const auto process = "/proc/" + std::to_string(child_);
  const auto stat = text_of_file(process + "/stat");
  // The second field is the name in brackets, which may hold anything; then come the third and on.
  const auto name_end = stat.rfind(')');
  if (child_ == 0 || name_end == stat.npos) {
    return fail(ErrorCode::Unavailable, "the program has ended", folder_.path);
  }
  std::istringstream fields(stat.substr(name_end + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  Usage usage;
  usage.cpu_seconds = (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  std::istringstream pages(text_of_file(process + "/statm"));
  double size = 0, resident = 0;
  pages >> size >> resident;
  usage.resident_mb = resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
  return usage;
}

bool Program::quiet(const std::string& counter, int seconds) const {
  std::int64_t before = -1;
  for (int i = 0; i < seconds; ++i) {
    const auto now = metric(counter);
    if (now && *now == before) return true;
    if (now) before = *now;
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  return false;
}

Program::~Program() {
  if (child_ == 0) return;  // it ended by itself
  ::kill(child_, SIGTERM);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(stop_seconds);
  while (std::chrono::steady_clock::now() < end) {
    if (::waitpid(child_, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(pause);
  }
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

}  // namespace holdfast::bench
