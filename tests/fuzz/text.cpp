// Small texts that stand in messages, files and addresses: each reads back what it wrote.
#include "base/hash.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/money.h"
#include "ports/codes.h"
#include "tests/fuzz/targets.h"

namespace holdfast::fuzz {
namespace {

void json(std::string_view bytes) {
  const auto read = parse_json(bytes);
  if (!read) return;
  const auto text = to_text(*read);
  const auto again = parse_json(text);
  expect(again.has_value(), "what was written reads again");
  expect(to_text(*again) == text, "JSON written twice is the same");
}

void instant(std::string_view bytes) {
  if (const auto read = parse_instant(bytes)) {
    expect(parse_instant(to_text(*read)) == read, "an instant reads back as it was written");
  }
  (void)parse_duration(bytes);
}

/// First line: a currency; the rest: an amount.
void money(std::string_view bytes) {
  if (const auto read = parse_money(bytes)) {
    expect(parse_money(to_text(*read)) == read, "money reads back as it was written");
  }
  if (const auto read = parse_unit_price(bytes)) {
    expect(parse_unit_price(to_text(*read)) == read, "a unit price reads back as it was written");
  }
  const auto line = bytes.find('\n');
  if (line == std::string_view::npos) return;
  const auto currency = parse_currency(bytes.substr(0, line));
  if (!currency) return;
  (void)money_from_decimal(bytes.substr(line + 1), *currency);
  (void)unit_price_from_decimal(bytes.substr(line + 1), *currency);
}

void codings(std::string_view bytes) {
  if (const auto plain = from_hex(bytes)) {
    expect(from_hex(hex(*plain)) == plain, "hexadecimal reads back");
  }
  if (const auto plain = from_base64(bytes)) {
    expect(from_base64(base64(*plain)) == plain, "base64 reads back");
  }
  expect(from_hex(hex(std::string(bytes))) == std::string(bytes), "any bytes go through hex");
  expect(from_base64(base64(std::string(bytes))) == std::string(bytes), "and through base64");
}

void csv(std::string_view bytes) {
  (void)ports::parse_codes(bytes);
  const auto rows = ports::parse_csv(bytes);
  if (!rows) return;
  std::string text;
  for (const auto& row : *rows) text += ports::csv_row(row);
  const auto again = ports::parse_csv(text);
  expect(again.has_value(), "what was written as CSV reads again");
  expect(again->size() <= rows->size(), "no row is made up");
}

constexpr Target group[] = {
    {"json", "JSON of any kind", json,
     [] {
       return std::vector<std::string>{R"({"a":[1,-2.5e3,"\u00e9\n",null,true],"b":{}})", "[]",
                                       "12345678901234567890"};
     }},
    {"instant", "instants and durations", instant,
     [] {
       return std::vector<std::string>{"2026-02-28T23:59:59.999Z", "2026-10-25T02:30:00+02:00",
                                       "36h", "9013-10-25T02:30:00+02:00"};
     }},
    {"money", "money, unit prices, decimals", money,
     [] { return std::vector<std::string>{"EUR 12.34", "KWD\n1.234567", "JPY 100"}; }},
    {"codings", "hexadecimal and base64", codings,
     [] { return std::vector<std::string>{"00ff", "aGVsbG8=", "aGVsbG8"}; }},
    {"csv", "CSV and tables of codes", csv,
     [] {
       return std::vector<std::string>{
           "code,status,flag,proof,party,note\r\nDEL,delivered,,physical,,\"a, \"\"b\"\"\"\r\n"};
     }},
};

}  // namespace

std::span<const Target> text_targets() { return group; }

}  // namespace holdfast::fuzz
