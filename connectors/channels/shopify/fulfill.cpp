#include "connectors/channels/shopify/fulfill.h"

#include <algorithm>
#include <tuple>

#include "connectors/channels/shopify/book.h"
#include "connectors/channels/shopify/files.h"
#include "connectors/channels/shopify/tracking_info.h"

namespace holdfast::connectors::shopify {
namespace {

using ports::Account;
using ports::Exchanges;
using ports::FulfillJob;
using ports::Outcome;
using ports::Turn;
using Kind = Outcome::Kind;

constexpr Operation create{"FulfillmentCreate", fulfillment_create_graphql, Call::Write};
/// Releasing a named hold twice has one effect.
constexpr Operation release{"FulfillmentOrderReleaseHold", fulfillment_order_release_hold_graphql,
                            Call::Repeatable};
/// Input arrays hold at most this many items (docs: API usage limits).
constexpr std::size_t input_items = 250;

/// Pieces to take from one line of one fulfillment order.
struct Take {
  std::size_t part = 0;
  std::string line;
  std::int64_t quantity = 0;
};
using Takes = std::vector<Take>;

bool is_ours(const FulfillJob& job, const BookedHold& hold) {
  return hold.by_us && hold.handle == job.our_hold_handle;
}

bool has_foreign_hold(const FulfillJob& job, const BookedPart& part) {
  return std::ranges::any_of(part.holds,
                             [&](const BookedHold& hold) { return !is_ours(job, hold); });
}

/// Whether pieces can be fulfilled from a part, once our own hold on it is released.
bool is_usable(const FulfillJob& job, const BookedPart& part) {
  if (part.status == "ON_HOLD") return !part.holds.empty() && !has_foreign_hold(job, part);
  return (part.status == "OPEN" || part.status == "IN_PROGRESS") && part.may_fulfill;
}

Pieces wanted_by(const FulfillJob& job) {
  Pieces wanted;
  for (const auto& [line, quantity] : job.lines) {
    if (quantity > 0) wanted[line] += quantity;
  }
  return wanted;
}

/// A fulfillment carries the job's number; without a number it is ours only when an earlier attempt
/// may have made it and the pieces are exactly the same.
bool is_same_parcel(const FulfillJob& job, const Pieces& wanted, const BookedFulfillment& booked) {
  if (!booked.stands) return false;
  if (!job.tracking.empty())
    return std::ranges::find(booked.numbers, job.tracking) != booked.numbers.end();
  return job.read_back_first && booked.numbers.empty() && booked.lines == wanted;
}

/// Takes out of `wanted` what already stands under the job's number; the ids that stand.
std::vector<std::string> take_out_booked(const FulfillJob& job, const Book& book, Pieces& wanted) {
  std::vector<std::string> ids;
  const Pieces all = wanted;
  for (const auto& booked : book.fulfillments) {
    if (!is_same_parcel(job, all, booked)) continue;
    bool touched = false;
    for (const auto& [line, quantity] : booked.lines) {
      const auto found = wanted.find(line);
      if (found == wanted.end()) continue;
      touched = true;
      found->second -= quantity;
      if (found->second <= 0) wanted.erase(found);
    }
    if (touched) ids.push_back(booked.id);
  }
  return ids;
}

/// Takes what it can from the usable parts at `location`, or at any when it is null; what could not
/// be taken stays in `wanted`.
Takes take(const FulfillJob& job, const Book& book, const std::string* location, Pieces& wanted) {
  Takes takes;
  for (std::size_t i = 0; i < book.parts.size(); ++i) {
    const auto& part = book.parts[i];
    if (!is_usable(job, part) || (location && part.location != *location)) continue;
    for (const auto& line : part.lines) {
      const auto found = wanted.find(line.line_item);
      if (found == wanted.end() || line.remaining <= 0) continue;
      const auto quantity = std::min(found->second, line.remaining);
      takes.push_back({i, line.id, quantity});
      found->second -= quantity;
      if (found->second == 0) wanted.erase(found);
    }
  }
  return takes;
}

/// One location that has everything is better than two: one fulfillment, one parcel for the buyer.
Takes plan(const FulfillJob& job, const Book& book, Pieces& wanted) {
  for (const auto& part : book.parts) {
    Pieces left = wanted;
    auto takes = take(job, book, &part.location, left);
    if (!left.empty()) continue;
    wanted.clear();
    return takes;
  }
  return take(job, book, nullptr, wanted);
}

/// Why `missing` cannot be fulfilled, in words for the person who must decide.
std::string shortage(const FulfillJob& job, const Book& book, const Pieces& missing) {
  const auto& [line, quantity] = *missing.begin();
  std::string words = "line " + line + ": " + std::to_string(quantity) +
                      " more wanted than the store has left to fulfill";
  for (const auto& part : book.parts) {
    const bool holds_it = std::ranges::any_of(part.lines, [&](const BookedPart::Line& own) {
      return own.line_item == line && own.remaining > 0;
    });
    if (!holds_it) continue;
    if (has_foreign_hold(job, part)) words += "; another hold stands on it";
    if (part.status == "SCHEDULED") words += "; it is scheduled for later";
  }
  return words;
}

/// The mutation's input for takes at one location, at most `input_items` of them.
Json input_of(const FulfillJob& job, const Book& book, const Takes& takes) {
  Json groups;
  for (std::size_t i = 0; i < takes.size();) {
    const auto part = takes[i].part;
    Json lines;
    for (; i < takes.size() && takes[i].part == part; ++i) {
      Json line;
      line.set("id", gid_of("FulfillmentOrderLineItem", takes[i].line));
      line.set("quantity", takes[i].quantity);
      lines.push(std::move(line));
    }
    Json group;
    group.set("fulfillmentOrderId", gid_of("FulfillmentOrder", book.parts[part].id));
    group.set("fulfillmentOrderLineItems", std::move(lines));
    groups.push(std::move(group));
  }
  Json input;
  input.set("lineItemsByFulfillmentOrder", std::move(groups));
  auto tracking = tracking_info(job.carrier, job.tracking, job.tracking_url);
  if (!tracking.is_null()) input.set("trackingInfo", std::move(tracking));
  input.set("notifyCustomer", job.notify);
  return input;
}

/// Takes in groups of one location and of a size one mutation may carry.
std::vector<Takes> mutations_of(const Book& book, Takes takes) {
  std::ranges::sort(takes, {}, [&](const Take& t) {
    return std::tuple(book.parts[t.part].location, t.part, t.line);
  });
  std::vector<Takes> out;
  for (auto& next : takes) {
    const bool fits =
        !out.empty() && out.back().size() < input_items &&
        book.parts[out.back().front().part].location == book.parts[next.part].location;
    if (!fits) out.emplace_back();
    out.back().push_back(std::move(next));
  }
  return out;
}

Command answer(const FulfillJob& job, std::string fulfillment, bool refused, std::string detail) {
  return ChannelCommand(
      RecordStoreAnswer{job.parcel, std::move(fulfillment), refused, std::move(detail)});
}

Turn refuse(const Talk& talk, std::vector<Command> so_far, std::string detail) {
  Outcome outcome;
  outcome.kind = Kind::Refused;
  outcome.commands = std::move(so_far);
  outcome.detail = std::move(detail);
  return talk.end(std::move(outcome));
}

/// Releases our hold on every part that is needed, by its id: without ids all would go.
tl::expected<std::vector<Command>, Turn> release_ours(Talk& talk, const FulfillJob& job,
                                                      const Book& book, const Takes& takes) {
  std::vector<Command> commands;
  for (std::size_t i = 0; i < book.parts.size(); ++i) {
    const auto& part = book.parts[i];
    const bool needed = std::ranges::any_of(takes, [&](const Take& t) { return t.part == i; });
    if (!needed || part.holds.empty()) continue;
    Json ids;
    for (const auto& hold : part.holds) {
      if (!is_ours(job, hold)) continue;
      ids.push(gid_of("FulfillmentHold", hold.id));
      commands.push_back(ChannelCommand(RecordStoreHold{part.id, hold.id, false}));
    }
    Json variables;
    variables.set("id", gid_of("FulfillmentOrder", part.id));
    variables.set("holdIds", std::move(ids));
    const auto data = talk.ask(release, std::move(variables));
    if (!data) return tl::unexpected<Turn>(data.error());
    const auto words = user_errors_in((*data)["fulfillmentOrderReleaseHold"]);
    if (!words.empty()) {
      return tl::unexpected<Turn>(refuse(talk, {}, "our hold was not released: " + words));
    }
  }
  return commands;
}

Turn create_all(Talk& talk, const FulfillJob& job, const Book& book, const Takes& takes,
                std::vector<Command> commands) {
  for (const auto& group : mutations_of(book, takes)) {
    Json variables;
    variables.set("fulfillment", input_of(job, book, group));
    const auto data = talk.ask(create, std::move(variables));
    if (!data) {
      auto turn = data.error();
      if (!turn.next) std::ranges::move(commands, std::back_inserter(turn.outcome.commands));
      return turn;
    }
    const auto& payload = (*data)["fulfillmentCreate"];
    const auto words = user_errors_in(payload);
    if (!words.empty()) return refuse(talk, std::move(commands), words);
    const auto id = id_in(payload.at_path("fulfillment.id").string(), "Fulfillment");
    if (id.empty()) return talk.end(Kind::Unknown, "Shopify's answer names no fulfillment");
    talk.mark_written();
    commands.push_back(answer(job, id, false, ""));
  }
  Outcome outcome;
  outcome.commands = std::move(commands);
  return talk.end(std::move(outcome));
}

Turn fulfill_or_end(const Account& account, const FulfillJob& job, const Exchanges& exchanges) {
  Talk talk(account, exchanges);
  const auto book = read_book(talk, job.channel_order);
  if (!book) return book.error();
  if (!book->exists) return refuse(talk, {}, "the order does not exist at the store");
  auto wanted = wanted_by(job);
  if (wanted.empty()) return refuse(talk, {}, "no pieces were named");
  std::vector<Command> commands;
  for (const auto& id : take_out_booked(job, *book, wanted)) {
    commands.push_back(answer(job, id, false, "stood in the store's book already"));
  }
  if (wanted.empty()) {
    Outcome outcome;
    outcome.commands = std::move(commands);
    return talk.end(std::move(outcome));
  }
  if (book->cancelled) return refuse(talk, std::move(commands), "the order is cancelled");
  const auto takes = plan(job, *book, wanted);
  if (!wanted.empty()) return refuse(talk, std::move(commands), shortage(job, *book, wanted));
  auto released = release_ours(talk, job, *book, takes);
  if (!released) return released.error();
  std::ranges::move(*released, std::back_inserter(commands));
  return create_all(talk, job, *book, takes, std::move(commands));
}

}  // namespace

Turn fulfill(const Account& account, const FulfillJob& job, const Exchanges& exchanges) {
  auto turn = fulfill_or_end(account, job, exchanges);
  if (!turn.next && turn.outcome.kind == Kind::Refused) {
    turn.outcome.commands.push_back(answer(job, "", true, turn.outcome.detail));
  }
  return turn;
}

}  // namespace holdfast::connectors::shopify
