#include "store/postgres/writer.h"

#include <algorithm>
#include <thread>

#include <time.h>

#include "store/postgres/migrations.h"

namespace holdfast::store::pg {
namespace {

using namespace ports;
using std::chrono::milliseconds;

constexpr milliseconds write_limit{30'000};
constexpr milliseconds shortest_pause{50};
constexpr milliseconds longest_pause{1'000};
constexpr int tries_to_take = 3;

constexpr std::string_view now_ms = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

// Milliseconds since the machine started; they go on while a process is stopped or the machine
// sleeps (clock_gettime(2)).
std::int64_t boot_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

std::string with_now(std::string text) {
  constexpr std::string_view mark = "NOW";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
    text.replace(at, mark.size(), now_ms);
  }
  return text;
}

Error held_elsewhere() {
  return {ErrorCode::Conflict, "another process works for this tenant", "store",
          "send the request there, or wait until its lease has ended"};
}

Parameters parameters_of(auto... values) {
  Parameters parameters;
  (parameters.add(values), ...);
  return parameters;
}

}  // namespace

Writer::Writer(WriterOptions options) : options_(std::move(options)) {}

Writer::~Writer() = default;

Status Writer::start() {
  const std::lock_guard lock(writing_);
  if (auto ready = connect(); !ready) return ready;
  if (auto schema = migrate(*connection_); !schema) return schema;
  const auto copy =
      connection_->script("select 1 where to_regclass('store_copy') is not null", write_limit);
  if (!copy) return fail(copy.error());
  if (copy->rows() == 0) return {};
  return fail(ErrorCode::Invalid, "a copy into this database is not finished", "store.url",
              "run holdfast store copy again");
}

// ---- the connection ----------------------------------------------------------------------------

Status Writer::connect() {
  if (connection_ && connection_->usable()) return {};
  connection_.reset();
  const auto now = std::chrono::steady_clock::now();
  if (now < next_try_) return fail(last_problem_);
  auto opened =
      Connection::open(options_.address, "holdfast writer " + options_.holder, writing_session);
  Status ready = opened ? Status() : fail(opened.error());
  if (opened) {
    connection_ = std::move(*opened);
    ready = end_former();
    if (ready) ready = settle();
  }
  if (ready) {
    pause_ = {};
    return {};
  }
  // Nothing may be written before what was unknown is settled.
  connection_.reset();
  pause_ = std::clamp(pause_ * 2, shortest_pause, longest_pause);
  next_try_ = std::chrono::steady_clock::now() + pause_;
  last_problem_ = ready.error();
  return ready;
}

// What an earlier connection of ours left open would hold its rows' locks until the server notices.
// A commit must be durable when it is answered, whatever the database's default says.
Status Writer::end_former() {
  auto done = connection_->ask(
      "select pg_terminate_backend(pid) from pg_stat_activity"
      " where application_name = current_setting('application_name')"
      " and datname = current_database() and pid <> pg_backend_pid()",
      {}, write_limit);
  if (done) {
    done = connection_->ask(
        "select set_config('synchronous_commit', 'on', false)"
        " where current_setting('synchronous_commit') = 'off'",
        {}, write_limit);
  }
  return done ? Status() : fail(done.error());
}

// Asks what became of a commit that was never answered. The tenant's row is locked by whatever
// transaction still runs, so that what is read is final.
Status Writer::settle() {
  if (!unknown_) return {};
  auto begun = connection_->script("begin; set local lock_timeout = 5000", write_limit);
  if (!begun) return fail(begun.error());
  const auto lease =
      connection_->ask("select epoch, commits from lease where tenant_id = $1 for update",
                       parameters_of(unknown_->tenant.value), write_limit);
  const auto past =
      connection_->ask("select commits from lease_past where tenant_id = $1 and epoch = $2",
                       parameters_of(unknown_->tenant.value, unknown_->epoch), write_limit);
  const auto ended = connection_->script("rollback", write_limit);
  if (!lease) return fail(lease.error());
  if (!past) return fail(past.error());
  if (!ended) return fail(ended.error());
  std::int64_t commits = 0;
  if (lease->rows() > 0 && lease->integer(0, 0) == unknown_->epoch) {
    commits = lease->integer(0, 1);
  } else if (past->rows() > 0) {
    commits = past->integer(0, 0);
  }
  was_committed_ = commits >= unknown_->number;
  auto& held = held_[unknown_->tenant];
  if (was_committed_ && held.epoch == unknown_->epoch) held.commits = unknown_->number;
  unknown_.reset();
  return {};
}

void Writer::undo() {
  remembered_.facts.clear();
  remembered_.periods = {no_delivery_period, no_delivery_period};
  if (!connection_) return;
  // A connection that cannot even roll back is closed; the server undoes what it had begun.
  if (!connection_->usable() || !connection_->script("rollback", write_limit)) connection_.reset();
}

// ---- leases ------------------------------------------------------------------------------------

void Writer::set_until(TenantId tenant, std::int64_t until_ms) {
  const std::lock_guard lock(reading_until_);
  until_[tenant] = until_ms;
}

bool Writer::holds(TenantId tenant) const {
  const std::lock_guard lock(reading_until_);
  const auto found = until_.find(tenant);
  return found != until_.end() && boot_ms() < found->second;
}

Result<Lease> Writer::take(TenantId tenant) {
  const std::lock_guard lock(writing_);
  if (auto ready = connect(); !ready) return fail(ready.error());
  return take_now(tenant);
}

Result<Lease> Writer::take_now(TenantId tenant) {
  for (int tries = 1;; ++tries) {
    auto taken = take_once(tenant);
    if (taken || taken.error().code != ErrorCode::Unavailable) return taken;
    undo();
    if (tries == tries_to_take) return taken;
    if (auto ready = connect(); !ready) return fail(ready.error());
    // The row may be locked by a holder that stands still in the middle of a commit.
    if (auto ended = end_holder(tenant); !ended) return fail(ended.error());
  }
}

// Ends the sessions of a holder whose lease has ended; Conflict while it has not.
Status Writer::end_holder(TenantId tenant) {
  const auto held = connection_->ask(
      with_now("select 1 from lease where tenant_id = $1 and holder <> $2 and until_ms > NOW"),
      parameters_of(tenant.value, std::string_view(options_.holder)), write_limit);
  if (!held) return fail(held.error());
  if (held->rows() > 0) return fail(held_elsewhere());
  auto ended = connection_->ask(
      with_now("select pg_terminate_backend(a.pid) from pg_stat_activity a join lease l"
               " on a.application_name = 'holdfast writer ' || l.holder"
               " where l.tenant_id = $1 and l.until_ms < NOW and a.datname = current_database()"
               " and a.pid <> pg_backend_pid()"),
      parameters_of(tenant.value), write_limit);
  return ended ? Status() : fail(ended.error());
}

Result<Lease> Writer::take_once(TenantId tenant) {
  const auto asked_at = boot_ms();
  const auto id = tenant.value;
  const auto ask = [&](std::string sql, const Parameters& parameters) {
    return connection_->ask(with_now(std::move(sql)), parameters, write_limit);
  };
  auto done = connection_->script("begin; set local lock_timeout = 100", write_limit);
  if (done) {
    done =
        ask("insert into lease values ($1, 0, '', '', 0, 0)"
            " on conflict (tenant_id) do nothing",
            parameters_of(id));
  }
  if (!done) return fail(done.error());
  const auto row =
      ask("select epoch, commits, holder = $2 or until_ms <= NOW, until_ms - NOW, holder, address"
          " from lease where tenant_id = $1 for update",
          parameters_of(id, std::string_view(options_.holder)));
  if (!row) return fail(row.error());
  const bool free = row->integer(0, 2) != 0;
  if (!free) {
    undo();
    return fail(held_elsewhere());
  }
  const auto epoch = row->integer(0, 0);
  done = ask("insert into lease_past values ($1, $2, $3) on conflict (tenant_id, epoch) do nothing",
             parameters_of(id, epoch, row->integer(0, 1)));
  if (done) {
    done =
        ask("update lease set epoch = $2, holder = $3, address = $4, until_ms = NOW + $5,"
            " commits = 0 where tenant_id = $1",
            parameters_of(id, epoch + 1, std::string_view(options_.holder),
                          std::string_view(options_.reached_at), options_.lease.ms));
  }
  if (done) done = connection_->script("commit", write_limit);
  if (!done) return fail(done.error());
  held_[tenant] = {epoch + 1, 0, false};
  set_until(tenant, asked_at + options_.lease.ms);
  return Lease{epoch + 1, options_.holder, options_.reached_at, true, options_.lease};
}

Status Writer::renew(TenantId tenant) {
  const std::lock_guard lock(writing_);
  if (auto ready = connect(); !ready) return ready;
  auto& held = held_[tenant];
  if (held.lost || held.epoch == 0) return fail(held_elsewhere());
  const auto asked_at = boot_ms();
  auto done = connection_->ask(
      with_now("update lease set until_ms = NOW + $3 where tenant_id = $1 and epoch = $2"),
      parameters_of(tenant.value, held.epoch, options_.lease.ms), write_limit);
  if (!done) return fail(done.error());
  if (done->changed() == 0) {
    held.lost = true;
    set_until(tenant, 0);
    return fail(held_elsewhere());
  }
  set_until(tenant, asked_at + options_.lease.ms);
  return {};
}

Status Writer::give_up(TenantId tenant) {
  const std::lock_guard lock(writing_);
  set_until(tenant, 0);
  const auto held = held_.find(tenant);
  if (held == held_.end() || held->second.lost) return {};
  if (auto ready = connect(); !ready) return ready;
  auto done = connection_->ask("update lease set until_ms = 0 where tenant_id = $1 and epoch = $2",
                               parameters_of(tenant.value, held->second.epoch), write_limit);
  held->second.lost = true;
  return done ? Status() : fail(done.error());
}

void Writer::queue_lease(TenantId tenant, const Held& held, std::vector<Expected>& expected) {
  connection_->queue(
      with_now("update lease set commits = $3, until_ms = greatest(until_ms, NOW + $4)"
               " where tenant_id = $1 and epoch = $2"),
      parameters_of(tenant.value, held.epoch, held.commits + 1, options_.lease.ms));
  expected.push_back({Expected::What::Changed, 1, held_elsewhere()});
}

// ---- batches -----------------------------------------------------------------------------------

Status Writer::write(const Batch& batch) {
  if (batch.empty()) return {};
  const std::lock_guard lock(writing_);
  std::vector<std::pair<TenantId, Batch>> apart;
  std::vector<std::pair<TenantId, const Batch*>> parts;
  if (const auto tenant = only_tenant(batch)) {
    parts.emplace_back(*tenant, &batch);
  } else {
    apart = by_tenant(batch);
    for (const auto& [owner, part] : apart) parts.emplace_back(owner, &part);
  }
  if (auto ready = connect(); !ready) return ready;
  if (auto taken = take_all(parts); !taken) return taken;
  const auto asked_at = boot_ms();
  if (auto done = carry_out(parts); !done) {
    undo();
    return done;
  }
  auto done = commit(parts.front().first);
  if (!done) {
    undo();
    return done;
  }
  for (const auto& [tenant, part] : parts) {
    ++held_[tenant].commits;
    set_until(tenant, asked_at + options_.lease.ms);
  }
  return {};
}

Status Writer::take_all(const std::vector<std::pair<TenantId, const Batch*>>& parts) {
  for (const auto& [tenant, part] : parts) {
    const auto held = held_.find(tenant);
    if (held != held_.end() && held->second.lost) return fail(held_elsewhere());
    if (held != held_.end() && held->second.epoch != 0) continue;
    if (auto taken = take_now(tenant); !taken) return fail(taken.error());
  }
  return {};
}

Status Writer::run_expecting(std::vector<Expected>& expected) {
  const auto wanted = std::exchange(expected, {});
  const auto answers = connection_->run_queue(write_limit);
  if (!answers) return fail(answers.error());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    switch (wanted[i].what) {
      case Expected::What::Anything:
        break;
      case Expected::What::NoRow:
        if ((*answers)[i].rows() > 0) return fail(wanted[i].otherwise);
        break;
      case Expected::What::Changed:
        if ((*answers)[i].changed() != wanted[i].count) return fail(wanted[i].otherwise);
        break;
    }
  }
  return {};
}

Status Writer::read_periods(std::vector<Expected>& expected) {
  if (auto done = run_expecting(expected); !done) return done;
  auto rows = connection_->ask("select slot, period from delivery_period order by slot for update",
                               {}, write_limit);
  if (!rows) return fail(rows.error());
  for (int row = 0; row < rows->rows(); ++row) {
    remembered_.periods.at(static_cast<std::size_t>(rows->integer(row, 0))) = rows->integer(row, 1);
  }
  return {};
}

// Everything but the commit; until that is sent, nothing of it can become lasting.
Status Writer::carry_out(const std::vector<std::pair<TenantId, const Batch*>>& parts) {
  std::vector<Expected> expected(1);
  connection_->queue("begin", {});
  for (const auto& [tenant, part] : parts) queue_lease(tenant, held_[tenant], expected);
  const auto leases = expected.size();
  const bool periods = std::ranges::any_of(
      parts, [&](const auto& part) { return asks_for_periods(remembered_, *part.second); });
  Status done;
  if (periods) done = read_periods(expected);
  for (const auto& [tenant, part] : parts) {
    if (done) done = queue_batch(*connection_, remembered_, tenant, *part, expected);
  }
  // What was queued is sent in any case, so that the connection can be used on.
  const auto ran = run_expecting(expected);
  if (done) done = ran;
  if (!done && leases > 1 && done.error() == held_elsewhere()) {
    for (const auto& [tenant, part] : parts) {
      held_[tenant].lost = true;
      set_until(tenant, 0);
    }
  }
  return done;
}

Status Writer::commit(TenantId tenant) {
  const auto& held = held_[tenant];
  const Unknown attempt{tenant, held.epoch, held.commits + 1};
  const auto done = connection_->script("commit", write_limit);
  if (done && done->tag() == "COMMIT") return {};
  if (done) return fail(ErrorCode::Unavailable, "the database undid the transaction", "store");
  if (connection_->usable()) return fail(done.error());
  return learn(attempt);
}

// The connection broke while the commit was on its way: whether it was carried out stands in the
// database, and is asked until it answers.
Status Writer::learn(const Unknown& unknown) {
  unknown_ = unknown;
  const auto until = std::chrono::steady_clock::now() + milliseconds(options_.unknown_limit.ms);
  while (std::chrono::steady_clock::now() < until) {
    const auto ready = connect();
    if (!unknown_) {
      if (was_committed_) {
        --held_[unknown.tenant].commits;  // counted by the caller
        return {};
      }
      return fail(ErrorCode::Unavailable, "the connection broke before the commit", "store",
                  "it is tried again");
    }
    if (!ready) connection_.reset();
    std::this_thread::sleep_for(shortest_pause);
  }
  return fail(ErrorCode::Timeout, "whether the commit was carried out is not known", "store",
              "it is asked again when the database is back");
}

Result<Answer> Writer::run(std::string_view sql, const Parameters& parameters) {
  const std::lock_guard lock(writing_);
  if (auto ready = connect(); !ready) return fail(ready.error());
  return connection_->ask(sql, parameters, write_limit);
}

}  // namespace holdfast::store::pg
