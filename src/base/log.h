#pragma once
// Log: lines for the operator, made of typed fields whose class decides what may be read.
// It must never print a secret or personal field, and nothing may depend on what was logged.

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"

namespace holdfast {

enum class LogLevel { Debug, Info, Warning, Error };

/// Who may read a field. Only Public values reach the log; of the others only the class is shown.
enum class FieldClass { Public, Secret, Personal };

/// One named value of a log line. A value that may not be shown is dropped when the field is made.
struct LogField {
  std::string name;
  std::variant<std::string, std::int64_t, bool> value;
  FieldClass shown = FieldClass::Public;
};

/// A field with text; for Secret and Personal the text itself is never kept.
LogField field(std::string_view name, std::string_view text, FieldClass shown = FieldClass::Public);
LogField field(std::string_view name, const char* text, FieldClass shown = FieldClass::Public);
LogField field(std::string_view name, bool value);

/// A field with a whole number.
template <std::integral Number>
LogField field(std::string_view name, Number number) {
  return {std::string(name), static_cast<std::int64_t>(number), FieldClass::Public};
}

using LogFields = std::initializer_list<LogField>;

/// Where lines go and which ones.
struct LogOptions {
  LogLevel level = LogLevel::Info;
  bool json = false;                      // one JSON object per line instead of text for people
  std::string file;                       // "" is standard error
  std::uint32_t repeats_per_second = 20;  // of one room and message; 0 is no limit
};

/// Sets the log of this process up; may be called again. Unavailable when the file cannot be
/// opened, and then the former log stays.
Status configure_log(const LogOptions& options);

/// Writes out what was counted instead of printed, and flushes the sink.
void flush_log();

/// Whether a line of this level would be printed; for callers whose fields are costly to make.
bool log_shows(LogLevel level);

/// Logs one line; any thread. `message` must be a constant phrase, since repeats are counted by it:
/// a line that comes more often than `repeats_per_second` is counted and reported as one line with
/// the field `repeats` once its second is over.
void log_line(LogLevel level, std::string_view room, std::string_view message, LogFields fields);

/// The same for one level each.
inline void log_debug(std::string_view room, std::string_view message, LogFields fields = {}) {
  log_line(LogLevel::Debug, room, message, fields);
}
inline void log_info(std::string_view room, std::string_view message, LogFields fields = {}) {
  log_line(LogLevel::Info, room, message, fields);
}
inline void log_warning(std::string_view room, std::string_view message, LogFields fields = {}) {
  log_line(LogLevel::Warning, room, message, fields);
}
inline void log_error(std::string_view room, std::string_view message, LogFields fields = {}) {
  log_line(LogLevel::Error, room, message, fields);
}

/// Reads "debug", "info", "warning" or "error"; Invalid for anything else.
Result<LogLevel> parse_log_level(std::string_view text);

}  // namespace holdfast
