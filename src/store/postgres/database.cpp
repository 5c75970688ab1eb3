#include "store/postgres/database.h"

#include <algorithm>

#include "store/postgres/dialect.h"
#include "store/postgres/stored_text.h"

namespace holdfast::store::pg {
namespace {

// Every question is a look-up by key or a page in an index's order. Without statistics, as after a
// bulk load, the planner may think otherwise; so it is told. Plans do not depend on values, since
// what decides (open or not, live or not) stands in the statements' texts.
constexpr const char* reading =
    "-c default_transaction_read_only=on -c statement_timeout=2000"
    " -c idle_in_transaction_session_timeout=10000 -c plan_cache_mode=force_generic_plan"
    " -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off"
    " -c enable_mergejoin=off -c jit=off";

}  // namespace

void Query::restart() {
  parameters_.clear();
  answer_.reset();
  row_ = -1;
}

Result<bool> Query::next() {
  if (!answer_) {
    auto answered = database_.connection().ask(sql_, parameters_, read_limit);
    if (!answered) return fail(answered.error());
    answer_ = std::move(*answered);
  }
  ++row_;
  column_ = 0;
  changed_.clear();
  return row_ < answer_->rows();
}

std::string_view Query::view() {
  const int column = column_++;
  const auto bytes = answer_->bytes(row_, column);
  if (!answer_->is_text(column) || !holds_stored_bytes(bytes)) return bytes;
  changed_.push_back(std::make_unique<std::string>(from_stored(bytes)));
  return *changed_.back();
}

Digest Query::digest() {
  Digest digest{};
  const auto bytes = view();
  if (bytes.size() == digest.size()) std::ranges::copy(bytes, digest.begin());
  return digest;
}

Result<std::unique_ptr<Database>> Database::open(const Address& address, const std::string& name) {
  auto connection = Connection::open(address, name, reading);
  if (!connection) return fail(connection.error());
  return std::make_unique<Database>(std::move(*connection));
}

Query Database::query(std::string_view sql) {
  auto known = texts_.find(sql);
  if (known == texts_.end()) {
    known = texts_.emplace(sql, std::make_unique<std::string>(postgres_statement(sql))).first;
  }
  return {*this, *known->second};
}

Status Database::begin() {
  auto begun = connection_->script("begin isolation level repeatable read", read_limit);
  if (!begun) return fail(begun.error());
  begun_ = true;
  return {};
}

bool Database::end() {
  if (!connection_->usable()) return false;
  if (!std::exchange(begun_, false)) return true;
  return connection_->script("rollback", read_limit).has_value();
}

}  // namespace holdfast::store::pg
