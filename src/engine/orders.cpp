#include "engine/orders.h"

#include <algorithm>

#include "base/check.h"
#include "base/planted.h"
#include "core/react.h"
#include "core/summary.h"
#include "engine/address.h"
#include "engine/chain.h"
#include "engine/photos.h"
#include "engine/retention/retention.h"
#include "engine/search_words.h"
#include "engine/view_rows.h"
#include "engine/views/history.h"
#include "model/codec.h"
#include "model/facts_codec.h"
#include "model/policy_codec.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t cache_size = 20'000;
constexpr std::size_t records_read_at_once = 500;
constexpr std::size_t most_references_kept = 100'000;

std::string reference_key(const std::string& kind, const std::string& value) {
  return kind + '\n' + value;
}

}  // namespace

/// One step's rows before they join the batch.
struct Orders::Draft {
  ports::StreamKey stream;
  Held held;  // a copy: the cached one changes only when the step succeeded
  ports::Batch rows;
  Stepped stepped;
  Instant now;
  std::int64_t seq = 0;      // of the last event
  std::int64_t version = 0;  // of the last event
  std::vector<std::int64_t> changed_cases;
  std::map<std::int64_t, ExceptionResolved> decided_cases;
  Words words;             // of the command, by their references
  bool fresh_key = false;  // the data key was made for these words
};

Orders::Orders(Parts parts, Setup& setup, const Vault& vault)
    : parts_(parts), setup_(setup), vault_(vault), catalogue_(setup.offers) {
  policy_bytes_ = encode_policy(setup_.policy);
  policy_hash_ = hex(sha256(policy_bytes_));
}

Status Orders::start() {
  auto heads = parts_.store->heads(setup_.tenant);
  if (!heads) return fail(heads.error());
  heads_ = *heads;
  auto counter = parts_.store->record({setup_.tenant, "counter", "po"});
  if (!counter) return fail(counter.error());
  if (*counter) po_counter_ = std::atoll((*counter)->bytes.c_str());
  auto mark = read_restore_mark(*parts_.store, setup_.tenant);
  if (!mark) return fail(mark.error());
  restored_ = *mark;
  if (restored_) {
    // Numbers the lost store may have given away are never given again: suppliers would take a new
    // purchase order for an old one, and an old link would show another buyer's order.
    heads_.order_id = std::max(heads_.order_id, restored_->orders_from);
    po_counter_ = std::max(po_counter_, restored_->pos_from);
    cautious_ = setup_.profiles;
    for (auto& [name, profile] : cautious_) profile.mode = std::min(profile.mode, Mode::Propose);
  }
  return recount(*parts_.store, setup_.tenant, parts_.clock->now(), meter_);
}

bool Orders::may_have_moved_on(Instant placed_at) const {
  return restored_ && placed_at && placed_at < restored_->restored_at;
}

void Orders::touch(const ports::StreamKey& stream) {
  auto& slot = cache_.at(stream.id);
  recent_.splice(recent_.begin(), recent_, slot.place);
}

Result<Held*> Orders::load(const ports::StreamKey& stream) {
  if (const auto found = cache_.find(stream.id); found != cache_.end()) {
    touch(stream);
    return found->second.held.get();
  }
  auto rows = read(parts_.store->events(stream));
  if (!rows) return fail(rows.error());
  auto held = std::make_unique<Held>();
  for (const auto& row : *rows) {
    auto json = parse_json(row.bytes);
    auto event = json ? decode_event(*json) : Result<Event>(fail(json.error()));
    if (!event) return fail(within(event.error(), "event " + std::to_string(row.seq)));
    core::evolve(held->state, *event);
    held->head_seq = row.seq;
    held->head_hash = row.hash;
  }
  if (!rows->empty()) {
    auto sealed = read(parts_.store->sealed(stream));
    if (!sealed) return fail(sealed.error());
    for (const auto& row : *sealed) {
      if (row.kind == "key") held->sealed_key = row.bytes;
      if (row.kind == "buyer") held->sealed_buyer = row.bytes;
    }
  }
  recent_.push_front(stream.id);
  auto* raw = held.get();
  cache_[stream.id] = {std::move(held), recent_.begin()};
  make_room();
  return raw;
}

Status Orders::all_read() {
  auto problem = std::exchange(unread_, std::nullopt);
  return problem ? fail(std::move(*problem)) : Status();
}

/// Gives up what was asked for longest ago, unless the store does not hold all of it yet.
void Orders::make_room() {
  while (cache_.size() > cache_size) {
    const auto oldest = cache_.find(recent_.back());
    if (oldest->second.held->commit == commits_) return;
    cache_.erase(oldest);
    recent_.pop_back();
  }
}

Result<const Held*> Orders::held(const ports::StreamKey& stream) {
  auto found = load(stream);
  if (!found) return fail(found.error());
  if ((*found)->state.version == 0) return fail(ErrorCode::NotFound, "no such order");
  return *found;
}

Result<Json> Orders::buyer(const ports::StreamKey& stream) {
  auto found = load(stream);
  if (!found) return fail(found.error());
  const auto& held = **found;
  if (held.sealed_key.empty() || held.sealed_buyer.empty()) {
    return fail(ErrorCode::NotFound, "no buyer record");
  }
  auto bytes = vault_.unseal(stream, held.sealed_key, "buyer", held.sealed_buyer);
  if (!bytes) return fail(bytes.error());
  return parse_json(*bytes);
}

core::Facts Orders::gather(const Held& held, const Command& command, Draft& draft) {
  core::Facts facts;
  facts.now = draft.now;
  facts.policy = &setup_.policy;
  facts.policy_hash = policy_hash_;
  facts.suppliers = &setup_.profiles;
  facts.tripped = tripped_ = meter_.tripped(setup_.policy, draft.now);
  std::vector<std::string> skus;
  auto placed_at = held.state.placed_at;
  skus.reserve(held.state.lines.size());
  for (const auto& line : held.state.lines) skus.push_back(line.line.sku);
  if (const auto* channel = std::get_if<ChannelCommand>(&command)) {
    if (const auto* observed = std::get_if<ObserveOrder>(channel)) {
      if (!placed_at) placed_at = observed->order.placed_at;
      for (const auto& line : observed->order.lines) skus.push_back(line.sku);
      facts.destination =
          assess(observed->order, core::channel_policy(setup_.policy, observed->order.channel));
    }
  }
  // It may have been bought under a number this store does not know: a person looks first.
  if (may_have_moved_on(placed_at)) facts.suppliers = &cautious_;
  facts.automation = &book_;
  std::ranges::sort(skus);
  skus.erase(std::unique(skus.begin(), skus.end()), skus.end());
  for (const auto& sku : skus) {
    const auto& offers = catalogue_.offers(sku);
    facts.offers.insert(facts.offers.end(), offers.begin(), offers.end());
    const bool live = std::ranges::any_of(offers, [](const auto& o) { return !o->suspended; });
    if (live) facts.mapped_skus.push_back(sku);
  }
  facts.fresh_po = [this](std::int64_t nth) {
    return po_number(setup_.po_prefix, po_counter_ + nth);
  };
  for (const auto& parcel : held.state.parcels) {
    auto owner = stream_by("tracking", parcel.tracking);
    if (owner && owner->id != draft.stream.id) facts.tracking_elsewhere.push_back(parcel.tracking);
  }
  if (const auto* person = std::get_if<PeopleCommand>(&command)) {
    if (const auto* corrected = std::get_if<CorrectTracking>(person)) {
      auto owner = stream_by("tracking", corrected->tracking);
      if (owner && owner->id != draft.stream.id) {
        facts.tracking_elsewhere.push_back(corrected->tracking);
      }
    }
  }
  if (const auto* supplier = std::get_if<SupplierCommand>(&command)) {
    if (const auto* announced = std::get_if<AnnounceParcel>(supplier)) {
      auto owner = stream_by("tracking", announced->tracking);
      if (owner && owner->id != draft.stream.id) {
        facts.tracking_elsewhere.push_back(announced->tracking);
      }
    }
  }
  return facts;
}

/// Seals the buyer's record when it is new or changed, and gives facts its commitment. What it
/// learns about the stored record goes into `known_hash` even when the step changes nothing.
Status Orders::seal_buyer(Draft& draft, const Command& command, Digest& known_hash) {
  const auto* channel = std::get_if<ChannelCommand>(&command);
  const auto* observed = channel ? std::get_if<ObserveOrder>(channel) : nullptr;
  if (!observed || observed->order.deleted || draft.held.state.erased) return {};
  const auto bytes = codec::encode(observed->order.address);
  const auto hash = sha256(bytes);
  if (!draft.held.sealed_key.empty()) {
    if (known_hash == hash) return {};
    auto known = buyer(draft.stream);
    if (known && to_text((*known)["address"]) == bytes) {
      draft.held.address_hash = known_hash = hash;
      return {};
    }
  } else {
    draft.held.sealed_key = vault_.new_key(draft.stream, *parts_.entropy);
    draft.rows.put_sealed.push_back({draft.stream, "key", draft.held.sealed_key, {}});
  }
  const auto salt = hex(parts_.entropy->bytes(16));
  const std::string record = "{\"address\":" + bytes + ",\"salt\":\"" + salt + "\"}";
  auto sealed = vault_.seal(draft.stream, draft.held.sealed_key, "buyer", record, *parts_.entropy);
  if (!sealed) return fail(sealed.error());
  const auto delete_at = keep_until(setup_.policy, "buyer_data", draft.now);
  draft.held.sealed_buyer = *sealed;
  draft.rows.put_sealed.push_back({draft.stream, "buyer", *sealed, delete_at});
  for (const auto& word : words_of(observed->order.address)) {
    draft.rows.add_search.push_back({draft.stream, vault_.search_token(word)});
  }
  draft.held.state.buyer =
      planted("an address stands in the stream") ? bytes : hex(hmac_sha256(salt, bytes));
  draft.held.address_hash = hash;
  return {};
}

/// Puts references in place of a command's free text, so that nothing later can store the text.
Status Orders::hide(Draft& draft, Command& command) {
  std::string word_key;
  Status status;
  hide_words(command, [&](const std::string& text) {
    auto& held = draft.held;
    if (held.sealed_key.empty() && held.state.erased) return std::string(erased_words);
    if (held.sealed_key.empty()) {
      held.sealed_key = vault_.new_key(draft.stream, *parts_.entropy);
      draft.fresh_key = true;
    }
    if (word_key.empty()) {
      auto key = vault_.word_key(draft.stream, held.sealed_key);
      if (key)
        word_key = std::move(*key);
      else
        status = fail(key.error());
    }
    auto word = word_of(word_key, text);
    auto reference = reference_of(word);
    draft.words.emplace(reference, std::move(word));
    return reference;
  });
  return status;
}

/// Seals those of the command's words that an event refers to.
Status Orders::keep_words(Draft& draft) {
  const auto& added = draft.rows.add_events;
  std::erase_if(draft.words, [&](const auto& entry) {
    return std::ranges::none_of(added, [&](const ports::EventRow& row) {
      return row.bytes.find(entry.first) != std::string::npos;
    });
  });
  if (draft.words.empty()) {
    // A key that seals nothing is not stored, so it must not be remembered either.
    if (draft.fresh_key) draft.held.sealed_key.clear();
    return {};
  }
  if (draft.fresh_key)
    draft.rows.put_sealed.push_back({draft.stream, "key", draft.held.sealed_key, {}});
  const auto kind = std::string(words_kind) + std::to_string(added.front().version);
  auto sealed = vault_.seal(draft.stream, draft.held.sealed_key, kind, encode_words(draft.words),
                            *parts_.entropy);
  if (!sealed) return fail(sealed.error());
  draft.rows.put_sealed.push_back(
      {draft.stream, kind, std::move(*sealed), keep_until(setup_.policy, "notes", draft.now)});
  pending_words_[draft.stream].merge(draft.words);
  return {};
}

Result<WordBook> Orders::words(const ports::StreamKey& stream) {
  auto book = read(read_words(*parts_.store, &vault_, stream));
  if (!book) return book;
  const auto pending = pending_words_.find(stream);
  if (pending != pending_words_.end()) {
    book->words.insert(pending->second.begin(), pending->second.end());
  }
  return book;
}

std::string Orders::hidden(const ports::StreamKey& stream, const std::string& place,
                           const std::string& text, ports::Batch& batch) {
  if (text.empty() || text == erased_words || has_reference(text)) return text;
  auto loaded = load(stream);
  if (!loaded || (*loaded)->sealed_key.empty()) return std::string(erased_words);
  const auto& key = (*loaded)->sealed_key;
  const auto word_key = vault_.word_key(stream, key);
  if (!word_key) return std::string(erased_words);
  auto word = word_of(*word_key, text);
  auto reference = reference_of(word);
  const auto kind = std::string(words_kind) + place;
  Words words;
  words.emplace(reference, std::move(word));
  auto sealed = vault_.seal(stream, key, kind, encode_words(words), *parts_.entropy);
  if (!sealed) return std::string(erased_words);
  batch.put_sealed.push_back(
      {stream, kind, std::move(*sealed), keep_until(setup_.policy, "notes", parts_.clock->now())});
  return reference;
}

/// Raw messages about an erased order go with its other personal data: the channel's by the order's
/// number there, other partners' by the stream they were handled on.
Status Orders::drop_messages(Draft& draft) {
  const auto& state = draft.held.state;
  auto bodies = read(parts_.store->inbox_about(setup_.tenant, state.channel, state.channel_order));
  if (!bodies) return fail(bodies.error());
  auto others = read(parts_.store->inbox_about(setup_.tenant, "", stream_text(draft.stream)));
  if (!others) return fail(others.error());
  bodies->insert(bodies->end(), others->begin(), others->end());
  draft.rows.drop_inbox_bodies = std::move(*bodies);
  return {};
}

Status Orders::drop_photos(Draft& draft) {
  auto sealed = read(parts_.store->sealed(draft.stream));
  if (!sealed) return fail(sealed.error());
  for (const auto& row : *sealed) {
    if (!row.kind.starts_with(photo_kind)) continue;
    const auto sha = row.kind.substr(photo_kind.size());
    draft.rows.drop_records.push_back(photo_key(draft.stream, sha));
    draft.stepped.photos_gone.push_back(sha);
  }
  return {};
}

void Orders::add_row(Draft& draft, const Event& event, const std::string& actor) {
  ports::EventRow row;
  row.stream = draft.stream;
  row.seq = ++draft.seq;
  row.version = ++draft.version;
  row.previous = draft.held.head_seq;
  row.at = draft.now;
  row.actor = actor;
  row.bytes = encode_event(event);
  const auto salt = vault_.event_salt(row.stream, row.version);
  row.hash = chained(planted("the chain skips its link") ? Digest{} : draft.held.head_hash, row,
                     content_of(salt, row));
  draft.held.head_seq = row.seq;
  draft.held.head_hash = row.hash;
  draft.rows.add_events.push_back(std::move(row));
}

/// What the store calls its goods; `read` notes a store that does not answer.
void Orders::note_listing(Draft& draft, const std::string& channel, const OrderLine& line) {
  if (line.sku.empty()) return;
  const Listing listing{channel, line.sku, line.title, line.variant, draft.stream.id, draft.now};
  (void)read(products_.note(*parts_.store, setup_.tenant, listing, draft.rows));
}

void Orders::erase_rows(Draft& draft, const std::string& actor) {
  if (!planted("erasing keeps the sealed rows")) draft.rows.drop_sealed.push_back(draft.stream);
  draft.rows.drop_search.push_back(draft.stream);
  draft.held.sealed_key.clear();
  draft.held.sealed_buyer.clear();
  draft.held.address_hash = {};
  pending_words_.erase(draft.stream);
  const auto& state = draft.held.state;
  draft.rows.put_records.push_back(
      erasure_row(setup_.tenant, {state.channel, state.channel_order, draft.now, actor}));
}

void Orders::side_rows(Draft& draft, const Event& event, const std::string& actor) {
  for (auto& [kind, value] : references_in(event)) {
    for (const auto& word : words_of(value)) draft.rows.add_search.push_back({draft.stream, word});
    draft.rows.put_references.push_back({setup_.tenant, kind, value, draft.stream});
  }
  if (const auto* imported = event.as<OrderImported>()) {
    for (const auto& line : imported->lines) {
      for (const auto& word : words_of(line.sku + " " + line.title)) {
        draft.rows.add_search.push_back({draft.stream, word});
      }
      note_listing(draft, imported->channel, line);
    }
  } else if (const auto* added = event.as<LineAdded>()) {
    note_listing(draft, draft.held.state.channel, added->line);
  } else if (const auto* drafted = event.as<PurchaseOrderDrafted>()) {
    draft.rows.add_search.push_back({draft.stream, supplier_token(drafted->supplier)});
  } else if (const auto* set = event.as<TimerSet>()) {
    draft.stepped.timers.push_back({{draft.stream, set->timer, set->about, set->due_at}, true});
  } else if (const auto* dropped = event.as<TimerDropped>()) {
    draft.stepped.timers.push_back({{draft.stream, dropped->timer, dropped->about, {}}, false});
  } else if (const auto* fired = event.as<TimerFired>()) {
    draft.stepped.timers.push_back({{draft.stream, fired->timer, fired->about, {}}, false});
  } else if (event.as<PersonalDataErased>()) {
    erase_rows(draft, actor);
  }
  const auto changed = [&](std::int64_t number) { draft.changed_cases.push_back(number); };
  if (const auto* e = event.as<ExceptionOpened>()) changed(e->number);
  if (const auto* e = event.as<ExceptionAssigned>()) changed(e->number);
  if (const auto* e = event.as<ExceptionSnoozed>()) changed(e->number);
  if (const auto* e = event.as<ExceptionEscalated>()) changed(e->number);
  if (const auto* e = event.as<ExceptionResolved>()) {
    changed(e->number);
    draft.decided_cases[e->number] = *e;
  }
  if (const auto* e = event.as<ExceptionJoined>()) changed(e->number);
  if (const auto* e = event.as<IncidentChanged>()) {
    const auto* open = draft.held.state.open_exception(e->reason, "incident " + e->cause);
    if (open) changed(open->number);
  }
}

void Orders::add_events(Draft& draft, const core::Decision& decision, const std::string& actor) {
  draft.rows.add_events.reserve(decision.events.size());
  for (std::size_t i = 0; i < decision.events.size(); ++i) {
    add_row(draft, decision.events[i], actor);
    side_rows(draft, decision.events[i], actor);
    std::int64_t number = 0;
    for (const auto& effect : decision.effects[i]) {
      ports::OutboxRow row;
      row.stream = draft.stream;
      row.seq = draft.seq;
      row.number = planted("effects of one event share a number") ? 1 : ++number;
      row.lane = lane_of(effect);
      row.bytes = encode_effect(effect);
      row.not_before = draft.now;
      if (std::holds_alternative<RemindSupplier>(effect)) {
        row.not_before = draft.now + setup_.policy.automation.gather_reminders;
      }
      row.changed_at = draft.now;
      draft.stepped.effects.push_back(row);
      draft.rows.put_outbox.push_back(std::move(row));
    }
  }
}

/// Views are written once per step, not once per event.
void Orders::put_views(Draft& draft) {
  const auto& state = draft.held.state;
  const StreamHead head{draft.stream, draft.held.head_seq, draft.held.head_hash};
  draft.rows.put_orders.push_back(order_row(state, head));
  std::ranges::sort(draft.changed_cases);
  const auto repeated = std::ranges::unique(draft.changed_cases);
  draft.changed_cases.erase(repeated.begin(), repeated.end());
  for (const auto number : draft.changed_cases) {
    // A closed case changes no more, so that its decision is always of the step that writes it.
    const auto decided = draft.decided_cases.find(number);
    const Closing closing{draft.now,
                          decided == draft.decided_cases.end() ? nullptr : &decided->second};
    draft.rows.put_exceptions.push_back(
        exception_row(state, draft.stream, *state.exception(number), closing));
  }
}

namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void join_batches(ports::Batch& to, ports::Batch& from) {
  append(to.add_events, from.add_events);
  append(to.put_orders, from.put_orders);
  append(to.put_exceptions, from.put_exceptions);
  append(to.put_outbox, from.put_outbox);
  append(to.drop_inbox_bodies, from.drop_inbox_bodies);
  append(to.put_references, from.put_references);
  append(to.put_sealed, from.put_sealed);
  append(to.drop_sealed, from.drop_sealed);
  append(to.put_values, from.put_values);
  append(to.put_records, from.put_records);
  append(to.drop_records, from.drop_records);
  append(to.add_search, from.add_search);
  append(to.drop_search, from.drop_search);
}

}  // namespace

Status Orders::load_book() {
  if (book_loaded_) return {};
  core::AutomationBook book;
  std::string after;
  while (true) {
    auto rows =
        read(parts_.store->records(setup_.tenant, "automation", after, records_read_at_once));
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      auto json = parse_json(row.bytes);
      if (!json) return fail(within(json.error(), row.key));
      book[row.key] = {(*json)["raised"].boolean(), (*json)["agreed"].integer()};
      after = row.key;
    }
    if (rows->size() < records_read_at_once) break;
  }
  book_ = std::move(book);
  book_loaded_ = true;
  return {};
}

/// Counts for the limits: what was bought, and what gates stopped.
void Orders::meter(const Draft& draft, const std::vector<Event>& events) {
  const auto order = std::to_string(draft.stream.id);
  for (const auto& event : events) {
    meter_.judge(event, order, draft.now);
    const auto* released = event.as<PurchaseOrderReleased>();
    const auto* po = released ? draft.held.state.po(released->po) : nullptr;
    if (po) meter_.count(po->supplier, draft.now, po->total);
  }
}

/// What events say of automation is kept across orders, and may ask something of other streams.
void Orders::take_into_book(Draft& draft, const std::vector<Event>& events) {
  std::string subject;
  for (const auto& event : events) {
    if (core::take_into(book_, event, subject)) {
      Json json;
      json.set("raised", book_[subject].raised);
      json.set("agreed", book_[subject].agreed);
      draft.rows.put_records.push_back({setup_.tenant, "automation", subject, to_text(json), {}});
    }
    auto asked = core::follow_ups(draft.held.state, draft.stream.id, event, setup_.policy, book_);
    std::ranges::move(asked, std::back_inserter(draft.stepped.follow_ups));
  }
}

/// Words go to another stream as text: each stream seals them with its own key.
Status Orders::open_follow_ups(Draft& draft) {
  std::optional<WordBook> book;
  for (auto& asked : draft.stepped.follow_ups) {
    const auto text = encode_command(asked.command);
    if (!has_reference(text)) continue;
    if (!book) {
      auto read = words(draft.stream);
      if (!read) return fail(read.error());
      book = std::move(*read);
    }
    auto json = parse_json(book->open_json(text));
    if (!json) return fail(json.error());
    auto command = decode_command(*json);
    if (!command) return fail(command.error());
    asked.command = std::move(*command);
  }
  return {};
}

/// The offers a decision compared are stored under the hash it names.
void Orders::keep_facts(Draft& draft, const std::vector<Event>& events, const core::Facts& facts) {
  const bool routed = std::ranges::any_of(events, [](const Event& event) {
    return event.as<RoutingDecided>() || event.as<RoutingFailed>();
  });
  if (!routed) return;
  const auto compared = facts.offers_compared();
  for (const auto& profile : compared.suppliers) {
    if (!kept_profiles_.insert(profile.hash).second) continue;
    const auto bytes = encode_profile(*facts.supplier(profile.supplier));
    draft.rows.put_values.push_back({setup_.tenant, sha256(bytes), bytes});
  }
  const auto bytes = encode_routing_facts(compared);
  draft.rows.put_values.push_back({setup_.tenant, sha256(bytes), bytes});
}

/// Puts a step's events and all that hangs on them into its rows.
Status Orders::draw_up(Draft& draft, const core::Decision& decision, const std::string& actor,
                       const core::Facts& facts) {
  const auto& events = decision.events;
  const auto drafted = std::ranges::count_if(
      events, [](const Event& event) { return event.as<PurchaseOrderDrafted>() != nullptr; });
  const auto erases = [](const Event& event) { return event.as<PersonalDataErased>() != nullptr; };
  if (std::ranges::any_of(events, erases)) {
    if (auto status = drop_messages(draft); !status) return status;
    if (auto status = drop_photos(draft); !status) return status;
  }
  add_events(draft, decision, actor);
  if (auto status = keep_words(draft); !status) return status;
  meter(draft, events);
  take_into_book(draft, events);
  if (auto status = open_follow_ups(draft); !status) return status;
  keep_facts(draft, events, facts);
  if (drafted > 0 && !planted("numbers start anew with the program")) {
    po_counter_ += drafted;
    draft.rows.put_records.push_back(
        {setup_.tenant, "counter", "po", std::to_string(po_counter_), {}});
  }
  put_views(draft);
  if (!policy_stored_) {
    draft.rows.put_values.push_back({setup_.tenant, sha256(policy_bytes_), policy_bytes_});
    policy_stored_ = true;
  }
  return {};
}

Result<Stepped> Orders::step(const ports::StreamKey& stream, const Command& asked,
                             const std::string& actor, ports::Batch& batch) {
  auto loaded = load(stream);
  if (!loaded) return fail(loaded.error());
  if (auto status = load_book(); !status) return fail(status.error());
  Draft draft;
  draft.stream = stream;
  draft.held = **loaded;
  draft.now = parts_.clock->now();
  draft.seq = heads_.event_seq;
  draft.stepped.stream = stream;
  const auto buyer_before = draft.held.state.buyer;
  if (auto status = seal_buyer(draft, asked, (*loaded)->address_hash); !status)
    return fail(status.error());
  auto command = asked;
  if (auto status = hide(draft, command); !status) return fail(status.error());
  auto facts = gather(draft.held, command, draft);
  if (draft.held.state.buyer != buyer_before) facts.buyer = draft.held.state.buyer;
  draft.version = draft.stepped.version = draft.held.state.version;
  auto decision = core::decide_whole(std::move(draft.held.state), command, facts);
  if (!decision) return fail(decision.error());
  if (decision->events.empty()) return std::move(draft.stepped);
  draft.held.state = std::move(decision->state);
  if (auto status = draw_up(draft, *decision, actor, facts); !status) return fail(status.error());
  for (const auto& row : draft.rows.put_records) products_.wrote(row);
  for (const auto& reference : draft.rows.put_references) {
    references_[reference_key(reference.kind, reference.value)] = reference.stream;
  }
  heads_.event_seq = draft.seq;
  draft.stepped.version = draft.held.state.version;
  draft.stepped.events = std::move(decision->events);
  draft.held.commit = commits_;
  changed_.push_back(draft.stream.id);
  if (!planted("a step does not remember itself")) **loaded = std::move(draft.held);
  join_batches(batch, draft.rows);
  return std::move(draft.stepped);
}

Result<ports::StreamKey> Orders::stream_by(const std::string& kind, const std::string& value) {
  auto key = reference_key(kind, value);
  if (const auto known = references_.find(key); known != references_.end()) return known->second;
  auto found = read(parts_.store->reference(setup_.tenant, kind, value));
  if (!found) return fail(found.error());
  if (!*found) return fail(ErrorCode::NotFound, "no order has this " + kind, value);
  references_.emplace(std::move(key), **found);
  return **found;
}

Result<ports::StreamKey> Orders::stream_of_order(const std::string& account,
                                                 const std::string& channel_order) {
  auto known = stream_by("order:" + account, channel_order);
  if (known || known.error().code != ErrorCode::NotFound) return known;
  return ports::StreamKey{setup_.tenant, ports::StreamKind::Order, ++heads_.order_id};
}

Result<ports::StreamKey> Orders::case_stream(const std::string& subject) {
  auto known = stream_by("case", subject);
  if (known || known.error().code != ErrorCode::NotFound) return known;
  const ports::StreamKey fresh{setup_.tenant, ports::StreamKind::Case, ++heads_.order_id};
  references_[reference_key("case", subject)] = fresh;
  return fresh;
}

void Orders::sealed_row_goes(const ports::SealedKey& key) {
  const auto found = cache_.find(key.stream.id);
  if (found == cache_.end() || key.kind != "buyer") return;
  found->second.held->sealed_buyer.clear();
  found->second.held->commit = commits_;
  changed_.push_back(key.stream.id);
}

void Orders::committed() {
  pending_words_.clear();
  changed_.clear();
  if (references_.size() > most_references_kept) references_.clear();
  ++commits_;
}

void Orders::forget(const ports::StreamKey& stream) {
  const auto found = cache_.find(stream.id);
  if (found == cache_.end()) return;
  recent_.erase(found->second.place);
  cache_.erase(found);
}

void Orders::forget_unstored() {
  for (const auto id : std::exchange(changed_, {})) {
    const auto found = cache_.find(id);
    if (found == cache_.end()) continue;
    recent_.erase(found->second.place);
    cache_.erase(found);
  }
  references_.clear();
  pending_words_.clear();
  products_.forget();
  policy_stored_ = false;
  book_loaded_ = false;
  kept_profiles_.clear();
  // Counters only ever skip numbers; reading them again would be wrong while rows are in doubt.
}

}  // namespace holdfast::engine
