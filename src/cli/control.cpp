#include "cli/control.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <list>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace holdfast::cli {
namespace {

constexpr std::size_t most_line_bytes = 64u << 20;  // an imported file travels in one line
constexpr std::size_t most_connections = 8;
constexpr int request_wait_ms = 10'000;
constexpr JsonBounds line_bounds{most_line_bytes, 64, 4'000'000};

/// Closes what it holds.
class File {
 public:
  explicit File(int number = -1) : number_(number) {}
  File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

/// An address for a path of any length: sun_path holds 107 bytes only (unix(7)), so the folder is
/// named by an open descriptor, which must live until the address was used.
struct Address {
  File folder;
  sockaddr_un value{};
};

std::optional<Address> address_of(const std::string& path) {
  const std::filesystem::path whole(path);
  const auto parent = whole.has_parent_path() ? whole.parent_path().string() : std::string(".");
  Address address{File(::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)), {}};
  if (!address.folder) return std::nullopt;
  const auto text =
      "/proc/self/fd/" + std::to_string(address.folder.get()) + "/" + whole.filename().string();
  if (text.size() >= sizeof address.value.sun_path) return std::nullopt;
  address.value.sun_family = AF_UNIX;
  std::memcpy(address.value.sun_path, text.c_str(), text.size() + 1);
  return address;
}

const sockaddr* generic(const Address& address) {
  return reinterpret_cast<const sockaddr*>(&address.value);
}

bool send_line(int socket, std::string line) {
  line += '\n';
  std::string_view left = line;
  while (!left.empty()) {
    const auto sent = ::send(socket, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// Reads lines; `wait_ms` bounds the silence, -1 for none.
class LineReader {
 public:
  LineReader(int socket, int wait_ms) : socket_(socket), wait_ms_(wait_ms) {}

  std::optional<std::string> next() {
    while (true) {
      if (const auto end = buffer_.find('\n', seen_); end != std::string::npos) {
        auto line = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        seen_ = 0;
        return line;
      }
      seen_ = buffer_.size();
      if (buffer_.size() > most_line_bytes || !more()) return std::nullopt;
    }
  }

 private:
  bool more() {
    pollfd ready{socket_, POLLIN, 0};
    const int polled = ::poll(&ready, 1, wait_ms_);
    if (polled < 0 && errno == EINTR) return true;
    if (polled <= 0) return false;
    char bytes[65536];
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  int socket_;
  int wait_ms_;
  std::string buffer_;
  std::size_t seen_ = 0;
};

Json error_json(const Error& error) {
  Json json;
  json.set("code", name_of(error.code));
  json.set("what", error.what);
  json.set("where", error.where);
  json.set("todo", error.todo);
  return json;
}

ErrorCode code_of(const std::string& name) {
  for (int i = 0; i <= int(ErrorCode::Internal); ++i) {
    if (name == name_of(ErrorCode(i))) return ErrorCode(i);
  }
  return ErrorCode::Internal;
}

class Listening final : public ControlSocket {
 public:
  Listening(std::string path, File listener, File wake_read, File wake_write, Handler handler)
      : path_(std::move(path)),
        listener_(std::move(listener)),
        wake_read_(std::move(wake_read)),
        wake_write_(std::move(wake_write)),
        handler_(std::move(handler)),
        thread_([this] { accept_all(); }) {}

  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

  ~Listening() override {
    const char byte = 0;
    while (::write(wake_write_.get(), &byte, 1) < 0 && errno == EINTR) {
    }
    thread_.join();
    {
      const std::lock_guard lock(mutex_);
      for (auto& talk : talks_) ::shutdown(talk.socket.get(), SHUT_RDWR);
    }
    for (auto& talk : talks_) talk.thread.join();
    ::unlink(path_.c_str());
  }

 private:
  struct Talk {
    File socket;
    std::thread thread;
    bool ended = false;
  };

  void accept_all() {
    while (true) {
      pollfd ready[2] = {{listener_.get(), POLLIN, 0}, {wake_read_.get(), POLLIN, 0}};
      if (::poll(ready, 2, -1) < 0 && errno != EINTR) return;
      if (ready[1].revents != 0) return;
      if (ready[0].revents == 0) continue;
      File socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (socket) take(std::move(socket));
    }
  }

  void take(File socket) {
    const std::lock_guard lock(mutex_);
    for (auto talk = talks_.begin(); talk != talks_.end();) {
      if (!talk->ended) {
        ++talk;
        continue;
      }
      talk->thread.join();
      talk = talks_.erase(talk);
    }
    if (talks_.size() >= most_connections) {
      send_line(socket.get(), encode_answer(fail(ErrorCode::Unavailable, "the server is busy", "",
                                                 "try again in a moment")));
      return;
    }
    auto& talk = talks_.emplace_back();
    talk.socket = std::move(socket);
    talk.thread = std::thread([this, &talk] {
      serve(talk.socket.get());
      ::shutdown(talk.socket.get(), SHUT_RDWR);
      const std::lock_guard ending(mutex_);
      talk.ended = true;
    });
  }

  void serve(int socket) {
    LineReader lines(socket, request_wait_ms);
    const auto line = lines.next();
    if (!line) return;
    const auto progress = [socket](const std::string& said) {
      Json json;
      json.set("progress", said);
      send_line(socket, to_text(json));
    };
    const auto request = decode_request(*line);
    auto answered = request ? handle(*request, progress) : Answer(fail(request.error()));
    send_line(socket, encode_answer(answered));
  }

  Answer handle(const Request& request, const Progress& progress) {
    try {
      return handler_(request, progress);
    } catch (const std::exception& failure) {
      // One command's broken invariant must not end the server.
      return fail(ErrorCode::Internal, failure.what());
    }
  }

  std::string path_;
  File listener_, wake_read_, wake_write_;
  Handler handler_;
  std::mutex mutex_;
  std::list<Talk> talks_;
  std::thread thread_;
};

tl::unexpected<Error> no_socket(const std::string& path) {
  return fail(ErrorCode::Unavailable,
              std::string("the control socket cannot be made: ") + std::strerror(errno), path,
              "see that the data folder may be written");
}

}  // namespace

std::string encode_request(const Request& request) {
  Json command{Json::Array{}};
  for (const auto& word : request.command) command.push(word);
  Json json;
  json.set("command", std::move(command));
  json.set("with", request.with);
  json.set("actor", request.actor);
  return to_text(json);
}

Result<Request> decode_request(std::string_view line) {
  const auto json = parse_json(line, line_bounds);
  if (!json) return fail(json.error());
  Request request;
  for (const auto& word : (*json)["command"].items()) request.command.push_back(word.string());
  if (request.command.empty()) return fail(ErrorCode::Invalid, "no command", "command");
  if ((*json)["with"].is_object()) request.with = (*json)["with"];
  request.actor = (*json)["actor"].string();
  if (request.actor.empty()) return fail(ErrorCode::Invalid, "nobody asks", "actor");
  return request;
}

std::string encode_answer(const Answer& answer) {
  Json json;
  if (answer)
    json.set("answer", *answer);
  else
    json.set("error", error_json(answer.error()));
  return to_text(json);
}

Answer decode_answer(const Json& line) {
  if (const auto* error = line.find("error")) {
    return fail(code_of((*error)["code"].string()), (*error)["what"].string(),
                (*error)["where"].string(), (*error)["todo"].string());
  }
  if (const auto* answer = line.find("answer")) return *answer;
  return fail(ErrorCode::Invalid, "the server's answer was not understood");
}

Result<std::unique_ptr<ControlSocket>> ControlSocket::open(const std::string& path,
                                                           Handler handler) {
  const auto address = address_of(path);
  File listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  int pipe[2] = {-1, -1};
  if (!address || !listener || ::pipe2(pipe, O_CLOEXEC) != 0) return no_socket(path);
  File wake_read(pipe[0]), wake_write(pipe[1]);
  ::unlink(path.c_str());
  // Nobody can connect before listen(2), so the mode is right before the first one may.
  if (::bind(listener.get(), generic(*address), sizeof address->value) != 0 ||
      ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 ||
      ::listen(listener.get(), int(most_connections)) != 0) {
    return no_socket(path);
  }
  return std::make_unique<Listening>(path, std::move(listener), std::move(wake_read),
                                     std::move(wake_write), std::move(handler));
}

std::optional<Answer> ask_server(const std::string& path, const Request& request,
                                 const Progress& progress) {
  const auto address = address_of(path);
  File socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!address || !socket) return std::nullopt;
  if (::connect(socket.get(), generic(*address), sizeof address->value) != 0) {
    if (errno != EACCES && errno != EPERM) return std::nullopt;
    return Answer(fail(ErrorCode::Forbidden, "the server belongs to another user", path,
                       "run this as the user the server runs as"));
  }
  const bool sent = send_line(socket.get(), encode_request(request));
  LineReader lines(socket.get(), -1);
  while (auto line = lines.next()) {
    const auto json = parse_json(*line, line_bounds);
    if (!json) return Answer(fail(json.error()));
    const auto* said = json->find("progress");
    if (!said) return decode_answer(*json);
    progress(said->string());
  }
  return Answer(fail(ErrorCode::Unavailable,
                     sent ? "the server ended before it answered" : "the server did not listen",
                     path, "see whether it was stopped, then look at what was done"));
}

}  // namespace holdfast::cli
