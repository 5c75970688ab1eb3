#include "base/error.h"

namespace holdfast {

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::Invalid:
      return "invalid";
    case ErrorCode::NotFound:
      return "not_found";
    case ErrorCode::Conflict:
      return "conflict";
    case ErrorCode::Forbidden:
      return "forbidden";
    case ErrorCode::Unauthentic:
      return "unauthentic";
    case ErrorCode::TooLarge:
      return "too_large";
    case ErrorCode::Unavailable:
      return "unavailable";
    case ErrorCode::Timeout:
      return "timeout";
    case ErrorCode::Internal:
      return "internal";
  }
  return "internal";
}

std::string describe(const Error& error) {
  std::string line = error.what.empty() ? name_of(error.code) : error.what;
  if (!error.where.empty()) line += " (at " + error.where + ")";
  if (!error.todo.empty()) line += ": " + error.todo;
  return line;
}

Error within(Error error, std::string_view outer) {
  if (error.where.empty()) {
    error.where = outer;
  } else if (error.where.front() == '[') {
    error.where = std::string(outer) + error.where;
  } else {
    error.where = std::string(outer) + "." + error.where;
  }
  return error;
}

}  // namespace holdfast
