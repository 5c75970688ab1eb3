#include "peers/world.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/text.h"

namespace holdfast::peers {
namespace {

constexpr std::int64_t refund_minor = 500;
constexpr std::size_t many_lines = 120;
constexpr std::size_t many_parts = 33;

/// The cheapest articles again and again, one piece a line.
void lengthen(Basket& basket, std::size_t lines) {
  const auto& product = *std::ranges::min_element(products(), {}, &Product::price_minor);
  while (basket.lines.size() < lines) {
    basket.lines.push_back({product.sku, product.title, product.variant, product.vendor, 1,
                            product.price_minor, product.grams});
  }
}

/// What one order's buyer wants: one to three articles, one or two pieces each.
Basket basket_of(std::int64_t ordinal, Fault fault, const Chance& chance) {
  Basket basket;
  const auto key = "order/" + std::to_string(ordinal);
  const auto lines = chance.number(key + "/lines", 1, 3);
  const auto first =
      chance.number(key + "/first", 0, static_cast<std::int64_t>(products().size()) - 1);
  for (std::int64_t i = 0; i < lines; ++i) {
    // Five apart: three different articles whatever the first is.
    const auto index = static_cast<std::size_t>(first + i * 5) % products().size();
    const auto& product = products()[index];
    const auto quantity = chance.number(key + "/quantity/" + std::to_string(i), 1, 2);
    basket.lines.push_back({product.sku, product.title, product.variant, product.vendor, quantity,
                            product.price_minor, product.grams});
  }
  const bool needs_two = fault == Fault::RefundOnePiece || fault == Fault::SupplierAcceptsPartly;
  if (needs_two) basket.lines.front().quantity = 2;
  if (fault == Fault::UnmappedSku) {
    const auto& product = unmapped_product();
    basket.lines.push_back({product.sku, product.title, product.variant, product.vendor, 1,
                            product.price_minor, product.grams});
  }
  // An article of suppliers with an API: a letter's page has no field for a new number.
  if (fault == Fault::CourierSwap) {
    const auto& product = products().front();
    basket.lines = {{product.sku, product.title, product.variant, product.vendor, 1,
                     product.price_minor, product.grams}};
  }
  if (fault == Fault::ManyLines) lengthen(basket, many_lines);
  if (fault == Fault::ManyParts) {
    // Of cheap articles alone: many parts are no reason for a person to look at the sum.
    basket.lines.clear();
    lengthen(basket, many_parts);
  }
  basket.ship_to =
      fault == Fault::ExcludedDestination ? buyer_too_far(ordinal) : buyer(ordinal, chance);
  if (fault == Fault::AddressIncomplete || fault == Fault::AddressCorrected) {
    basket.ship_to.line1.clear();
    basket.ship_to.postcode.clear();
  }
  if (chance.happens(key + "/note", 150)) basket.note = "Please leave it at the side door.";
  basket.paid = fault != Fault::UnpaidThenPaid && fault != Fault::BuyerCancelsBeforePo;
  basket.risk_comes = fault != Fault::NoRiskAssessment;
  basket.high_risk = fault == Fault::HighRisk;
  return basket;
}

}  // namespace

struct World::Actors {
  explicit Actors(const WorldOptions& options)
      : scene{Agenda(options.start, options.hurry), Chance(options.seed), {}, {}},
        mailboxes(scene),
        shop(scene, mailboxes, options.shop),
        shop_face(scene, shop),
        carriers(scene),
        suppliers(scene, carriers),
        rest(scene, suppliers, options.rest_suppliers),
        paper(scene, suppliers, "paper", options.paper_address),
        tracking(scene, carriers, options.tracking) {
    suppliers.on_news([this](const SupplyOrder& order, Suppliers::News news) {
      if (news == Suppliers::News::Received) first_purchase(order.order);
    });
  }

  std::string place() {
    const auto ordinal = static_cast<std::int64_t>(shop.orders().size()) + 1;
    const auto name = "#" + std::to_string(1000 + ordinal);
    const auto fault = scene.faults.of(name);
    auto basket = basket_of(ordinal, fault, scene.chance);
    if (filled) filled(name, basket);
    const auto placed = shop.place(basket);
    check(placed == name, "orders are numbered as they are placed");
    if (fault == Fault::UnpaidThenPaid) {
      later(hours(3), [this, name] { return shop.pay(name); });
    } else if (fault == Fault::AddressCorrected) {
      const auto right = buyer(ordinal, scene.chance);
      later(hours(4), [this, name, right] { return shop.set_address(name, right); });
    } else if (fault == Fault::BuyerCancelsBeforePo) {
      later(minutes(30), [this, name] { return shop.cancel(name, "CUSTOMER"); });
    }
    return name;
  }

  void place_next(std::int64_t left, Instant at, Duration every) {
    if (left <= 0) return;
    scene.agenda.at(at, [this, left, at, every] {
      place();
      place_next(left - 1, at + every, every);
    });
  }

  /// What buyers and others do once the goods of an order have been bought.
  void first_purchase(const std::string& name) {
    if (!purchased.insert(name).second) return;
    const auto fault = scene.faults.of(name);
    if (fault == Fault::BuyerCancelsAfterPo) {
      later(minutes(20), [this, name] { return shop.cancel(name, "CUSTOMER"); });
    } else if (fault == Fault::RefundOnePiece) {
      later(minutes(10), [this, name] { return refund_one(name); });
    } else if (fault == Fault::MoneyRefund) {
      later(minutes(10),
            [this, name] { return shop.refund(name, {}, refund_minor, "for the delay"); });
    } else if (fault == Fault::FulfilledElsewhere) {
      later(minutes(15),
            [this, name] { return shop.fulfill_elsewhere(name, "BYHAND" + name.substr(1)); });
    }
  }

  Status refund_one(const std::string& name) {
    const auto* order = shop.named(name);
    if (!order) return fail(ErrorCode::NotFound, "no such order", name);
    const auto& line = order->lines.front();
    return shop.refund(name, {{line.sku, 1}}, line.price_minor, "one piece less");
  }

  /// Does something to an order later; an order that has moved on since is left alone.
  template <class Act>
  void later(Duration wait, const Act& act) {
    scene.agenda.after(wait, [act] { (void)act(); });
  }

  Scene scene;
  Mailboxes mailboxes;
  Shop shop;
  ShopFace shop_face;
  Carriers carriers;
  Suppliers suppliers;
  RestSupplierFace rest;
  MailSupplier paper;
  TrackingFace tracking;
  std::set<std::string> purchased;
  std::function<void(const std::string&, Basket&)> filled;
  std::int64_t exchanges = 0;
};

World::World(const WorldOptions& options) : actors_(std::make_unique<Actors>(options)) {}

World::~World() = default;

Status World::plan(const std::vector<PlannedFault>& faults) {
  for (const auto& planned : faults) {
    if (actors_->shop.named(planned.order)) {
      return fail(ErrorCode::Conflict, "the order is placed already", planned.order);
    }
  }
  return actors_->scene.faults.add(faults);
}

std::string World::place_order() { return actors_->place(); }

void World::place_orders(std::int64_t count, Duration every) {
  actors_->place_next(count, now(), every);
}

void World::advance_to(Instant instant) { actors_->scene.agenda.advance_to(instant); }

Instant World::now() const { return actors_->scene.agenda.now(); }

Instant World::next_due() const { return actors_->scene.agenda.next(); }

std::vector<Outgoing> World::take_post() { return actors_->scene.post.take(); }

void World::answered(std::int64_t number, const ports::Response& response) {
  ++actors_->exchanges;
  actors_->scene.post.answer(number, response);
}

std::size_t World::post_open() const { return actors_->scene.post.open(); }

std::int64_t World::exchanges() const { return actors_->exchanges; }

FaceAnswer World::shop_face(const ports::Inbound& inbound) {
  ++actors_->exchanges;
  return actors_->shop_face.answer(inbound);
}

FaceAnswer World::rest_supplier_face(const ports::Inbound& inbound) {
  ++actors_->exchanges;
  return actors_->rest.answer(inbound);
}

FaceAnswer World::tracking_face(const ports::Inbound& inbound) {
  ++actors_->exchanges;
  return actors_->tracking.answer(inbound);
}

int World::mail_recipient(const std::string& address) const {
  return actors_->mailboxes.takes(address) ? 250 : 550;
}

int World::mail_message(const SmtpMessage& message) {
  const auto read = read_mail(message.data);
  for (const auto& to : message.to) {
    Mail mail;
    mail.to = to;
    mail.from = read.header("From");
    mail.subject = read.header("Subject");
    mail.moment = read.header("X-Holdfast-Moment");
    mail.message_id = read.header("Message-ID");
    mail.text = read.body("text/plain");
    mail.html = read.body("text/html");
    actors_->mailboxes.add(std::move(mail));
    if (lower(to) == lower(actors_->paper.address())) actors_->paper.read(read);
  }
  return 250;
}

Shop& World::shop() { return actors_->shop; }
Suppliers& World::suppliers() { return actors_->suppliers; }
RestSupplierFace& World::rest() { return actors_->rest; }
TrackingFace& World::tracking() { return actors_->tracking; }
const Carriers& World::carriers() const { return actors_->carriers; }
const Mailboxes& World::mailboxes() const { return actors_->mailboxes; }
void World::on_mail(std::function<void(const Mail&)> told) {
  actors_->mailboxes.on_arrival(std::move(told));
}
void World::on_basket(std::function<void(const std::string&, Basket&)> told) {
  actors_->filled = std::move(told);
}
void World::lead_astray(const std::string& order) { actors_->carriers.lead_astray(order); }
const FaultPlan& World::faults() const { return actors_->scene.faults; }

Json World::books() const {
  Json books;
  books.set("at", to_text(now()));
  books.set("shop", actors_->shop.books());
  books.set("requests", actors_->shop_face.books());
  books.set("suppliers", actors_->suppliers.books());
  books.set("rest", actors_->rest.books());
  books.set("paper", actors_->paper.books());
  books.set("carriers", actors_->carriers.books());
  books.set("tracking", actors_->tracking.books());
  books.set("mailboxes", actors_->mailboxes.books());
  return books;
}

}  // namespace holdfast::peers
