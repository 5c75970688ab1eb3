#include "connectors/channels/shopify/codes.h"

#include <map>

#include "base/text.h"
#include "connectors/channels/shopify/files.h"

namespace holdfast::connectors::shopify {
namespace {

using Table = std::map<std::string, std::string, std::less<>>;

/// Letters and digits only, in lower case: "DHL eCommerce" and "dhl_ecommerce" are one carrier.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : lower(text)) {
    if (c != ' ' && c != '-' && c != '_' && c != '.') out.push_back(c);
  }
  return out;
}

/// First column to second; both columns are keys when `both`. No field of these files is quoted.
Table read_table(std::string_view csv, bool both) {
  Table table;
  const auto rows = split(csv, '\n');
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto fields = split(trim(rows[i]), ',');
    if (fields.size() < 2) continue;
    table.try_emplace(both ? folded(fields[0]) : std::string(fields[0]), fields[1]);
    if (both && !fields[1].empty()) table.try_emplace(folded(fields[1]), fields[1]);
  }
  return table;
}

std::string look_up(const Table& table, std::string_view key) {
  const auto found = table.find(key);
  return found == table.end() ? std::string() : found->second;
}

}  // namespace

std::string event_status_of(TrackingStatus status) {
  static const Table table = read_table(codes_csv, false);
  return look_up(table, name_of(status));
}

std::string known_company(std::string_view carrier) {
  static const Table table = read_table(carriers_csv, true);
  return look_up(table, folded(carrier));
}

std::string hold_reason_of(std::string_view reason) {
  static const Table table = read_table(reasons_csv, false);
  const auto found = look_up(table, reason);
  return found.empty() ? "OTHER" : found;
}

}  // namespace holdfast::connectors::shopify
