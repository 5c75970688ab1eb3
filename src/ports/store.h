#pragma once
// Store: durable rows and one transaction. It knows no rule of the house: what a row means is the
// engine's business. tenant is the first column of every key (design §6).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/instant.h"
#include "base/result.h"
#include "model/enums.h"
#include "model/ids.h"

namespace holdfast::ports {

/// Kinds of streams; all run the same step.
enum class StreamKind : std::uint8_t { Order = 1, Supply = 2, Exchange = 3, Case = 4 };

struct StreamKey {
  TenantId tenant;
  StreamKind kind = StreamKind::Order;
  std::int64_t id = 0;

  auto operator<=>(const StreamKey&) const = default;
};

/// One event as stored. `seq` grows per tenant and is the key; `previous` is the same stream's
/// earlier event (0 for its first), so a stream is read backwards without an index.
struct EventRow {
  StreamKey stream;
  std::int64_t seq = 0;
  std::int64_t version = 0;
  std::int64_t previous = 0;
  Instant at;
  std::string actor;
  std::string bytes;
  Digest hash{};  // over the previous hash of the stream and the stored columns
};

/// The small row of one stream: where its events end and what lists show of it.
struct OrderRow {
  StreamKey stream;
  std::int64_t head_seq = 0;
  std::int64_t version = 0;
  Digest head_hash{};
  std::string channel;
  std::string store_number;
  std::string stage;    // derived at `version`
  std::string summary;  // JSON: small facts a list shows
  Instant placed_at;
  Instant due_at;  // next promise; 0 for none
  std::int64_t open_exceptions = 0;
  bool live = true;  // false when nothing more will happen by itself
};

/// One open or closed exception, as the queue shows it.
struct ExceptionRow {
  StreamKey stream;
  std::int64_t number = 0;
  ReasonCode reason{};
  std::string owner;  // never empty: the table refuses it
  std::string backup;
  std::string next_action;
  std::string detail;
  std::string about;
  std::string body;  // JSON: options, money and promise at risk
  std::string store_number;
  std::string channel;
  Instant opened_at;
  Instant review_by;
  Instant resolved_at;  // 0 while open
  std::string resolution;
  std::string supplier;  // whose goods it is about; "" for nobody's
};

/// An effect waiting, on its way, or settled. Key: tenant, seq of its event, number within it.
struct OutboxRow {
  StreamKey stream;
  std::int64_t seq = 0;
  std::int64_t number = 0;
  std::string lane;
  std::string bytes;  // encoded effect
  EffectState state = EffectState::Unsent;
  std::int64_t attempts = 0;
  Instant not_before;
  Instant changed_at;
  std::string detail;
};

struct TimerRow {
  StreamKey stream;
  TimerKind kind{};
  std::string about;
  Instant due_at;
};

enum class InboxState : std::uint8_t { Waiting = 1, Done = 2, Kept = 3, SetAside = 4 };

/// The state's name in the API: waiting, done, kept or set_aside.
std::string_view name_of(InboxState state);

/// A message from outside, durable before it is answered.
struct InboxRow {
  TenantId tenant;
  std::int64_t seq = 0;  // grows per tenant
  std::string account;
  std::string dedupe_key;
  std::string topic;
  std::string subject;   // what it is about, e.g. the channel order; several by commas
  std::string envelope;  // JSON: method, path, headers kept, meaning
  std::string body;      // raw bytes, sealed by the engine
  Digest body_hash{};    // of the raw bytes
  Instant received_at;
  InboxState state = InboxState::Waiting;
  std::int64_t attempts = 0;
  std::string problem;
};

/// Value → stream, for store numbers, PO numbers, tracking numbers and suppliers' numbers.
struct ReferenceRow {
  TenantId tenant;
  std::string kind;
  std::string value;
  StreamKey stream;
};

/// Bytes sealed beside a stream: buyer record, outgoing documents, free text.
struct SealedRow {
  StreamKey stream;
  std::string kind;
  std::string bytes;
  Instant delete_at;  // 0 for never
};

/// Content-addressed fact (policy, offers, decision), compressed by the store.
struct ValueRow {
  TenantId tenant;
  Digest hash{};
  std::string bytes;
};

/// Small keyed documents: users, sessions, tokens, cursors, offers, mappings, keys.
struct RecordRow {
  TenantId tenant;
  std::string kind;
  std::string key;
  std::string bytes;
  Instant expires_at;  // 0 for never
};

/// Search tokens of a stream; personal ones are keyed hashes and can be deleted.
struct SearchRow {
  StreamKey stream;
  std::string token;
};

struct RecordKey {
  TenantId tenant;
  std::string kind;
  std::string key;
};

struct InboxKey {
  TenantId tenant;
  std::int64_t seq = 0;

  auto operator<=>(const InboxKey&) const = default;
};

struct SealedKey {
  StreamKey stream;
  std::string kind;

  auto operator<=>(const SealedKey&) const = default;
};

struct TimerKey {
  StreamKey stream;
  TimerKind kind{};
  std::string about;
};

/// Everything one commit writes. `put` replaces a row of the same key; `add` must be new and makes
/// the whole batch Conflict otherwise. Lists are applied in the order they stand here.
struct Batch {
  std::vector<EventRow> add_events;
  std::vector<OrderRow> put_orders;
  std::vector<ExceptionRow> put_exceptions;
  std::vector<OutboxRow> put_outbox;
  std::vector<TimerRow> put_timers;
  std::vector<TimerKey> drop_timers;
  std::vector<InboxRow> add_inbox;
  std::vector<InboxRow> put_inbox;  // state, attempts, problem, and subject unless ""; body stays
  std::vector<InboxKey> drop_inbox_bodies;  // the row stays, with the hash of its body
  std::vector<ReferenceRow> put_references;
  std::vector<SealedRow> put_sealed;
  std::vector<StreamKey> drop_sealed;  // all sealed rows of a stream
  std::vector<SealedKey> drop_sealed_rows;
  std::vector<ValueRow> put_values;  // existing hashes are left alone
  std::vector<RecordRow> put_records;
  std::vector<RecordKey> drop_records;
  std::vector<SearchRow> add_search;  // an existing row is fine
  std::vector<StreamKey> drop_search;

  bool empty() const;
};

/// Which orders a list shows. Pages go by descending id (newest first); `before` is the cursor.
struct OrderQuery {
  TenantId tenant;
  std::string channel;  // "" for all
  std::string stage;    // "" for all
  std::optional<bool> live;
  bool with_exceptions = false;
  std::int64_t before = 0;  // 0 starts at the newest
  std::size_t limit = 50;   // at most 251: a page, and one more that says whether another follows
};

/// Which exceptions the queue shows. Pages go by (review_by, stream id, number) ascending.
struct ExceptionQuery {
  TenantId tenant;
  bool open = true;
  std::string owner;  // "" for all
  std::optional<ReasonCode> reason;
  std::string channel;
  std::string supplier;
  struct Cursor {
    Instant review_by;
    std::int64_t stream = 0;
    std::int64_t number = 0;
  };
  std::optional<Cursor> after;
  std::size_t limit = 50;  // at most 251
  // Narrower still: any one of these (empty: all), due before a moment (none: whenever).
  std::vector<std::string> owners{};
  std::vector<std::string> channels{};
  std::vector<ReasonCode> reasons{};
  Instant due_before{};
  /// Rows left out before the first one that is given.
  std::size_t skip = 0;
};

/// How many exceptions of one reason and owner are open, and how many of those passed review_by.
struct ExceptionTally {
  ReasonCode reason{};
  std::string owner;
  std::int64_t open = 0;
  std::int64_t overdue = 0;
};

/// What is asked for when old things are to be removed.
struct ExpiryQuery {
  TenantId tenant;
  Instant now;                // rows with a date of their own up to here
  Instant bodies_before;      // raw messages received before; those still waiting are never named
  std::size_t limit = 1'000;  // of each kind
};

/// What may be removed now, oldest first.
struct Expired {
  std::vector<InboxKey> inbox_bodies;
  std::vector<SealedKey> sealed;
  std::vector<RecordKey> records;
};

/// Growing counters a writer goes on from after a start.
struct Heads {
  std::int64_t event_seq = 0;
  std::int64_t inbox_seq = 0;
  std::int64_t order_id = 0;  // of streams of every kind: they share one counter
};

/// What is stored, as a whole: for /metrics and health.
struct Counts {
  std::int64_t orders = 0;
  std::int64_t events = 0;
  std::int64_t open_exceptions = 0;
  std::int64_t inbox_waiting = 0;
  std::int64_t outbox_unsettled = 0;
};

/// Many readers, one writer. `write` may only be called from the writer's thread; everything else
/// from any thread. Reads see the last commit. Errors: Unavailable when the storage cannot be
/// reached or is full, Conflict when an added row exists, Internal for corruption.
class Store {
 public:
  virtual ~Store() = default;

  /// One durable transaction: every row survives power loss. What it drops is overwritten on disk.
  virtual Status write(const Batch& batch) = 0;

  virtual Result<Heads> heads(TenantId tenant) = 0;
  virtual Result<Counts> counts(TenantId tenant) = 0;

  /// A stream's events in order of version; empty when there is none.
  virtual Result<std::vector<EventRow>> events(StreamKey stream) = 0;
  /// Events of all streams with seq > after, at most `limit`: for rebuilding and exporting.
  virtual Result<std::vector<EventRow>> events_after(TenantId tenant, std::int64_t after,
                                                     std::size_t limit) = 0;
  virtual Result<std::optional<OrderRow>> order(StreamKey stream) = 0;
  virtual Result<std::vector<OrderRow>> orders(const OrderQuery& query) = 0;
  /// The rows of these streams as of one commit, in the order asked; unknown ones are left out.
  virtual Result<std::vector<OrderRow>> orders_of(const std::vector<StreamKey>& streams) = 0;
  virtual Result<std::vector<ExceptionRow>> exceptions(const ExceptionQuery& query) = 0;
  /// How many there are, wherever the page begins; reads each one's index row, and its own row too
  /// where the query names channels.
  virtual Result<std::int64_t> count_exceptions(const ExceptionQuery& query) = 0;
  virtual Result<std::vector<ExceptionRow>> exceptions_of(StreamKey stream) = 0;
  /// Open exceptions of a channel and a supplier ("" for all) by owner and reason, in that order of
  /// names; reads each open one's index row, and with a channel or a supplier its row too.
  virtual Result<std::vector<ExceptionTally>> exception_tallies(TenantId tenant, Instant now,
                                                                std::string_view channel,
                                                                std::string_view supplier) = 0;
  /// Unsettled rows (unsent, sending, unknown) by seq, for the heap in memory.
  virtual Result<std::vector<OutboxRow>> unsettled(TenantId tenant) = 0;
  virtual Result<std::vector<OutboxRow>> outbox_of(StreamKey stream) = 0;
  virtual Result<std::vector<TimerRow>> timers(TenantId tenant) = 0;
  virtual Result<std::vector<TimerRow>> timers_of(StreamKey stream) = 0;
  /// Waiting rows in order of seq, bodies included.
  virtual Result<std::vector<InboxRow>> waiting(TenantId tenant, std::size_t limit) = 0;
  virtual Result<std::optional<InboxRow>> inbox(TenantId tenant, std::int64_t seq) = 0;
  /// Kept and set-aside rows, newest first, without bodies.
  virtual Result<std::vector<InboxRow>> not_understood(TenantId tenant, std::size_t limit) = 0;
  /// The inbox row a delivery key was first stored under, with its body hash.
  virtual Result<std::optional<InboxRow>> delivery(TenantId tenant, std::string_view account,
                                                   std::string_view dedupe_key) = 0;
  /// Handled messages about one subject, of one account or ("") of all, that still have a body;
  /// walks the whole inbox, hence for erasing only.
  virtual Result<std::vector<InboxKey>> inbox_about(TenantId tenant, std::string_view account,
                                                    std::string_view subject) = 0;
  virtual Result<Expired> expired(const ExpiryQuery& query) = 0;
  virtual Result<std::optional<StreamKey>> reference(TenantId tenant, std::string_view kind,
                                                     std::string_view value) = 0;
  virtual Result<std::vector<ReferenceRow>> references_of(StreamKey stream) = 0;
  virtual Result<std::vector<SealedRow>> sealed(StreamKey stream) = 0;
  virtual Result<std::optional<std::string>> value(TenantId tenant, const Digest& hash) = 0;
  virtual Result<std::optional<RecordRow>> record(const RecordKey& key) = 0;
  /// Records of a kind in order of key, after `after`, at most `limit`.
  virtual Result<std::vector<RecordRow>> records(TenantId tenant, std::string_view kind,
                                                 std::string_view after, std::size_t limit) = 0;
  /// Streams with an id below `before` (0 for no bound) that hold every token (x* is a prefix),
  /// newest first, at most 251; where all are common, of a part.
  virtual Result<std::vector<StreamKey>> search(TenantId tenant,
                                                const std::vector<std::string>& tokens,
                                                std::size_t limit, std::int64_t before) = 0;
};

}  // namespace holdfast::ports
