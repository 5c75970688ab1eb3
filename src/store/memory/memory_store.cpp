#include "store/memory/memory_store.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <shared_mutex>
#include <tuple>
#include <utility>

#include "base/planted.h"
#include "store/delivery_period.h"
#include "store/rows.h"

namespace holdfast::store {

using namespace ports;

void MemoryStoreFaults::fail_write(std::int64_t nth, ErrorCode code, Leaves leaves) {
  const std::lock_guard lock(guard_);
  planned_[writes_ + nth] = {code, leaves};
}

void MemoryStoreFaults::refuse_writes(bool on) {
  const std::lock_guard lock(guard_);
  refusing_ = on;
}

std::int64_t MemoryStoreFaults::writes() const {
  const std::lock_guard lock(guard_);
  return writes_;
}

std::optional<MemoryStoreFaults::Fault> MemoryStoreFaults::next_write() {
  const std::lock_guard lock(guard_);
  ++writes_;
  if (const auto found = planned_.find(writes_); found != planned_.end()) {
    const auto fault = found->second;
    planned_.erase(found);
    return fault;
  }
  if (refusing_) return Fault{};
  return std::nullopt;
}

namespace {

using SeqKey = std::pair<TenantId, std::int64_t>;
using EffectKey = std::tuple<TenantId, std::int64_t, std::int64_t>;
using ExceptionKey = std::pair<StreamKey, std::int64_t>;
// In the order timers come due.
using TimerIdentity = std::tuple<StreamKey, std::string_view, std::string>;
using TextKey = std::tuple<TenantId, std::string, std::string>;
using TokenKey = std::tuple<TenantId, std::string, std::int64_t, StreamKind>;

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto most = std::numeric_limits<std::int64_t>::max();

TimerIdentity identity_of(const TimerRow& row) {
  return {row.stream, name_of(row.kind), row.about};
}

bool due_before(const TimerRow& a, const TimerRow& b) {
  return std::pair(a.due_at, identity_of(a)) < std::pair(b.due_at, identity_of(b));
}

auto queue_place(const ExceptionRow& row) {
  return std::tuple(row.review_by, row.stream.id, row.number, row.stream.kind);
}

InboxRow without_body(InboxRow row) {
  row.body.clear();
  return row;
}

bool is_handled_with_body(const InboxRow& row) {
  return row.state != InboxState::Waiting && !row.body.empty();
}

auto broken_chain() {
  return fail(ErrorCode::Internal, "a stream's chain of events is broken", "store",
              "restore from a backup");
}

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(std::shared_ptr<MemoryStoreFaults> faults) : faults_(std::move(faults)) {}

  Status write(const Batch& batch) override {
    const std::unique_lock lock(guard_);
    const auto fault = faults_ ? faults_->next_write() : std::nullopt;
    if (!fault || fault->leaves == MemoryStoreFaults::Leaves::Everything) {
      if (auto fit = check_batch(batch); !fit) return fit;
      apply(batch);
    }
    if (!fault) return {};
    return fail(fault->code, "the store failed as planned", "store", "try again");
  }

  Result<Heads> heads(TenantId tenant) override {
    const std::shared_lock lock(guard_);
    Heads heads;
    heads.event_seq = last_seq(events_, tenant);
    heads.inbox_seq = last_seq(inbox_, tenant);
    // All kinds draw their ids from one counter.
    for (const auto kind :
         {StreamKind::Order, StreamKind::Supply, StreamKind::Exchange, StreamKind::Case}) {
      const auto end = orders_.upper_bound({tenant, kind, most});
      if (end == orders_.begin()) continue;
      const auto& stream = std::prev(end)->first;
      if (stream.tenant == tenant && stream.kind == kind) {
        heads.order_id = std::max(heads.order_id, stream.id);
      }
    }
    return heads;
  }

  Result<Counts> counts(TenantId tenant) override {
    const std::shared_lock lock(guard_);
    Counts counts;
    for (const auto& [key, row] : orders_) {
      counts.orders += key.tenant == tenant && key.kind == StreamKind::Order ? 1 : 0;
    }
    for (const auto& [key, row] : events_) counts.events += key.first == tenant ? 1 : 0;
    for (const auto& [key, row] : exceptions_) {
      counts.open_exceptions += row.stream.tenant == tenant && !row.resolved_at ? 1 : 0;
    }
    for (const auto& [key, row] : inbox_) {
      counts.inbox_waiting += row.tenant == tenant && row.state == InboxState::Waiting ? 1 : 0;
    }
    for (const auto& [key, row] : outbox_) {
      counts.outbox_unsettled += row.stream.tenant == tenant && is_unsettled(row.state) ? 1 : 0;
    }
    return counts;
  }

  Result<std::vector<EventRow>> events(StreamKey stream) override {
    const std::shared_lock lock(guard_);
    const auto found = chain(stream);
    if (!found) return fail(found.error());
    std::vector<EventRow> rows;
    rows.reserve(found->size());
    for (const auto* row : *found) rows.push_back(*row);
    return rows;
  }

  Result<std::vector<EventRow>> events_after(TenantId tenant, std::int64_t after,
                                             std::size_t limit) override {
    const std::shared_lock lock(guard_);
    std::vector<EventRow> rows;
    for (auto at = events_.upper_bound({tenant, after});
         at != events_.end() && at->first.first == tenant && rows.size() < limit; ++at) {
      rows.push_back(at->second);
    }
    return rows;
  }

  Result<std::optional<OrderRow>> order(StreamKey stream) override {
    const std::shared_lock lock(guard_);
    return found_in(orders_, stream);
  }

  Result<std::vector<OrderRow>> orders(const OrderQuery& query) override {
    const std::shared_lock lock(guard_);
    std::vector<OrderRow> rows;
    const auto before = query.before == 0 ? most : query.before - 1;
    auto at = orders_.upper_bound({query.tenant, StreamKind::Order, before});
    while (at != orders_.begin() && rows.size() < page_length(query.limit)) {
      const auto& [key, row] = *--at;
      if (key.tenant != query.tenant || key.kind != StreamKind::Order) break;
      const bool wanted = (query.channel.empty() || row.channel == query.channel) &&
                          (query.stage.empty() || row.stage == query.stage) &&
                          (!query.live || row.live == *query.live) &&
                          (!query.with_exceptions || row.open_exceptions > 0);
      if (wanted) rows.push_back(row);
    }
    return rows;
  }

  Result<std::vector<OrderRow>> orders_of(const std::vector<StreamKey>& streams) override {
    const std::shared_lock lock(guard_);
    std::vector<OrderRow> rows;
    for (const auto& stream : streams) {
      if (const auto found = orders_.find(stream); found != orders_.end()) {
        rows.push_back(found->second);
      }
    }
    return rows;
  }

  Result<std::vector<ExceptionRow>> exceptions(const ExceptionQuery& query) override {
    const std::shared_lock lock(guard_);
    std::vector<ExceptionRow> rows;
    for (const auto& [key, row] : exceptions_) {
      const bool later = !query.after || std::tuple(row.review_by, row.stream.id, row.number) >
                                             std::tuple(query.after->review_by, query.after->stream,
                                                        query.after->number);
      if (later && is_asked_for(query, row)) rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return queue_place(a) < queue_place(b); });
    rows.erase(rows.begin(),
               rows.begin() + static_cast<std::ptrdiff_t>(std::min(query.skip, rows.size())));
    if (rows.size() > page_length(query.limit)) rows.resize(page_length(query.limit));
    return rows;
  }

  Result<std::int64_t> count_exceptions(const ExceptionQuery& query) override {
    const std::shared_lock lock(guard_);
    return std::ranges::count_if(
        exceptions_, [&](const auto& each) { return is_asked_for(query, each.second); });
  }

  Result<std::vector<ExceptionRow>> exceptions_of(StreamKey stream) override {
    const std::shared_lock lock(guard_);
    return rows_between(exceptions_, ExceptionKey{stream, least}, ExceptionKey{stream, most});
  }

  Result<std::vector<ExceptionTally>> exception_tallies(TenantId tenant, Instant now,
                                                        std::string_view channel,
                                                        std::string_view supplier) override {
    const std::shared_lock lock(guard_);
    std::map<std::pair<std::string_view, std::string_view>, ExceptionTally> tallies;
    for (const auto& [key, row] : exceptions_) {
      if (row.stream.tenant != tenant || row.resolved_at) continue;
      if (!channel.empty() && row.channel != channel) continue;
      if (!supplier.empty() && row.supplier != supplier) continue;
      auto& tally = tallies[{row.owner, name_of(row.reason)}];
      tally.reason = row.reason;
      tally.owner = row.owner;
      ++tally.open;
      tally.overdue += row.review_by < now ? 1 : 0;
    }
    std::vector<ExceptionTally> list;
    for (auto& [name, tally] : tallies) list.push_back(std::move(tally));
    return list;
  }

  Result<std::vector<OutboxRow>> unsettled(TenantId tenant) override {
    const std::shared_lock lock(guard_);
    std::vector<OutboxRow> rows;
    for (const auto& [key, row] : outbox_) {
      if (row.stream.tenant == tenant && is_unsettled(row.state)) rows.push_back(row);
    }
    return rows;
  }

  Result<std::vector<OutboxRow>> outbox_of(StreamKey stream) override {
    const std::shared_lock lock(guard_);
    const auto events = chain(stream);
    if (!events) return fail(events.error());
    std::vector<OutboxRow> rows;
    for (const auto* event : *events) {
      const auto found = rows_between(outbox_, EffectKey{stream.tenant, event->seq, least},
                                      EffectKey{stream.tenant, event->seq, most});
      rows.insert(rows.end(), found.begin(), found.end());
    }
    return rows;
  }

  Result<std::vector<TimerRow>> timers(TenantId tenant) override {
    const std::shared_lock lock(guard_);
    return due_timers({tenant, {}, least},
                      [&](const StreamKey& key) { return key.tenant == tenant; });
  }

  Result<std::vector<TimerRow>> timers_of(StreamKey stream) override {
    const std::shared_lock lock(guard_);
    return due_timers(stream, [&](const StreamKey& key) { return key == stream; });
  }

  Result<std::vector<InboxRow>> waiting(TenantId tenant, std::size_t limit) override {
    const std::shared_lock lock(guard_);
    std::vector<InboxRow> rows;
    for (auto at = inbox_.lower_bound({tenant, least});
         at != inbox_.end() && at->first.first == tenant && rows.size() < limit; ++at) {
      if (at->second.state == InboxState::Waiting) rows.push_back(at->second);
    }
    return rows;
  }

  Result<std::optional<InboxRow>> inbox(TenantId tenant, std::int64_t seq) override {
    const std::shared_lock lock(guard_);
    return found_in(inbox_, SeqKey{tenant, seq});
  }

  Result<std::vector<InboxRow>> not_understood(TenantId tenant, std::size_t limit) override {
    const std::shared_lock lock(guard_);
    std::vector<InboxRow> rows;
    auto at = inbox_.upper_bound({tenant, most});
    while (at != inbox_.begin() && rows.size() < limit) {
      const auto& [key, row] = *--at;
      if (key.first != tenant) break;
      if (row.state == InboxState::Kept || row.state == InboxState::SetAside) {
        rows.push_back(without_body(row));
      }
    }
    return rows;
  }

  Result<std::optional<InboxRow>> delivery(TenantId tenant, std::string_view account,
                                           std::string_view dedupe_key) override {
    const std::shared_lock lock(guard_);
    const TextKey key{tenant, account, dedupe_key};
    std::optional<std::int64_t> first;
    for (const auto& slot : deliveries_) {
      const auto found = slot.find(key);
      if (found != slot.end() && (!first || found->second < *first)) first = found->second;
    }
    if (!first) return std::optional<InboxRow>();
    auto row = found_in(inbox_, SeqKey{tenant, *first});
    if (row) row = without_body(std::move(*row));
    return row;
  }

  /// Whether a list of subjects, by commas, has this one.
  static bool names(const std::string& subjects, std::string_view subject) {
    return ("," + subjects + ",").find("," + std::string(subject) + ",") != std::string::npos;
  }

  Result<std::vector<InboxKey>> inbox_about(TenantId tenant, std::string_view account,
                                            std::string_view subject) override {
    const std::shared_lock lock(guard_);
    std::vector<InboxKey> keys;
    const auto about = messages_about_.find({tenant, std::string(subject)});
    if (about == messages_about_.end()) return keys;
    for (const auto seq : about->second) {
      const auto& row = inbox_.at({tenant, seq});
      const bool wanted = (account.empty() || row.account == account) &&
                          names(row.subject, subject) && is_handled_with_body(row);
      if (wanted) keys.push_back({tenant, row.seq});
    }
    return keys;
  }

  Result<Expired> expired(const ExpiryQuery& query) override {
    const std::unique_lock lock(guard_);
    Expired found;
    const auto is_full = [&](const auto& keys) { return keys.size() >= query.limit; };
    for (auto at = bodies_by_age_.begin();
         at != bodies_by_age_.end() && at->first < query.bodies_before;) {
      const auto& row = inbox_.at(at->second);
      const bool goes = row.tenant == query.tenant && is_handled_with_body(row);
      if (goes && !is_full(found.inbox_bodies)) found.inbox_bodies.push_back({row.tenant, row.seq});
      at = row.body.empty() ? bodies_by_age_.erase(at) : std::next(at);
    }
    const auto look = [&](auto& by_expiry, const auto& expires_at, const auto& take) {
      for (auto at = by_expiry.begin(); at != by_expiry.end() && at->first <= query.now;) {
        // What was written anew since, or went, has another entry or none.
        const bool holds = expires_at(at->second) == at->first;
        if (holds) take(at->second);
        at = holds ? std::next(at) : by_expiry.erase(at);
      }
    };
    look(
        sealed_by_expiry_,
        [this](const auto& key) {
          const auto row = sealed_.find(key);
          return row == sealed_.end() ? Instant{} : row->second.delete_at;
        },
        [&](const auto& key) {
          const bool goes = key.first.tenant == query.tenant && !is_full(found.sealed);
          if (goes) found.sealed.push_back({key.first, key.second});
        });
    look(
        records_by_expiry_,
        [this](const TextKey& key) {
          const auto row = records_.find(key);
          return row == records_.end() ? Instant{} : row->second.expires_at;
        },
        [&](const TextKey& key) {
          const auto& [tenant, kind, name] = key;
          const bool goes = tenant == query.tenant && !is_full(found.records);
          if (goes) found.records.push_back({tenant, kind, name});
        });
    return found;
  }

  Result<std::optional<StreamKey>> reference(TenantId tenant, std::string_view kind,
                                             std::string_view value) override {
    const std::shared_lock lock(guard_);
    return found_in(references_, TextKey{tenant, kind, value});
  }

  Result<std::vector<ReferenceRow>> references_of(StreamKey stream) override {
    const std::shared_lock lock(guard_);
    std::vector<ReferenceRow> rows;
    const auto found = stream_references_.find(stream);
    if (found == stream_references_.end()) return rows;
    for (const auto& [kind, value] : found->second) {
      rows.push_back({stream.tenant, kind, value, stream});
    }
    return rows;
  }

  Result<std::vector<SealedRow>> sealed(StreamKey stream) override {
    const std::shared_lock lock(guard_);
    std::vector<SealedRow> rows;
    for (auto at = sealed_.lower_bound({stream, ""});
         at != sealed_.end() && at->first.first == stream; ++at) {
      rows.push_back(at->second);
    }
    return rows;
  }

  Result<std::optional<std::string>> value(TenantId tenant, const Digest& hash) override {
    const std::shared_lock lock(guard_);
    return found_in(values_, std::pair(tenant, hash));
  }

  Result<std::optional<RecordRow>> record(const RecordKey& key) override {
    const std::shared_lock lock(guard_);
    return found_in(records_, TextKey{key.tenant, key.kind, key.key});
  }

  Result<std::vector<RecordRow>> records(TenantId tenant, std::string_view kind,
                                         std::string_view after, std::size_t limit) override {
    const std::shared_lock lock(guard_);
    std::vector<RecordRow> rows;
    for (auto at = records_.upper_bound({tenant, std::string(kind), std::string(after)});
         at != records_.end() && at->second.tenant == tenant && at->second.kind == kind &&
         rows.size() < limit;
         ++at) {
      rows.push_back(at->second);
    }
    return rows;
  }

  Result<std::vector<StreamKey>> search(TenantId tenant, const std::vector<std::string>& tokens,
                                        std::size_t limit, std::int64_t before) override {
    const std::shared_lock lock(guard_);
    if (tokens.size() > most_search_words) return too_many_words(tokens.size());
    std::optional<std::set<StreamKey>> matching;
    for (const auto& token : tokens) {
      auto streams = streams_with(tenant, search_word(token));
      if (matching) {
        std::erase_if(streams, [&](const auto& stream) { return !matching->contains(stream); });
      }
      matching = std::move(streams);
    }
    std::vector<StreamKey> rows;
    if (matching) rows.assign(matching->begin(), matching->end());
    if (before != 0) std::erase_if(rows, [&](const auto& row) { return row.id >= before; });
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
      return std::pair(a.id, a.kind) > std::pair(b.id, b.kind);
    });
    if (rows.size() > page_length(limit)) rows.resize(page_length(limit));
    return rows;
  }

 private:
  template <class Map, class Key>
  static std::optional<typename Map::mapped_type> found_in(const Map& map, const Key& key) {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
  }

  template <class Map, class Key>
  static std::vector<typename Map::mapped_type> rows_between(const Map& map, const Key& from,
                                                             const Key& to) {
    std::vector<typename Map::mapped_type> rows;
    const auto end = map.upper_bound(to);
    for (auto at = map.lower_bound(from); at != end; ++at) rows.push_back(at->second);
    return rows;
  }

  template <class Map>
  static std::int64_t last_seq(const Map& map, TenantId tenant) {
    const auto end = map.upper_bound({tenant, most});
    if (end == map.begin()) return 0;
    const auto& key = std::prev(end)->first;
    return key.first == tenant ? key.second : 0;
  }

  /// From the head that the stream's row names back to the first, without a gap.
  Result<std::vector<const EventRow*>> chain(const StreamKey& stream) const {
    std::vector<const EventRow*> rows;
    const auto head = orders_.find(stream);
    if (head == orders_.end()) return rows;
    const auto known = stream_events_.find(stream);
    if (known != stream_events_.end()) rows = known->second;
    auto seq = head->second.head_seq;
    while (!rows.empty() && rows.back()->seq > seq) rows.pop_back();
    for (auto at = rows.rbegin(); at != rows.rend(); ++at) {
      if ((*at)->seq != seq || (*at)->previous >= seq) return broken_chain();
      seq = (*at)->previous;
    }
    if (seq != 0) return broken_chain();
    return rows;
  }

  // The timers of the streams from `first` on, as long as they are wanted.
  template <class Wanted>
  std::vector<TimerRow> due_timers(const StreamKey& first, const Wanted& wanted) const {
    std::vector<TimerRow> rows;
    for (auto at = timers_.lower_bound({first, std::string_view(), std::string()});
         at != timers_.end() && wanted(at->second.stream); ++at) {
      rows.push_back(at->second);
    }
    std::sort(rows.begin(), rows.end(), due_before);
    return rows;
  }

  std::set<StreamKey> streams_with(TenantId tenant, const SearchWord& word) const {
    std::set<StreamKey> streams;
    for (auto at = tokens_.lower_bound({tenant, std::string(word.text), least, StreamKind{}});
         at != tokens_.end(); ++at) {
      const auto& [owner, token, id, kind] = *at;
      const bool fits = word.prefix ? token.starts_with(word.text) : token == word.text;
      if (owner != tenant || !fits) break;
      streams.insert({tenant, kind, id});
    }
    return streams;
  }

  // Everything that could refuse the batch is looked at before the first row is touched.
  Status check_batch(const Batch& batch) const {
    std::set<SeqKey> added;
    for (const auto& row : batch.add_events) {
      const SeqKey key{row.stream.tenant, row.seq};
      if (events_.contains(key) || !added.insert(key).second) return exists_already();
    }
    for (const auto& row : batch.put_exceptions) {
      if (row.owner.empty()) {
        return fail(ErrorCode::Invalid, "an exception has no owner", "store", "name an owner");
      }
    }
    added.clear();
    for (const auto& row : batch.add_inbox) {
      const SeqKey key{row.tenant, row.seq};
      if (inbox_.contains(key) || !added.insert(key).second) return exists_already();
    }
    for (const auto& row : batch.put_inbox) {
      const SeqKey key{row.tenant, row.seq};
      if (!inbox_.contains(key) && !added.contains(key)) {
        return fail(ErrorCode::Conflict, "an inbox row to change is not stored", "store",
                    "read again");
      }
    }
    return {};
  }

  static Status exists_already() {
    return fail(ErrorCode::Conflict, "a row that must be new is already stored", "store",
                "read again");
  }

  void apply(const Batch& batch) {
    for (const auto& row : batch.add_events) {
      const auto added = events_.insert_or_assign({row.stream.tenant, row.seq}, row).first;
      stream_events_[row.stream].push_back(&added->second);
    }
    for (const auto& row : batch.put_orders) orders_[row.stream] = row;
    for (const auto& row : batch.put_exceptions) {
      if (row.resolved_at && planted("a closed case stays in the queue")) continue;
      exceptions_[{row.stream, row.number}] = row;
    }
    for (const auto& row : batch.put_outbox) {
      outbox_[{row.stream.tenant, row.seq, row.number}] = row;
    }
    for (const auto& row : batch.put_timers) {
      if (row.kind == TimerKind::ShipBy && planted("the store forgets a timer")) continue;
      timers_[identity_of(row)] = row;
    }
    for (const auto& key : batch.drop_timers) {
      timers_.erase({key.stream, name_of(key.kind), key.about});
    }
    apply_inbox(batch);
    for (const auto& row : batch.put_references) put_reference(row);
    for (const auto& row : batch.put_sealed) {
      sealed_[{row.stream, row.kind}] = row;
      if (row.delete_at) sealed_by_expiry_.insert({row.delete_at, {row.stream, row.kind}});
    }
    for (const auto& stream : batch.drop_sealed) {
      auto at = sealed_.lower_bound({stream, ""});
      while (at != sealed_.end() && at->first.first == stream) at = sealed_.erase(at);
    }
    for (const auto& key : batch.drop_sealed_rows) sealed_.erase({key.stream, key.kind});
    for (const auto& row : batch.put_values) values_.try_emplace({row.tenant, row.hash}, row.bytes);
    for (const auto& row : batch.put_records) {
      records_[{row.tenant, row.kind, row.key}] = row;
      if (!row.expires_at) continue;
      records_by_expiry_.insert({row.expires_at, {row.tenant, row.kind, row.key}});
    }
    for (const auto& key : batch.drop_records) records_.erase({key.tenant, key.kind, key.key});
    apply_search(batch);
  }

  void apply_inbox(const Batch& batch) {
    for (const auto& row : batch.add_inbox) {
      inbox_[{row.tenant, row.seq}] = row;
      note_subjects(row);
      if (!row.body.empty()) bodies_by_age_.insert({row.received_at, {row.tenant, row.seq}});
      if (row.dedupe_key.empty()) continue;
      const auto place = delivery_slot(periods_, row.received_at);
      if (place.empty_first) {
        deliveries_[place.slot].clear();
        periods_[place.slot] = place.period;
      }
      deliveries_[place.slot].try_emplace({row.tenant, row.account, row.dedupe_key}, row.seq);
    }
    for (const auto& row : batch.put_inbox) {
      auto& stored = inbox_[{row.tenant, row.seq}];
      stored.state = row.state;
      stored.attempts = row.attempts;
      stored.problem = row.problem;
      if (row.subject.empty()) continue;
      stored.subject = row.subject;
      note_subjects(stored);
    }
    for (const auto& key : batch.drop_inbox_bodies) {
      const auto found = inbox_.find({key.tenant, key.seq});
      if (found != inbox_.end()) found->second.body.clear();
    }
  }

  void note_subjects(const InboxRow& row) {
    for (const auto& subject : split(row.subject, ',')) {
      messages_about_[{row.tenant, std::string(subject)}].insert(row.seq);
    }
  }

  void put_reference(const ReferenceRow& row) {
    const TextKey key{row.tenant, row.kind, row.value};
    if (const auto found = references_.find(key); found != references_.end()) {
      stream_references_[found->second].erase({row.kind, row.value});
    }
    references_[key] = row.stream;
    stream_references_[row.stream].insert({row.kind, row.value});
  }

  void apply_search(const Batch& batch) {
    for (const auto& [stream, token] : batch.add_search) {
      tokens_.insert({stream.tenant, token, stream.id, stream.kind});
      stream_tokens_[stream].insert(token);
    }
    for (const auto& stream : batch.drop_search) {
      for (const auto& token : stream_tokens_[stream]) {
        tokens_.erase({stream.tenant, token, stream.id, stream.kind});
      }
      stream_tokens_.erase(stream);
    }
  }

  const std::shared_ptr<MemoryStoreFaults> faults_;
  mutable std::shared_mutex guard_;
  std::map<SeqKey, EventRow> events_;
  std::map<StreamKey, std::vector<const EventRow*>> stream_events_;  // into events_, by seq
  std::map<StreamKey, OrderRow> orders_;
  std::map<ExceptionKey, ExceptionRow> exceptions_;
  std::map<EffectKey, OutboxRow> outbox_;
  std::map<TimerIdentity, TimerRow> timers_;
  std::map<SeqKey, InboxRow> inbox_;
  // Also those that named it once; a reader looks again.
  std::map<std::pair<TenantId, std::string>, std::set<std::int64_t>> messages_about_;
  // What goes some day, by its day: asking every hour walks no table.
  std::set<std::pair<Instant, SeqKey>> bodies_by_age_;
  std::set<std::pair<Instant, std::pair<StreamKey, std::string>>> sealed_by_expiry_;
  std::set<std::pair<Instant, TextKey>> records_by_expiry_;
  std::array<std::map<TextKey, std::int64_t>, 2> deliveries_;
  DeliveryPeriods periods_{no_delivery_period, no_delivery_period};
  std::map<TextKey, StreamKey> references_;
  std::map<StreamKey, std::set<std::pair<std::string, std::string>>> stream_references_;
  std::map<std::pair<StreamKey, std::string>, SealedRow> sealed_;
  std::map<std::pair<TenantId, Digest>, std::string> values_;
  std::map<TextKey, RecordRow> records_;
  std::set<TokenKey> tokens_;
  std::map<StreamKey, std::set<std::string>> stream_tokens_;
};

}  // namespace

std::unique_ptr<Store> make_memory_store(std::shared_ptr<MemoryStoreFaults> faults) {
  return std::make_unique<MemoryStore>(std::move(faults));
}

}  // namespace holdfast::store
