#include "peers/suppliers.h"

#include <algorithm>

#include "base/check.h"

namespace holdfast::peers {
namespace {

/// Waiting time for our answer to a changed offer; silence is taken as consent.
constexpr Duration consent_wait = hours(30);

Json pieces(const std::vector<LineQuantity>& lines) {
  Json list = Json::Array{};
  for (const auto& piece : lines) {
    Json entry;
    entry.set("line", piece.line);
    entry.set("quantity", piece.quantity);
    list.push(std::move(entry));
  }
  return list;
}

bool is_change(const SupplyLine& line) {
  return line.answer.kind == AckKind::PriceChanged || line.answer.kind == AckKind::ItemChanged;
}

}  // namespace

Suppliers::Suppliers(Scene& scene, Carriers& carriers) : scene_(scene), carriers_(carriers) {
  carriers_.on_swap([this](const CarrierParcel& parcel) { renumber(parcel); });
}

bool SupplyLine::refused() const {
  return answered && (answer.kind == AckKind::Rejected || answer.kind == AckKind::Backordered);
}

std::int64_t SupplyLine::expected() const {
  if (!answered) return quantity - cancelled;
  if (refused()) return 0;
  return std::max<std::int64_t>(0, answer.quantity - (cancelled - cancelled_before));
}

std::int64_t SupplyLine::to_ship() const {
  return answered ? std::max<std::int64_t>(0, expected() - shipped) : 0;
}

const SupplyOrder& Suppliers::receive(SupplyOrder order) {
  const auto key = order.supplier + "/" + order.po;
  if (const auto found = by_po_.find(key); found != by_po_.end()) {
    auto& known = orders_[found->second];
    ++known.times_received;
    return known;
  }
  const auto index = orders_.size();
  order.received_at = scene_.agenda.now();
  order.supplier_ref = order.supplier.substr(0, 1) + "-" + std::to_string(70'001 + index);
  if (struck_.insert(order.order).second) order.fault = scene_.faults.of(order.order);
  by_po_[key] = index;
  orders_.push_back(std::move(order));
  auto& booked = orders_.back();
  tell(booked, News::Received);
  if (booked.fault == Fault::SupplierSilent) return booked;
  const auto* manner = manner_of(booked.supplier);
  check(manner != nullptr, "a supplier of the catalogue");
  schedule(index, "read", manner->read_least, manner->read_most, &Suppliers::read);
  return booked;
}

void Suppliers::schedule(std::size_t index, const char* what, Duration least, Duration most,
                         void (Suppliers::*act)(std::size_t)) {
  const auto key = orders_[index].supplier + "/" + orders_[index].po + "/" + what;
  scene_.agenda.after(scene_.chance.span(key, least, most),
                      [this, index, act] { (this->*act)(index); });
}

bool Suppliers::is_over(const SupplyOrder& order) const {
  return order.status == "cancelled" || order.status == "shipped" || order.status == "rejected";
}

void Suppliers::read(std::size_t index) {
  auto& order = orders_[index];
  if (is_over(order)) return;
  order.status = "read";
  tell(order, News::Read);
  const auto* manner = manner_of(order.supplier);
  schedule(index, "answer", manner->answer_least, manner->answer_most, &Suppliers::answer);
}

LineAnswer Suppliers::answer_for(const SupplyOrder& order, const SupplyLine& line) const {
  const auto* manner = manner_of(order.supplier);
  LineAnswer answer;
  answer.line = line.line;
  answer.quantity = line.quantity - line.cancelled;
  answer.supplier_sku = line.supplier_sku;
  answer.cost = line.cost;
  answer.ready_at = scene_.agenda.now() + manner->ship_most;
  if (line.line != order.lines.front().line) return answer;
  if (order.fault == Fault::SupplierRejectsLine) {
    answer.kind = AckKind::Rejected;
    answer.quantity = 0;
    answer.note = "no longer made";
  } else if (order.fault == Fault::SupplierBackorders) {
    answer.kind = AckKind::Backordered;
    answer.quantity = 0;
    answer.ready_at = scene_.agenda.now() + days(30);
    answer.note = "next delivery in a month";
  } else if (order.fault == Fault::SupplierSubstitutes) {
    answer.kind = AckKind::ItemChanged;
    answer.supplier_sku = line.supplier_sku + "-V2";
    answer.note = "same article, new version";
  } else if (order.fault == Fault::SupplierRaisesPrice) {
    answer.kind = AckKind::PriceChanged;
    answer.cost.micros = line.cost.micros / 50'000 * 60'000;
    answer.note = "new price list";
  } else if (order.fault == Fault::SupplierAcceptsPartly && answer.quantity > 1) {
    answer.kind = AckKind::QuantityChanged;
    --answer.quantity;
    answer.note = "one piece short";
  }
  return answer;
}

void Suppliers::answer(std::size_t index) {
  auto& order = orders_[index];
  if (is_over(order)) return;
  bool changed = false;
  bool any = false;
  for (auto& line : order.lines) {
    line.answer = answer_for(order, line);
    line.answered = true;
    line.cancelled_before = line.cancelled;
    changed = changed || is_change(line);
    any = any || line.to_ship() > 0;
  }
  order.status = any ? "confirmed" : "rejected";
  tell(order, News::Answered);
  if (!any) return;
  if (order.fault == Fault::SupplierCancelsSilently) {
    scene_.agenda.after(hours(6), [this, index] {
      auto& one = orders_[index];
      one.status = "cancelled";
      for (auto& line : one.lines) line.cancelled = line.quantity;
      tell(one, News::Closed);
    });
    return;
  }
  const auto* manner = manner_of(order.supplier);
  const auto extra = changed ? consent_wait : Duration{};
  schedule(index, "pack", extra + manner->ship_least / 2, extra + manner->ship_least,
           &Suppliers::pack);
  schedule(index, "ship", extra + manner->ship_least, extra + manner->ship_most, &Suppliers::ship);
}

void Suppliers::pack(std::size_t index) {
  auto& order = orders_[index];
  if (is_over(order)) return;
  std::int64_t pieces_packed = 0;
  for (const auto& line : order.lines) pieces_packed += line.to_ship();
  const auto count = std::to_string(pieces_packed);
  order.checks = {{CheckKind::Inspection, count + " pieces looked at, none with a flaw"},
                  {CheckKind::Packing, count + " pieces packed with their slip"}};
  tell(order, News::Checked);
}

void Suppliers::ship(std::size_t index) {
  auto& order = orders_[index];
  if (is_over(order)) return;
  SupplyParcel parcel;
  const auto* manner = manner_of(order.supplier);
  const bool one_ahead = order.parcels.empty() && in_parts_.contains(order.order);
  std::int64_t left = 0;
  for (auto& line : order.lines) {
    const auto open = line.to_ship();
    const auto most = one_ahead ? std::int64_t{parcel.lines.empty()} : open;
    const auto quantity = std::min(open, most);
    left += open - quantity;
    if (quantity == 0) continue;
    parcel.lines.push_back({line.line, quantity});
    line.shipped += quantity;
  }
  if (parcel.lines.empty()) return;
  const auto key = order.supplier + "/" + order.po + (order.parcels.empty() ? "" : "/rest");
  const auto& posted = carriers_.post(
      {key, manner->carrier, order.order, manner->country, order.country, order.postcode});
  parcel.carrier = posted.carrier;
  parcel.number = posted.number;
  parcel.announced_at = scene_.agenda.now();
  order.parcels.push_back(std::move(parcel));
  if (left > 0)
    schedule(index, "rest", manner->ship_least, manner->ship_most, &Suppliers::ship);
  else
    order.status = "shipped";
  tell(order, News::Shipped);
}

/// The sender hears of a new number from the carrier and passes it on.
void Suppliers::renumber(const CarrierParcel& parcel) {
  for (auto& order : orders_) {
    const auto found = std::ranges::find(order.parcels, parcel.replaces, &SupplyParcel::number);
    if (found == order.parcels.end()) continue;
    found->replaces = std::exchange(found->number, parcel.number);
    tell(order, News::Shipped);
  }
}

Result<const SupplyOrder*> Suppliers::cancel(std::string_view supplier, std::string_view po,
                                             const std::vector<CancelWish>& wishes) {
  auto* order = look_up(supplier, po);
  if (!order) return fail(ErrorCode::NotFound, "no such purchase order", std::string(po));
  order->cancelled.clear();
  bool took = false;
  for (auto& line : order->lines) {
    auto wanted = wishes.empty() ? line.quantity : 0;
    for (const auto& wish : wishes) {
      if (wish.supplier_sku == line.supplier_sku) wanted += wish.quantity;
    }
    const auto open = line.refused() ? line.quantity - line.cancelled : line.expected();
    const auto taken = std::min(wanted, open - line.shipped);
    if (taken <= 0 || is_over(*order)) continue;
    line.cancelled += taken;
    took = true;
  }
  // A second request for what is gone already is answered like the first.
  const bool gone = order->status == "cancelled";
  order->cancel = took || gone ? "accepted" : "rejected";
  // An answer says what is cancelled in all, not what this request added.
  for (const auto& line : order->lines) {
    const bool said = order->cancel == "accepted" && line.cancelled > 0;
    if (said) order->cancelled.push_back({line.line, line.cancelled});
  }
  const bool nothing_left = std::ranges::all_of(order->lines, [](const SupplyLine& line) {
    return line.cancelled >= line.quantity || (line.cancelled > 0 && line.expected() == 0);
  });
  if (nothing_left) order->status = "cancelled";
  tell(*order, News::CancelAnswered);
  return order;
}

const SupplyOrder* Suppliers::find(std::string_view supplier, std::string_view po) const {
  const auto found = by_po_.find(std::string(supplier) + "/" + std::string(po));
  return found == by_po_.end() ? nullptr : &orders_[found->second];
}

SupplyOrder* Suppliers::look_up(std::string_view supplier, std::string_view po) {
  const auto found = by_po_.find(std::string(supplier) + "/" + std::string(po));
  return found == by_po_.end() ? nullptr : &orders_[found->second];
}

void Suppliers::tell(const SupplyOrder& order, News news) {
  for (const auto& told : told_) told(order, news);
}

Json Suppliers::books() const {
  Json books = Json::Array{};
  for (const auto& order : orders_) {
    Json lines = Json::Array{};
    for (const auto& line : order.lines) {
      Json entry;
      entry.set("line", line.line);
      entry.set("supplier_sku", line.supplier_sku);
      entry.set("quantity", line.quantity);
      entry.set("answer", line.answered ? Json(name_of(line.answer.kind)) : Json());
      entry.set("accepted", line.answered ? line.answer.quantity : 0);
      entry.set("cancelled", line.cancelled);
      entry.set("shipped", line.shipped);
      lines.push(std::move(entry));
    }
    Json parcels = Json::Array{};
    for (const auto& parcel : order.parcels) {
      Json entry;
      entry.set("carrier", parcel.carrier);
      entry.set("number", parcel.number);
      entry.set("lines", pieces(parcel.lines));
      parcels.push(std::move(entry));
    }
    Json entry;
    entry.set("supplier", order.supplier);
    entry.set("po", order.po);
    entry.set("supplier_ref", order.supplier_ref);
    entry.set("order", order.order);
    entry.set("fault", name_of(order.fault));
    entry.set("status", order.status);
    entry.set("received_at", to_text(order.received_at));
    entry.set("times_received", order.times_received);
    entry.set("lines", std::move(lines));
    entry.set("parcels", std::move(parcels));
    books.push(std::move(entry));
  }
  return books;
}

}  // namespace holdfast::peers
