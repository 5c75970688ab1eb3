#pragma once
// TestServer: a PostgreSQL for tests, named by the environment; where none is named, what needs one
// is no test. It must never be pointed at a server that holds anything of worth.

#include <optional>
#include <string>

#include "store/postgres/connection.h"

namespace holdfast::store::pg {

/// HOLDFAST_TEST_POSTGRES: the server's address with the word DATABASE for the database's name.
/// libpq takes the password from PGPASSWORD. Nothing when it is not set.
std::optional<std::string> test_server();

/// A place of its own for one test (a schema of one database, which is quicker to make); dropped
/// when this ends.
class TestDatabase {
 public:
  TestDatabase();
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  /// Its address.
  std::string url() const;
  /// The same on another host and port of this machine, as behind a proxy.
  std::string url_at(int port) const;
  /// Runs a script on a connection of its own; gives the last answer.
  Result<Answer> run(const std::string& script) const;

 private:
  std::string name_;
};

}  // namespace holdfast::store::pg
