#pragma once
// What the tests of the PostgreSQL store share: rows that are written and found again, and that
// they exist only where the environment names a server. For tests only.

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "ports/store.h"
#include "store/postgres/test_server.h"

namespace holdfast {

/// A suite that needs a server; its tests' parameter is the server's address.
class OnServer : public testing::TestWithParam<std::string> {};

/// The server that the environment names, or none: then there are no tests.
inline auto servers() {
  const auto named = store::pg::test_server();
  return testing::ValuesIn(named ? std::vector{*named} : std::vector<std::string>{});
}

inline constexpr TenantId one_tenant{1};

/// A batch with event `seq` of one stream, and beside it a record that names it.
inline ports::Batch batch_of(std::int64_t seq, const std::string& word = {}) {
  const ports::StreamKey stream{one_tenant, ports::StreamKind::Order, 1};
  ports::Batch batch;
  batch.add_events = {{stream, seq, seq, seq - 1, {1000 + seq}, "test", "{}", sha256("event")}};
  ports::OrderRow order;
  order.stream = stream;
  order.head_seq = seq;
  order.version = seq;
  batch.put_orders = {order};
  batch.put_records = {{one_tenant, "written", std::to_string(seq), word, {}}};
  return batch;
}

}  // namespace holdfast
