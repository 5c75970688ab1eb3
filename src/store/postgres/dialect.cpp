#include "store/postgres/dialect.h"

#include <array>
#include <utility>

namespace holdfast::store::pg {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string postgres_statement(std::string_view sql) {
  constexpr std::string_view hint = " indexed by ";
  std::string out;
  int last = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const char c = sql[i];
    if (c == '\'') quoted = !quoted;
    if (!quoted && sql.substr(i).starts_with(hint)) {
      i = sql.find(' ', i + hint.size());
      if (i == std::string_view::npos) break;
      --i;
    } else if (!quoted && c == '?') {
      out += '$';
      if (i + 1 == sql.size() || !is_digit(sql[i + 1])) out += std::to_string(++last);
    } else {
      out += c;
    }
  }
  replace_all(out, "instr(", "strpos(");
  return out;
}

std::string postgres_script(std::string_view script) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words = {{
      {" integer not null", " bigint not null"},
      {" blob not null", " bytea not null"},
      {" text not null", " text collate \"C\" not null"},
      {") strict, without rowid;", ");"},
  }};
  std::string out(script);
  for (const auto& [ours, theirs] : words) replace_all(out, ours, theirs);
  return out;
}

}  // namespace holdfast::store::pg
