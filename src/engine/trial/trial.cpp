#include "engine/trial/trial.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "engine/settings/policy_files.h"
#include "model/policy_codec.h"

namespace holdfast::engine {
namespace {

bool was_rerouted(const std::vector<Recorded>& past) {
  return std::ranges::count_if(past, [](const Recorded& recorded) {
           return recorded.event.as<RoutingDecided>() != nullptr;
         }) > 1;
}

}  // namespace

Trial::Trial(ports::Store& store, const Setup& setup, Policy changed)
    : store_(store), setup_(setup), changed_(std::move(changed)) {
  known_[policy_hash(setup.policy)] = setup.policy;
}

const Policy* Trial::policy_of(const std::string& hash) {
  if (const auto found = known_.find(hash); found != known_.end()) return &found->second;
  const auto bytes = from_hex(hash);
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return nullptr;
  std::ranges::copy(*bytes, digest.begin());
  const auto stored = store_.value(setup_.tenant, digest);
  if (!stored || !*stored) return nullptr;
  const auto json = parse_json(**stored);
  auto policy = json ? decode_policy(*json) : Result<Policy>(fail(json.error()));
  if (!policy) return nullptr;
  return &(known_[hash] = std::move(*policy));
}

Status Trial::try_one(const ports::OrderRow& row) {
  const auto past = read_past(store_, row.stream);
  if (!past) return fail(past.error());
  ++counts_.tried;
  counts_.rerouted += was_rerouted(*past) ? 1 : 0;
  const auto* old = policy_of(starting_of(*past).policy_hash);
  auto retried = old ? retry(store_, *past, setup_, *old, changed_)
                     : Result<Retried>(Retried{"the policy of its decision is not stored", {}, {}});
  if (!retried) retried = Retried{describe(retried.error()), {}, {}};
  counts_.incomplete += retried->missing.empty() ? 0 : 1;
  if (!retried->not_retried.empty())
    ++counts_.not_retried;
  else if (retried->differs.empty())
    ++counts_.same;
  else
    ++counts_.changed;
  if (retried->not_retried.empty() && retried->differs.empty()) return {};
  orders_.push_back({row.stream, row.store_number, std::move(retried->not_retried),
                     std::move(retried->missing), std::move(retried->differs)});
  return {};
}

Result<bool> Trial::next(std::size_t most) {
  ports::OrderQuery query;
  query.tenant = setup_.tenant;
  query.limit = most;
  query.before = before_;
  const auto rows = store_.orders(query);
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    if (auto status = try_one(row); !status) return fail(status.error());
  }
  if (!rows->empty()) before_ = rows->back().stream.id;
  return rows->size() == most;
}

}  // namespace holdfast::engine
