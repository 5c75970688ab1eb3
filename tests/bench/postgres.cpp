#include "tests/bench/postgres.h"

#include <cstdlib>

#include "store/postgres/connection.h"

namespace holdfast::bench {
namespace {

constexpr std::chrono::milliseconds patience{120'000};

Result<std::string> address_of(const std::string& database) {
  const char* const named = std::getenv("HOLDFAST_TEST_POSTGRES");
  if (!named) {
    return fail(ErrorCode::Unavailable, "there is no PostgreSQL server", "HOLDFAST_TEST_POSTGRES");
  }
  std::string url = named;
  constexpr std::string_view mark = "DATABASE";
  return url.replace(url.find(mark), mark.size(), database);
}

Result<std::string> make(const std::string& name, const std::string& how) {
  auto server = address_of("postgres");
  if (!server) return server;
  auto connection = store::pg::Connection::open({*server, ""}, "holdfast bench", "");
  if (!connection) return fail(connection.error());
  // Each by itself: databases are not made inside a transaction.
  for (const auto& statement :
       {"drop database if exists " + name, "create database " + name + how}) {
    if (auto done = (*connection)->script(statement, patience); !done) return fail(done.error());
  }
  return address_of(name);
}

}  // namespace

Result<std::string> fresh_database(const std::string& name) { return make(name, ""); }

Result<std::string> copied_database(const std::string& name, const std::string& copy) {
  return make(copy, " template " + name);
}

}  // namespace holdfast::bench
