#pragma once
// The PostgreSQL store: one connection that writes, a few that read, for one of several processes.
// Only a tenant's holder writes its rows; everybody reads, and may leave a message for the holder.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ports/store.h"

namespace holdfast::store {

struct PostgresOptions {
  std::string password;                  // never part of the address
  std::size_t readers = 4;               // reading connections, opened when first needed
  Duration lease = seconds(15);          // how long a tenant is held without being heard of
  Duration unknown_limit = seconds(60);  // how long a commit without an answer is asked about
  std::string reached_at;  // where others send what only the holder may do; "" for nowhere
};

/// Who holds a tenant.
struct LeaseView {
  std::int64_t epoch = 0;
  std::string reached_at;
  bool mine = false;
  Duration left;  // not positive: nobody holds it
};

/// A message from outside that waits for the holder.
struct Letter {
  std::string id;
  Instant received_at;
  std::string bytes;
};

class PostgresStore : public ports::Store {
 public:
  /// Takes a tenant, also again, under a new epoch; a write takes a tenant that was never taken.
  /// Conflict while another process holds it.
  virtual Status take_lease(TenantId tenant) = 0;
  /// Holds it for another span; every write does so too. Conflict when another process took it:
  /// from then on every write fails until it is taken again.
  virtual Status renew_lease(TenantId tenant) = 0;
  /// Lets another process take it at once.
  virtual Status give_up_lease(TenantId tenant) = 0;
  /// Whether it is surely still ours; asks nobody.
  virtual bool holds_lease(TenantId tenant) const = 0;
  virtual Result<LeaseView> lease_of(TenantId tenant) = 0;

  /// Makes a message durable for the holder; needs no lease. `bytes` are sealed by the caller.
  virtual Status leave_letter(TenantId tenant, const Letter& letter) = 0;
  /// The oldest letters, at most `limit`.
  virtual Result<std::vector<Letter>> letters(TenantId tenant, std::size_t limit) = 0;
  /// Removes a letter whose content stands in the inbox.
  virtual Status drop_letter(TenantId tenant, const Letter& letter) = 0;
};

/// Opens the store at postgres://USER@HOST:PORT/DATABASE?… (libpq's connection URIs), bringing its
/// schema up to date first. Unavailable when the server cannot be reached or refuses us, Invalid
/// when the schema is newer than this program or the tables are another program's.
Result<std::unique_ptr<PostgresStore>> open_postgres_store(const std::string& url,
                                                           const PostgresOptions& options = {});

/// Whether a store's address is one of these.
bool is_postgres(const std::string& url);

}  // namespace holdfast::store
