#include "engine/views/supplier_view.h"

#include <algorithm>

#include "base/zone.h"
#include "core/sla/working_time.h"
#include "engine/views/words.h"

namespace holdfast::engine {
namespace {

const TierPolicy* tier_of(const Setup& setup, const std::string& name) {
  const auto found = std::ranges::find(setup.policy.tiers, name, &TierPolicy::tier);
  return found == setup.policy.tiers.end() ? nullptr : &*found;
}

Json tier_json(const TierPolicy& tier) {
  Json json;
  json.set("tier", tier.tier);
  json.set("cut_off", tier.cut_off);
  json.set("batch_before", to_text(tier.batch_before));
  json.set("remind_after", to_text(tier.remind_after));
  json.set("contact_after", to_text(tier.contact_after));
  json.set("reroute_after", to_text(tier.reroute_after));
  json.set("tell_buyer_after", to_text(tier.tell_buyer_after));
  json.set("cancel_window", to_text(tier.cancel_window));
  json.set("handling_days", tier.handling_days);
  return json;
}

Json days_json(const Calendar& calendar, const LocalTime& today, int count) {
  Json days{Json::Array{}};
  auto noon = instant_at(today.year, today.month, today.day, 12, 0, calendar.zone);
  for (int day = 0; day < count; ++day, noon = noon + hours(24)) {
    Json json;
    json.set("date", date_text(local_time(noon, calendar.zone)));
    json.set("works", core::is_working_day(calendar, noon));
    days.push(std::move(json));
  }
  return days;
}

Json calendar_json(const Calendar& calendar, const TierPolicy* tier, Instant now, int day_count) {
  const auto local = local_time(now, calendar.zone);
  const auto today = date_text(local);
  Json closures{Json::Array{}}, weekend{Json::Array{}};
  for (const auto& closure : calendar.closures) {
    const auto dots = closure.find("..");
    const auto last = dots == std::string::npos ? closure : closure.substr(dots + 2);
    if (last >= today) closures.push(closure);
  }
  for (const auto day : calendar.weekend) weekend.push(day);
  const bool open = core::is_working_day(calendar, now) && local.hour >= calendar.opens_hour &&
                    local.hour < calendar.closes_hour;
  const auto cut_off =
      tier && !tier->cut_off.empty() ? core::next_cut_off(calendar, now, tier->cut_off) : Instant{};
  Json json;
  json.set("zone", calendar.zone);
  json.set("opens_hour", calendar.opens_hour);
  json.set("closes_hour", calendar.closes_hour);
  json.set("weekend", std::move(weekend));
  json.set("closures", std::move(closures));
  json.set("open_now", open);
  json.set("next_cut_off", moment_json(cut_off));
  json.set("days", days_json(calendar, local, day_count));
  return json;
}

Json limits_json(const Policy& policy, const std::string& supplier) {
  Json list{Json::Array{}};
  for (const auto& limit : policy.limits) {
    if (limit.supplier != supplier) continue;
    Json json;
    json.set("orders_an_hour", limit.orders_an_hour);
    json.set("orders_a_day", limit.orders_a_day);
    json.set("money_an_hour", amount_json(limit.money_an_hour));
    json.set("money_a_day", amount_json(limit.money_a_day));
    list.push(std::move(json));
  }
  return list;
}

Json abilities_json(const SupplierProfile& profile) {
  Json json;
  json.set("find", profile.can_find);
  json.set("cancel", profile.can_cancel);
  json.set("remind", profile.can_remind);
  json.set("idempotent", profile.idempotent);
  return json;
}

Json routing_json(const SupplierProfile& profile) {
  Json json;
  json.set("defect_permille", profile.defect_permille);
  json.set("tracking_permille", profile.tracking_permille);
  json.set("cancellation_permille", profile.cancellation_permille);
  json.set("confirmed_permille", profile.confirmed_permille);
  return json;
}

}  // namespace

Json supplier_terms_json(const Setup& setup, const SupplierProfile& profile, Instant now,
                         int day_count) {
  const auto* tier = tier_of(setup, profile.tier);
  Json json;
  json.set("tier", tier ? tier_json(*tier) : Json());
  json.set("calendar", calendar_json(profile.calendar, tier, now, day_count));
  json.set("can", abilities_json(profile));
  json.set("excluded_countries", texts_json(profile.excluded_countries));
  json.set("poll_minutes", profile.poll_minutes);
  json.set("shipping_cost_minor", profile.shipping_cost_minor);
  json.set("routing", routing_json(profile));
  json.set("limits", limits_json(setup.policy, profile.supplier));
  json.set("feed_max_age", to_text(setup.policy.routing.feed_max_age));
  return json;
}

}  // namespace holdfast::engine
