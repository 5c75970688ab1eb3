#include "store/postgres/postgres_store.h"

#include <functional>
#include <utility>

#include <sodium.h>

#include "store/postgres/database.h"
#include "store/postgres/pool.h"
#include "store/postgres/read.h"
#include "store/postgres/writer.h"
#include "store/sql/reads.h"

namespace holdfast::store {
namespace {

using namespace ports;

std::string random_name() {
  std::string bytes(16, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return hex(bytes);
}

pg::WriterOptions writer_options(const pg::Address& address, const PostgresOptions& options) {
  return {address, random_name(), options.reached_at, options.lease, options.unknown_limit};
}

class OpenedPostgres final : public sql::Reads<PostgresStore, OpenedPostgres> {
 public:
  OpenedPostgres(const pg::Address& address, const PostgresOptions& options)
      : writer_(writer_options(address, options)),
        readers_(address, "holdfast reader", options.readers) {}

  Status start() { return writer_.start(); }

  Status write(const Batch& batch) override { return writer_.write(batch); }

  // Of several statements: they must see the same commit.
  Result<std::vector<OrderRow>> orders_of(const std::vector<StreamKey>& streams) override {
    return in_snapshot([&](auto& db) { return sql::read_orders_of(db, streams); });
  }
  Result<Expired> expired(const ExpiryQuery& query) override {
    return in_snapshot([&](auto& db) { return sql::read_expired(db, query); });
  }
  Result<std::vector<StreamKey>> search(TenantId tenant, const std::vector<std::string>& tokens,
                                        std::size_t limit, std::int64_t before) override {
    return in_snapshot(
        [&](auto& db) { return sql::read_search(db, tenant, tokens, limit, before); });
  }

  Status take_lease(TenantId tenant) override {
    const auto taken = writer_.take(tenant);
    return taken ? Status() : fail(taken.error());
  }
  Status renew_lease(TenantId tenant) override { return writer_.renew(tenant); }
  Status give_up_lease(TenantId tenant) override { return writer_.give_up(tenant); }
  bool holds_lease(TenantId tenant) const override { return writer_.holds(tenant); }

  Result<LeaseView> lease_of(TenantId tenant) override {
    const bool mine = writer_.holds(tenant);
    return reading([&](pg::Database& db) -> Result<LeaseView> {
      auto query = db.query(
          "select epoch, address, until_ms - (extract(epoch from clock_timestamp()) * 1000)::bigint"
          " from lease where tenant_id = ?");
      const auto row = query.with(tenant.value).next();
      if (!row) return fail(row.error());
      if (!*row) return LeaseView{};
      const auto epoch = query.integer();
      auto address = query.text();
      return LeaseView{epoch, std::move(address), mine, {query.integer()}};
    });
  }

  Status leave_letter(TenantId tenant, const Letter& letter) override {
    auto parameters = key_of(tenant, letter);
    parameters.add_blob(letter.bytes);
    const auto done = writer_.run(
        "insert into letterbox values ($1, $2, $3, $4)"
        " on conflict (tenant_id, received_at_ms, id) do nothing",
        parameters);
    return done ? Status() : fail(done.error());
  }

  Result<std::vector<Letter>> letters(TenantId tenant, std::size_t limit) override {
    return reading([&](pg::Database& db) {
      auto query = db.query(
          "select id, received_at_ms, bytes from letterbox where tenant_id = ?"
          " order by received_at_ms, id limit ?");
      query.with(tenant.value, bounded(limit));
      return all_rows<Letter>(query, [](pg::Query& row) -> Result<Letter> {
        return Letter{row.text(), {row.integer()}, row.text()};
      });
    });
  }

  Status drop_letter(TenantId tenant, const Letter& letter) override {
    const auto done = writer_.run(
        "delete from letterbox where tenant_id = $1 and received_at_ms = $2 and id = $3",
        key_of(tenant, letter));
    return done ? Status() : fail(done.error());
  }

  // Runs a question on a reading connection. One that broke while it lay there says nothing of the
  // server: the question is asked once more on a new one.
  template <class Read>
  auto reading(const Read& read) -> decltype(read(std::declval<pg::Database&>())) {
    for (bool again = false;; again = true) {
      auto loan = readers_.lend();
      if (!loan) return fail(loan.error());
      auto answer = read(**loan);
      if (answer || again || loan->fresh() || (**loan).connection().usable()) return answer;
    }
  }

 private:
  template <class Read>
  auto in_snapshot(const Read& read) -> decltype(read(std::declval<pg::Database&>())) {
    return reading([&](pg::Database& db) -> decltype(read(db)) {
      if (auto begun = db.begin(); !begun) return fail(begun.error());
      return read(db);
    });
  }

  static pg::Parameters key_of(TenantId tenant, const Letter& letter) {
    pg::Parameters parameters;
    parameters.add(tenant.value);
    parameters.add(letter.received_at.ms);
    parameters.add(std::string_view(letter.id));
    return parameters;
  }

  pg::Writer writer_;
  pg::Pool readers_;
};

}  // namespace

bool is_postgres(const std::string& url) {
  return url.starts_with("postgres://") || url.starts_with("postgresql://");
}

Result<std::unique_ptr<PostgresStore>> open_postgres_store(const std::string& url,
                                                           const PostgresOptions& options) {
  auto store = std::make_unique<OpenedPostgres>(pg::Address{url, options.password}, options);
  if (auto started = store->start(); !started) return fail(started.error());
  return store;
}

}  // namespace holdfast::store
