#pragma once
// Documents: turns an effect into a connector's job, from the order's present state and its sealed
// buyer record. Built at sending time, so that nothing stale leaves.

#include <functional>
#include <optional>
#include <string>

#include "engine/orders.h"
#include "engine/told.h"

namespace holdfast::engine {

/// A conversation ready to be held, with what its partner can do.
struct Prepared {
  std::function<ports::Turn(const ports::Exchanges&)> turn;
  ports::Capabilities capabilities;
  std::string account;
  std::optional<ToldText> told{};  // what a buyer is about to read
};

/// Rows that make the links in an effect's document lead somewhere; empty when it carries none.
std::vector<ports::RecordRow> links_in(const Vault& vault, const ports::StreamKey& stream,
                                       const Effect& effect, Instant now);

/// What a supplier is given of a purchase order, for a person who places it by hand. NotFound for
/// an unknown number, Conflict while nothing of it may leave or none of it is wanted any more.
Result<ports::PurchaseOrderDocument> purchase_document(const Setup& setup, const Vault& vault,
                                                       const ports::StreamKey& stream,
                                                       const core::OrderState& state,
                                                       const Address& ship_to,
                                                       const std::string& po);

/// Whether a person places what this supplier is asked for; false for one that is not configured.
bool placed_by_hand(const Setup& setup, const std::string& supplier);

/// Whether this supplier can be written to again about a purchase order.
bool can_be_reminded(const Setup& setup, const std::string& supplier);

/// Path of the supplier's no-login page for a purchase order.
std::string supplier_page(const Vault& vault, const ports::StreamKey& stream,
                          const std::string& po);

/// Path of the buyer's tracking page of an order.
std::string tracking_page(const Vault& vault, const ports::StreamKey& stream);

/// Which of a stream's sealed rows a document is made from; reading them costs.
struct Sources {
  bool buyer = false;
  bool words = false;
};

/// What the document of an effect is made from.
Sources sources_of(const core::OrderState& state, const Effect& effect);

/// Prepares an effect; `words` are the stream's. `unsure` means that an earlier attempt may have
/// happened; `gathered` are further purchase orders that one reminder is about. Errors: NotFound
/// when account or record is missing, Invalid when the partner cannot do this at all.
Result<Prepared> prepare(const Setup& setup, const Vault& vault, const ports::StreamKey& stream,
                         const core::OrderState& state, const Json& buyer, const WordBook& words,
                         const Effect& effect, bool unsure,
                         const std::vector<std::string>& gathered = {});

/// Who stands at the end of an outbox lane; without an account when none is configured.
struct Partner {
  const ports::Account* account = nullptr;
  ports::Capabilities capabilities;
};

/// The partner a lane such as "supplier:north", "channel:shop", "tracking" or "buyer" leads to.
Partner partner_of(const Setup& setup, std::string_view lane);

/// The account with an id, or nullptr.
const ports::Account* account_of(const std::vector<ports::Account>& accounts,
                                 const std::string& id);

/// The connector table of an account's kind, or nullptr.
const ports::ChannelConnector* channel_connector(const Setup& setup, const std::string& kind);
const ports::SupplierConnector* supplier_connector(const Setup& setup, const std::string& kind);
const ports::TrackingConnector* tracking_connector(const Setup& setup, const std::string& kind);
const ports::NotifierConnector* notifier_connector(const Setup& setup, const std::string& kind);

}  // namespace holdfast::engine
