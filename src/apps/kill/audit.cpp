#include "apps/kill/audit.h"

#include <algorithm>
#include <set>

#include "core/evolve.h"
#include "model/ids.h"
#include "model/names.h"
#include "peers/catalogue.h"

namespace holdfast::apps {
namespace {

constexpr std::size_t page = 250;

using Kept = std::map<std::string, KeptOrder>;
using Pieces = std::map<std::string, std::int64_t>;  // by our SKU

Result<core::OrderState> state_of(ports::Store& store, const ports::StreamKey& stream) {
  auto rows = store.events(stream);
  if (!rows) return fail(rows.error());
  core::OrderState state;
  for (const auto& row : *rows) {
    auto json = parse_json(row.bytes);
    auto event = json ? decode_event(*json) : Result<Event>(fail(json.error()));
    if (!event) return fail(event.error());
    core::evolve(state, *event);
  }
  return state;
}

/// One comparison under way.
struct Audit {
  ports::Store& store;
  TenantId tenant;
  const Json& books;
  Instant now;
  Kept kept;
  Findings found;

  void differ(const std::string& where, const std::string& what) {
    found.differences.push_back(where + ": " + what);
  }

  const KeptOrder* order(const std::string& name) const {
    const auto at = kept.find(name);
    return at == kept.end() ? nullptr : &at->second;
  }

  /// Whether a person has it to decide, alone or with an incident.
  static bool is_open(const KeptOrder& known) {
    return std::ranges::any_of(known.state.exceptions, &core::ExceptionState::open);
  }

  bool with_a_person(const std::string& name) const {
    const auto* known = order(name);
    return known && is_open(*known);
  }

  // ---- what the shop knows to be delivered ------------------------------------------------------

  Status webhooks() {
    auto heads = store.heads(tenant);
    if (!heads) return fail(heads.error());
    std::set<std::string> stored;
    for (std::int64_t seq = 1; seq <= heads->inbox_seq; ++seq) {
      auto row = store.inbox(tenant, seq);
      if (!row) return fail(row.error());
      if (!*row) continue;
      stored.insert((*row)->account + "/" + (*row)->dedupe_key);
      if ((*row)->state == ports::InboxState::Waiting) {
        differ("inbox " + std::to_string(seq), "was never handled: " + (*row)->topic);
      }
    }
    for (const auto& hook : books.at_path("shop.webhooks").items()) {
      if (!hook["accepted"].boolean()) continue;
      ++found.acknowledged;
      const auto& id = hook["webhook_id"].string();
      if (stored.contains("shop/" + id)) continue;
      ++found.lost;
      differ(hook["order"].string(), "the webhook " + id + " was acknowledged and is not stored");
    }
    auto aside = store.not_understood(tenant, 10'000);
    if (!aside) return fail(aside.error());
    found.set_aside = static_cast<std::int64_t>(aside->size());
    for (const auto& row : *aside) found.notes.push_back(row.account + ": " + row.problem);
    return {};
  }

  // ---- suppliers --------------------------------------------------------------------------------

  std::map<std::string, Pieces> bought() {
    std::map<std::string, Pieces> all;
    for (const auto& po : books["suppliers"].items()) {
      ++found.purchase_orders;
      const auto* manner = peers::manner_of(po["supplier"].string());
      auto& pieces = all[po["order"].string()];
      const bool refused = po["status"].string() == "rejected";
      for (const auto& line : po["lines"].items()) {
        // Pieces may be cancelled before the answer, which is then about the others only.
        const auto stands = line["quantity"].integer() - line["cancelled"].integer();
        const bool answered = !line["answer"].is_null();
        const auto live = answered ? std::min(stands, line["accepted"].integer()) : stands;
        pieces[peers::our_sku(*manner, line["supplier_sku"].string())] += refused ? 0 : live;
      }
      // A letter is not known by its number: each one is a purchase.
      if (po["supplier"].string() == "paper" && po["times_received"].integer() > 1) {
        ++found.bought_twice;
        differ(po["order"].string(), "the letter " + po["po"].string() + " came twice");
      }
    }
    return all;
  }

  void purchases() {
    const auto all = bought();
    for (const auto& entry : books.at_path("shop.orders").items()) {
      const auto& name = entry["order"].string();
      const auto at = all.find(name);
      const Pieces none;
      const auto& pieces = at == all.end() ? none : at->second;
      Pieces ordered, wanted;
      for (const auto& line : entry["lines"].items()) {
        const auto& sku = line["sku"].string();
        ordered[sku] += line["ordered"].integer();
        wanted[sku] += entry["cancelled"].boolean() ? 0 : line["current"].integer();
      }
      for (const auto& [sku, count] : ordered) {
        const auto have = pieces.contains(sku) ? pieces.at(sku) : 0;
        const bool person = with_a_person(name);
        const auto numbers = sku + ", bought " + std::to_string(have) + " of " +
                             std::to_string(wanted[sku]) + " wanted, " + std::to_string(count) +
                             " ordered";
        if (have > count || (have > wanted[sku] && !person)) {
          ++found.bought_twice;
          differ(name, "too much was bought: " + numbers);
        } else if (have < wanted[sku] && !person) {
          ++found.not_bought;
          differ(name, "too little was bought and nobody knows: " + numbers);
        }
      }
    }
  }

  // ---- the shop's fulfillments and the carriers' scans ------------------------------------------

  void fulfillments() {
    std::map<std::string, std::set<std::string>> told;
    for (const auto& entry : books.at_path("shop.orders").items()) {
      const auto& name = entry["order"].string();
      for (const auto& line : entry["lines"].items()) {
        std::set<std::string> numbers;
        std::int64_t pieces = 0;
        for (const auto& one : line["fulfillments"].items()) {
          if (one["status"].string() != "SUCCESS") continue;
          pieces += one["quantity"].integer();
          told[name].insert(one["tracking"].string());
          const bool twice = !numbers.insert(one["tracking"].string()).second;
          if (!twice && pieces <= line["ordered"].integer()) continue;
          ++found.fulfilled_twice;
          differ(name, "fulfilled twice at the shop: " + line["sku"].string());
        }
      }
    }
    for (const auto& parcel : books["carriers"].items()) {
      const auto& name = parcel["order"].string();
      const auto& number = parcel["number"].string();
      const bool moved = parcel["scans"].items().size() > 1;
      if (moved && !told[name].contains(number) && !with_a_person(name)) {
        differ(name, "the carrier has " + number + ", the shop was not told and nobody knows");
      }
    }
  }

  // ---- mailboxes --------------------------------------------------------------------------------

  void mails() {
    for (const auto& entry : books.at_path("shop.orders").items()) {
      const auto* known = order(entry["order"].string());
      if (!known) continue;
      std::map<std::string, std::int64_t> arrived;
      for (const auto& mail : books["mailboxes"][entry["buyer"].string()].items()) {
        if (mail["by_store"].boolean()) continue;
        ++found.mails;
        ++arrived[mail["message_id"].string()];
      }
      compare_mails(entry["order"].string(), *known, std::move(arrived));
      missing_moments(entry["order"].string(), *known);
    }
  }

  void compare_mails(const std::string& name, const KeptOrder& known,
                     std::map<std::string, std::int64_t> arrived) {
    for (const auto& message : known.state.messages) {
      if (message.speaker != Speaker::Holdfast) continue;
      const auto moment = std::string(name_of(message.moment));
      const auto id = "<" + to_text(OrderId{known.row.stream.id}) + "." + moment + "." +
                      std::to_string(message.parcel) + "@holdfast>";
      const auto count = arrived.contains(id) ? arrived[id] : 0;
      arrived.erase(id);
      if (count > 1) {
        ++found.mails_twice;
        differ(name, "the mail " + moment + " came " + std::to_string(count) + " times");
      }
      settled_as_told(name, known, message, count);
    }
    for (const auto& [id, count] : arrived) {
      differ(name, "a mail arrived that nobody asked for: " + id);
    }
  }

  void settled_as_told(const std::string& name, const KeptOrder& known,
                       const core::MessageState& message, std::int64_t count) {
    const auto moment = std::string(name_of(message.moment));
    if (!message.settled) {
      differ(name, "the mail " + moment + " was never settled");
      return;
    }
    const auto about = "message " + moment + " " + std::to_string(message.parcel);
    const bool owned = known.state.open_exception(ReasonCode::NotificationFailed, about) != nullptr;
    switch (*message.settled) {
      case EffectState::Done:
        if (count == 0) differ(name, "the mail " + moment + " is said to be sent and is nowhere");
        return;
      case EffectState::Unknown:
        ++found.mails_unknown;
        if (!owned) differ(name, "the mail " + moment + " is unknown and has no case");
        return;
      case EffectState::Withdrawn:
        if (count > 0) differ(name, "the mail " + moment + " was withdrawn and arrived");
        return;
      case EffectState::Unsent:
      case EffectState::Sending:
      case EffectState::Refused:
      case EffectState::Dead:
        if (!owned) differ(name, "the mail " + moment + " did not leave and has no case");
        return;
    }
  }

  /// A parcel the carrier delivered was told of, whatever became of the message.
  void missing_moments(const std::string& name, const KeptOrder& known) {
    std::int64_t delivered = 0;
    for (const auto& parcel : books["carriers"].items()) {
      if (parcel["order"].string() != name) continue;
      const auto& scans = parcel["scans"].items();
      delivered += !scans.empty() && scans.back()["code"].string().starts_with("Delivered") ? 1 : 0;
    }
    const auto told =
        std::ranges::count(known.state.messages, Moment::Delivered, &core::MessageState::moment);
    if (told < delivered && !is_open(known)) {
      differ(name, "delivered by the carrier, the buyer was not told and nobody knows");
    }
  }

  // ---- the program's own unfinished business ----------------------------------------------------

  void orders() {
    for (const auto& entry : books.at_path("shop.orders").items()) {
      ++found.orders;
      const auto& name = entry["order"].string();
      const auto* known = order(name);
      if (!known) {
        ++found.lost;
        differ(name, "is in the shop's book and not in the store");
        continue;
      }
      const bool person = is_open(*known);
      if (!person && !known->row.live) ++found.untouched;
      if (!person && known->row.live) {
        differ(name, "neither ended nor waits for a person: " + known->row.stage);
      }
      effects(name, *known);
    }
  }

  void effects(const std::string& name, const KeptOrder& known) {
    for (const auto& row : known.outbox) {
      const bool unsettled = row.state == EffectState::Unsent ||
                             row.state == EffectState::Sending || row.state == EffectState::Unknown;
      if (unsettled && row.not_before < now) {
        differ(name, "an effect is still " + std::string(name_of(row.state)) + ": " + row.bytes);
      }
      // Its case may be over: an answer that came by another way proves what happened.
      if (row.state == EffectState::Dead && known.state.exceptions.empty()) {
        differ(name, "an effect is dead and never had a case: " + row.bytes);
      }
    }
  }
};

}  // namespace

Result<std::map<std::string, KeptOrder>> kept_orders(ports::Store& store, TenantId tenant) {
  Kept kept;
  ports::OrderQuery query;
  query.tenant = tenant;
  query.limit = page;
  while (true) {
    auto rows = store.orders(query);
    if (!rows) return fail(rows.error());
    for (auto& row : *rows) {
      query.before = row.stream.id;
      if (row.stream.kind != ports::StreamKind::Order) continue;
      auto state = state_of(store, row.stream);
      auto outbox = store.outbox_of(row.stream);
      if (!state || !outbox) return fail(state ? outbox.error() : state.error());
      const auto name = row.store_number;
      const bool fresh =
          kept.emplace(name, KeptOrder{std::move(row), std::move(*state), std::move(*outbox)})
              .second;
      if (!fresh) return fail(ErrorCode::Conflict, "two streams for one order", name);
    }
    if (rows->size() < page) return kept;
  }
}

Result<Findings> audit(ports::Store& store, TenantId tenant, const Json& books, Instant now) {
  auto kept = kept_orders(store, tenant);
  if (!kept) return fail(kept.error());
  Audit audit{store, tenant, books, now, std::move(*kept), {}};
  if (auto status = audit.webhooks(); !status) return fail(status.error());
  audit.orders();
  audit.purchases();
  audit.fulfillments();
  audit.mails();
  return std::move(audit.found);
}

}  // namespace holdfast::apps
