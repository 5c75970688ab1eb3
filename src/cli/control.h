#pragma once
// Control: the Unix socket through which commands reach the running server of a data folder. One
// JSON line asks, lines of progress may follow, one JSON line answers; then the connection ends.
//   → {"command":["order","show"],"with":{"order":"1001"},"actor":"cli:NAME"}
//   ← {"progress":"…"}*   then   {"answer":…}   or   {"error":{"code","what","where","todo"}}
// The file's mode 0600 is the only lock: who may open it may do everything. Never listen elsewhere.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cli/desk.h"

namespace holdfast::cli {

/// A request as a line of the protocol, without its end, and back. Invalid for anything else.
std::string encode_request(const Request& request);
Result<Request> decode_request(std::string_view line);

/// An answer as a line of the protocol, and back. Errors: the one the line carries, or Invalid.
std::string encode_answer(const Answer& answer);
Answer decode_answer(const Json& line);

/// The server's end.
class ControlSocket {
 public:
  /// Called on one of a few threads of its own, for each request.
  using Handler = std::function<Answer(const Request&, const Progress&)>;

  /// Listens at `path`, replacing a file that a dead server left: the caller holds the store's
  /// lock. Unavailable when the socket cannot be made.
  static Result<std::unique_ptr<ControlSocket>> open(const std::string& path, Handler handler);
  /// Ends connections, waits for handlers under way, removes the file.
  virtual ~ControlSocket() = default;
};

/// Asks the server at `path`. Nothing when no server listens there; else its answer. Unavailable
/// when the connection breaks before one.
std::optional<Answer> ask_server(const std::string& path, const Request& request,
                                 const Progress& progress);

}  // namespace holdfast::cli
