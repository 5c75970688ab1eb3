#include "ports/codes.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace holdfast::ports {
namespace {

const std::vector<std::string> columns = {"code", "status", "flag", "proof", "party", "note"};

tl::unexpected<Error> at_line(Error error, std::size_t line) {
  return fail(within(std::move(error), "codes.csv line " + std::to_string(line)));
}

Result<CodeRow> read_row(const std::vector<std::string>& cells) {
  if (cells.size() != columns.size()) {
    return fail(ErrorCode::Invalid, "wrong number of columns", "",
                "the columns are " + join(columns, ","));
  }
  CodeRow row;
  row.code = cells[0];
  row.keeps_status = cells[1] == "last";
  if (!row.keeps_status) {
    const auto status = from_name<TrackingStatus>(cells[1]);
    if (!status) return fail(status.error());
    row.status = *status;
  }
  const auto flag = from_name<TrackingFlag>(cells[2]);
  if (!flag) return fail(flag.error());
  const auto proof = from_name<Proof>(cells[3]);
  if (!proof) return fail(proof.error());
  const auto party = from_name<Party>(cells[4]);
  if (!party) return fail(party.error());
  row.flag = *flag;
  row.proof = *proof;
  row.party = *party;
  row.note = cells[5];
  return row;
}

bool by_code(const CodeRow& a, const CodeRow& b) { return lower(a.code) < lower(b.code); }

const CodeRow* find(const std::vector<CodeRow>& rows, std::string_view code) {
  CodeRow wanted;
  wanted.code = code;
  const auto at = std::lower_bound(rows.begin(), rows.end(), wanted, by_code);
  return at != rows.end() && lower(at->code) == lower(code) ? &*at : nullptr;
}

bool runs_as_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r\n").find(cell.front()) != cell.npos;
}

}  // namespace

const CodeRow& CodeTable::of(std::string_view code) const {
  static const CodeRow unlisted;
  const auto* row = find(rows_, code);
  return row ? *row : unlisted;
}

bool CodeTable::knows(std::string_view code) const { return find(rows_, code) != nullptr; }

Result<CodeTable> parse_codes(std::string_view csv) {
  auto cells = parse_csv(csv);
  if (!cells) return fail(cells.error());
  if (cells->empty() || cells->front() != columns) {
    return fail(ErrorCode::Invalid, "not a code table", "codes.csv line 1",
                "the columns are " + join(columns, ","));
  }
  CodeTable table;
  for (std::size_t i = 1; i < cells->size(); ++i) {
    auto row = read_row((*cells)[i]);
    if (!row) return at_line(row.error(), i + 1);
    table.rows_.push_back(std::move(*row));
  }
  std::sort(table.rows_.begin(), table.rows_.end(), by_code);
  for (std::size_t i = 1; i < table.rows_.size(); ++i) {
    if (lower(table.rows_[i - 1].code) == lower(table.rows_[i].code)) {
      return fail(ErrorCode::Invalid, "a code stands twice", table.rows_[i].code);
    }
  }
  table.version_ = hex(sha256(csv)).substr(0, 12);
  return table;
}

Result<std::vector<std::vector<std::string>>> parse_csv(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false;
  bool any = false;  // the row has a cell, even an empty one
  const auto end_cell = [&] { row.push_back(std::exchange(cell, {})); };
  const auto end_row = [&] {
    if (any) {
      end_cell();
      rows.push_back(std::exchange(row, {}));
    }
    any = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell.push_back(c);
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell.push_back(text[++i]);
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.empty()) {
      quoted = any = true;
    } else if (c == ',') {
      end_cell();
      any = true;
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r' || i + 1 == text.size() || text[i + 1] != '\n') {
      cell.push_back(c);
      any = true;
    }
  }
  if (quoted) return fail(ErrorCode::Invalid, "a quote never closes", "", "end it with \"");
  end_row();
  return rows;
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out.push_back(',');
    const std::string cell = runs_as_formula(cells[i]) ? "'" + cells[i] : cells[i];
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      out += cell;
      continue;
    }
    out.push_back('"');
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    out.push_back('"');
  }
  return out + "\r\n";
}

}  // namespace holdfast::ports
