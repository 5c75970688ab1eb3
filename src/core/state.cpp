#include "core/state.h"

#include <algorithm>

#include "core/tracking/proof.h"

namespace holdfast::core {

std::int64_t LineState::wanted() const {
  return line.ships ? std::max<std::int64_t>(0, line.quantity - reduced - elsewhere) : 0;
}

std::int64_t PoLine::live() const {
  return std::max<std::int64_t>(0, asked.quantity - withdrawn - refused);
}

bool PoLine::change_open() const {
  if (!answer || change_decided || live() == 0) return false;
  switch (answer->kind) {
    case AckKind::Accepted:
    case AckKind::DateChanged:
    case AckKind::QuantityChanged:
    case AckKind::Backordered:
    case AckKind::Rejected:
      return false;
    case AckKind::PriceChanged:
    case AckKind::ItemChanged:
      return true;
  }
  return false;
}

std::int64_t PoState::live() const {
  if (refused) return 0;
  std::int64_t sum = 0;
  for (const auto& line : lines) sum += line.live();
  return sum;
}

bool PoState::answered() const {
  if (acknowledged_event == 0) return false;
  return std::ranges::all_of(
      lines, [](const PoLine& line) { return line.live() == 0 || line.answer.has_value(); });
}

bool PoState::confirmed() const {
  if (acknowledged_event == 0) return false;
  return std::ranges::all_of(lines, [](const PoLine& line) {
    return line.live() == 0 || (line.answer && !line.change_open());
  });
}

const PoLine* PoState::line(std::int64_t number) const {
  const auto found = std::ranges::find(lines, number, [](const PoLine& l) { return l.asked.line; });
  return found == lines.end() ? nullptr : &*found;
}

const LineState* OrderState::line(std::int64_t number) const {
  const auto at = static_cast<std::size_t>(number - 1);
  return number >= 1 && at < lines.size() ? &lines[at] : nullptr;
}

LineState* OrderState::line(std::int64_t number) {
  return const_cast<LineState*>(std::as_const(*this).line(number));
}

const PoState* OrderState::po(std::string_view number) const {
  const auto found = std::ranges::find(pos, number, &PoState::po);
  return found == pos.end() ? nullptr : &*found;
}

PoState* OrderState::po(std::string_view number) {
  return const_cast<PoState*>(std::as_const(*this).po(number));
}

const ParcelState* OrderState::parcel(std::int64_t number) const {
  const auto found = std::ranges::find(parcels, number, &ParcelState::parcel);
  return found == parcels.end() ? nullptr : &*found;
}

ParcelState* OrderState::parcel(std::int64_t number) {
  return const_cast<ParcelState*>(std::as_const(*this).parcel(number));
}

const ParcelState* OrderState::parcel_of(std::string_view tracking) const {
  for (const auto& parcel : parcels) {
    if (parcel.tracking == tracking) return &parcel;
    if (std::ranges::find(parcel.retired, tracking) != parcel.retired.end()) return &parcel;
    if (std::ranges::find(parcel.mistaken, tracking) != parcel.mistaken.end()) return &parcel;
  }
  return nullptr;
}

const ExceptionState* OrderState::exception(std::int64_t number) const {
  const auto found = std::ranges::find(exceptions, number, &ExceptionState::number);
  return found == exceptions.end() ? nullptr : &*found;
}

const ExceptionState* OrderState::open_exception(ReasonCode reason, std::string_view about) const {
  for (const auto& open : exceptions) {
    if (open.open && open.reason == reason && open.about == about) return &open;
  }
  return nullptr;
}

const PromiseState* OrderState::promise(PromiseKind kind) const {
  const auto found = std::ranges::find(promises, kind, &PromiseState::promise);
  return found == promises.end() ? nullptr : &*found;
}

bool OrderState::timer_set(TimerKind timer, std::string_view about) const {
  return std::ranges::any_of(
      timers, [&](const TimerState& set) { return set.timer == timer && set.about == about; });
}

bool OrderState::message_asked(Moment moment, std::int64_t parcel) const {
  return std::ranges::any_of(messages, [&](const MessageState& message) {
    return message.moment == moment && message.parcel == parcel;
  });
}

std::int64_t OrderState::on_order(std::int64_t number) const {
  std::int64_t sum = 0;
  for (const auto& po : pos) {
    if (po.refused) continue;
    for (const auto& line : po.lines) {
      if (line.asked.line == number) sum += line.live();
    }
  }
  return sum;
}

Instant OrderState::fulfill_at(const LineState& line) const {
  if (!parts_known) return line.line.fulfill_at;
  const auto is_scheduled = [](const ChannelPart& part) { return part.status == "scheduled"; };
  if (std::ranges::none_of(parts, is_scheduled)) return {};
  // A channel appends what an edit adds; a raise of one of its lines is one more of ours.
  std::vector<std::string_view> counted;
  for (const auto& known : lines) {
    const std::string_view id = known.line.channel_line;
    if (std::ranges::find(counted, id) == counted.end()) counted.push_back(id);
    if (id == line.line.channel_line) break;
  }
  const auto position = static_cast<std::int64_t>(counted.size());
  Instant earliest;
  for (const auto& part : parts) {
    if (!is_scheduled(part)) continue;
    const bool has_it = std::ranges::any_of(
        part.remaining, [&](const LineQuantity& piece) { return piece.line == position; });
    if (has_it && (!earliest || part.fulfill_at < earliest)) earliest = part.fulfill_at;
  }
  return earliest;
}

std::int64_t OrderState::in_parcels(std::int64_t number) const {
  std::int64_t sum = 0;
  for (const auto& parcel : parcels) {
    for (const auto& line : parcel.lines) {
      if (line.line == number) sum += line.quantity;
    }
  }
  return sum;
}

std::int64_t OrderState::wanted() const {
  std::int64_t sum = 0;
  for (const auto& line : lines) sum += line.wanted();
  return sum;
}

std::int64_t OrderState::outstanding(std::int64_t number) const {
  auto sum = on_order(number) - in_parcels(number);
  for (const auto& po : pos) {
    if (po.refused) continue;
    for (const auto& line : po.lines) {
      if (line.asked.line == number) sum -= line.kept;
    }
  }
  return sum;
}

bool OrderState::finished() const {
  if (!imported) return false;
  for (const auto& line : lines) {
    if (outstanding(line.line.line) > 0) return false;
    if (!cancelled_at_channel && line.wanted() > in_parcels(line.line.line)) return false;
  }
  return std::ranges::all_of(parcels, [](const ParcelState& parcel) { return has_ended(parcel); });
}

std::string members_text(const std::vector<IncidentMember>& members) {
  std::string text = std::to_string(members.size()) + " orders: ";
  for (std::size_t i = 0; i < members.size(); ++i) {
    text += (i == 0 ? "" : ", ") + members[i].store_number;
  }
  return text;
}

Money money_of(const std::vector<IncidentMember>& members) {
  Money sum;
  for (const auto& member : members) {
    const auto more = add(sum, member.money_at_risk);
    if (!more) return {};
    sum = *more;
  }
  return sum;
}

}  // namespace holdfast::core
