#pragma once
// Connector tables: what a partner's folder offers the engine, as plain function pointers.
// All of them are pure: they turn jobs into requests and responses into outcomes, and never wait.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/channel_order.h"
#include "model/command.h"
#include "ports/message.h"

namespace holdfast::ports {

/// One configured account of a connector: its id, its settings by key, its secrets by key.
struct Account {
  std::string id;
  std::string kind;
  std::map<std::string, std::string> settings;
  std::map<std::string, std::string> secrets;

  /// A setting, or "" when it is not there.
  const std::string& setting(const std::string& key) const;
  /// A secret, or "" when it is not there.
  const std::string& secret(const std::string& key) const;
};

/// A setting that an account of this kind takes; generated from the folder's account.toml.
struct Setting {
  const char* key;
  const char* meaning;
  bool required;
  bool secret;
  const char* standard;  // default, "" for none
  /// Part of where requests go: secrets that were given for one address are not sent to another.
  bool address = false;
};

/// What the partner can do; the engine picks resend, ask or hand-to-a-person from it.
struct Capabilities {
  bool idempotent = false;         // the same request twice has one effect
  bool find_by_reference = false;  // can be asked by our number
  bool cancel = false;
  bool ordered = false;  // effects of one account must not overtake each other
  std::int64_t requests_per_minute = 60;
  std::int64_t burst = 10;
  bool by_hand = false;  // placing asks for nothing: a person does it, with the document in hand
};

/// What became of a job.
struct Outcome {
  enum class Kind {
    Done,     // the partner did it
    Refused,  // the partner said no; repeating unchanged cannot help
    Unknown,  // it may have happened: ask before anything else
    NotSent,  // certainly did not happen; may be tried again after `retry_after`
  };
  Kind kind = Kind::Done;
  std::string detail;                  // the partner's words, without personal data
  Duration retry_after;                // for NotSent; 0 lets the engine choose
  std::vector<Command> commands;       // what it means for the order
  std::vector<ChannelOrder> orders;    // fetched orders
  std::vector<std::string> order_ids;  // orders a list named
  std::vector<Instant> changed_at;     // when each of them changed, by the partner's clock
  std::string cursor;                  // where a list goes on; "" at its end
  std::string token;                   // a renewed access token
  Duration token_lifetime;
  std::int64_t budget_left = -1;     // requests (or points) the partner says are left; -1 unknown
  std::int64_t budget_cost = 1;      // what a request like the last one takes of them
  std::int64_t budget_restore = 0;   // how many come back in a second; 0 unknown
  Duration budget_wait;              // how long the partner asks us to pause
  bool credentials_refused = false;  // the token or key was not accepted; a fresh one may help
};

/// A connector's move: the next request of the conversation, or its end.
struct Turn {
  std::optional<Request> next;
  Outcome outcome;  // when `next` is not empty, only what it says of the budget counts

  static Turn ask(Request request) { return {std::move(request), {}}; }
  static Turn end(Outcome outcome) { return {std::nullopt, std::move(outcome)}; }
};

/// The exchanges of this attempt so far, oldest first. At most `max_exchanges` are made.
using Exchanges = std::vector<Exchange>;
constexpr std::size_t max_exchanges = 24;

/// Stands where a delivery is about all orders of the account.
inline constexpr const char* every_order = "*";

/// A delivery that proved authentic.
struct Delivery {
  std::string dedupe_key;  // the connector's own choice of what makes two deliveries one
  std::string event_key;   // the same happening told through two subscriptions; "" if none
  std::string topic;
  std::string order_id;    // channel order id when the body names one; every_order for all
  bool understood = true;  // false: kept, owned, replayable; `problem` says why
  std::string problem;
  enum class Meaning {
    Refetch,
    Uninstalled,
    Redact,
    DataRequest,
    Ping,
    Commands
  } meaning = Meaning::Refetch;
};

// ---- jobs -------------------------------------------------------------------------------------

struct FetchOrderJob {
  std::string channel_order;
};

struct ListUpdatedJob {
  Instant since;
  std::string cursor;
};

/// Check that webhooks still arrive: subscribe what is missing to `callback_url`.
struct SubscriptionsJob {
  std::string callback_url;
  bool create_missing = false;
};

struct RenewTokenJob {};

/// Tell the store that a parcel's pieces left.
struct FulfillJob {
  std::string channel_order;
  std::string store_number;
  std::vector<std::pair<std::string, std::int64_t>> lines;  // channel line id, quantity
  std::string carrier;
  std::string tracking;
  std::string tracking_url;
  std::string our_hold_handle;  // "holdfast"
  bool notify = false;
  bool read_back_first = false;  // an earlier attempt may have happened
  std::int64_t parcel = 0;
};

struct TrackingNewsJob {
  std::string channel_order;
  std::string fulfillment;
  TrackingStatus status = TrackingStatus::Unknown;
  Instant at;
  bool number_changed = false;
  std::string carrier;
  std::string tracking;
  std::string tracking_url;
  bool read_back_first = false;
};

struct ChannelHoldJob {
  std::string channel_order;
  std::string part;
  std::string hold;  // the hold's id, when releasing
  std::string handle;
  std::string reason;
  bool place = true;
};

/// Everything a supplier needs to fill a purchase order; holds personal data.
struct PurchaseOrderDocument {
  struct Line {
    std::int64_t line = 0;
    std::string sku;
    std::string supplier_sku;
    std::string title;
    std::string variant;
    std::int64_t quantity = 0;
    UnitPrice cost;
    std::string hs_code;
    std::string origin;
    Money declared_value;
    std::string instructions;
  };
  std::string po;
  std::string store_number;
  Instant ordered_at;
  Instant ship_by;
  std::string service;           // the supplier's ship service
  std::string customer_service;  // what the buyer chose
  Address ship_to;
  std::string instructions;
  std::string packaging;
  std::string incoterm;
  std::string duties_paid_by;
  std::string ioss;
  std::vector<Line> lines;
  Money total;
  std::string page_url;  // the no-login page of this purchase order
  std::string locale;    // the supplier's language
};

struct PlaceJob {
  PurchaseOrderDocument document;
  bool earlier_attempt_unknown = false;
};

struct FindJob {
  std::string po;
  std::string supplier_ref;
};

struct CancelJob {
  std::string po;
  std::string supplier_ref;
  std::vector<std::pair<std::string, std::int64_t>> lines;  // supplier SKU, quantity; empty = all
  std::string reason;
};

struct RemindJob {
  std::vector<std::string> pos;  // gathered: one message for all
  std::string page_url;
  LadderStep step = LadderStep::Remind;
  std::string locale;
};

struct RegisterJob {
  std::string carrier;
  std::string tracking;
  std::string country;
  std::string postcode_prefix;
};

struct ReadTrackingJob {
  std::string carrier;
  std::string tracking;
};

struct NotifyJob {
  std::string to;
  std::string subject;
  std::string text;
  std::string html;
  std::string message_id;
  std::string kind;  // the moment's name, for filters and logs
};

/// Ask something harmless that shows whether address and secrets fit; for people who set them.
struct ProbeJob {};

// ---- tables -----------------------------------------------------------------------------------

struct ChannelConnector {
  const char* kind;
  Capabilities capabilities;
  const std::vector<Setting>& (*settings)();
  /// Verifies and names an inbound delivery; Unauthentic when it cannot be proven.
  Result<Delivery> (*receive)(const Account&, const Inbound&);
  Turn (*fetch_order)(const Account&, const FetchOrderJob&, const Exchanges&);
  Turn (*list_updated)(const Account&, const ListUpdatedJob&, const Exchanges&);
  Turn (*subscriptions)(const Account&, const SubscriptionsJob&, const Exchanges&);
  Turn (*renew_token)(const Account&, const RenewTokenJob&, const Exchanges&);
  Turn (*fulfill)(const Account&, const FulfillJob&, const Exchanges&);
  Turn (*tracking_news)(const Account&, const TrackingNewsJob&, const Exchanges&);
  Turn (*hold)(const Account&, const ChannelHoldJob&, const Exchanges&);
  Turn (*probe)(const Account&, const ProbeJob&, const Exchanges&) = nullptr;
};

struct SupplierConnector {
  const char* kind;
  Capabilities capabilities;
  const std::vector<Setting>& (*settings)();
  /// Verifies and reads a callback; its commands are about purchase orders named inside.
  Result<Delivery> (*receive)(const Account&, const Inbound&);
  Result<std::vector<Command>> (*read_callback)(const Account&, const Inbound&);
  Turn (*place)(const Account&, const PlaceJob&, const Exchanges&);
  Turn (*find)(const Account&, const FindJob&, const Exchanges&);
  Turn (*cancel)(const Account&, const CancelJob&, const Exchanges&);
  Turn (*remind)(const Account&, const RemindJob&, const Exchanges&);
  Turn (*probe)(const Account&, const ProbeJob&, const Exchanges&) = nullptr;
};

struct TrackingConnector {
  const char* kind;
  Capabilities capabilities;
  const std::vector<Setting>& (*settings)();
  Result<Delivery> (*receive)(const Account&, const Inbound&);
  Result<std::vector<Command>> (*read_push)(const Account&, const Inbound&);
  Turn (*register_number)(const Account&, const RegisterJob&, const Exchanges&);
  Turn (*read_number)(const Account&, const ReadTrackingJob&, const Exchanges&);
  Turn (*probe)(const Account&, const ProbeJob&, const Exchanges&) = nullptr;
};

/// Buying labels comes later; the table exists so that adding a carrier edits no other file.
struct CarrierConnector {
  const char* kind;
  Capabilities capabilities;
  const std::vector<Setting>& (*settings)();
};

struct NotifierConnector {
  const char* kind;
  Capabilities capabilities;
  const std::vector<Setting>& (*settings)();
  Turn (*notify)(const Account&, const NotifyJob&, const Exchanges&);
  Turn (*probe)(const Account&, const ProbeJob&, const Exchanges&) = nullptr;
};

}  // namespace holdfast::ports
