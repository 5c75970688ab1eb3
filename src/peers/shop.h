#pragma once
// The shop's book and what may be done with it: by buyers and the merchant on one side, by the app
// on the other. It refuses what Shopify refuses, in its words, and protects from nothing else: a
// partial fulfillment sent twice ships twice. It must never open a socket.

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "peers/mailboxes.h"
#include "peers/shop_records.h"
#include "peers/shop_webhooks.h"

namespace holdfast::peers {

struct ShopOptions {
  std::string domain = "holdfast-demo.myshopify.com";
  std::string name = "Demo Goods";
  std::string api_version = "2026-10";
  std::string client_id = "demo-app";
  std::string client_secret;
  std::string access_token;  // static; "" allows only tokens by client credentials
  std::string webhook_target;
  /// Points its API gives back each second, of a bucket of twenty seconds' worth: 100 on the
  /// Standard plan (Shopify docs: API usage limits).
  std::int64_t points_a_second = 100;
};

/// Why the shop does not do something; `code` is empty where the schema has none.
struct ShopRefusal {
  std::vector<std::string> field;
  std::string message;
  std::string code;
  bool top_level = false;  // an error of the whole answer instead of a userError
};

template <class T>
using ShopAnswer = tl::expected<T, ShopRefusal>;

/// What a buyer puts into the basket.
struct BasketLine {
  std::string sku;
  std::string title;
  std::string variant;
  std::string vendor;
  std::int64_t quantity = 1;
  std::int64_t price_minor = 0;
  std::int64_t grams = 0;
};

struct Basket {
  std::vector<BasketLine> lines;
  Address ship_to;
  std::string note;
  bool paid = true;
  bool risk_comes = true;
  bool high_risk = false;
  Duration authorized_for;  // unless paid: the money is authorized until then
  Duration ships_after;     // a pre-order's time, from now; 0 for at once
};

/// Pieces of one line of an order, by SKU.
struct SkuQuantity {
  std::string sku;
  std::int64_t quantity = 0;
};

class Shop {
 public:
  Shop(Scene& scene, Mailboxes& mailboxes, ShopOptions options);

  // ---- what buyers, the merchant and other apps do; NotFound for an unknown order name ---------

  /// A new order; the name it gets. Numbers count up from #1001.
  std::string place(const Basket& basket);
  Status pay(std::string_view order);
  /// Cancels the whole order and gives the money back.
  Status cancel(std::string_view order, const std::string& reason);
  /// Takes pieces out and pays them back, or only money when `lines` is empty.
  Status refund(std::string_view order, const std::vector<SkuQuantity>& lines,
                std::int64_t amount_minor, const std::string& note);
  /// Somebody fulfills everything that is open, by hand or by another app.
  Status fulfill_elsewhere(std::string_view order, const std::string& tracking);
  Status set_address(std::string_view order, const Address& address);
  Status set_risk(std::string_view order, const std::string& recommendation,
                  const std::string& level);

  // What its staff and other apps change while an order runs; Conflict when the order is cancelled
  // or not in a state for it.

  /// The editor adds a line, which the buyer pays at once.
  Status add_line(std::string_view order, const BasketLine& item);
  /// More pieces of its first line, paid at once.
  Status add_pieces(std::string_view order, std::int64_t quantity);
  /// Another shipping line, by its code.
  Status set_service(std::string_view order, const std::string& code);
  /// Another word of the buyer about the delivery.
  Status set_note(std::string_view order, const std::string& note);
  /// Another app holds the first part that is open.
  Status hold_by_other(std::string_view order);
  /// Holds of other apps end.
  Status release_others(std::string_view order);
  /// Takes the authorized money; what lapsed is paid anew.
  Status capture(std::string_view order);
  /// Pays a piece of the first line back, which stays listed to be fulfilled.
  Status refund_listed(std::string_view order);
  /// Takes the pieces that were paid back off the list, too.
  Status unlist_refunded(std::string_view order);

  /// The shop accepts fulfillments again after store_refuses_fulfillment, and answers without
  /// THROTTLED after throttled.
  void lift(std::string_view order) { lifted_[std::string(order)] = true; }

  // ---- what the app asks by GraphQL; inputs as their variables ---------------------------------

  ShopAnswer<const ShopShipment*> fulfillment_create(const Json& input);
  ShopAnswer<const ShopShipment*> fulfillment_cancel(std::string_view id);
  ShopAnswer<const ShopShipment*> tracking_update(std::string_view id, const Json& input,
                                                  bool notify);
  ShopAnswer<const ShopShipmentEvent*> event_create(const Json& input);

  struct HoldMade {
    const ShopHold* hold;
    const ShopPart* part;
    const ShopPart* remaining;  // nullptr when the whole part is held
  };
  ShopAnswer<HoldMade> hold(std::string_view part, const Json& input);
  ShopAnswer<const ShopPart*> release(std::string_view part, const Json& hold_ids);

  struct Moved {
    const ShopPart* moved;
    const ShopPart* original;
    const ShopPart* remaining;
  };
  ShopAnswer<Moved> move(std::string_view part, std::string_view location, const Json& lines);

  /// Cancels a little later; the job's id.
  ShopAnswer<std::int64_t> order_cancel(std::string_view id, const std::string& reason);

  /// Whether this call about the order is to be answered THROTTLED.
  bool throttles(std::string_view order);

  // ---- reading ----------------------------------------------------------------------------------

  const ShopOptions& options() const { return options_; }
  ShopWebhooks& webhooks() { return webhooks_; }
  const std::deque<ShopOrder>& orders() const { return orders_; }
  const ShopOrder* named(std::string_view order) const;
  const ShopOrder* by_id(std::int64_t id) const;
  /// The order that owns an id: an order's own things carry ids after its own. nullptr for others.
  const ShopOrder* owner(std::int64_t id) const;
  /// The part with an id and its order; nullptrs when there is none.
  std::pair<const ShopOrder*, const ShopPart*> part(std::int64_t id) const;
  /// {orders: [...], webhooks: [...]}: per line what was ordered, is wanted, shipped and open.
  Json books() const;

 private:
  struct Group {
    ShopPart* part = nullptr;
    std::vector<std::pair<ShopPartLine*, std::int64_t>> lines;
  };

  std::size_t place_of_name(std::string_view order) const;
  std::size_t place_of_id(std::int64_t id) const;
  ShopOrder* find(std::string_view order);
  ShopOrder* find_id(std::int64_t id);
  std::pair<ShopOrder*, ShopPart*> find_part(std::string_view gid);
  std::pair<ShopOrder*, ShopShipment*> find_shipment(std::string_view gid);
  Status unknown(std::string_view order) const;
  std::int64_t next_id(ShopOrder& order);
  void touch(ShopOrder& order);
  void tell(const ShopOrder& order, const std::string& topic);
  void tell_part(const ShopOrder& order, const ShopPart& part, const std::string& event);
  void changed(ShopOrder& order);
  void changed(ShopOrder& order, ShopShipment& shipment);
  void route(std::int64_t id);
  void assess(std::int64_t id, bool high);
  void record_payment(ShopOrder& order);
  void authorize(ShopOrder& order, Duration valid);
  void let_ship(std::int64_t id);
  void go_on_unheld(ShopOrder& order, ShopPart& part);
  void sell_more(ShopOrder& order, std::size_t line, std::int64_t quantity);
  ShopOrder* running(std::string_view order);
  Status not_running(std::string_view order) const;
  void take_out(ShopOrder& order, std::size_t line, std::int64_t quantity);
  void close_empty(ShopOrder& order);
  void give_back(ShopOrder& order, std::int64_t amount_minor);
  ShopPart& add_part(ShopOrder& order, std::int64_t location,
                     const std::vector<std::pair<std::size_t, std::int64_t>>& lines);
  ShopPart& carve(ShopOrder& order, std::size_t part,
                  const std::vector<std::pair<std::size_t, std::int64_t>>& lines,
                  std::int64_t location);
  static std::optional<ShopRefusal> hold_refusal(const ShopPart* part, const std::string& handle);
  ShopAnswer<std::vector<Group>> found_groups(const Json& asked, ShopOrder*& order);
  ShopAnswer<std::vector<Group>> groups_of(const Json& asked, ShopOrder*& order);
  ShopShipment& ship(ShopOrder& order, std::vector<Group>& groups);

  Scene& scene_;
  Mailboxes& mailboxes_;
  ShopOptions options_;
  ShopWebhooks webhooks_;
  std::deque<ShopOrder> orders_;
  std::map<std::string, bool, std::less<>> lifted_;
  std::map<std::string, int, std::less<>> throttled_;
};

/// Ids of the shop's own things.
constexpr std::int64_t shop_id = 61'234'567'890;
constexpr std::int64_t main_location = 71'234'567'001;
constexpr std::int64_t second_location = 71'234'567'002;

}  // namespace holdfast::peers
