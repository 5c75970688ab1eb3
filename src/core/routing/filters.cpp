#include "core/routing/filters.h"

#include <algorithm>

#include "core/sla/working_time.h"

namespace holdfast::core {
namespace {

template <class T>
bool contains(const std::vector<T>& items, const T& wanted) {
  return std::ranges::find(items, wanted) != items.end();
}

Instant ready_at(const Run& run, const Offer& offer, const SupplierProfile& profile) {
  return add_working_days(profile.calendar, run.now(), offer.lead_days,
                          tier_of(run, profile.supplier).cut_off);
}

std::optional<Removed> late(const Run& run, const Offer& offer, const SupplierProfile& profile) {
  const auto* promise = run.state().promise(PromiseKind::ShipBy);
  if (!promise) return std::nullopt;
  const auto ready = ready_at(run, offer, profile);
  if (ready <= promise->due_at) return std::nullopt;
  return Removed{"cannot_meet_promise",
                 "ready " + to_text(ready) + ", promised " + to_text(promise->due_at)};
}

std::optional<Removed> below_map(const Run& run, const Demand& demand) {
  for (const auto& sku : run.policy().skus) {
    if (sku.sku != demand.sku || !sku.least_price.currency.known()) continue;
    if (sku.least_price.currency != demand.price.currency) continue;
    if (demand.price.micros >= sku.least_price.micros) continue;
    return Removed{"minimum_price",
                   "sold at " + to_text(demand.price) + ", minimum is " + to_text(sku.least_price)};
  }
  return std::nullopt;
}

const WeightPolicy& weights_for(const Run& run, const Demand& demand) {
  static const WeightPolicy even{"", "", "", 30, 10, 20, 10, 10, 10, 10};
  const WeightPolicy* best = &even;
  int best_rank = -1;
  for (const auto& weights : run.policy().routing.weights) {
    const auto fits = [](const std::string& rule, const std::string& value) {
      return rule.empty() || rule == value;
    };
    if (!fits(weights.channel, run.state().channel) || !fits(weights.category, demand.category) ||
        !fits(weights.region, run.state().destination.country)) {
      continue;
    }
    const int rank = !weights.channel.empty() + !weights.category.empty() + !weights.region.empty();
    if (rank > best_rank) {
      best = &weights;
      best_rank = rank;
    }
  }
  return *best;
}

std::int64_t stock_confidence(const Run& run, const Offer& offer, const SupplierProfile& profile) {
  if (offer.live) return profile.confirmed_permille;
  const auto oldest = run.policy().routing.feed_max_age.ms;
  if (oldest <= 0) return profile.confirmed_permille;
  const auto age = std::clamp<std::int64_t>((run.now() - offer.stated_at).ms, 0, oldest);
  return profile.confirmed_permille * (oldest - age) / oldest;
}

}  // namespace

const std::vector<std::string> routing_filters = {
    "suspended",    "not_vetted",   "channel_rule",  "destination_excluded", "failed_here",
    "feed_too_old", "below_buffer", "minimum_price", "cannot_meet_promise"};

std::int64_t trusted_stock(const Run& run, const Offer& offer) {
  return std::max<std::int64_t>(0, offer.stock - run.policy().routing.buffer);
}

std::optional<Removed> removed_by(const Run& run, const Demand& demand, const Offer& offer) {
  const auto on = [&](const char* filter) { return run.rule("routing", filter); };
  const auto* profile = run.facts().supplier(offer.supplier);
  if (on("suspended") && (!profile || profile->suspended || offer.suspended)) {
    return Removed{"suspended", "the supplier or this item is suspended"};
  }
  if (!profile) return Removed{"suspended", "no such supplier"};
  if (on("not_vetted") && !profile->vetted) {
    return Removed{"not_vetted", "the supplier was never vetted"};
  }
  if (on("channel_rule") && !profile->channels.empty() &&
      !contains(profile->channels, run.state().channel)) {
    return Removed{"channel_rule", "not used for this channel"};
  }
  if (on("destination_excluded") &&
      contains(profile->excluded_countries, run.state().destination.country)) {
    return Removed{"destination_excluded", "does not ship to " + run.state().destination.country};
  }
  if (on("failed_here") && contains(demand.not_from, offer.supplier)) {
    return Removed{"failed_here", "already failed for this line"};
  }
  const auto oldest = run.policy().routing.feed_max_age;
  if (on("feed_too_old") && oldest.ms > 0 && !offer.live && run.now() - offer.stated_at > oldest) {
    return Removed{"feed_too_old", "stated " + to_text(offer.stated_at)};
  }
  if (on("below_buffer") && trusted_stock(run, offer) == 0) {
    return Removed{"below_buffer", "stock " + std::to_string(offer.stock) + ", buffer " +
                                       std::to_string(run.policy().routing.buffer)};
  }
  if (on("minimum_price")) {
    if (auto removed = below_map(run, demand)) return removed;
  }
  if (on("cannot_meet_promise")) return late(run, offer, *profile);
  return std::nullopt;
}

std::int64_t score_of(const Run& run, const Demand& demand, const Offer& offer,
                      UnitPrice cheapest) {
  const auto* profile = run.facts().supplier(offer.supplier);
  if (!profile) return 0;
  const auto& w = weights_for(run, demand);
  const auto at_least_0 = [](std::int64_t value) { return std::max<std::int64_t>(0, value); };
  const bool domestic = offer.ship_from == run.state().destination.country;
  const bool comparable = cheapest.currency == offer.cost.currency && offer.cost.micros > 0;
  const auto cost = comparable ? 1000 * cheapest.micros / offer.cost.micros : 500;
  const auto sum =
      w.stock * stock_confidence(run, offer, *profile) + w.region_fit * (domestic ? 1000 : 400) +
      w.speed * at_least_0(1000 - offer.lead_days * 80) +
      w.quality * at_least_0(1000 - profile->defect_permille * 10) +
      w.tracking * profile->tracking_permille +
      w.cancellation * at_least_0(1000 - profile->cancellation_permille * 5) + w.cost * cost;
  const auto total =
      w.stock + w.region_fit + w.speed + w.quality + w.tracking + w.cancellation + w.cost;
  return total == 0 ? 0 : sum / total;
}

}  // namespace holdfast::core
