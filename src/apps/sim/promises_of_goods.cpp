#include <algorithm>
#include <optional>

#include "apps/sim/promises.h"
#include "peers/catalogue.h"

namespace holdfast::sim {
namespace {

// A request that left may still arrive: its limit, and what the network adds.
constexpr Duration on_its_way = minutes(1);

/// Whether a line's name at the channel is the shop's line of this number.
bool is_line(const std::string& channel_line, std::int64_t id) {
  const auto number = std::to_string(id);
  return channel_line == number || channel_line.ends_with("/" + number);
}

/// The shop's assessment in our words; none has not come yet.
RiskLevel risk_at(const peers::ShopOrder& truth) {
  if (truth.recommendation == "CANCEL") return RiskLevel::High;
  if (truth.recommendation == "INVESTIGATE") return RiskLevel::Medium;
  return truth.recommendation == "ACCEPT" ? RiskLevel::Low : RiskLevel::None;
}

/// Pieces of a line that its supplier answered for.
std::int64_t will_send(const peers::SupplyLine& line) {
  return line.refused() ? 0 : line.answer.quantity;
}

/// Whether a supplier answered for fewer pieces of a line than stood on its book.
bool would_not_send(const peers::SupplyLine& line) {
  return line.answered && will_send(line) < line.quantity - line.cancelled_before;
}

/// Whether the answer of a purchase order stood in the store before another was drafted.
bool was_told_before(const KeptOrder& kept, const peers::SupplyOrder& answered, std::int64_t line,
                     const std::string& drafted) {
  for (const auto& [row, event] : kept.events) {
    const auto* e = event.as<PurchaseOrderDrafted>();
    if (e && e->po == drafted) return false;
    const auto* told = event.as<PurchaseOrderAcknowledged>();
    if (!told || told->po != answered.po) continue;
    if (std::ranges::find(told->answers, line, &LineAnswer::line) != told->answers.end()) {
      return true;
    }
  }
  return false;
}

}  // namespace

/// Pieces that the suppliers' books may still bring, per article, against what was ordered.
void Promises::i2_pieces(const std::string& order, bool at_the_end) {
  const auto* truth = world_.shop().named(order);
  if (!truth || machine_.people().pays_twice(order)) return;
  std::map<std::string, std::int64_t> live, ordered, wanted;
  for (const auto* book : machine_.purchases_for(order)) {
    const auto& po = *book;
    if (po.status == "rejected") continue;
    const auto* manner = peers::manner_of(po.supplier);
    for (const auto& line : po.lines) {
      live[peers::our_sku(*manner, line.supplier_sku)] += line.expected();
    }
  }
  for (const auto& line : truth->lines) {
    ordered[line.sku] += line.quantity;
    wanted[line.sku] += truth->cancelled_at ? 0 : line.current;
  }
  const auto* kept = at_the_end ? kept_.order(order) : nullptr;
  for (const auto& [sku, count] : live) {
    if (count > ordered[sku]) {
      differ("I2", order,
             std::to_string(count) + " of " + sku + " are on purchase orders, " +
                 std::to_string(ordered[sku]) + " were ordered");
    } else if (kept && count > wanted[sku] && kept->state.exceptions.empty()) {
      differ("I2", order,
             std::to_string(count) + " of " + sku + " come, " + std::to_string(wanted[sku]) +
                 " are wanted and nobody was asked");
    }
  }
}

/// A supplier that can neither be asked nor knows repetitions gets a letter once, and again only
/// when a person said that it did not arrive.
void Promises::i3_letters() {
  for (const auto* book : machine_.purchases()) {
    const auto& po = *book;
    if (po.supplier != "paper") continue;
    if (po.times_received <= 1 + machine_.people().sent_again(po.po)) continue;
    differ("I3", po.order,
           "the letter " + po.po + " came " + std::to_string(po.times_received) +
               " times and nobody asked for it");
  }
}

void Promises::i4_quantities(const std::string& name, const KeptOrder& kept) {
  for (const auto& line : kept.state.lines) {
    const auto taken = line.reduced + line.elsewhere;
    if (line.reduced < 0 || line.elsewhere < 0 || line.reduced > line.line.quantity) {
      differ("I4", name,
             "line " + std::to_string(line.line.line) + " lost " + std::to_string(taken) + " of " +
                 std::to_string(line.line.quantity));
    }
  }
  for (const auto& po : kept.state.pos) {
    for (const auto& line : po.lines) {
      const bool negative = line.withdrawn < 0 || line.refused < 0 || line.cancelling < 0 ||
                            line.cancelled < 0 || line.kept < 0;
      const bool more = line.withdrawn + line.refused > line.asked.quantity ||
                        line.cancelling + line.kept > line.live() ||
                        line.cancelled > line.withdrawn;
      std::int64_t shipped = 0;
      for (const auto& parcel : kept.state.parcels) {
        if (parcel.po != po.po) continue;
        for (const auto& part : parcel.lines) {
          if (part.line == line.asked.line) shipped += part.quantity;
        }
      }
      if (!negative && !more && shipped <= line.asked.quantity) continue;
      differ("I4", name,
             po.po + " line " + std::to_string(line.asked.line) + ": its quantities do not add up");
    }
  }
}

/// What the shop is said to have taken out of an order is no more than it did.
void Promises::i4_taken_out(const peers::ShopOrder& truth, const KeptOrder& kept) {
  std::map<std::string, std::int64_t> taken;
  for (const auto& [row, event] : kept.events) {
    const auto* e = event.as<LineReduced>();
    const auto* line = e ? kept.state.line(e->line) : nullptr;
    if (line && e->cause != LineCause::Decision) taken[line->line.channel_line] += e->by;
  }
  for (const auto& [channel_line, count] : taken) {
    std::int64_t most = 0;
    for (const auto& line : truth.lines) {
      if (is_line(channel_line, line.id)) most = line.quantity - line.current;
    }
    if (count <= most) continue;
    differ("I4", truth.name,
           std::to_string(count) + " pieces of " + channel_line +
               " were taken out, the shop took " + std::to_string(most));
  }
}

/// Nobody counts on more pieces of a purchase order than its supplier said it will send.
void Promises::i4_answers(const KeptOrder& kept) {
  for (const auto* book : machine_.purchases_for(kept.row.store_number)) {
    const auto* po = kept.state.po(book->po);
    if (!po || po->refused) continue;
    for (const auto& line : book->lines) {
      const auto* known = po->line(line.line);
      const auto said = will_send(line);
      if (!line.answered || !known || !known->answer || known->live() <= said) continue;
      differ("I4", kept.row.store_number,
             book->supplier + " said it sends " + std::to_string(said) + " of " +
                 line.supplier_sku + " for " + book->po + ", the store counts on " +
                 std::to_string(known->live()));
    }
  }
}

/// What suppliers say they shipped is what stands in the store's parcels.
void Promises::i4_parcels() {
  for (const auto* book : machine_.purchases()) {
    const auto& po = *book;
    const auto* kept = kept_.order(po.order);
    if (!kept) continue;
    for (const auto& parcel : po.parcels) {
      const auto* known = kept->state.parcel_of(parcel.number);
      // A person who was asked about it and decided has taken it on.
      const bool asked =
          kept->has_open_case() || !machine_.people().decided(kept->row.stream).empty();
      if (!known && !asked) {
        differ("I11", po.order,
               po.supplier + " shipped " + parcel.number + " for " + po.po + " and nobody knows");
      }
      if (!known) continue;
      if (known->po != po.po || known->lines != parcel.lines) {
        differ("I4", po.order,
               "the parcel " + parcel.number + " holds other pieces than its sender says");
      }
    }
  }
}

void Promises::i5_money(const std::string& name, const KeptOrder& kept) {
  for (const auto& po : kept.state.pos) {
    Money sum;
    for (const auto& line : po.lines) {
      const auto price = price_of(line.asked.cost, line.asked.quantity);
      const auto more = price ? add(sum, *price) : price;
      if (more) sum = *more;
    }
    if (sum != po.total) {
      differ("I5", name, po.po + " costs " + to_text(sum) + " and says " + to_text(po.total));
    }
  }
  const auto* truth = world_.shop().named(name);
  if (kept.state.total.minor != peers::totals(*truth).total) {
    differ("I5", name,
           "the total is " + to_text(kept.state.total) + " and not " +
               std::to_string(peers::totals(*truth).total));
  }
}

/// Commitments are made once and stay closed.
void Promises::i6_commitments(const std::string& name, const KeptOrder& kept) {
  std::set<std::string> released;
  std::set<std::int64_t> opened, resolved;
  for (const auto& [row, event] : kept.events) {
    if (const auto* bought = event.as<PurchaseOrderReleased>()) {
      if (!released.insert(bought->po).second) differ("I6", name, bought->po + " left twice");
    } else if (const auto* fresh = event.as<ExceptionOpened>()) {
      if (!opened.insert(fresh->number).second) differ("I6", name, "a case was opened twice");
    } else if (const auto* closed = event.as<ExceptionResolved>()) {
      const bool sound = opened.contains(closed->number) && resolved.insert(closed->number).second;
      if (!sound) differ("I6", name, "a case was closed that was not open");
      if (closed->actor != "rule:evidence" && !was_decided(kept, row.version)) {
        differ("I6", name, "a case was closed by nobody: " + closed->actor + ", " + closed->note);
      }
    }
  }
  for (const auto& po : kept.state.pos) {
    if (po.supplier == "manual") continue;
    const bool there = std::ranges::any_of(machine_.purchases_for(name), [&](const auto* book) {
      return book->po == po.po && book->supplier == po.supplier;
    });
    if (there && po.released_event == 0) {
      differ("I6", name, po.po + " is on the supplier's book and was never released");
    }
    const bool has_it = po.reply && *po.reply <= PoReply::Read;
    if (has_it && !there) differ("I6", name, po.supplier + " is said to have " + po.po);
    if (po.reply == PoReply::Refused && there) {
      differ("I6", name, po.supplier + " is said to have refused " + po.po + " and has it");
    }
  }
}

/// At the moment a purchase order reaches a supplier: what it would not send before, and said so
/// before this one was drafted, is not asked of it again.
void Promises::i6_asked_again(const peers::SupplyOrder& order) {
  std::optional<KeptOrder> kept;
  for (const auto* earlier : machine_.purchases_for(order.order)) {
    if (earlier->supplier != order.supplier || earlier->po == order.po) continue;
    for (const auto& line : earlier->lines) {
      const auto said = std::ranges::find(order.lines, line.line, &peers::SupplyLine::line);
      if (!would_not_send(line) || said == order.lines.end()) continue;
      if (!kept) {
        const auto stream = machine_.disk().reference(machine_.tenant(), "po", order.po);
        if (!stream || !*stream) return;
        auto read = read_order(machine_.disk(), **stream);
        if (!read) return;
        kept = std::move(*read);
      }
      if (!was_told_before(*kept, *earlier, line.line, order.po)) continue;
      differ("I6", order.order,
             order.supplier + " would not send " + line.supplier_sku + " for " + earlier->po +
                 " and is asked again by " + order.po);
    }
  }
}

/// Whether a person was told that the step which left this version is done.
bool Promises::was_decided(const KeptOrder& kept, std::int64_t version) const {
  const auto& own = machine_.people().decided(kept.row.stream);
  // What one decision asks of other orders is done in their own streams.
  if (machine_.people().decided().size() > (own.empty() ? 0U : 1U)) return true;
  return std::ranges::any_of(own,
                             [&](const Decided& decided) { return decided.version >= version; });
}

/// A dearer price or another article is agreed to, or a person has it to decide.
void Promises::i20_changes(const KeptOrder& kept) {
  for (const auto* book : machine_.purchases_for(kept.row.store_number)) {
    const auto& po = *book;
    for (const auto& line : po.lines) {
      const bool changes = line.answered && (line.answer.kind == AckKind::PriceChanged ||
                                             line.answer.kind == AckKind::ItemChanged);
      if (!changes || line.shipped == 0) continue;
      const bool known = std::ranges::any_of(kept.events, [&](const KeptEvent& one) {
        const auto* decided = one.event.as<SupplyChangeDecided>();
        const auto* opened = one.event.as<ExceptionOpened>();
        return (decided && decided->po == po.po && decided->line == line.line) ||
               (opened && opened->about == po.po + " line " + std::to_string(line.line));
      });
      if (!known) differ("I20", po.order, po.po + " came changed and nobody agreed to it");
    }
  }
}

/// The store shows what the shop says now, whatever order its messages came in.
void Promises::i7_newest(const peers::ShopOrder& truth, const KeptOrder& kept) {
  const auto& state = kept.state;
  Instant newest;
  for (const auto& [row, event] : kept.events) {
    if (const auto* e = event.as<PaymentRecorded>()) {
      if (e->as_of < newest) differ("I7", truth.name, "an older payment state overwrote a newer");
      newest = e->as_of;
    }
  }
  if (state.cancelled_at_channel != static_cast<bool>(truth.cancelled_at)) {
    differ("I7", truth.name,
           "cancelled at the shop: " + std::string(truth.cancelled_at ? "yes" : "no") +
               ", in the store otherwise");
  }
  if (state.risk != risk_at(truth)) {
    differ("I7", truth.name,
           "the shop's assessment is " + truth.recommendation + ", the store's " +
               std::string(holdfast::name_of(state.risk)));
  }
  if (kept.has_open_case() || state.erased) return;
  for (std::size_t i = 0; i < truth.lines.size(); ++i) {
    std::int64_t left = 0;
    for (const auto& line : state.lines) {
      const bool own = is_line(line.line.channel_line, truth.lines[i].id);
      if (own) left += line.line.quantity - line.reduced;
    }
    const bool decided = machine_.people().cancelled_at(truth.name).ms != 0 ||
                         machine_.people().sends_refunded(truth.name);
    if (left == truth.lines[i].current || truth.cancelled_at || decided) continue;
    differ("I7", truth.name,
           truth.lines[i].sku + ": the store wants " + std::to_string(left) + ", the shop " +
               std::to_string(truth.lines[i].current));
  }
}

/// At the moment a purchase order reaches a supplier: it did not leave after all of the order had
/// been taken back. One that had left before, with an answer nobody knows, may be sent again.
void Promises::i8_bought(const peers::SupplyOrder& order) {
  auto& disk = machine_.disk();
  const auto stream = disk.reference(machine_.tenant(), "po", order.po);
  if (!stream || !*stream) return;
  const auto kept = read_order(disk, **stream);
  if (!kept || kept->state.wanted() > 0) return;
  Instant taken_back;
  for (const auto& [row, event] : kept->events) {
    if (event.as<LineReduced>()) taken_back = row.at;
  }
  for (const auto& row : kept->outbox) {
    const bool leaves = row.state == EffectState::Sending && !disk.was_in_doubt(row);
    if (!leaves || !taken_back || row.changed_at <= taken_back) continue;
    const auto placed = purchase_in(row);
    if (placed && placed->po == order.po) {
      differ("I8", order.order, order.po + " left after its order had been taken back");
    }
  }
}

/// Nothing is bought after a cancellation that the program confirmed.
void Promises::i8_cancelled(const std::string& name, const KeptOrder& kept) {
  std::int64_t version = 0;
  Instant at;
  const auto earlier = [&](std::int64_t candidate, Instant when) {
    if (version != 0 && candidate >= version) return;
    version = candidate;
    at = when;
  };
  for (const auto& [row, event] : kept.events) {
    if (event.as<OrderCancelledAtChannel>()) earlier(row.version, row.at);
  }
  for (const auto& decided : machine_.people().decided(kept.row.stream)) {
    if (decided.verb != "cancel") continue;
    for (const auto& [row, event] : kept.events) {
      if (row.version == decided.version) earlier(row.version, row.at);
    }
  }
  if (version == 0) return;
  for (const auto& [row, event] : kept.events) {
    const auto* e = event.as<PurchaseOrderReleased>();
    if (e && row.version > version) {
      differ("I8", name, e->po + " was released after the order was cancelled");
    }
  }
  if (!clock_was_right()) return;
  for (const auto* book : machine_.purchases_for(name)) {
    const auto& po = *book;
    if (po.received_at > at + on_its_way) {
      differ("I8", name,
             po.po + " reached " + po.supplier + " at " + to_text(po.received_at) +
                 ", the order was cancelled at " + to_text(at));
    }
  }
}

/// A cancellation after a purchase stops it, or a person was asked.
void Promises::i8_stopped(const peers::ShopOrder& truth, const KeptOrder& kept) {
  if (!truth.cancelled_at) return;
  for (const auto* book : machine_.purchases_for(truth.name)) {
    const auto& po = *book;
    if (po.received_at > truth.cancelled_at) continue;
    const bool stands = std::ranges::any_of(po.lines, [](const peers::SupplyLine& line) {
      return line.shipped == 0 && line.quantity > line.cancelled;
    });
    const bool over = po.status == "shipped" || po.status == "rejected" || !stands;
    if (over || !po.cancel.empty() || !kept.state.exceptions.empty()) continue;
    differ("I8", truth.name, po.po + " stands, was never asked to stop, and nobody was told");
  }
}

}  // namespace holdfast::sim
