#include "api/policy_trial.h"

#include <algorithm>
#include <charconv>

#include "api/policy_book.h"

namespace holdfast::api {
namespace {

constexpr std::size_t orders_at_once = 20;
constexpr int turns = 5;                     // before others of the queue have theirs
constexpr Duration alone_for = seconds(30);  // then nobody waits for it any more
constexpr std::int64_t most_orders = 20'000, usual_orders = 2'000;

const char* name_of_state(TrialState state) {
  switch (state) {
    case TrialState::Running:
      return "running";
    case TrialState::Done:
      return "done";
    case TrialState::Cancelled:
      return "cancelled";
    case TrialState::Failed:
      return "failed";
  }
  return "";
}

Json report_json(const TrialReport& report) {
  Json json;
  json.set("trial", report.id);
  json.set("state", name_of_state(report.state));
  json.set("orders", report.most);
  json.set("tried", report.counts.tried);
  json.set("same", report.counts.same);
  json.set("changed", report.counts.changed);
  json.set("not_retried", report.counts.not_retried);
  json.set("with_missing_offers", report.counts.incomplete);
  json.set("later_routings_not_retried", report.counts.rerouted);
  json.set("problem", report.problem);
  return json;
}

Json texts(const std::vector<std::string>& items) {
  Json list{Json::Array{}};
  for (const auto& item : items) list.push(item);
  return list;
}

Json order_json(const engine::TriedOrder& order) {
  Json json;
  json.set("order", engine::stream_text(order.stream));
  json.set("store_number", order.store_number);
  json.set("not_retried", order.not_retried);
  json.set("missing", texts(order.missing));
  json.set("differs", texts(order.differs));
  return json;
}

/// Works on, turn by turn; between turns whoever signs in has theirs.
void work_on(Desk& desk, const std::shared_ptr<PolicyTrial>& trial) {
  for (;;) {
    for (int turn = 0; turn < turns; ++turn) {
      if (!trial->work(desk.real_now())) return;
    }
    if (desk.slow.run([&desk, trial] { work_on(desk, trial); })) return;
  }
}

/// The trial the path names, or nothing: another one has begun since, or the server has.
std::shared_ptr<PolicyTrial> named(Desk& desk, const CallPtr& call) {
  const std::lock_guard lock(desk.trial_mutex);
  return desk.trial && desk.trial->id() == call->segment(4) ? desk.trial : nullptr;
}

Result<std::int64_t> orders_wanted(const Json& body) {
  const auto* wanted = body.find("orders");
  if (!wanted) return usual_orders;
  if (wanted->is_integer() && wanted->integer() >= 1 && wanted->integer() <= most_orders) {
    return wanted->integer();
  }
  return fail(ErrorCode::Invalid, "a number from 1 to 20000 is expected", "orders");
}

void start_trial(Desk& desk, const CallPtr& call) {
  const auto most = orders_wanted(call->body);
  if (!most) return call->refuse(most.error());
  const auto files = draft_of(call->body);
  if (!files) return call->refuse(files.error());
  const auto problems = problems_here(desk, *files);
  if (!problems) return call->refuse(problems.error());
  if (!problems->empty()) return call->refuse(not_sound(*problems));
  auto policy = engine::policy_of_text(*files, desk.setup().policy.name);
  if (!policy) return call->refuse(policy.error());
  if (desk.options.fit_policy) desk.options.fit_policy(*policy);
  const auto now = desk.real_now();
  auto trial =
      std::make_shared<PolicyTrial>("try_" + desk.people.secret(9), call->who.name, desk.setup(),
                                    desk.store(), std::move(*policy), *most, now);
  {
    const std::lock_guard lock(desk.trial_mutex);
    if (desk.trial && desk.trial->running(now)) {
      return call->refuse(Trouble{409,
                                  "conflict",
                                  desk.trial->by() + " tries a policy just now.",
                                  {},
                                  "try again when that has ended"});
    }
    desk.trial = trial;
  }
  const bool taken = desk.slow.run([&desk, trial] { work_on(desk, trial); });
  if (!taken) {
    trial->cancel();
    return call->refuse(Trouble{503, "unavailable", "Too much to do.", {}, {}});
  }
  call->answer(json_answer(report_json(trial->report(now)), 201));
}

void get_trial(Desk& desk, const CallPtr& call) {
  const auto trial = named(desk, call);
  if (!trial) return call->answer(not_found());
  call->answer(json_answer(report_json(trial->report(desk.real_now()))));
}

void list_trial_orders(Desk& desk, const CallPtr& call) {
  const auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto cursor = call->parameter("cursor");
  std::size_t from = 0;
  const auto end = cursor.data() + cursor.size();
  if (!cursor.empty() && std::from_chars(cursor.data(), end, from).ptr != end) {
    return call->refuse(Trouble{422, "invalid", "This is no cursor of this list.", "cursor", {}});
  }
  const auto trial = named(desk, call);
  if (!trial) return call->answer(not_found());
  const auto orders = trial->orders(from, *limit + 1);
  Json items{Json::Array{}};
  for (const auto& order : orders) {
    if (items.items().size() < *limit) items.push(order_json(order));
  }
  const bool more = orders.size() > *limit;
  call->answer(json_answer(
      page_json(std::move(items), more ? std::to_string(from + *limit) : std::string())));
}

void cancel_trial(Desk& desk, const CallPtr& call) {
  const auto trial = named(desk, call);
  if (!trial) return call->answer(not_found());
  trial->cancel();
  call->answer(empty_answer(204));
}

}  // namespace

PolicyTrial::PolicyTrial(std::string id, std::string by, engine::Setup setup, ports::Store& store,
                         Policy changed, std::int64_t most, Instant now)
    : id_(std::move(id)),
      by_(std::move(by)),
      setup_(std::move(setup)),
      most_(most),
      trial_(store, setup_, std::move(changed)),
      asked_at_(now) {}

bool PolicyTrial::left_alone(Instant now) const { return now > asked_at_ + alone_for; }

bool PolicyTrial::work(Instant now) {
  const std::lock_guard lock(mutex_);
  if (state_ != TrialState::Running) return false;
  if (left_alone(now)) {
    state_ = TrialState::Cancelled;
    return false;
  }
  const auto left = static_cast<std::size_t>(most_ - trial_.counts().tried);
  const auto more = trial_.next(std::min(orders_at_once, left));
  if (!more) {
    state_ = TrialState::Failed;
    problem_ = describe(more.error());
  } else if (!*more || trial_.counts().tried >= most_) {
    state_ = TrialState::Done;
  }
  return state_ == TrialState::Running;
}

void PolicyTrial::cancel() {
  const std::lock_guard lock(mutex_);
  if (state_ == TrialState::Running) state_ = TrialState::Cancelled;
}

bool PolicyTrial::running(Instant now) {
  const std::lock_guard lock(mutex_);
  return state_ == TrialState::Running && !left_alone(now);
}

TrialReport PolicyTrial::report(Instant now) {
  const std::lock_guard lock(mutex_);
  asked_at_ = now;
  return {id_, state_, most_, trial_.counts(), problem_};
}

std::vector<engine::TriedOrder> PolicyTrial::orders(std::size_t from, std::size_t most) {
  const std::lock_guard lock(mutex_);
  const auto& all = trial_.orders();
  const auto begin = std::min(from, all.size());
  const auto end = std::min(begin + most, all.size());
  return {all.begin() + static_cast<std::ptrdiff_t>(begin),
          all.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::vector<Route> policy_trial_routes() {
  return {{"startPolicyTrial", start_trial},
          {"getPolicyTrial", get_trial},
          {"listPolicyTrialOrders", list_trial_orders},
          {"cancelPolicyTrial", cancel_trial}};
}

}  // namespace holdfast::api
