#pragma once
// One seeded world: a shop with its buyers, suppliers, carriers, a tracking provider and mailboxes,
// each with a book and a face. Equal seeds, plans and calls give equal books; it must never read a
// clock or open a socket.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "peers/faults.h"
#include "peers/mail_supplier.h"
#include "peers/rest_supplier_face.h"
#include "peers/scene.h"
#include "peers/shop.h"
#include "peers/shop_face.h"
#include "peers/smtp_sink.h"
#include "peers/tracking_face.h"

namespace holdfast::peers {

struct WorldOptions {
  std::uint64_t seed = 1;
  Instant start;           // the world's first present
  std::int64_t hurry = 1;  // all waits of the actors are divided by it
  ShopOptions shop;
  std::map<std::string, RestAccess> rest_suppliers;
  TrackingOptions tracking;
  std::string paper_address = "orders@paper.example.test";
};

class World {
 public:
  explicit World(const WorldOptions& options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// Plans faults for orders yet to be placed; Invalid for an unknown kind or an order named twice.
  Status plan(const std::vector<PlannedFault>& faults);

  /// Places the next order, made from the seed and its fault; its name at the shop.
  std::string place_order();

  /// Places `count` orders from now on, one every `every` of the world's time (not divided).
  void place_orders(std::int64_t count, Duration every);

  /// Moves time forward; everything due happens in its order.
  void advance_to(Instant instant);
  Instant now() const;
  /// When the next thing falls due; 0 when nothing is planned.
  Instant next_due() const;

  /// Requests to send now; each must be reported once by answered().
  std::vector<Outgoing> take_post();
  void answered(std::int64_t number, const ports::Response& response);
  /// Requests not yet answered.
  std::size_t post_open() const;
  /// Requests that came in or were answered, in all: how much work has been done.
  std::int64_t exchanges() const;

  // ---- faces ------------------------------------------------------------------------------------
  FaceAnswer shop_face(const ports::Inbound& inbound);
  FaceAnswer rest_supplier_face(const ports::Inbound& inbound);
  FaceAnswer tracking_face(const ports::Inbound& inbound);
  /// SMTP reply codes: 550 for a mailbox that bounces.
  int mail_recipient(const std::string& address) const;
  int mail_message(const SmtpMessage& message);

  // ---- actors, for tests and the demo's operators
  // -------------------------------------------------
  Shop& shop();
  Suppliers& suppliers();
  RestSupplierFace& rest();
  TrackingFace& tracking();
  const Carriers& carriers() const;
  const Mailboxes& mailboxes() const;
  /// Told of every mail that arrives from now on.
  void on_mail(std::function<void(const Mail&)> told);
  const FaultPlan& faults() const;
  /// Told of every basket before its order is placed, and may change it.
  void on_basket(std::function<void(const std::string& order, Basket& basket)> told);
  /// The order's parcels go to another country's last mile before they come to the buyer's.
  void lead_astray(const std::string& order);

  /// {at, shop, requests, suppliers, rest, paper, carriers, tracking, mailboxes}.
  Json books() const;

 private:
  struct Actors;
  std::unique_ptr<Actors> actors_;
};

}  // namespace holdfast::peers
