#pragma once
// A store with a few finished orders, one of them with everything a pack can hold; for the tests of
// evidence only. It must never be told apart from what the engine writes.

#include <string>
#include <vector>

#include "engine/chain.h"
#include "engine/evidence/pack.h"
#include "engine/evidence/verify.h"
#include "engine/evidence/zip.h"
#include "model/channel_order.h"
#include "model/codec.h"
#include "model/event.h"
#include "store/memory/memory_store.h"

namespace holdfast::engine::sample {

constexpr TenantId tenant{1};
constexpr Instant noon{1'790'000'000'000};

/// Counts upwards; unpredictable enough for keys nobody attacks.
class Counting final : public ports::Entropy {
 public:
  std::string bytes(std::size_t count) override {
    std::string out;
    while (out.size() < count) out += bytes_of(sha256("entropy" + std::to_string(++asked_)));
    return out.substr(0, count);
  }

 private:
  int asked_ = 0;
};

inline Vault vault(const std::string& master = std::string(32, 'm')) {
  return *Vault::open(master, tenant);
}

inline ports::StreamKey order(std::int64_t id) { return {tenant, ports::StreamKind::Order, id}; }

inline Money money(const char* text) { return *parse_money(text); }
inline UnitPrice price(const char* text) { return *parse_unit_price(text); }

inline Address address() {
  Address buyer;
  buyer.name = "Zebulon Quarrywright";
  buyer.line1 = "77 Thistledown Crescent";
  buyer.city = "Larkhaven";
  buyer.country = "DE";
  buyer.email = "zq@example.test";
  return buyer;
}

inline const std::vector<std::string> personal = {
    "Zebulon", "Quarrywright", "Thistledown", "zq@example.test", "ring twice", "by the neighbour"};

inline const std::string salt = "00112233445566778899aabbccddeeff";
inline const std::string photo = "a photo's bytes";

inline std::string buyer_record() {
  return "{\"address\":" + codec::encode(address()) + ",\"salt\":\"" + salt + "\"}";
}

struct Said {
  Event event;
  std::string actor;
};

inline std::vector<Said> beginning(std::int64_t id) {
  OrderImported imported;
  imported.channel = "shop";
  imported.channel_order = "90000000000000" + std::to_string(id);
  imported.store_number = "#10" + std::to_string(id);
  imported.placed_at = noon;
  imported.currency = "EUR";
  imported.total = money("59.90 EUR");
  imported.destination = {"DE", "Larkshire", "123", {}};
  OrderLine line;
  line.line = 1;
  line.sku = "MUG";
  line.title = "Mug";
  line.quantity = 2;
  line.price = price("29.95 EUR");
  imported.lines = {line};
  imported.service = "Standard";
  imported.instructions = "ring twice";
  imported.buyer = hex(hmac_sha256(salt, codec::encode(address())));
  imported.locale = "de";
  PaymentRecorded paid;
  paid.state = PaymentState::Paid;
  paid.captured = money("59.90 EUR");
  RoutingDecided routed;
  routed.allocations = {{1, 2, "acme", "A-MUG", price("8.00 EUR")}};
  routed.candidates = {{1, "acme", "", "best", 900, 10}, {1, "birch", "stock", "none", 0, 10}};
  return {{IntakeEvent(imported), "channel:shop"},
          {IntakeEvent(paid), "channel:shop"},
          {GatesEvent(GateEvaluated{"payment", GateResult::Open, Strength::Observed, {2}, "paid"}),
           "channel:shop"},
          {SourcingEvent(routed), "channel:shop"}};
}

inline std::vector<Said> purchase() {
  PurchaseOrderDrafted drafted;
  drafted.po = "HF-2K";
  drafted.supplier = "acme";
  drafted.ship_model = ShipModel::Hub;
  drafted.lines = {{1, 2, "acme", "A-MUG", price("8.00 EUR")}};
  drafted.total = money("16.00 EUR");
  LineAnswer answer;
  answer.line = 1;
  answer.quantity = 2;
  answer.supplier_sku = "A-MUG";
  answer.cost = price("8.00 EUR");
  answer.note = "ready soon";
  PurchaseOrderAcknowledged acknowledged;
  acknowledged.po = "HF-2K";
  acknowledged.answers = {answer};
  acknowledged.strength = Strength::Attested;
  acknowledged.supplier_ref = "ACME-5511";
  CheckRecorded inspected;
  inspected.check = CheckKind::Inspection;
  inspected.po = "HF-2K";
  inspected.items = {{"surface", CheckVerdict::Pass, "fine", hex(sha256(photo))}};
  inspected.verdict = CheckVerdict::Pass;
  inspected.lines = {{1, 2}};
  inspected.strength = Strength::Verified;
  inspected.actor = "bench";
  auto packed = inspected;
  packed.check = CheckKind::Packing;
  packed.items = {{"padding", CheckVerdict::Pass, "", ""}};
  return {{PurchaseEvent(drafted), "channel:shop"},
          {PurchaseEvent(PurchaseOrderReleased{"HF-2K", "buyer-desk", noon}), "user:buyer-desk"},
          {PurchaseEvent(acknowledged), "supplier:acme"},
          {PhysicalEvent(inspected), "user:bench"},
          {PhysicalEvent(packed), "user:bench"}};
}

inline std::vector<Said> transit() {
  ParcelAnnounced parcel;
  parcel.parcel = 1;
  parcel.po = "HF-2K";
  parcel.carrier = "post";
  parcel.tracking = "TR123456789";
  parcel.lines = {{1, 2}};
  parcel.announced_at = noon;
  LabelMatched label;
  label.parcel = 1;
  label.order_scan = "#10";
  label.label_scan = "TR123456789";
  label.matches = true;
  label.actor = "bench";
  TrackingRecorded scan;
  scan.parcel = 1;
  scan.status = TrackingStatus::Delivered;
  scan.proof = Proof::Physical;
  scan.country = "DE";
  scan.place = "taken by the neighbour";
  scan.carrier_time = noon + days(3);
  scan.key = "k1";
  ExceptionOpened opened;
  opened.number = 1;
  opened.reason = ReasonCode::TrackingDelay;
  opened.owner = "operations";
  opened.opened_at = noon + days(2);
  opened.money_at_risk = money("59.90 EUR");
  ExceptionResolved resolved;
  resolved.number = 1;
  resolved.verb = "hold";
  resolved.actor = "operations";
  resolved.note = "moved again";
  return {{TransitEvent(parcel), "supplier:acme"},
          {PhysicalEvent(label), "user:bench"},
          {ExceptionsEvent(opened), "timer"},
          {TransitEvent(scan), "tracking:17track"},
          {ExceptionsEvent(resolved), "user:operations"},
          {TellingEvent(StoreTold{1, {{1, 2}}, Proof::Physical, {13}}), "tracking:17track"}};
}

/// A store of a few orders, and what a pack of the last one is made of.
class World {
 public:
  World() : store_(store::make_memory_store()) {
    for (std::int64_t id = 1; id <= 6; ++id) add(order(id), beginning(id));
    for (const auto& said : {purchase(), transit()}) add(packed(), said);
    const auto key = keys.new_key(packed(), entropy_);
    const auto sealed = *keys.seal(packed(), key, "buyer", buyer_record(), entropy_);
    ports::Batch batch;
    batch.put_sealed = {{packed(), "key", key, {}}, {packed(), "buyer", sealed, {}}};
    (void)store_->write(batch);
  }

  ports::StreamKey packed() const { return order(4); }
  ports::Store& store() { return *store_; }

  /// Adds events to a stream, chained as the engine chains them.
  void add(const ports::StreamKey& stream, const std::vector<Said>& said) {
    auto head = *store_->order(stream);
    ports::Batch batch;
    ports::OrderRow view = head ? *head : ports::OrderRow{};
    view.stream = stream;
    for (const auto& [event, actor] : said) {
      ports::EventRow row;
      row.stream = stream;
      row.seq = ++seq_;
      row.version = ++view.version;
      row.previous = view.head_seq;
      row.at = noon + minutes(seq_);
      row.actor = actor;
      row.bytes = encode_event(event);
      row.hash =
          chained(view.head_hash, row, content_of(keys.event_salt(stream, row.version), row));
      view.head_seq = row.seq;
      view.head_hash = row.hash;
      batch.add_events.push_back(std::move(row));
    }
    batch.put_orders = {view};
    (void)store_->write(batch);
  }

  /// Gathers, commits the checkpoint, and packs.
  std::string pack(Profile profile) {
    auto gathered = gather_pack(*store_, keys, packed(), noon + days(4));
    ports::Batch batch;
    batch.put_records = gathered->rows;
    (void)store_->write(batch);
    gathered->input.photos = {photo};
    gathered->input.supplier = "acme";
    return *export_pack(gathered->input, profile, keys);
  }

  std::string fingerprint() const { return fingerprint_of(keys.public_key()); }

  Vault keys = vault();

 private:
  Counting entropy_;
  std::unique_ptr<ports::Store> store_;
  std::int64_t seq_ = 0;
};

}  // namespace holdfast::engine::sample
