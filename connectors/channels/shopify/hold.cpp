#include "connectors/channels/shopify/hold.h"

#include <algorithm>

#include "base/text.h"
#include "connectors/channels/shopify/book.h"
#include "connectors/channels/shopify/codes.h"
#include "connectors/channels/shopify/files.h"

namespace holdfast::connectors::shopify {
namespace {

using ports::Account;
using ports::ChannelHoldJob;
using ports::Exchanges;
using ports::Outcome;
using ports::Turn;
using Kind = Outcome::Kind;

/// A repeat is refused by its handle and so has one effect, but a lost answer hides the hold's id.
constexpr Operation place_hold{"FulfillmentOrderHold", fulfillment_order_hold_graphql, Call::Write};
constexpr Operation release_hold{"FulfillmentOrderReleaseHold",
                                 fulfillment_order_release_hold_graphql, Call::Repeatable};
constexpr std::size_t notes_bytes = 200;

struct Found {
  std::string part;
  std::string hold;
};

/// Our holds of the order that fit the job: by id when it names one, else by handle and part.
std::vector<Found> holds_of(const Book& book, const ChannelHoldJob& job) {
  std::vector<Found> found;
  for (const auto& part : book.parts) {
    for (const auto& hold : part.holds) {
      const bool named = !job.hold.empty() && hold.id == job.hold;
      const bool handled = job.hold.empty() && hold.by_us && hold.handle == job.handle &&
                           (job.part.empty() || job.part == part.id);
      if (named || handled) found.push_back({part.id, hold.id});
    }
  }
  return found;
}

Turn done(const Talk& talk, const Found& found, bool placed, std::string detail = {}) {
  Outcome outcome;
  outcome.detail = std::move(detail);
  outcome.commands.push_back(ChannelCommand(RecordStoreHold{found.part, found.hold, placed}));
  return talk.end(std::move(outcome));
}

/// The handle is taken: our hold stands, and the book tells its id.
Turn find_standing(Talk& talk, const ChannelHoldJob& job) {
  const auto book = read_book(talk, job.channel_order);
  if (!book) return book.error();
  const auto found = holds_of(*book, job);
  if (found.empty()) return talk.end(Kind::Refused, "the handle is taken by a hold not ours");
  return done(talk, found.front(), true, "stood already");
}

Turn place(Talk& talk, const ChannelHoldJob& job) {
  Json hold;
  hold.set("reason", hold_reason_of(job.reason));
  hold.set("reasonNotes", clipped("Holdfast: " + job.reason, notes_bytes));
  hold.set("handle", job.handle);
  hold.set("notifyMerchant", false);
  Json variables;
  variables.set("id", gid_of("FulfillmentOrder", job.part));
  variables.set("fulfillmentHold", std::move(hold));
  const auto data = talk.ask(place_hold, std::move(variables));
  if (!data) return data.error();
  const auto& payload = (*data)["fulfillmentOrderHold"];
  if (has_user_error(payload, "DUPLICATE_FULFILLMENT_HOLD_HANDLE")) return find_standing(talk, job);
  const auto words = user_errors_in(payload);
  if (!words.empty()) return talk.end(Kind::Refused, words);
  const auto id = id_in(payload.at_path("fulfillmentHold.id").string(), "FulfillmentHold");
  if (id.empty()) return talk.end(Kind::Unknown, "Shopify's answer names no hold");
  return done(talk, {job.part, id}, true);
}

Turn release(Talk& talk, const ChannelHoldJob& job) {
  const auto book = read_book(talk, job.channel_order);
  if (!book) return book.error();
  const auto found = holds_of(*book, job);
  if (found.empty()) return done(talk, {job.part, job.hold}, false, "was gone already");
  for (const auto& [part, hold] : found) {
    Json ids;
    ids.push(gid_of("FulfillmentHold", hold));
    Json variables;
    variables.set("id", gid_of("FulfillmentOrder", part));
    variables.set("holdIds", std::move(ids));
    const auto data = talk.ask(release_hold, std::move(variables));
    if (!data) return data.error();
    const auto words = user_errors_in((*data)["fulfillmentOrderReleaseHold"]);
    if (!words.empty()) return talk.end(Kind::Refused, words);
  }
  return done(talk, found.front(), false);
}

}  // namespace

Turn hold(const Account& account, const ChannelHoldJob& job, const Exchanges& exchanges) {
  Talk talk(account, exchanges);
  return job.place ? place(talk, job) : release(talk, job);
}

}  // namespace holdfast::connectors::shopify
