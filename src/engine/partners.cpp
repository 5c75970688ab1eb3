#include "engine/partners.h"

#include "base/text.h"
#include "ports/outcomes.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t longest_detail = 300;
constexpr std::size_t shortest_secret = 4;  // a shorter one stands in any sentence

void take_out(std::string& text, const std::string& secret) {
  if (secret.size() < shortest_secret) return;
  for (auto at = text.find(secret); at != text.npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), "…");
  }
}

}  // namespace

std::string without_secrets(std::string text, const ports::Account& account) {
  for (const auto& [key, secret] : account.secrets) {
    take_out(text, secret);
    take_out(text, ports::url_escaped(secret));
  }
  return text;
}

void Partners::went_well(const std::string& account, Instant at) {
  const std::lock_guard lock(mutex_);
  auto& news = news_[account];
  news.last_ok = at;
  ++news.went_well;
}

void Partners::went_wrong(const ports::Account& account, const std::string& doing,
                          const ports::Outcome& outcome, Instant at) {
  const auto detail = without_secrets(outcome.detail, account);
  const std::lock_guard lock(mutex_);
  auto& news = news_[account.id];
  ++news.went_wrong;
  news.troubles.push_front({at, doing, outcome.kind, std::string(clipped(detail, longest_detail))});
  if (news.troubles.size() > most_troubles) news.troubles.pop_back();
}

void Partners::delivered(const std::string& account, bool authentic, Instant at) {
  const std::lock_guard lock(mutex_);
  auto& news = news_[account];
  (authentic ? news.last_delivery : news.last_refused) = at;
}

void Partners::budget(const std::string& account, const Budget& budget) {
  const std::lock_guard lock(mutex_);
  news_[account].budget = budget;
}

void Partners::stopped(const std::map<std::string, std::string>& limits) {
  const std::lock_guard lock(mutex_);
  if (limits_ != limits) limits_ = limits;
}

std::string Partners::stopped_by(const std::string& supplier) const {
  const std::lock_guard lock(mutex_);
  auto found = limits_.find(supplier);
  if (found == limits_.end()) found = limits_.find("*");
  return found == limits_.end() ? "" : found->second;
}

PartnerNews Partners::of(const std::string& account) const {
  const std::lock_guard lock(mutex_);
  const auto found = news_.find(account);
  return found == news_.end() ? PartnerNews{} : found->second;
}

}  // namespace holdfast::engine
