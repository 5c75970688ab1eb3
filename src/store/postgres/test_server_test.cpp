#include "store/postgres/test_server.h"

#include <cstdlib>

#include <gtest/gtest.h>
#include <sodium.h>
#include <unistd.h>

#include "base/hash.h"

namespace holdfast::store::pg {
namespace {

constexpr std::chrono::milliseconds limit{30'000};

std::string server_url() {
  auto url = *test_server();
  constexpr std::string_view mark = "DATABASE";
  return url.replace(url.find(mark), mark.size(), "postgres");
}

Result<Answer> run_at(const std::string& url, const std::string& script) {
  auto connection = Connection::open({url, ""}, "holdfast test", "");
  if (!connection) return fail(connection.error());
  return (*connection)->script(script, limit);
}

}  // namespace

std::optional<std::string> test_server() {
  const char* const named = std::getenv("HOLDFAST_TEST_POSTGRES");
  return named ? std::optional<std::string>(named) : std::nullopt;
}

TestDatabase::TestDatabase() {
  std::string bytes(8, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  name_ = "test_" + hex(bytes);
  const auto made = run_at(server_url(), "create schema " + name_);
  EXPECT_TRUE(made) << describe(made.error());
}

TestDatabase::~TestDatabase() {
  const auto gone = run_at(server_url(), "drop schema " + name_ + " cascade");
  EXPECT_TRUE(gone) << describe(gone.error());
}

std::string TestDatabase::url() const { return server_url() + "?options=-csearch_path%3D" + name_; }

std::string TestDatabase::url_at(int port) const {
  auto url = this->url();
  const auto from = url.find(':', url.find('@')) + 1;
  return url.replace(from, url.find('/', from) - from, std::to_string(port));
}

Result<Answer> TestDatabase::run(const std::string& script) const { return run_at(url(), script); }

}  // namespace holdfast::store::pg
