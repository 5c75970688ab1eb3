#include "connectors/channels/shopify/news.h"

#include <algorithm>

#include "connectors/channels/shopify/book.h"
#include "connectors/channels/shopify/codes.h"
#include "connectors/channels/shopify/files.h"
#include "connectors/channels/shopify/tracking_info.h"

namespace holdfast::connectors::shopify {
namespace {

using ports::Account;
using ports::Exchanges;
using ports::Outcome;
using ports::TrackingNewsJob;
using ports::Turn;
using Kind = Outcome::Kind;

constexpr Operation create_event{"FulfillmentEventCreate", fulfillment_event_create_graphql,
                                 Call::Write};
/// The list of numbers is replaced: sent twice it has one effect.
constexpr Operation update_tracking{"FulfillmentTrackingInfoUpdate",
                                    fulfillment_tracking_info_update_graphql, Call::Repeatable};

/// Shopify keeps whole seconds.
std::int64_t second_of(Instant instant) { return instant.ms / 1000; }

bool has_event(const BookedFulfillment& booked, std::string_view status, Instant at) {
  return std::ranges::any_of(booked.events, [&](const BookedEvent& event) {
    return event.status == status && (!at || second_of(event.at) == second_of(at));
  });
}

bool has_number(const BookedFulfillment& booked, const std::string& number) {
  return booked.numbers.size() == 1 && booked.numbers.front() == number;
}

/// Writes the new number; empty when the conversation may go on.
std::optional<Turn> write_number(Talk& talk, const TrackingNewsJob& job) {
  Json variables;
  variables.set("fulfillmentId", gid_of("Fulfillment", job.fulfillment));
  variables.set("trackingInfoInput", tracking_info(job.carrier, job.tracking, job.tracking_url));
  variables.set("notifyCustomer", false);
  const auto data = talk.ask(update_tracking, std::move(variables));
  if (!data) return data.error();
  const auto words = user_errors_in((*data)["fulfillmentTrackingInfoUpdate"]);
  if (!words.empty()) return talk.end(Kind::Refused, words);
  return std::nullopt;
}

/// Writes the event; empty when the conversation may go on.
std::optional<Turn> write_event(Talk& talk, const TrackingNewsJob& job, const std::string& status) {
  Json event;
  event.set("fulfillmentId", gid_of("Fulfillment", job.fulfillment));
  event.set("status", status);
  if (job.at) event.set("happenedAt", to_text(Instant{second_of(job.at) * 1000}));
  Json variables;
  variables.set("fulfillmentEvent", std::move(event));
  const auto data = talk.ask(create_event, std::move(variables));
  if (!data) return data.error();
  const auto& payload = (*data)["fulfillmentEventCreate"];
  const auto words = user_errors_in(payload);
  if (!words.empty()) return talk.end(Kind::Refused, words);
  if (payload.at_path("fulfillmentEvent.id").string().empty()) {
    return talk.end(Kind::Unknown, "Shopify's answer names no event");
  }
  return std::nullopt;
}

}  // namespace

Turn tracking_news(const Account& account, const TrackingNewsJob& job, const Exchanges& exchanges) {
  Talk talk(account, exchanges);
  const auto book = read_book(talk, job.channel_order);
  if (!book) return book.error();
  const auto found = std::ranges::find(book->fulfillments, job.fulfillment, &BookedFulfillment::id);
  if (found == book->fulfillments.end()) {
    return talk.end(Kind::Refused, "the fulfillment is not in the store's book");
  }
  if (!found->stands) return talk.end(Kind::Refused, "the fulfillment was cancelled at the store");
  const bool new_number = job.number_changed && !job.tracking.empty();
  if (new_number && !has_number(*found, job.tracking)) {
    if (auto turn = write_number(talk, job)) return *turn;
  }
  const auto status = event_status_of(job.status);
  if (!status.empty() && !has_event(*found, status, job.at)) {
    if (auto turn = write_event(talk, job, status)) return *turn;
  }
  return talk.end(Kind::Done, "");
}

}  // namespace holdfast::connectors::shopify
