#pragma once
// Writer: the one connection that writes, and the tenants it may write for. Every commit names the
// tenant's epoch and counts itself, so that a stale process changes nothing and a commit whose
// answer was lost is asked about. It must never say "failed" of what was committed.

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ports/store.h"
#include "store/postgres/connection.h"
#include "store/postgres/write.h"

namespace holdfast::store::pg {

/// How the session that writes is set. A row's lock is waited for briefly: whoever holds one for
/// longer stands still, and its session is ended. Look-ups while writing are by key; see
/// database.cpp.
inline constexpr const char* writing_session =
    "-c statement_timeout=25000 -c idle_in_transaction_session_timeout=10000"
    " -c lock_timeout=1000 -c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
    " -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

struct WriterOptions {
  Address address;
  std::string holder;      // names this process; no other one may have it
  std::string reached_at;  // where others send what only the holder may do; "" for nowhere
  Duration lease = seconds(15);
  Duration unknown_limit = seconds(60);  // how long a commit without an answer is asked about
};

/// Who holds a tenant.
struct Lease {
  std::int64_t epoch = 0;
  std::string holder;
  std::string reached_at;
  bool mine = false;
  Duration left;  // by the database's clock; negative once it ended
};

class Writer {
 public:
  explicit Writer(WriterOptions options);
  ~Writer();

  /// Connects and brings the schema up to date. Errors: migrate's and Connection::open's.
  Status start();

  /// One transaction. A tenant that was never asked for is taken first. Conflict when a row exists
  /// that must be new, or when another process holds a tenant: then every later write for it fails
  /// until it is taken again. Timeout when the connection broke within the commit and the outcome
  /// cannot be learnt in time. Unavailable when nothing was committed and it may be tried again.
  Status write(const ports::Batch& batch);

  /// Takes a tenant, also again, under a new epoch. Conflict while another process holds it.
  Result<Lease> take(TenantId tenant);
  /// Holds it for another span. Conflict when another process has taken it.
  Status renew(TenantId tenant);
  /// Lets another process take it at once.
  Status give_up(TenantId tenant);
  /// Whether the tenant is surely still ours; by a clock that runs while a process is stopped.
  bool holds(TenantId tenant) const;

  /// One statement in a transaction of its own, for what needs no lease.
  Result<Answer> run(std::string_view sql, const Parameters& parameters);

 private:
  struct Held {
    std::int64_t epoch = 0;
    std::int64_t commits = 0;
    bool lost = false;
    std::int64_t until_ms = 0;  // by boot_ms
  };
  struct Unknown {
    TenantId tenant;
    std::int64_t epoch = 0;
    std::int64_t number = 0;
  };

  Status connect();
  Status end_former();
  Status settle();
  Status take_all(const std::vector<std::pair<TenantId, const ports::Batch*>>& parts);
  Result<Lease> take_now(TenantId tenant);
  Result<Lease> take_once(TenantId tenant);
  Status end_holder(TenantId tenant);
  Status carry_out(const std::vector<std::pair<TenantId, const ports::Batch*>>& parts);
  Status run_expecting(std::vector<Expected>& expected);
  Status read_periods(std::vector<Expected>& expected);
  Status commit(TenantId tenant);
  Status learn(const Unknown& unknown);
  void undo();
  void queue_lease(TenantId tenant, const Held& held, std::vector<Expected>& expected);
  void set_until(TenantId tenant, std::int64_t until_ms);

  const WriterOptions options_;
  mutable std::mutex writing_;
  std::unique_ptr<Connection> connection_;
  Remembered remembered_;
  std::map<TenantId, Held> held_;
  mutable std::mutex reading_until_;
  std::map<TenantId, std::int64_t> until_;  // of what is held, for holds()
  std::optional<Unknown> unknown_;
  bool was_committed_ = false;  // what was learnt of it
  std::chrono::steady_clock::time_point next_try_;
  std::chrono::milliseconds pause_{0};
  Error last_problem_;
};

}  // namespace holdfast::store::pg
