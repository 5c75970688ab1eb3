#include "base/log.h"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "base/json.h"
#include "base/text.h"

namespace holdfast {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t longest_value_bytes = 4096;
constexpr std::size_t most_counted_lines = 1024;

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return spdlog::level::debug;
    case LogLevel::Info:
      return spdlog::level::info;
    case LogLevel::Warning:
      return spdlog::level::warn;
    case LogLevel::Error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::shared_ptr<spdlog::logger> make_logger(const LogOptions& options) {
  spdlog::sink_ptr sink;
  if (options.file.empty()) {
    sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  } else {
    sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file);
  }
  auto logger = std::make_shared<spdlog::logger>("holdfast", std::move(sink));
  const char* pattern = options.json ? R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                                     : "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
  logger->set_formatter(
      std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc));
  logger->set_level(spdlog_level(options.level));
  logger->flush_on(spdlog::level::info);
  return logger;
}

// Bytes that are not UTF-8 would make the whole line unreadable for a JSON reader.
void append_text(std::string& out, std::string_view text) {
  text = clipped(text, longest_value_bytes);
  if (is_utf8(text)) {
    append_json_string(out, text);
    return;
  }
  std::string plain(text);
  for (char& c : plain) c = static_cast<unsigned char>(c) < 0x80 ? c : '?';
  append_json_string(out, plain);
}

bool reads_plainly(std::string_view text) {
  if (text.empty() || text.size() > longest_value_bytes) return false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f || c == '"' || c == '=' || c == '\\') return false;
  }
  return true;
}

std::string value_text(const LogField& field, bool json) {
  switch (field.shown) {
    case FieldClass::Public:
      break;
    case FieldClass::Secret:
      return json ? R"("[secret]")" : "[secret]";
    case FieldClass::Personal:
      return json ? R"("[personal]")" : "[personal]";
  }
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&field.value)) return *truth ? "true" : "false";
  const auto& text = std::get<std::string>(field.value);
  if (!json && reads_plainly(text)) return text;
  std::string out;
  append_text(out, text);
  return out;
}

// A member name that a caller's field may not take, because the line itself uses it.
bool is_reserved(std::string_view name) {
  return name == "at" || name == "level" || name == "room" || name == "message";
}

std::string line_text(std::string_view room, std::string_view message, LogFields fields,
                      bool json) {
  std::string out;
  if (json) {
    out += R"("room":)";
    append_text(out, room);
    out += R"(,"message":)";
    append_text(out, message);
  } else {
    out.append(room).append(": ");
    std::string quoted;
    append_text(quoted, message);
    out.append(quoted, 1, quoted.size() - 2);
  }
  for (const auto& field : fields) {
    std::string name = is_reserved(field.name) ? field.name + "_" : field.name;
    out += json ? "," : " ";
    if (json) {
      append_text(out, name);
      out += ':';
    } else {
      out.append(name).push_back('=');
    }
    out += value_text(field, json);
  }
  return out;
}

struct Repeats {
  SteadyTime since;
  std::uint32_t printed = 0;
  std::int64_t counted = 0;
  LogLevel level = LogLevel::Info;
};

class Log {
 public:
  Log() : logger_(make_logger(LogOptions{})) {}

  void use(const LogOptions& options, std::shared_ptr<spdlog::logger> logger) {
    const std::lock_guard lock(mutex_);
    report_counted(SteadyTime::max());
    logger_->flush();
    options_ = options;
    logger_ = std::move(logger);
    level_ = options.level;
  }

  bool shows(LogLevel level) const { return level >= level_.load(std::memory_order_relaxed); }

  void line(LogLevel level, std::string_view room, std::string_view message, LogFields fields) {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    if (now >= next_report_) {
      report_counted(now);
      next_report_ = now + std::chrono::seconds(1);
    }
    if (is_repeat(level, room, message, now)) return;
    print(level, room, message, fields);
  }

  void flush() {
    const std::lock_guard lock(mutex_);
    report_counted(SteadyTime::max());
    logger_->flush();
  }

 private:
  void print(LogLevel level, std::string_view room, std::string_view message, LogFields fields) {
    logger_->log(spdlog_level(level),
                 spdlog::string_view_t(line_text(room, message, fields, options_.json)));
  }

  bool is_repeat(LogLevel level, std::string_view room, std::string_view message, SteadyTime now) {
    if (options_.repeats_per_second == 0) return false;
    auto key = std::pair(std::string(room), std::string(message));
    auto found = repeats_.find(key);
    if (found == repeats_.end()) {
      // A full table means callers build messages; they go unlimited rather than unbounded.
      if (repeats_.size() >= most_counted_lines) return false;
      found = repeats_.emplace(std::move(key), Repeats{now}).first;
    }
    auto& entry = found->second;
    if (now - entry.since >= std::chrono::seconds(1)) {
      report(found->first.first, found->first.second, entry);
      entry = Repeats{now};
    }
    entry.level = level;
    if (entry.printed < options_.repeats_per_second) {
      ++entry.printed;
      return false;
    }
    ++entry.counted;
    return true;
  }

  void report(std::string_view room, std::string_view message, const Repeats& entry) {
    if (entry.counted > 0) print(entry.level, room, message, {field("repeats", entry.counted)});
  }

  // Reports and forgets every entry whose second ended before `now`.
  void report_counted(SteadyTime now) {
    for (auto it = repeats_.begin(); it != repeats_.end();) {
      if (now != SteadyTime::max() && now - it->second.since < std::chrono::seconds(1)) {
        ++it;
        continue;
      }
      report(it->first.first, it->first.second, it->second);
      it = repeats_.erase(it);
    }
  }

  std::mutex mutex_;
  LogOptions options_;
  std::atomic<LogLevel> level_ = LogLevel::Info;
  std::shared_ptr<spdlog::logger> logger_;
  SteadyTime next_report_ = {};
  std::map<std::pair<std::string, std::string>, Repeats> repeats_;
};

// The one process-wide object: standard error is process-wide as well. It is never destroyed,
// because threads may log until the very end.
Log& the_log() {
  static Log* const log = new Log;
  return *log;
}

}  // namespace

LogField field(std::string_view name, std::string_view text, FieldClass shown) {
  return {std::string(name), shown == FieldClass::Public ? std::string(text) : std::string(),
          shown};
}

LogField field(std::string_view name, const char* text, FieldClass shown) {
  return field(name, std::string_view(text), shown);
}

LogField field(std::string_view name, bool value) {
  return {std::string(name), value, FieldClass::Public};
}

Status configure_log(const LogOptions& options) {
  try {
    the_log().use(options, make_logger(options));
    return {};
  } catch (const spdlog::spdlog_ex&) {
    return fail(ErrorCode::Unavailable, "the log file cannot be opened", options.file,
                "check the folder and its permissions");
  }
}

void flush_log() { the_log().flush(); }

bool log_shows(LogLevel level) { return the_log().shows(level); }

void log_line(LogLevel level, std::string_view room, std::string_view message, LogFields fields) {
  if (log_shows(level)) the_log().line(level, room, message, fields);
}

Result<LogLevel> parse_log_level(std::string_view text) {
  if (text == "debug") return LogLevel::Debug;
  if (text == "info") return LogLevel::Info;
  if (text == "warning") return LogLevel::Warning;
  if (text == "error") return LogLevel::Error;
  return fail(ErrorCode::Invalid, "not a log level", std::string(clipped(text, 40)),
              "use debug, info, warning or error");
}

}  // namespace holdfast
