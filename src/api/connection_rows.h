#pragma once
// ConnectionRows: the accounts that were set in the console, as the store keeps them for the next
// opening (engine/settings/overlay.h). Secrets stay sealed here unless they are asked for.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"

namespace holdfast::api {

using Texts = std::map<std::string, std::string>;

/// One row of kind "account".
struct ConnectionRow {
  std::string room, id, kind;
  Texts settings;        // without secrets
  std::string sealed;    // the secrets; "" for none
  Texts secret_dates;    // by key: when it was set
  bool removed = false;  // as an older program kept it
  std::string by;
  Instant at;

  engine::OverlayAccount overlay(const Texts& secrets) const;
};

/// Every row, removed ones too. Errors are the store's.
Result<std::vector<ConnectionRow>> connection_rows(Desk& desk);

/// The row of an id that is not removed.
const ConnectionRow* row_of(const std::vector<ConnectionRow>& rows, const std::string& id);

/// The secrets of a row. Invalid when they do not open.
Result<Texts> secrets_of(Desk& desk, const ConnectionRow& row);

/// The record of a row with its secrets sealed anew.
ports::RecordRow record_of(Desk& desk, const ConnectionRow& row, const Texts& secrets);

/// The newest trial of a connection, as the contract's ConnectionTest; null when there is none.
Result<Json> kept_test(Desk& desk, const std::string& id);
ports::RecordRow test_row(Desk& desk, const std::string& id, const Json& test);

}  // namespace holdfast::api
