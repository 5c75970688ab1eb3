#include "tests/bench/yardstick.h"

#include <atomic>
#include <chrono>
#include <mutex>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/json.h"
#include "peers/loopback.h"
#include "store/sqlite/database.h"
#include "tests/bench/http.h"

namespace holdfast::bench {
namespace {

using Clock = std::chrono::steady_clock;

double per_second(std::size_t count, Clock::time_point begin) {
  const std::chrono::duration<double> took = Clock::now() - begin;
  return static_cast<double>(count) / took.count();
}

}  // namespace

struct BareServer::Inside {
  std::string answer;
  int listening = -1;
  int file = -1;
  std::mutex guard;
  std::vector<int> sockets;
  std::vector<std::thread> threads;
  bool stopping = false;

  void serve(int socket) {
    std::string buffer;
    while (const auto length = read_message(socket, buffer)) {
      if (file >= 0) {
        const std::lock_guard lock(guard);
        if (::write(file, buffer.data(), length) < 0 || ::fdatasync(file) != 0) return;
      }
      buffer.erase(0, length);
      if (!peers::send_all(socket, answer)) return;
    }
  }
};

Result<std::unique_ptr<BareServer>> BareServer::start(std::size_t answer_bytes,
                                                      const std::string& append_to) {
  auto inside = std::make_shared<Inside>();
  if (!append_to.empty()) {
    inside->file = ::open(append_to.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (inside->file < 0) return fail(ErrorCode::Unavailable, "no file can be made", append_to);
  }
  auto listening = peers::listen_on_loopback();
  if (!listening) return fail(listening.error());
  inside->listening = listening->socket;
  inside->answer = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(answer_bytes) +
                   "\r\n\r\n" + std::string(answer_bytes, 'x');
  std::thread acceptor([inside] {
    while (true) {
      const int socket = ::accept4(inside->listening, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      const std::lock_guard lock(inside->guard);
      if (inside->stopping) {
        ::close(socket);
        return;
      }
      inside->sockets.push_back(socket);
      inside->threads.emplace_back([inside, socket] { inside->serve(socket); });
    }
  });
  return std::unique_ptr<BareServer>(
      new BareServer(listening->port, std::move(inside), std::move(acceptor)));
}

BareServer::BareServer(int port, std::shared_ptr<Inside> inside, std::thread acceptor)
    : port_(port), inside_(std::move(inside)), acceptor_(std::move(acceptor)) {}

BareServer::~BareServer() {
  {
    const std::lock_guard lock(inside_->guard);
    inside_->stopping = true;
    for (const int socket : inside_->sockets) ::shutdown(socket, SHUT_RDWR);
  }
  ::shutdown(inside_->listening, SHUT_RDWR);
  acceptor_.join();
  for (auto& thread : inside_->threads) thread.join();
  for (const int socket : inside_->sockets) ::close(socket);
  ::close(inside_->listening);
  if (inside_->file >= 0) ::close(inside_->file);
}

Result<double> bare_inserts(const std::string& path, const std::vector<ports::EventRow>& rows,
                            std::size_t per_commit) {
  auto database = store::Database::open(path, store::Access::Write, {65'536, 0, 4096});
  if (!database) return fail(database.error());
  if (auto status = (*database)->use_write_ahead_log(); !status) return fail(status.error());
  auto status = (*database)->exec(
      "create table if not exists row (seq integer primary key, stream integer, bytes blob,"
      " hash blob)");
  const auto begin = Clock::now();
  for (std::size_t i = 0; status && i < rows.size(); ++i) {
    if (i % per_commit == 0) status = (*database)->query("begin immediate").run();
    if (!status) break;
    auto insert = (*database)->query("insert into row (stream, bytes, hash) values (?, ?, ?)");
    const auto done = insert.change(rows[i].stream.id, store::Blob{rows[i].bytes},
                                    store::Blob{bytes_of(rows[i].hash)});
    if (!done) status = fail(done.error());
    if (!status || ((i + 1) % per_commit != 0 && i + 1 != rows.size())) continue;
    status = (*database)->query("commit").run();
    if (status) (*database)->checkpoint_when_due();
  }
  if (!status) return fail(status.error());
  return per_second(rows.size(), begin);
}

double bare_reading(const std::vector<ports::EventRow>& rows) {
  std::size_t read = 0;
  const auto begin = Clock::now();
  for (const auto& row : rows) {
    const bool known = sha256(row.bytes) != Digest{};
    read += known && parse_json(row.bytes) ? 1 : 0;
  }
  return per_second(read, begin);
}

}  // namespace holdfast::bench
