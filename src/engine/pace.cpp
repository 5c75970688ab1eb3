#include "engine/pace.h"

#include <algorithm>
#include <charconv>

#include "base/planted.h"

namespace holdfast::engine {
namespace {

constexpr Duration word_lasts = minutes(1);  // what a partner said of its budget
constexpr Duration pause_when_empty = seconds(1);

}  // namespace

std::int64_t number_setting(const ports::Account& account, const std::string& key,
                            std::int64_t standard) {
  const auto& text = account.setting(key);
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && number > 0 ? number : standard;
}

bool Pace::Meter::is_metered(Instant now) const {
  return heard_at && restore > 0 && now < heard_at + word_lasts;
}

void Pace::declare(const ports::Account& account, const ports::Capabilities& capabilities) {
  auto& meter = meters_[account.id];
  const auto per_minute =
      number_setting(account, "requests_per_minute", capabilities.requests_per_minute);
  // Rounded up, so that a minute never holds more than was declared.
  meter.every = {(minutes(1).ms + per_minute - 1) / per_minute};
  meter.burst = number_setting(account, "burst", capabilities.burst);
}

Instant Pace::ready_at(const std::string& account, Instant now) const {
  const auto found = meters_.find(account);
  if (found == meters_.end() || planted("no budget is kept")) return now;
  const auto& meter = found->second;
  auto at = meter.paused_until;
  if (meter.is_metered(now)) {
    const auto missing =
        meter.cost * 1000 - meter.left * 1000 - (now - meter.heard_at).ms * meter.restore;
    if (missing > 0) at = std::max(at, now + Duration{missing / meter.restore + 1});
    return at;
  }
  return std::max(at, meter.next - meter.every * (meter.burst - 1));
}

Budget Pace::budget(const std::string& account, Instant now) const {
  const auto found = meters_.find(account);
  if (found == meters_.end()) return {};
  const auto& meter = found->second;
  Budget budget{minutes(1).ms / meter.every.ms, meter.burst, meter.burst, -1, {}, now};
  if (meter.next > now) {
    const auto spent = ((meter.next - now).ms + meter.every.ms - 1) / meter.every.ms;
    budget.left = std::max<std::int64_t>(meter.burst - spent, 0);
  }
  if (meter.heard_at && now < meter.heard_at + word_lasts) budget.told_left = meter.left;
  budget.free_at = ready_at(account, now);
  return budget;
}

void Pace::take(const std::string& account, Instant now) {
  const auto found = meters_.find(account);
  if (found == meters_.end()) return;
  auto& meter = found->second;
  if (meter.is_metered(now)) {
    meter.left -= meter.cost;
  } else {
    meter.next = std::max(meter.next, now) + meter.every;
  }
}

void Pace::heard(const std::string& account, const ports::Outcome& outcome, Instant now) {
  const auto found = meters_.find(account);
  if (found == meters_.end()) return;
  auto& meter = found->second;
  if (outcome.budget_wait.ms > 0) meter.paused_until = now + outcome.budget_wait;
  if (outcome.budget_left < 0) return;
  meter.left = outcome.budget_left;
  meter.cost = std::max<std::int64_t>(outcome.budget_cost, 1);
  meter.restore = outcome.budget_restore;
  meter.heard_at = now;
  const bool says_when = meter.restore > 0 || outcome.budget_wait.ms > 0;
  if (meter.left == 0 && !says_when) meter.paused_until = now + pause_when_empty;
}

}  // namespace holdfast::engine
