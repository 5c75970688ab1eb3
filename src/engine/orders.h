#pragma once
// Orders: one step of one stream. Loads the state, gathers facts, decides, and collects every row
// the step changes into a batch that the caller commits. A step that fails leaves the batch as it
// was.

#include <list>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/automation.h"
#include "core/decide.h"
#include "core/run.h"
#include "engine/gather.h"
#include "engine/meter.h"
#include "engine/products.h"
#include "engine/restore_mark.h"
#include "engine/setup.h"
#include "engine/vault.h"
#include "engine/words.h"
#include "model/effect.h"

namespace holdfast::engine {

/// A timer set or dropped by a step.
struct TimerChange {
  ports::TimerRow row;
  bool set = true;
};

/// What one step did.
struct Stepped {
  ports::StreamKey stream;
  std::int64_t version = 0;
  std::vector<Event> events;
  std::vector<ports::OutboxRow> effects;   // new rows, in order
  std::vector<TimerChange> timers;         // in order; the last word on a timer counts
  std::vector<core::FollowUp> follow_ups;  // what it asks of other streams
  std::vector<std::string> photos_gone;    // SHA-256 of files to remove once this is durable
};

/// A stream in memory: its state and the columns its next event hangs on.
struct Held {
  core::OrderState state;
  std::int64_t head_seq = 0;
  Digest head_hash{};
  std::string sealed_key;    // the order's data key; "" until there is personal data
  std::string sealed_buyer;  // the buyer's record; "" when there is none
  std::int64_t commit = 0;   // during which it changed last; its rows may not be in the store yet
  Digest address_hash{};     // of the address in the sealed record; zeroes until it was looked at
};

class Orders {
 public:
  Orders(Parts parts, Setup& setup, const Vault& vault);

  /// Reads counters from the store; call once before the first step.
  Status start();

  /// Runs one command on one stream and adds its rows to `batch`. Errors are decide's rejections,
  /// or the store's; `batch` is then unchanged. CheckFailed passes through.
  Result<Stepped> step(const ports::StreamKey& stream, const Command& command,
                       const std::string& actor, ports::Batch& batch);

  /// The stream of a channel's order; a fresh id when it is not known yet.
  Result<ports::StreamKey> stream_of_order(const std::string& account,
                                           const std::string& channel_order);

  /// The stream a purchase order or tracking number belongs to; NotFound when none does.
  Result<ports::StreamKey> stream_by(const std::string& kind, const std::string& value);

  /// The stream of cases about one subject (an account, the inbox).
  Result<ports::StreamKey> case_stream(const std::string& subject);

  /// A stream's present state, as of the last step; NotFound when it has no events.
  Result<const Held*> held(const ports::StreamKey& stream);

  /// The buyer's record as stored; NotFound when there is none or it was erased.
  Result<Json> buyer(const ports::StreamKey& stream);

  /// A stream's words, those of the coming commit included. Errors are the store's.
  Result<WordBook> words(const ports::StreamKey& stream);

  /// A reference in place of a partner's words about `place`, for rows beside the stream; what
  /// seals them joins `batch`. Erased when the stream's key is gone.
  std::string hidden(const ports::StreamKey& stream, const std::string& place,
                     const std::string& text, ports::Batch& batch);

  /// Fails when the store could not be read since the last call: what was decided meanwhile rests
  /// on less than is stored, and must not be written.
  Status all_read();
  bool is_unread() const { return unread_.has_value(); }

  /// After a commit that failed: forgets what it changed; it is read again when it is asked for.
  void forget_unstored();

  /// Gives a stream's memory back; its state is read again when it is asked for. Only once what it
  /// last did is in the store, or for a stream that nobody will ask for before.
  void forget(const ports::StreamKey& stream);

  /// A sealed row is removed by the coming commit, because its time has come.
  void sealed_row_goes(const ports::SealedKey& key);

  /// After a commit: the rows of the batch are now in the store.
  void committed();

  Catalogue& catalogue() { return catalogue_; }

  /// The mark of a restore, if the store was ever restored.
  const std::optional<RestoreMark>& restored() const { return restored_; }

  /// Whether an order placed then may have moved on after the backup this store came from.
  bool may_have_moved_on(Instant placed_at) const;

  /// Suppliers, or "*", whose limit holds purchases back, with the limit in words; as of the last
  /// step.
  const std::map<std::string, std::string>& tripped() const { return tripped_; }

 private:
  struct Draft;
  /// Notes that the store did not answer; an answer of any sort passes through.
  template <class T>
  Result<T> read(Result<T> answer) {
    const auto code = answer ? ErrorCode::Internal : answer.error().code;
    if (code == ErrorCode::Unavailable || code == ErrorCode::Timeout) unread_ = answer.error();
    return answer;
  }
  Result<Held*> load(const ports::StreamKey& stream);
  core::Facts gather(const Held& held, const Command& command, Draft& draft);
  void add_events(Draft& draft, const core::Decision& decision, const std::string& actor);
  void add_row(Draft& draft, const Event& event, const std::string& actor);
  void note_listing(Draft& draft, const std::string& channel, const OrderLine& line);
  void erase_rows(Draft& draft, const std::string& actor);
  void side_rows(Draft& draft, const Event& event, const std::string& actor);
  Status seal_buyer(Draft& draft, const Command& command, Digest& known_hash);
  Status hide(Draft& draft, Command& command);
  Status keep_words(Draft& draft);
  Status draw_up(Draft& draft, const core::Decision& decision, const std::string& actor,
                 const core::Facts& facts);
  Status drop_messages(Draft& draft);
  Status drop_photos(Draft& draft);
  void put_views(Draft& draft);
  Status load_book();
  void make_room();
  void meter(const Draft& draft, const std::vector<Event>& events);
  void take_into_book(Draft& draft, const std::vector<Event>& events);
  Status open_follow_ups(Draft& draft);
  void keep_facts(Draft& draft, const std::vector<Event>& events, const core::Facts& facts);
  void touch(const ports::StreamKey& stream);

  Parts parts_;
  Setup& setup_;
  const Vault& vault_;
  Catalogue catalogue_;
  std::map<std::string, std::string> tripped_;
  Meter meter_;
  Products products_;
  core::AutomationBook book_;
  std::optional<Error> unread_;  // why the store did not answer
  bool book_loaded_ = false;
  std::set<std::string> kept_profiles_;  // hashes of profiles that are stored
  std::string policy_hash_;
  std::string policy_bytes_;
  bool policy_stored_ = false;
  std::optional<RestoreMark> restored_;
  std::map<std::string, SupplierProfile> cautious_;  // for orders from before a restore
  ports::Heads heads_;
  std::int64_t po_counter_ = 0;
  // Lately put or looked up, the coming commit's too: nobody else writes them.
  std::unordered_map<std::string, ports::StreamKey> references_;
  std::map<ports::StreamKey, Words> pending_words_;  // of the coming commit
  std::vector<std::int64_t> changed_;                // streams, by the coming commit
  std::int64_t commits_ = 1;
  std::list<std::int64_t> recent_;
  struct Slot {
    std::unique_ptr<Held> held;
    std::list<std::int64_t>::iterator place;
  };
  std::unordered_map<std::int64_t, Slot> cache_;  // by stream id; ids are unique per tenant
};

}  // namespace holdfast::engine
