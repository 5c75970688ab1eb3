#include "apps/sim/office.h"

#include <algorithm>
#include <array>

namespace holdfast::sim {
namespace {

constexpr const char* bookkeeper = "purchasing desk";
// A purchase leaves some twenty seconds after its order came, once it was assessed.
constexpr Duration before_purchase_least = seconds(6), before_purchase_most = seconds(18);

std::string name_of_order(std::int64_t number) { return "#" + std::to_string(1000 + number); }

}  // namespace

const std::vector<std::string>& office_faults() {
  static const std::vector<std::string> names{
      "shop.line_added",   "shop.service_changed", "shop.held_by_other", "shop.authorized",
      "shop.preordered",   "shop.refund_listed",   "carrier.astray",     "bench.failed",
      "bench.mislabelled", "office.short_of_money"};
  return names;
}

Office::Office(Reach reach, std::uint64_t seed) : reach_(reach), dice_(seed, "office") {
  reach_.world->on_basket(
      [this](const std::string& order, peers::Basket& basket) { fill(order, basket); });
}

Office::Event Office::draw() {
  const auto& rates = reach_.scenario->shop;
  auto left = dice_.between(0, 999);
  const std::array<std::pair<std::int64_t, Event>, 7> table{
      {{rates.line_added, Event::Line},
       {rates.service_changed, Event::Service},
       {rates.held, Event::Held},
       {rates.authorized, Event::Authorized},
       {rates.preordered, Event::Preordered},
       {rates.refund_listed, Event::Refund},
       {rates.astray, Event::Astray}}};
  for (const auto& [permille, event] : table) {
    left -= permille;
    if (left < 0) return event;
  }
  return Event::None;
}

void Office::plan() {
  for (std::int64_t i = 1; i <= reach_.scenario->orders; ++i) {
    const auto order = name_of_order(i);
    const auto event = draw();
    if (event == Event::None || reach_.world->faults().of(order) != peers::Fault::None) continue;
    if (event == Event::Authorized) {
      authorized_[order] = dice_.span(days(5), days(7));
    } else if (event == Event::Preordered) {
      preordered_[order] = dice_.span(days(1), days(9));
    } else if (event == Event::Astray) {
      reach_.record->fault("carrier.astray");
      reach_.world->lead_astray(order);
    } else {
      const auto placed_at = reach_.start + reach_.scenario->order_every * (i - 1);
      const auto at = placed_at + soon_or(event == Event::Line ? hours(30) : hours(12));
      reach_.agenda->at(at, [this, order, event] { befall(order, event); });
    }
  }
}

/// Half of what happens does so before anything was bought.
Duration Office::soon_or(Duration most) {
  if (dice_.happens(500)) return dice_.span(before_purchase_least, before_purchase_most);
  return dice_.span(minutes(1), most);
}

void Office::fill(const std::string& order, peers::Basket& basket) {
  if (const auto found = preordered_.find(order); found != preordered_.end()) {
    reach_.record->fault("shop.preordered");
    basket.ships_after = found->second;
  }
  const auto found = authorized_.find(order);
  if (found == authorized_.end()) return;
  reach_.record->fault("shop.authorized");
  basket.paid = false;
  basket.authorized_for = found->second;
  // Some are captured at once, most when it becomes urgent, and some never.
  const auto way = dice_.between(0, 9);
  if (way >= 8) return;
  const auto wait =
      way < 3 ? dice_.span(minutes(1), hours(6)) : found->second - dice_.span(hours(1), hours(36));
  reach_.agenda->after(wait, [this, order] { (void)reach_.world->shop().capture(order); });
}

void Office::befall(const std::string& order, Event event) {
  switch (event) {
    case Event::Line:
      return edit(order, dice_.happens(300));
    case Event::Service:
      return change_service(order, dice_.between(0, 2));
    case Event::Held:
      return hold(order, dice_.span(hours(2), hours(60)));
    case Event::Refund:
      return refund(order, dice_.happens(600), dice_.span(hours(6), hours(72)));
    case Event::Authorized:
    case Event::Preordered:
    case Event::Astray:
    case Event::None:
      return;  // its buyer or its carrier brings these along
  }
}

void Office::edit(const std::string& order, bool more_of_it) {
  auto& shop = reach_.world->shop();
  const auto* truth = shop.named(order);
  if (!truth) return;
  const auto& all = peers::products();
  auto index =
      static_cast<std::size_t>(dice_.between(0, static_cast<std::int64_t>(all.size()) - 1));
  const auto has = [&](const peers::Product& product) {
    return std::ranges::find(truth->lines, product.sku, &peers::ShopLine::sku) !=
           truth->lines.end();
  };
  while (has(all[index])) index = (index + 1) % all.size();
  const auto& product = all[index];
  const auto edited =
      more_of_it ? shop.add_pieces(order, 1)
                 : shop.add_line(order, {product.sku, product.title, product.variant,
                                         product.vendor, 1, product.price_minor, product.grams});
  if (edited) reach_.record->fault("shop.line_added");
}

void Office::change_service(const std::string& order, std::int64_t which) {
  auto& shop = reach_.world->shop();
  const auto changed = which == 0   ? shop.set_note(order, "Please ring twice.")
                       : which == 1 ? shop.set_service(order, "express")
                                    : shop.set_service(order, "drone");
  if (!changed) return;
  reach_.record->fault("shop.service_changed");
  if (which != 2) return;
  // Nobody delivers that: the buyer is asked and takes the usual one.
  reach_.agenda->after(dice_.span(hours(3), hours(40)), [this, order] {
    (void)reach_.world->shop().set_service(order, "standard");
  });
}

void Office::hold(const std::string& order, Duration lasts) {
  if (!reach_.world->shop().hold_by_other(order)) return;
  reach_.record->fault("shop.held_by_other");
  reach_.agenda->after(lasts, [this, order] { (void)reach_.world->shop().release_others(order); });
}

void Office::refund(const std::string& order, bool unlisted, Duration later) {
  if (!reach_.world->shop().refund_listed(order)) return;
  reach_.record->fault("shop.refund_listed");
  if (!unlisted) return;
  reach_.agenda->after(later, [this, order] {
    // Who sends the piece all the same leaves it listed.
    if (reach_.people->sends_refunded(order)) return;
    (void)reach_.world->shop().unlist_refunded(order);
  });
}

// ---- invoices ---------------------------------------------------------------------------------

void Office::invoiced(const peers::SupplyOrder& order, const ports::StreamKey& stream) {
  const auto& merchant = reach_.scenario->merchant;
  if (!dice_.happens(merchant.invoiced)) return;
  Money amount{0, order.lines.front().cost.currency};
  for (const auto& line : order.lines) {
    const auto part = price_of(line.cost, line.quantity);
    const auto sum = part ? add(amount, *part) : part;
    if (sum) amount = *sum;
  }
  const bool is_short = dice_.happens(merchant.short_of_money);
  if (is_short) reach_.record->fault("office.short_of_money");
  const auto first = is_short ? PayablesState::BalanceTooLow : PayablesState::Due;
  const auto heard = dice_.span(hours(1), hours(6));
  reach_.agenda->after(
      heard, [this, stream, po = order.po, first, amount] { pay(stream, po, first, amount); });
  reach_.agenda->after(
      heard + dice_.span(hours(6), hours(30)),
      [this, stream, po = order.po, amount] { pay(stream, po, PayablesState::Paid, amount); });
}

/// Whoever records a payment tries until the program confirms it.
void Office::pay(const ports::StreamKey& stream, const std::string& po, PayablesState state,
                 Money amount) {
  const auto again = [this, stream, po, state, amount] {
    reach_.agenda->after(minutes(15),
                         [this, stream, po, state, amount] { pay(stream, po, state, amount); });
  };
  auto* engine = reach_.people->program();
  if (!engine) return again();
  engine->submit(stream, SupplierCommand(RecordSupplierPayment{po, state, amount, bookkeeper}),
                 bookkeeper, [this, stream, again](const Result<engine::Stepped>& stepped) {
                   if (stepped)
                     reach_.people->note(stream, stepped->version);
                   else if (stepped.error().code == ErrorCode::Unavailable)
                     again();
                 });
}

}  // namespace holdfast::sim
