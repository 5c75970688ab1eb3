#include "engine/engine.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/log.h"
#include "base/planted.h"
#include "engine/commit.h"
#include "engine/courier.h"
#include "engine/mailroom.h"
#include "engine/offers.h"
#include "engine/photos.h"
#include "engine/retention/retention.h"
#include "engine/upkeep.h"
#include "engine/views/history.h"

namespace holdfast::engine {
namespace {

// A commit shares its fsync among many steps, but nobody waits long for others: design §6.
constexpr std::size_t most_work_per_commit = 512;
constexpr std::size_t most_follow_ups = 20'000;
constexpr Duration shortest_pause = milliseconds(250);  // after a commit that failed
constexpr Duration longest_pause = seconds(4);

}  // namespace

Engine::Engine(Parts parts, Setup setup, Vault vault)
    : parts_(parts),
      setup_(std::move(setup)),
      vault_(std::move(vault)),
      orders_(parts_, setup_, vault_),
      courier_(std::make_unique<Courier>(*this)),
      mailroom_(std::make_unique<Mailroom>(*this)),
      upkeep_(std::make_unique<Upkeep>(*this)) {}

Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::open(Parts parts, Setup setup) {
  auto vault = Vault::open(setup.master_key, setup.tenant, setup.signing_key);
  if (!vault) return fail(vault.error());
  std::unique_ptr<Engine> engine(new Engine(parts, std::move(setup), std::move(*vault)));
  if (auto status = engine->start(); !status) return fail(status.error());
  return engine;
}

Status Engine::start() {
  if (auto status = orders_.start(); !status) return status;
  auto timers = parts_.store->timers(setup_.tenant);
  if (!timers) return fail(timers.error());
  for (const auto& row : *timers) {
    timers_.insert({row.due_at, row.stream.id, row.kind, row.about, row.stream.kind});
  }
  if (auto status = courier_->start(); !status) return status;
  health_.sends_held = courier_->held();
  if (auto status = mailroom_->start(); !status) return status;
  upkeep_->start();
  return {};
}

void Engine::push(std::function<void(Commit&)> work) {
  std::function<void()> wake;
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(work));
    wake = wake_;
  }
  if (wake) wake();
}

void Engine::on_wake(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

void Engine::on_change(std::function<void(const Stepped&)> change) {
  const std::lock_guard lock(mutex_);
  change_ = std::move(change);
}

void Engine::went_well(const std::string& lane) {
  const auto now = parts_.clock->now();
  const std::lock_guard lock(mutex_);
  health_.last_ok[lane] = now;
}

std::optional<ports::Account> Engine::account(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  for (const auto* account : accounts_of(setup_)) {
    if (account->id == id) return *account;
  }
  return std::nullopt;
}

Health Engine::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

void Engine::submit(const ports::StreamKey& stream, Command command, std::string actor, Done done) {
  push([this, stream, command = std::move(command), actor = std::move(actor),
        done = std::move(done)](Commit& commit) mutable {
    run_submitted(commit, stream, command, actor, done);
  });
}

void Engine::submit(const ports::StreamKey& stream, Command command, std::string actor,
                    Beside beside, Done done) {
  push([this, stream, command = std::move(command), actor = std::move(actor),
        beside = std::move(beside), done = std::move(done)](Commit& commit) mutable {
    run_submitted(commit, stream, command, actor, done, beside);
  });
}

void Engine::submit_by(std::string kind, std::string value, Command command, std::string actor,
                       Done done) {
  push([this, kind = std::move(kind), value = std::move(value), command = std::move(command),
        actor = std::move(actor), done = std::move(done)](Commit& commit) mutable {
    auto stream = orders_.stream_by(kind, value);
    if (!stream) {
      if (done) done(fail(stream.error()));
      return;
    }
    run_submitted(commit, *stream, command, actor, done);
  });
}

void Engine::run_submitted(Commit& commit, const ports::StreamKey& stream, const Command& command,
                           const std::string& actor, Done& done, const Beside& beside) {
  auto stepped = step(commit, stream, command, actor);
  if (beside && stepped && !(*stepped)->events.empty()) {
    auto rows = beside(**stepped);
    auto& records = commit.batch.put_records;
    records.insert(records.end(), rows.begin(), rows.end());
  }
  if (!done) return;
  if (!stepped) {
    done(fail(stepped.error()));
    return;
  }
  auto shared = std::make_shared<Done>(std::move(done));
  commit.after.push_back([shared, result = *stepped] { (*shared)(*result); });
  commit.failed.push_back([shared](const Error& error) { (*shared)(fail(error)); });
}

Result<Engine::Step> Engine::step(Commit& commit, const ports::StreamKey& stream,
                                  const Command& command, const std::string& actor) {
  auto stepped = step_alone(commit, stream, command, actor);
  if (stepped && !(*stepped)->follow_ups.empty()) follow(commit, (*stepped)->follow_ups);
  return stepped;
}

/// Streams speak to each other by commands; what follows from those is done here too.
void Engine::follow(Commit& commit, std::vector<core::FollowUp> waiting) {
  for (std::size_t i = 0; i < waiting.size() && i < most_follow_ups; ++i) {
    const auto next = waiting[i];
    ports::StreamKey stream{setup_.tenant, ports::StreamKind::Order, next.order};
    if (!next.cases.empty()) {
      auto cases = orders_.case_stream(next.cases);
      if (!cases) continue;
      stream = *cases;
      commit.batch.put_references.push_back({setup_.tenant, "case", next.cases, stream});
    }
    auto stepped = step_alone(commit, stream, next.command, next.actor);
    if (stepped) {
      std::ranges::copy((*stepped)->follow_ups, std::back_inserter(waiting));
      continue;
    }
    // A decision made for many does not fit this one: it stands in the queue by itself again.
    const auto* cases = std::get_if<CasesCommand>(&next.command);
    const auto* decided = cases ? std::get_if<ResolveException>(cases) : nullptr;
    if (decided &&
        step_alone(commit, stream, EngineCommand(JoinIncident{decided->number, ""}), "incident")) {
      continue;
    }
    raise(commit, "follow-ups", ReasonCode::StepFailed,
          std::string(name_of(next.command)) + " of " + std::to_string(stream.id),
          describe(stepped.error()) + " (" + stream_text(stream) + ")");
  }
  if (waiting.size() <= most_follow_ups) return;
  raise(commit, "follow-ups", ReasonCode::StepFailed, "one step",
        std::to_string(waiting.size() - most_follow_ups) + " of " + std::to_string(waiting.size()) +
            " follow-ups were not done");
}

Result<Engine::Step> Engine::step_alone(Commit& commit, const ports::StreamKey& stream,
                                        const Command& command, const std::string& actor) {
  Result<Stepped> stepped = fail(ErrorCode::Internal, "the step did not run");
  try {
    stepped = orders_.step(stream, command, actor, commit.batch);
  } catch (const std::exception& failure) {
    // A broken invariant or a library's exception: this step alone is undone (design §3).
    stepped = fail(ErrorCode::Internal, failure.what(), std::string(name_of(command)));
    log_error("engine", "step failed",
              {field("command", name_of(command)), field("stream", stream.id),
               field("why", failure.what())});
  }
  const std::lock_guard lock(mutex_);
  ++health_.steps;
  if (!stepped && planted("one bad step drops the batch")) commit.batch = {};
  if (!stepped) {
    ++health_.failed_steps;
    return fail(stepped.error());
  }
  auto step = std::make_shared<const Stepped>(std::move(*stepped));
  if (!step->events.empty()) commit.steps.push_back(step);
  if (!step->photos_gone.empty()) {
    commit.after.push_back(
        [this, step] { remove_photos(setup_.data_folder, step->stream, step->photos_gone); });
  }
  return step;
}

void Engine::raise(Commit& commit, const std::string& subject, ReasonCode reason,
                   const std::string& about, const std::string& detail) {
  auto stream = orders_.case_stream(subject);
  if (!stream) return;
  commit.batch.put_references.push_back({setup_.tenant, "case", subject, *stream});
  const auto raised = step(commit, *stream,
                           CasesCommand(RaiseException{reason, about, detail, "engine"}), "engine");
  if (!raised) {
    log_error("engine", "a case could not be opened",
              {field("subject", subject), field("why", describe(raised.error()))});
  }
}

void Engine::fire_timers(Commit& commit) {
  const auto now = parts_.clock->now();
  const std::size_t most = pause_.ms == 0 ? most_work_per_commit : 1;
  std::size_t fired = 0;
  while (!timers_.empty() && std::get<0>(*timers_.begin()) <= now && fired++ < most) {
    const auto [due_at, id, kind, about, stream_kind] = *timers_.begin();
    timers_.erase(timers_.begin());
    const ports::StreamKey stream{setup_.tenant, stream_kind, id};
    auto stepped = step(commit, stream, EngineCommand(FireTimer{kind, about, due_at}), "timer");
    if (!stepped) {
      raise(commit, "timers", ReasonCode::StepFailed,
            std::string(name_of(kind)) + " of " + std::to_string(id),
            describe(stepped.error()) + " (" + stream_text(stream) + ")");
    }
    if (planted("a timer is lost with a failed commit")) continue;
    // Kept until the commit holds: after a failed one it fires again.
    commit.failed.push_back([this, entry = std::tuple{due_at, id, kind, about, stream_kind}](
                                const Error&) { timers_.insert(entry); });
  }
}

/// After a restore nothing leaves until the channels were asked what happened since the backup.
void Engine::catch_up(Commit& commit) {
  if (!courier_->held()) return;
  auto mark = *orders_.restored();
  if (!restore_said_) {
    restore_said_ = true;
    raise(commit, "restore", ReasonCode::UnknownOutcome, "restore " + to_text(mark.restored_at),
          "the store comes from the backup of " + to_text(mark.since) +
              ". Nothing is sent until the channels were asked what happened since. Purchases for "
              "orders placed before the restore wait for approval: look into the suppliers' books "
              "first.");
    commit.failed.push_back([this](const Error&) { restore_said_ = false; });
    return;
  }
  // Steps of this commit may add effects that are not in the lanes yet.
  if (!commit.steps.empty() || !mailroom_->caught_up()) return;
  courier_->let_go(commit);
  mark.done_at = parts_.clock->now();
  commit.batch.put_records.push_back(to_row(setup_.tenant, mark));
  commit.after.push_back([this] {
    log_info("engine", "caught up after a restore; sending again", {});
    const std::lock_guard lock(mutex_);
    health_.sends_held = false;
  });
}

void Engine::take_up(const Stepped& stepped) {
  for (const auto& change : stepped.timers) {
    const auto& row = change.row;
    const bool forgets = row.kind == TimerKind::SupplierPoll && planted("no supplier is polled");
    if (change.set && !forgets) {
      timers_.insert({row.due_at, row.stream.id, row.kind, row.about, row.stream.kind});
    }
  }
  for (const auto& row : stepped.effects) courier_->take(row);
}

namespace {

/// The last word on each timer, since steps of one commit may set and drop the same one.
void settle_timers(const std::vector<std::shared_ptr<const Stepped>>& steps, ports::Batch& batch) {
  std::map<std::tuple<std::int64_t, TimerKind, std::string>, const TimerChange*> last;
  for (const auto& stepped : steps) {
    for (const auto& change : stepped->timers) {
      auto& word = last[{change.row.stream.id, change.row.kind, change.row.about}];
      if (!word || !planted("the first word on a timer stands")) word = &change;
    }
  }
  for (const auto& [key, change] : last) {
    const auto& row = change->row;
    if (change->set)
      batch.put_timers.push_back(row);
    else
      batch.drop_timers.push_back({row.stream, row.kind, row.about});
  }
}

/// A view is written once per commit: the last row of each stream stands for all.
void settle_views(ports::Batch& batch) {
  std::unordered_map<std::int64_t, std::size_t> last;
  for (std::size_t i = 0; i < batch.put_orders.size(); ++i) {
    last[batch.put_orders[i].stream.id] = i;
  }
  if (last.size() == batch.put_orders.size()) return;
  if (planted("a view shows the first step of a commit")) {
    std::ranges::reverse(batch.put_orders);
    return;
  }
  std::vector<ports::OrderRow> rows;
  rows.reserve(last.size());
  for (std::size_t i = 0; i < batch.put_orders.size(); ++i) {
    if (last[batch.put_orders[i].stream.id] == i) rows.push_back(std::move(batch.put_orders[i]));
  }
  batch.put_orders = std::move(rows);
}

}  // namespace

/// The rows of a commit as they are written.
void Engine::draw_up(Commit& commit) {
  settle_timers(commit.steps, commit.batch);
  settle_views(commit.batch);
  // What a partner said about an effect is words like any other.
  for (auto& row : commit.batch.put_outbox) {
    const auto place = "effect " + std::to_string(row.seq) + "." + std::to_string(row.number);
    row.detail = orders_.hidden(row.stream, place, row.detail, commit.batch);
  }
}

Status Engine::write(const Commit& commit) {
  auto written = write_ledger(setup_.data_folder, commit.batch);
  if (written && !commit.batch.empty()) written = parts_.store->write(commit.batch);
  return written;
}

void Engine::finish(Commit& commit) {
  draw_up(commit);
  auto written = orders_.all_read();
  if (written) written = write(commit);
  conclude(commit, written);
}

void Engine::conclude(Commit& commit, const Status& written) {
  partners_.stopped(orders_.tripped());
  {
    const std::lock_guard lock(mutex_);
    if (written)
      health_.commits += commit.batch.empty() ? 0 : 1;
    else
      ++health_.failed_commits;
  }
  if (!written) {
    log_error("engine", "commit failed", {field("why", describe(written.error()))});
    if (!planted("state is kept after a failed commit")) orders_.forget_unstored();
    for (auto& answer : commit.failed) answer(written.error());
    return;
  }
  orders_.committed();
  for (const auto& stepped : commit.steps) take_up(*stepped);
  for (auto& answer : commit.after) answer();
  std::function<void(const Stepped&)> change;
  {
    const std::lock_guard lock(mutex_);
    change = change_;
  }
  if (!change) return;
  for (const auto& stepped : commit.steps) change(*stepped);
}

Rest Engine::rest() const {
  const std::lock_guard lock(mutex_);
  return {!pumping_ && queue_.empty() && talks_ == 0, due_, pumps_};
}

void Engine::talks(std::int64_t more) {
  const std::lock_guard lock(mutex_);
  talks_ += more;
}

Instant Engine::pump() {
  {
    const std::lock_guard lock(mutex_);
    pumping_ = true;
  }
  const auto due = pump_once();
  const std::lock_guard lock(mutex_);
  pumping_ = false;
  ++pumps_;
  due_ = due;
  return due;
}

Instant Engine::pump_once() {
  Commit commit;
  std::vector<std::function<void(Commit&)>> work;
  bool more = false;
  {
    const std::lock_guard lock(mutex_);
    while (!queue_.empty() && work.size() < most_work_per_commit) {
      work.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    more = !queue_.empty();
  }
  const auto failures = health_.failed_commits;
  for (auto& item : work) item(commit);
  fire_timers(commit);
  // While the store refuses, the rest waits for one small commit that holds.
  if (pause_.ms == 0 || commit.batch.empty()) {
    mailroom_->tend(commit);
    upkeep_->tend(commit);
    catch_up(commit);
    courier_->dispatch(commit);
  }
  const bool did_something = !commit.batch.empty();
  finish(commit);
  const auto now = parts_.clock->now();
  if (health_.failed_commits != failures) {
    pause_ = std::clamp(pause_ * 2, shortest_pause, longest_pause);
    return now + pause_;
  }
  if (did_something) pause_ = {};
  if (more || did_something) return now;
  auto next = std::min({courier_->next_due(), mailroom_->next_due(), upkeep_->next_due()});
  if (!timers_.empty()) next = std::min(next, std::get<0>(*timers_.begin()));
  return next;
}

void Engine::replay(std::int64_t inbox_seq, Done done) {
  push([this, inbox_seq, done = std::move(done)](Commit& commit) mutable {
    const auto status = mailroom_->replay(commit, inbox_seq);
    if (!done) return;
    if (!status) {
      done(fail(status.error()));
      return;
    }
    commit.after.push_back([done] { done(Stepped{}); });
    commit.failed.push_back([done](const Error& error) { done(fail(error)); });
  });
}

void Engine::with_batch(std::function<Status(ports::Batch&)> work, Done done) {
  push([work = std::move(work), done = std::move(done)](Commit& commit) mutable {
    const auto status = work(commit.batch);
    if (!done) return;
    if (!status) {
      done(fail(status.error()));
      return;
    }
    commit.after.push_back([done] { done(Stepped{}); });
    commit.failed.push_back([done](const Error& error) { done(fail(error)); });
  });
}

void Engine::put_records(std::vector<ports::RecordRow> rows, std::vector<ports::RecordKey> drop,
                         Done done) {
  with_batch(
      [rows = std::move(rows), drop = std::move(drop)](ports::Batch& batch) -> Status {
        batch.put_records.insert(batch.put_records.end(), rows.begin(), rows.end());
        batch.drop_records.insert(batch.drop_records.end(), drop.begin(), drop.end());
        return {};
      },
      std::move(done));
}

void Engine::put_if(RecordChange change, Done done) {
  with_batch(
      [this, change = std::move(change)](ports::Batch& batch) -> Status {
        const auto status = still_as_read(*parts_.store, batch, change.as_read);
        if (status) add_records(batch, change.rows, change.drop);
        return status;
      },
      std::move(done));
}

void Engine::state_offers(std::vector<Offer> offers, Done done, const std::string& by,
                          std::vector<ports::RecordRow> beside) {
  restate_offers([offers = std::move(offers)](const Catalogue&) { return offers; }, std::move(done),
                 by, std::move(beside));
}

void Engine::restate_offers(std::function<std::vector<Offer>(const Catalogue&)> change, Done done,
                            const std::string& by, std::vector<ports::RecordRow> beside) {
  push([this, by, change = std::move(change), done = std::move(done),
        beside = std::move(beside)](Commit& commit) {
    auto offers = change(orders_.catalogue());
    if (auto status = keep_suspended(*parts_.store, setup_.tenant, offers); !status) {
      if (done) done(fail(status.error()));
      return;
    }
    auto& rows = commit.batch.put_records;
    std::vector<Offer> known;
    std::set<std::string> skus;
    for (const auto& offer : offers) {
      rows.push_back(offer_row(setup_.tenant, offer));
      if (!skus.insert(offer.sku).second) continue;
      for (const auto& one : orders_.catalogue().offers(offer.sku)) known.push_back(*one);
    }
    const auto changes = mapping_rows(setup_.tenant, known, offers, by, parts_.clock->now());
    rows.insert(rows.end(), changes.begin(), changes.end());
    rows.insert(rows.end(), beside.begin(), beside.end());
    commit.after.push_back([this, offers = std::move(offers), done] {
      for (const auto& offer : offers) orders_.catalogue().put(offer);
      look_again_at_unsupplied();
      if (done) done(Stepped{});
    });
    commit.failed.push_back([done](const Error& error) {
      if (done) done(fail(error));
    });
  });
}

/// Cases beyond the bound stay with their owners, who look again by hand.
void Engine::look_again_at_unsupplied() {
  constexpr std::size_t most = 1'000;
  std::set<std::int64_t> seen;
  for (const auto reason :
       {ReasonCode::NoRoute, ReasonCode::SupplierStock, ReasonCode::UnmappedSku}) {
    ports::ExceptionQuery query;
    query.tenant = setup_.tenant;
    query.reason = reason;
    query.limit = most;
    const auto waiting = parts_.store->exceptions(query);
    if (!waiting) {
      log_error("engine", "orders that wait for offers were not looked at",
                {field("why", describe(waiting.error()))});
      return;
    }
    for (const auto& row : *waiting) {
      if (row.stream.kind != ports::StreamKind::Order || !seen.insert(row.stream.id).second) {
        continue;
      }
      submit(row.stream, EngineCommand(Advance{}), "offers", {});
    }
  }
}

void Engine::receive(const std::string& account, ports::Inbound inbound, Received done) {
  auto checked = prove(account, inbound);
  if (!checked) {
    done(fail(checked.error()));
    return;
  }
  receive_proven(account, std::move(inbound), std::move(*checked), std::move(done));
}

Result<ports::Delivery> Engine::prove(const std::string& account, const ports::Inbound& inbound) {
  auto checked = mailroom_->verify(account, inbound);
  // Of an account nobody has nothing is kept: anybody may ask for any name.
  if (checked || checked.error().code == ErrorCode::Unauthentic) {
    partners_.delivered(account, checked.has_value(), parts_.clock->now());
  }
  if (checked) return checked;
  const std::lock_guard lock(mutex_);
  ++health_.refused_deliveries;
  return checked;
}

void Engine::receive_proven(const std::string& account, ports::Inbound inbound,
                            ports::Delivery delivery, Received done) {
  push([this, account, inbound = std::move(inbound), delivery = std::move(delivery),
        done = std::move(done)](Commit& commit) mutable {
    mailroom_->store(commit, account, inbound, delivery, std::move(done));
  });
}

}  // namespace holdfast::engine
