#include "engine/documents.h"

#include <algorithm>

#include "core/tracking/proof.h"
#include "engine/instructions.h"
#include "engine/links.h"
#include "engine/messages/messages.h"
#include "model/codec.h"

namespace holdfast::engine {
namespace {

constexpr Duration supplier_link_lifetime = days(30);
constexpr Duration buyer_link_lifetime = days(180);

template <class Table>
const Table* by_kind(std::span<const Table* const> tables, const std::string& kind) {
  for (const auto* table : tables) {
    if (kind == table->kind) return table;
  }
  return nullptr;
}

tl::unexpected<Error> no_account(const std::string& id) {
  return fail(ErrorCode::NotFound, "no such account is configured", id,
              "add it to the configuration or withdraw the effect");
}

tl::unexpected<Error> cannot(const std::string& id, const char* what) {
  return fail(ErrorCode::Invalid, std::string("this partner cannot ") + what, id);
}

/// A prepared conversation over one of a connector's functions.
template <class Job>
Prepared prepared(const ports::Account& account, const ports::Capabilities& capabilities,
                  ports::Turn (*talk)(const ports::Account&, const Job&, const ports::Exchanges&),
                  Job job) {
  return {[&account, talk, job = std::move(job)](const ports::Exchanges& exchanges) {
            return talk(account, job, exchanges);
          },
          capabilities, account.id};
}

Address address_in(const Json& buyer) {
  Address address;
  // A record that was erased reads as an empty address; callers refuse to send then.
  (void)codec::read(buyer["address"], address);
  return address;
}

struct Preparer {
  const Setup& setup;
  const Vault& vault;
  const ports::StreamKey& stream;
  const core::OrderState& state;
  const Json& buyer;
  const WordBook& words;
  bool unsure;
  const std::vector<std::string>& gathered;

  // ---- suppliers

  const SkuPolicy* sku_policy(const std::string& sku) const {
    const auto& skus = setup.policy.skus;
    const auto found = std::ranges::find(skus, sku, &SkuPolicy::sku);
    return found == skus.end() ? nullptr : &*found;
  }

  ports::PurchaseOrderDocument document(const core::PoState& po) const {
    ports::PurchaseOrderDocument document;
    document.po = po.po;
    document.store_number = state.store_number;
    document.ordered_at = po.released_at;
    if (const auto* promise = state.promise(PromiseKind::ShipBy)) {
      document.ship_by = promise->due_at;
    }
    document.service = po.service;
    document.customer_service = state.service;
    document.ship_to = address_in(buyer);
    document.instructions =
        join(instructions_of(setup.policy, state.channel, words.open(state.instructions)), "\n");
    document.total = po.total;
    document.page_url = setup.public_url + supplier_page(vault, stream, po.po);
    const auto locale = setup.supplier_locales.find(po.supplier);
    document.locale = locale == setup.supplier_locales.end() ? "en" : locale->second;
    document.incoterm = "DAP";
    document.duties_paid_by = "recipient";
    for (const auto& part : po.lines) {
      if (part.live() > 0) document.lines.push_back(document_line(part));
    }
    return document;
  }

  ports::PurchaseOrderDocument::Line document_line(const core::PoLine& part) const {
    ports::PurchaseOrderDocument::Line line;
    line.line = part.asked.line;
    line.supplier_sku = part.asked.supplier_sku;
    line.quantity = part.live();
    line.cost = part.asked.cost;
    const auto* ordered = state.line(part.asked.line);
    if (!ordered) return line;
    line.sku = ordered->line.sku;
    line.title = ordered->line.title;
    line.variant = ordered->line.variant;
    line.instructions = words.open(ordered->line.instructions);
    const auto declared = price_of(ordered->line.price, part.live());
    if (declared) line.declared_value = *declared;
    if (const auto* sku = sku_policy(line.sku)) {
      line.hs_code = sku->hs_code;
      line.origin = sku->origin;
    }
    return line;
  }

  struct Supply {
    const ports::Account* account = nullptr;
    const ports::SupplierConnector* connector = nullptr;
    const core::PoState* po = nullptr;
  };

  Result<Supply> supply(const std::string& number, const std::string& supplier) const {
    Supply found{account_of(setup.suppliers, supplier), nullptr, state.po(number)};
    if (!found.account) return no_account(supplier);
    if (!found.po) return fail(ErrorCode::NotFound, "no such purchase order", number);
    found.connector = supplier_connector(setup, found.account->kind);
    if (!found.connector) return cannot(supplier, "be spoken to");
    return found;
  }

  Result<Prepared> operator()(const PlacePurchaseOrder& e) const {
    auto to = supply(e.po, e.supplier);
    if (!to) return fail(to.error());
    if (!to->connector->place) return cannot(e.supplier, "take purchase orders");
    if (buyer.is_null()) return fail(ErrorCode::NotFound, "the buyer record was erased", e.po);
    return prepared(*to->account, to->connector->capabilities, to->connector->place,
                    ports::PlaceJob{document(*to->po), unsure});
  }
  Result<Prepared> operator()(const AskAboutPurchaseOrder& e) const {
    auto to = supply(e.po, e.supplier);
    if (!to) return fail(to.error());
    if (!to->connector->find) return cannot(e.supplier, "be asked");
    return prepared(*to->account, to->connector->capabilities, to->connector->find,
                    ports::FindJob{e.po, to->po->supplier_ref});
  }
  Result<Prepared> operator()(const CancelSupply& e) const {
    auto to = supply(e.po, e.supplier);
    if (!to) return fail(to.error());
    if (!to->connector->cancel) return cannot(e.supplier, "take cancellations");
    ports::CancelJob job{e.po, to->po->supplier_ref, {}, "no longer wanted"};
    for (const auto& part : e.lines) {
      if (const auto* line = to->po->line(part.line)) {
        job.lines.emplace_back(line->asked.supplier_sku, part.quantity);
      }
    }
    return prepared(*to->account, to->connector->capabilities, to->connector->cancel,
                    std::move(job));
  }
  Result<Prepared> operator()(const RemindSupplier& e) const {
    auto to = supply(e.po, e.supplier);
    if (!to) return fail(to.error());
    if (!to->connector->remind) return cannot(e.supplier, "be reminded");
    const auto locale = setup.supplier_locales.find(e.supplier);
    ports::RemindJob job;
    job.pos = {e.po};
    job.pos.insert(job.pos.end(), gathered.begin(), gathered.end());
    // A page is about one purchase order; the others have theirs in the message they came with.
    if (gathered.empty()) job.page_url = setup.public_url + supplier_page(vault, stream, e.po);
    job.step = e.step;
    job.locale = locale == setup.supplier_locales.end() ? "en" : locale->second;
    return prepared(*to->account, to->connector->capabilities, to->connector->remind,
                    std::move(job));
  }

  // ---- channels

  struct Shop {
    const ports::Account* account = nullptr;
    const ports::ChannelConnector* connector = nullptr;
  };

  Result<Shop> shop(const std::string& channel) const {
    Shop found{account_of(setup.channels, channel), nullptr};
    if (!found.account) return no_account(channel);
    found.connector = channel_connector(setup, found.account->kind);
    if (!found.connector) return cannot(channel, "be spoken to");
    return found;
  }

  Result<Prepared> operator()(const FulfillAtChannel& e) const {
    auto to = shop(e.channel);
    if (!to) return fail(to.error());
    const auto* parcel = state.parcel(e.parcel);
    if (!parcel) return fail(ErrorCode::NotFound, "no such parcel", std::to_string(e.parcel));
    if (!to->connector->fulfill) return cannot(e.channel, "be told of fulfillments");
    ports::FulfillJob job;
    job.channel_order = state.channel_order;
    job.store_number = state.store_number;
    for (const auto& part : e.lines) {
      if (const auto* line = state.line(part.line)) {
        job.lines.emplace_back(line->line.channel_line, part.quantity);
      }
    }
    job.carrier = parcel->carrier;
    job.tracking = parcel->tracking;
    job.our_hold_handle = "holdfast";
    job.notify = core::channel_policy(setup.policy, e.channel).notify_customer;
    job.read_back_first = unsure;
    job.parcel = e.parcel;
    return prepared(*to->account, to->connector->capabilities, to->connector->fulfill,
                    std::move(job));
  }
  Result<Prepared> operator()(const TellChannelTracking& e) const {
    auto to = shop(e.channel);
    if (!to) return fail(to.error());
    const auto* parcel = state.parcel(e.parcel);
    if (!parcel) return fail(ErrorCode::NotFound, "no such parcel", std::to_string(e.parcel));
    if (!to->connector->tracking_news) return cannot(e.channel, "take tracking events");
    ports::TrackingNewsJob job;
    job.channel_order = state.channel_order;
    job.fulfillment = parcel->fulfillment;
    job.status = e.status;
    job.at = e.at;
    job.number_changed = e.number_changed;
    job.carrier = parcel->carrier;
    job.tracking = parcel->tracking;
    job.read_back_first = unsure;
    return prepared(*to->account, to->connector->capabilities, to->connector->tracking_news,
                    std::move(job));
  }
  Result<Prepared> hold(const std::string& channel, ports::ChannelHoldJob job) const {
    auto to = shop(channel);
    if (!to) return fail(to.error());
    if (!to->connector->hold) return cannot(channel, "hold orders");
    return prepared(*to->account, to->connector->capabilities, to->connector->hold, std::move(job));
  }
  Result<Prepared> operator()(const HoldAtChannel& e) const {
    return hold(e.channel,
                {state.channel_order, e.part, {}, "holdfast", words.open(e.reason), true});
  }
  Result<Prepared> operator()(const ReleaseAtChannel& e) const {
    const auto ours = state.our_holds.find(e.part);
    const auto id = ours == state.our_holds.end() ? e.hold : ours->second;
    return hold(e.channel, {state.channel_order, e.part, id, "holdfast", {}, false});
  }

  // ---- tracking and buyer

  Result<Prepared> operator()(const RegisterTracking& e) const {
    if (setup.trackings.empty()) return no_account("tracking");
    const auto& account = setup.trackings.front();
    const auto* connector = tracking_connector(setup, account.kind);
    if (!connector || !connector->register_number) return cannot(account.id, "watch numbers");
    return prepared(account, connector->capabilities, connector->register_number,
                    ports::RegisterJob{e.carrier, e.tracking, state.destination.country,
                                       state.destination.postcode_prefix});
  }
  Result<Prepared> operator()(const AskAboutTracking& e) const {
    if (setup.trackings.empty()) return no_account("tracking");
    const auto& account = setup.trackings.front();
    const auto* connector = tracking_connector(setup, account.kind);
    if (!connector || !connector->read_number) return cannot(account.id, "be asked by number");
    return prepared(account, connector->capabilities, connector->read_number,
                    ports::ReadTrackingJob{e.carrier, e.tracking});
  }
  Result<Prepared> operator()(const SendBuyerMessage& e) const {
    if (setup.notifiers.empty()) return no_account("notifier");
    const auto& account = setup.notifiers.front();
    const auto* connector = notifier_connector(setup, account.kind);
    if (!connector || !connector->notify) return cannot(account.id, "send messages");
    const auto address = address_in(buyer);
    if (address.email.empty()) {
      return fail(ErrorCode::NotFound, "the buyer left no e-mail address",
                  std::string(name_of(e.moment)));
    }
    auto message =
        buyer_message(state, e.moment, e.parcel, setup.public_url + tracking_page(vault, stream),
                      address, setup.buyer_locale);
    message.message_id = "<" + to_text(OrderId{stream.id}) + "." + std::string(name_of(e.moment)) +
                         "." + std::to_string(e.parcel) + "@holdfast>";
    ToldText told{std::string(message_language(state, setup.buyer_locale)),
                  message.subject,
                  message.text,
                  {}};
    auto ready = prepared(account, connector->capabilities, connector->notify, std::move(message));
    ready.told = std::move(told);
    return ready;
  }
};

}  // namespace

Result<ports::PurchaseOrderDocument> purchase_document(const Setup& setup, const Vault& vault,
                                                       const ports::StreamKey& stream,
                                                       const core::OrderState& state,
                                                       const Address& ship_to,
                                                       const std::string& po) {
  const auto* known = state.po(po);
  if (!known) return fail(ErrorCode::NotFound, "no such purchase order", po);
  if (known->released_event == 0) {
    return fail(ErrorCode::Conflict, "the purchase order has not left yet", po, "release it first");
  }
  if (known->live() == 0) {
    return fail(ErrorCode::Conflict, "nothing of this purchase order is wanted any more", po);
  }
  const WordBook opened;  // the state of a history holds the words themselves
  const std::vector<std::string> none;
  auto document =
      Preparer{setup, vault, stream, state, Json(), opened, false, none}.document(*known);
  document.ship_to = ship_to;
  return document;
}

bool placed_by_hand(const Setup& setup, const std::string& supplier) {
  const auto* account = account_of(setup.suppliers, supplier);
  const auto* connector = account ? supplier_connector(setup, account->kind) : nullptr;
  return connector && connector->capabilities.by_hand;
}

bool can_be_reminded(const Setup& setup, const std::string& supplier) {
  const auto* account = account_of(setup.suppliers, supplier);
  const auto* connector = account ? supplier_connector(setup, account->kind) : nullptr;
  return connector && connector->remind;
}

std::string supplier_page(const Vault& vault, const ports::StreamKey& stream,
                          const std::string& po) {
  return "/s/" + vault.link_token(stream, "po:" + po, 1);
}

std::string tracking_page(const Vault& vault, const ports::StreamKey& stream) {
  return "/t/" + vault.link_token(stream, "order:" + std::to_string(stream.id), 1);
}

std::vector<ports::RecordRow> links_in(const Vault& vault, const ports::StreamKey& stream,
                                       const Effect& effect, Instant now) {
  const auto row = [&](const char* kind, const std::string& subject, Duration lifetime) {
    const auto token = vault.link_token(stream, std::string(kind) + ":" + subject, 1);
    return std::vector{link_row({kind, subject, stream, now + lifetime}, token)};
  };
  if (const auto* place = std::get_if<PlacePurchaseOrder>(&effect)) {
    return row("po", place->po, supplier_link_lifetime);
  }
  if (const auto* remind = std::get_if<RemindSupplier>(&effect)) {
    return row("po", remind->po, supplier_link_lifetime);
  }
  if (std::holds_alternative<SendBuyerMessage>(effect)) {
    return row("order", std::to_string(stream.id), buyer_link_lifetime);
  }
  return {};
}

Sources sources_of(const core::OrderState& state, const Effect& effect) {
  if (std::holds_alternative<SendBuyerMessage>(effect)) return {true, false};
  if (const auto* hold = std::get_if<HoldAtChannel>(&effect)) {
    return {false, has_reference(hold->reason)};
  }
  if (!std::holds_alternative<PlacePurchaseOrder>(effect)) return {};
  const auto has_words = [](const core::LineState& line) {
    return has_reference(line.line.instructions);
  };
  return {true, has_reference(state.instructions) || std::ranges::any_of(state.lines, has_words)};
}

Result<Prepared> prepare(const Setup& setup, const Vault& vault, const ports::StreamKey& stream,
                         const core::OrderState& state, const Json& buyer, const WordBook& words,
                         const Effect& effect, bool unsure,
                         const std::vector<std::string>& gathered) {
  return std::visit(Preparer{setup, vault, stream, state, buyer, words, unsure, gathered}, effect);
}

Partner partner_of(const Setup& setup, std::string_view lane) {
  const auto colon = lane.find(':');
  const std::string id(colon == lane.npos ? "" : lane.substr(colon + 1));
  const auto with = [&](const ports::Account* account, const auto& connector_of) {
    const auto* connector = account ? connector_of(setup, account->kind) : nullptr;
    return connector ? Partner{account, connector->capabilities} : Partner{};
  };
  const auto first = [](const std::vector<ports::Account>& accounts) {
    return accounts.empty() ? nullptr : &accounts.front();
  };
  if (lane.starts_with("supplier:"))
    return with(account_of(setup.suppliers, id), supplier_connector);
  if (lane.starts_with("channel:")) return with(account_of(setup.channels, id), channel_connector);
  if (lane == "tracking") return with(first(setup.trackings), tracking_connector);
  return with(first(setup.notifiers), notifier_connector);
}

const ports::Account* account_of(const std::vector<ports::Account>& accounts,
                                 const std::string& id) {
  const auto found = std::ranges::find(accounts, id, &ports::Account::id);
  return found == accounts.end() ? nullptr : &*found;
}

const ports::ChannelConnector* channel_connector(const Setup& setup, const std::string& kind) {
  return by_kind(setup.connectors.channels, kind);
}
const ports::SupplierConnector* supplier_connector(const Setup& setup, const std::string& kind) {
  return by_kind(setup.connectors.suppliers, kind);
}
const ports::TrackingConnector* tracking_connector(const Setup& setup, const std::string& kind) {
  return by_kind(setup.connectors.trackings, kind);
}
const ports::NotifierConnector* notifier_connector(const Setup& setup, const std::string& kind) {
  return by_kind(setup.connectors.notifiers, kind);
}

}  // namespace holdfast::engine
