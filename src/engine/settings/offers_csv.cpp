#include "engine/settings/offers_csv.h"

#include "base/text.h"
#include "engine/settings/strict.h"
#include "engine/settings/toml.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_bytes = 64u << 20;
constexpr std::size_t most_records = 200'000;

using Record = std::pair<std::int64_t, std::vector<std::string>>;

Status known_columns(const std::vector<std::string>& header, const std::string& path) {
  const auto known = names_of<Offer>();
  for (const auto& column : header) {
    if (std::ranges::find(known, column) == known.end()) {
      return fail(unknown_key_error(column, path + ":1", known));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<Record>> parse_csv(std::string_view text) {
  if (!is_utf8(text)) {
    return fail(ErrorCode::Invalid, "the file is not UTF-8", "", "save it as CSV UTF-8");
  }
  std::vector<Record> records;
  Record record{1, {}};
  std::string cell;
  bool quoted = false, started = false;
  std::int64_t line = 1;
  const auto end_cell = [&] {
    record.second.push_back(std::move(cell));
    cell.clear();
  };
  const auto end_record = [&] {
    if (started) {
      end_cell();
      records.push_back(std::move(record));
    }
    record = {line, {}};
    started = false;
  };
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t i = 0; i < text.size() && records.size() <= most_records; ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"')
        cell += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        cell += text[++i];
      else
        quoted = false;
      continue;
    }
    if (c == '\r') continue;
    if (c == '\n') {
      end_record();
      continue;
    }
    started = true;
    if (c == '"' && cell.empty())
      quoted = true;
    else if (c == ',')
      end_cell();
    else
      cell += c;
  }
  if (quoted) {
    return fail(ErrorCode::Invalid, "a quote is not closed", std::to_string(record.first));
  }
  end_record();
  if (records.size() > most_records) {
    return fail(ErrorCode::TooLarge, "more than 200,000 records", std::to_string(line));
  }
  return records;
}

Result<std::vector<std::pair<std::int64_t, Offer>>> read_offers_csv(const std::string& path,
                                                                    const ReadContext& context) {
  auto text = read_text_file(path, most_bytes);
  if (!text) return fail(text.error());
  auto records = parse_csv(*text);
  if (!records) return fail(within(records.error(), path + ":"));
  std::vector<std::pair<std::int64_t, Offer>> offers;
  if (records->empty()) return offers;
  const auto& header = records->front().second;
  if (auto status = known_columns(header, path); !status) return fail(status.error());
  for (std::size_t i = 1; i < records->size(); ++i) {
    const auto& [line, cells] = (*records)[i];
    const auto where = path + ":" + std::to_string(line);
    if (cells.size() != header.size()) {
      return fail(ErrorCode::Invalid, "the header has another number of columns", where);
    }
    Json row = Json::Object{};
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const auto cell = trim(cells[column]);
      if (!cell.empty()) row.set(header[column], Json(cell));
    }
    Offer offer;
    if (auto status = read_section(row, offer, context, where); !status) {
      return fail(status.error());
    }
    offers.emplace_back(line, std::move(offer));
  }
  return offers;
}

}  // namespace holdfast::engine
