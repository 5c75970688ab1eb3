#include "tests/kit/in_process.h"

#include <algorithm>
#include <stdexcept>

#include "base/hash.h"
#include "engine/settings/policy_files.h"
#include "peers/catalogue.h"
#include "peers/hosts.h"
#include "store/memory/memory_store.h"

namespace holdfast::kit {
namespace {

constexpr Duration step = seconds(20);

}  // namespace

struct InProcess::Clock : ports::Clock {
  Instant at = *parse_instant("2026-11-02T08:00:00Z");
  Duration ahead;  // the machine's clock may be wrong
  Instant now() override { return at + ahead; }
};

/// Chance that repeats: SHA-256 of a counter.
struct InProcess::Entropy : ports::Entropy {
  std::uint64_t seed = 0, count = 0;
  std::string bytes(std::size_t wanted) override {
    std::string out;
    while (out.size() < wanted) {
      out += bytes_of(sha256(std::to_string(seed) + ":" + std::to_string(count++)));
    }
    out.resize(wanted);
    return out;
  }
};

InProcess::InProcess(InProcessOptions options)
    : options_(std::move(options)),
      clock_(std::make_unique<Clock>()),
      entropy_(std::make_unique<Entropy>()),
      store_(options_.store ? std::move(options_.store) : store::make_memory_store()) {
  entropy_->seed = options_.seed;
  world_options_ = peers::hosted_world(options_.seed, clock_->at);
  world_ = std::make_unique<peers::World>(world_options_);
  if (auto planned = world_->plan(options_.faults); !planned) {
    throw std::runtime_error(describe(planned.error()));
  }
  open_engine();
}

InProcess::~InProcess() = default;

engine::Setup InProcess::make_setup() const {
  engine::Setup setup;
  auto policy = engine::load_policy(options_.policy);
  if (!policy) throw std::runtime_error(describe(policy.error()));
  setup.policy = std::move(*policy);
  for (auto& channel : setup.policy.channels) {
    channel.excluded_countries.emplace_back(peers::excluded_country);
  }
  auto accounts = peers::hosted_accounts(world_options_);
  setup.channels = std::move(accounts.channels);
  setup.suppliers = std::move(accounts.suppliers);
  setup.trackings = std::move(accounts.trackings);
  setup.notifiers = std::move(accounts.notifiers);
  for (const auto& profile : peers::supplier_profiles(options_.mode)) {
    setup.profiles[profile.supplier] = profile;
    // Its answers come through the supplier's page; without pages it would only be silent.
    if (profile.supplier == "paper") setup.profiles["paper"].suspended = !pages_;
  }
  setup.offers = peers::offers(clock_->at, options_.mode);
  setup.public_url = peers::hosted_program_url;
  setup.master_key = std::string(32, 'k');
  if (options_.adjust) options_.adjust(setup);
  return setup;
}

void InProcess::open_engine() {
  auto opened =
      engine::Engine::open({store_.get(), clock_.get(), entropy_.get(), this}, make_setup());
  if (!opened) throw std::runtime_error(describe(opened.error()));
  engine_ = std::move(*opened);
}

void InProcess::restart(std::unique_ptr<ports::Store> store) {
  ++generation_;
  engine_.reset();
  if (store) store_ = std::move(store);
  for (const auto number : std::exchange(delivered_, {})) {
    world_->answered(number, ports::TransportFailure{true, "the connection broke"});
  }
  engine_due_ = {};
  open_engine();
}

Instant InProcess::now() const { return clock_->at; }

Instant InProcess::machine_now() const { return clock_->now(); }

void InProcess::step_clock(Duration by) { clock_->ahead = clock_->ahead + by; }

void InProcess::place_orders(std::int64_t count, Duration every) {
  world_->place_orders(count, every);
}

ports::Response InProcess::answer(const ports::HttpRequest& request, Duration& delay, bool& never) {
  if (options_.http_first) {
    if (auto answered = options_.http_first(request)) return *answered;
  }
  const auto answer = peers::hosted_answer(*world_, request, clock_->at);
  if (!answer) {
    const std::string host(peers::host_of(request.url));
    return ports::TransportFailure{false, "no such host " + host};
  }
  delay = answer->delay;
  never = answer->never;
  return answer->response;
}

ports::Response InProcess::mail(const ports::MailRequest& request) {
  if (options_.mail_first) {
    if (auto answered = options_.mail_first(request)) return *answered;
  }
  if (const int code = world_->mail_recipient(request.to); code != 250) {
    return ports::MailResponse{code, "mailbox"};
  }
  const std::string data = "From: " + request.from + "\r\nTo: " + request.to +
                           "\r\nSubject: " + request.subject +
                           "\r\nMessage-ID: " + request.message_id +
                           "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + request.text;
  return ports::MailResponse{world_->mail_message({request.from, {request.to}, data}), ""};
}

void InProcess::send(ports::Request request, Duration limit,
                     std::function<void(ports::Response)> done) {
  if (is_dead()) return;
  Duration delay;
  bool never = false;
  ports::Response response = std::holds_alternative<ports::MailRequest>(request)
                                 ? mail(std::get<ports::MailRequest>(request))
                                 : answer(std::get<ports::HttpRequest>(request), delay, never);
  if (never) {
    delay = limit;
    response = ports::TransportFailure{true, "no answer in time"};
  }
  const auto give = [this, done = std::move(done), response = std::move(response),
                     generation = generation_] {
    if (generation == generation_) done(response);
  };
  if (delay.ms == 0)
    give();
  else
    held_.push_back({clock_->at + delay, give});
}

void InProcess::answer_due() {
  std::vector<Held> due;
  std::erase_if(held_, [&](Held& one) {
    if (one.at > clock_->at) return false;
    due.push_back(std::move(one));
    return true;
  });
  for (auto& one : due) one.give();
}

void InProcess::deliver(const peers::Outgoing& outgoing, const std::string& account) {
  const auto number = outgoing.number;
  delivered_.insert(number);
  ports::Inbound inbound{outgoing.request.method, "",           "", outgoing.request.headers,
                         outgoing.request.body,   clock_->now()};
  engine_->receive(account, std::move(inbound), [this, number](const auto& received) {
    if (is_dead()) return;
    delivered_.erase(number);
    const bool away = !received && received.error().code == ErrorCode::Unavailable;
    world_->answered(number, ports::HttpResponse{received ? 200 : away ? 503 : 401, {}, ""});
  });
}

void InProcess::deliver_post() {
  if (is_dead()) return;
  for (auto& outgoing : world_->take_post()) {
    const auto number = outgoing.number;
    const auto& url = outgoing.request.url;
    const std::string hooks = std::string(peers::hosted_program_url) + "/hooks/";
    if (hooks_ && url.starts_with(hooks)) {
      hooks_(outgoing.request, [this, number](const ports::Response& response) {
        world_->answered(number, response);
      });
    } else if (url.starts_with(hooks)) {
      deliver(outgoing, url.substr(hooks.size(), url.find('?') - hooks.size()));
    } else if (pages_) {
      pages_(outgoing.request, [this, number](const ports::Response& response) {
        world_->answered(number, response);
      });
    } else {
      world_->answered(number, ports::HttpResponse{404, {}, ""});
    }
  }
}

Instant InProcess::next_moment(Instant end) const {
  if (!options_.jumps) return std::min(end, clock_->at + step);
  auto next = end;
  if (engine_due_ < end + clock_->ahead) next = engine_due_ - clock_->ahead;
  if (const auto due = world_->next_due()) next = std::min(next, due);
  for (const auto& one : held_) next = std::min(next, one.at);
  return std::max(next, clock_->at + milliseconds(1));
}

void InProcess::run(Duration until) {
  const auto end = clock_->at + until;
  while (clock_->at < end && !is_dead()) {
    clock_->at = next_moment(end);
    world_->advance_to(clock_->at);
    answer_due();
    // Until nothing more is ready at this instant; bounded, since each round makes progress.
    for (int round = 0; round < 200; ++round) {
      deliver_post();
      engine_due_ = engine_->pump();
      if (options_.pumped) options_.pumped();
      if (engine_due_ > clock_->now()) break;
    }
  }
}

std::vector<ports::OrderRow> InProcess::orders() {
  ports::OrderQuery query;
  query.tenant = engine_->setup().tenant;
  query.limit = 250;
  auto rows = store_->orders(query);
  if (!rows) throw std::runtime_error(describe(rows.error()));
  std::erase_if(*rows, [](const ports::OrderRow& row) {
    return row.stream.kind != ports::StreamKind::Order;
  });
  return *rows;
}

std::vector<ports::ExceptionRow> InProcess::exceptions(bool open) {
  ports::ExceptionQuery query;
  query.tenant = engine_->setup().tenant;
  query.open = open;
  query.limit = 250;
  auto rows = store_->exceptions(query);
  if (!rows) throw std::runtime_error(describe(rows.error()));
  return *rows;
}

}  // namespace holdfast::kit
