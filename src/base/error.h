#pragma once
// The one shape of a failure that can happen: what went wrong, where, and what to do about it.
// It must never carry personal data or a secret, because errors are logged and shown.

#include <string>
#include <string_view>

namespace holdfast {

/// How a caller may react to a failure. The names are stable: they appear in logs and in the API.
enum class ErrorCode {
  Invalid,      // the input is wrong; repeating it unchanged cannot help
  NotFound,     // what was named does not exist
  Conflict,     // the state moved on; read again and decide again
  Forbidden,    // the actor has no authority for this
  Unauthentic,  // the sender could not be proven
  TooLarge,     // a bound was exceeded
  Unavailable,  // a resource is away for now; repeating later can help
  Timeout,      // nobody answered in time; the effect may have happened
  Internal,     // our own fault
};

/// Name of a code as it appears in logs and in problem details, for example "not_found".
const char* name_of(ErrorCode code);

/// A failure told to a person: `what` happened, `where` in the input, `todo` what helps.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string what;
  std::string where;
  std::string todo;

  bool operator==(const Error&) const = default;
};

/// One line for people: "what (at where): todo".
std::string describe(const Error& error);

/// The same failure seen from one step further out: `outer` is put in front of `where`.
Error within(Error error, std::string_view outer);

}  // namespace holdfast
