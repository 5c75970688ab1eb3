#pragma once
// CodeTable: a tracking connector's codes.csv, their code → our status, flag, proof and party.
// It never guesses: a code that is not listed is Unknown and proves nothing physical.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/enums.h"

namespace holdfast::ports {

/// One line of codes.csv.
struct CodeRow {
  std::string code;
  TrackingStatus status = TrackingStatus::Unknown;
  bool keeps_status = false;  // "last": a circumstance; the parcel's status stays what it was
  TrackingFlag flag = TrackingFlag::None;
  Proof proof = Proof::Electronic;
  Party party = Party::None;
  std::string note;
};

/// The whole file, looked up by code without regard to ASCII case.
class CodeTable {
 public:
  /// The row of a code; for an unlisted one a row that says Unknown and Electronic.
  const CodeRow& of(std::string_view code) const;
  /// Whether the code is listed.
  bool knows(std::string_view code) const;
  /// First 12 hexadecimal digits of the file's SHA-256: the mapping version events carry.
  const std::string& version() const { return version_; }
  const std::vector<CodeRow>& rows() const { return rows_; }

 private:
  friend Result<CodeTable> parse_codes(std::string_view);
  std::vector<CodeRow> rows_;  // sorted by lower-case code
  std::string version_;
};

/// Reads codes.csv: columns code,status,flag,proof,party,note. Invalid, with the line, when a name
/// is not ours, a code stands twice or the columns differ.
Result<CodeTable> parse_codes(std::string_view csv);

/// Rows of RFC 4180 text, quotes undone, empty lines left out; CR LF and LF both end a row.
/// Invalid when a quote never closes.
Result<std::vector<std::vector<std::string>>> parse_csv(std::string_view text);

/// One RFC 4180 row ended by CR LF. A cell that a spreadsheet would run as a formula (it starts
/// with = + - @, a tab or a line end) gets an apostrophe in front.
std::string csv_row(const std::vector<std::string>& cells);

}  // namespace holdfast::ports
