#include "apps/sim/machine.h"

#include <algorithm>
#include <array>

#include "api/supplier_form.h"
#include "apps/sim/model_shop.h"
#include "base/check.h"
#include "engine/links.h"
#include "engine/views/history.h"
#include "engine/views/page_view.h"
#include "net/url.h"
#include "peers/catalogue.h"
#include "peers/hosts.h"

namespace holdfast::sim {
namespace {

constexpr int most_rounds = 20'000;  // at one instant; each makes progress
constexpr std::array<std::string_view, 4> points{"before a commit", "after a commit",
                                                 "before a request", "after a request"};
constexpr Duration offers_every = hours(12);
constexpr std::array clock_errors{hours(1), hours(-1), days(1), days(-1)};

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

std::vector<std::string> chosen_sellers(const Scenario& scenario, Dice& dice) {
  if (!scenario.order.sellers.empty()) return scenario.order.sellers;
  std::vector<std::string> chosen;
  for (const auto* name : {"north", "quick", "slow", "shaky", "paper"}) {
    if (dice.happens(500)) chosen.emplace_back(name);
  }
  if (chosen.size() < 2) chosen = {"north", "paper"};
  return chosen;
}

}  // namespace

Machine::Machine(MachineWishes wishes)
    : scenario_(*wishes.scenario),
      policy_(*wishes.policy),
      seed_(wishes.seed),
      by_model_(wishes.by_model),
      start_(*parse_instant("2026-11-02T08:00:00Z")),
      record_(wishes.traces),
      clock_(start_),
      entropy_(wishes.seed),
      disk_(std::move(wishes.store), tenant_, record_),
      agenda_(start_, 1),
      world_options_(peers::hosted_world(seed_, start_)),
      world_(std::make_unique<peers::World>(world_options_)),
      people_(scenario_, seed_, *world_, clock_, record_),
      bench_(scenario_, seed_, *world_, clock_, record_, people_),
      office_({&scenario_, world_.get(), &people_, &record_, &agenda_, start_}, seed_),
      upsets_(seed_, "upsets") {
  Secrets secrets{world_options_.shop.client_secret, {}, world_options_.tracking.api_key};
  for (const auto& [name, access] : world_options_.rest_suppliers) {
    secrets.suppliers[name] = access.callback_secret;
  }
  network_ = std::make_unique<Network>(
      NetworkParts{&scenario_, &clock_, world_.get(), &agenda_, &record_, secrets, start_}, seed_);
  network_->to_program = [this](const ports::HttpRequest& request, Network::Answer answer) {
    take_in(request, std::move(answer));
  };
  network_->at_point = [this](const char* where) { point(where); };
  disk_.at_point = [this](const char* where) { point(where); };
  disk_.fails = [this] {
    if (calm_) return false;
    const bool alone = upsets_.happens(scenario_.disk.failed);
    if (alone) record_.fault("disk.failed_commit");
    if (disk_full_) record_.fault("disk.full");
    return alone || disk_full_;
  };
  people_.later = [this](Duration wait, std::function<void()> act) {
    agenda_.after(wait, std::move(act));
  };
  people_.program = [this] { return engine_.get(); };
  world_->suppliers().on_news([this](const peers::SupplyOrder& order, peers::Suppliers::News news) {
    if (news != peers::Suppliers::News::Received) return;
    purchases_.push_back(&order);
    purchases_for_[order.order].push_back(&order);
    if (on_purchase) on_purchase(order);
    const auto stream = disk_.reference(tenant_, "po", order.po);
    if (stream && *stream) office_.invoiced(order, **stream);
  });
  Dice choice(seed_, "sellers");
  sellers_ = chosen_sellers(scenario_, choice);
  plan_orders();
  open_engine();
  plan_upsets();
}

Machine::~Machine() = default;

const std::vector<const peers::SupplyOrder*>& Machine::purchases_for(
    const std::string& order) const {
  static const std::vector<const peers::SupplyOrder*> none;
  const auto found = purchases_for_.find(order);
  return found == purchases_for_.end() ? none : found->second;
}

// ---- what is planned --------------------------------------------------------------------------

void Machine::plan_orders() {
  Dice dice(seed_, "orders");
  std::vector<std::string> kinds = scenario_.order.only;
  if (kinds.empty()) {
    for (const auto fault : peers::all_faults()) {
      if (fault != peers::Fault::None) kinds.emplace_back(peers::name_of(fault));
    }
  }
  std::vector<peers::PlannedFault> planned;
  for (std::int64_t i = 1; i <= scenario_.orders; ++i) {
    if (!dice.happens(scenario_.order.troubled)) continue;
    const auto last = static_cast<std::int64_t>(kinds.size()) - 1;
    const auto& kind = kinds[static_cast<std::size_t>(dice.between(0, last))];
    // An order of a hundred lines costs as much as a hundred orders.
    const bool is_big = kind == "many_lines" || kind == "many_parts";
    if (is_big && !dice.happens(scenario_.order.big)) continue;
    planned.push_back({"#" + std::to_string(1000 + i), kind});
    record_.fault("order." + kind);
  }
  const auto known = world_->plan(planned);
  check(known.has_value(), "planned faults are the world's own");
  office_.plan();
  world_->place_orders(scenario_.orders, scenario_.order_every);
  // Of a thousand orders so many, some time after they were placed.
  const auto to_some = [&](std::int64_t permille, Duration least, Duration most, const auto& act) {
    for (std::int64_t i = 1; i <= scenario_.orders; ++i) {
      if (!dice.happens(permille)) continue;
      const auto at = start_ + scenario_.order_every * i + dice.span(least, most);
      agenda_.at(at, [act, name = "#" + std::to_string(1000 + i)] { act(name); });
    }
  };
  to_some(scenario_.people.erase, days(1), days(30), [this](const std::string& name) {
    const auto* order = world_->shop().named(name);
    if (!order) return;
    record_.fault("shop.asks_to_erase");
    Json customer;
    customer.set("id", order->id);
    customer.set("email", order->ship_to.email);
    Json body;
    body.set("shop_id", peers::shop_id);
    body.set("shop_domain", world_->shop().options().domain);
    body.set("customer", std::move(customer));
    body.set("orders_to_redact", Json::Array{Json(order->id)});
    world_->shop().webhooks().emit("customers/redact", name, body);
  });
  to_some(scenario_.order.cancelled_soon, minutes(1), hours(3), [this](const std::string& name) {
    record_.fault("shop.cancelled_soon");
    (void)world_->shop().cancel(name, "CUSTOMER");
  });
  to_some(scenario_.order.reassessed, minutes(1), hours(30), [this](const std::string& name) {
    record_.fault("shop.reassessed");
    reassessed_.insert(name);
    (void)world_->shop().set_risk(name, "CANCEL", "HIGH");
  });
  to_some(scenario_.order.in_parts, {}, {}, [this](const std::string& name) {
    record_.fault("supplier.ships_in_parts");
    world_->suppliers().ship_in_parts(name);
  });
}

/// Does `act` again and again until it is calm, with waits from nothing to twice the usual one.
void Machine::every(Duration wait, Duration most, std::function<void()> act) {
  const auto at = clock_.at + upsets_.span(milliseconds(1), most);
  agenda_.at(at, [this, wait, act = std::move(act)] {
    if (calm_) return;
    act();
    every(wait, wait * 2, act);
  });
}

void Machine::plan_upsets() {
  if (const auto deaths = scenario_.process.deaths_a_day; deaths > 0) {
    every(days(1) / deaths, days(2) / deaths, [this] {
      points_to_death_ = upsets_.between(1, 25);
      if (!scenario_.process.evenly) return;
      const auto last = static_cast<std::int64_t>(points.size()) - 1;
      dies_at_ = points[static_cast<std::size_t>(upsets_.between(0, last))];
    });
  }
  if (const auto times = scenario_.disk.full_a_day; times > 0) {
    every(days(1) / times, days(2) / times, [this] {
      disk_full_ = true;
      agenda_.after(upsets_.span(seconds(5), scenario_.disk.full_most),
                    [this] { disk_full_ = false; });
    });
  }
  if (const auto steps = scenario_.clock.steps_a_day; steps > 0) {
    every(days(1) / steps, days(2) / steps, [this] {
      record_.fault("clock.step");
      const auto which = upsets_.between(0, static_cast<std::int64_t>(clock_errors.size()) - 1);
      clock_.error = clock_errors[static_cast<std::size_t>(which)];
      agenda_.after(upsets_.span(seconds(1), scenario_.clock.wrong_most),
                    [this] { clock_.error = {}; });
    });
  }
  pass_on_offers();
  if (scenario_.bench.every.ms > 0) look_at_bench();
  if (scenario_.people.decide > 0) {
    agenda_.after(scenario_.people.every, [this] {
      struct Again {
        Machine& machine;
        void operator()() const {
          // What is decided at the very end nobody could hear of any more.
          if (machine.clock_.at + days(1) > machine.start_ + machine.scenario_.end_after) return;
          if (machine.engine_) machine.people_.look(*machine.engine_);
          machine.agenda_.after(machine.scenario_.people.every, *this);
        }
      };
      Again{*this}();
    });
  }
}

/// Suppliers state their offers twice a day.
void Machine::pass_on_offers() {
  agenda_.after(offers_every, [this] {
    if (engine_) engine_->state_offers(own_offers(), {});
    pass_on_offers();
  });
}

std::vector<Offer> Machine::own_offers() const {
  auto all = peers::offers(clock_.at, Mode::Auto);
  for (auto& offer : all) {
    if (is_among(scenario_.merchant.proposing, offer.supplier)) offer.mode = Mode::Propose;
  }
  return all;
}

void Machine::look_at_bench() {
  agenda_.after(scenario_.bench.every, [this] {
    if (engine_) bench_.look(*engine_);
    look_at_bench();
  });
}

// ---- the program ------------------------------------------------------------------------------

engine::Setup Machine::make_setup() {
  engine::Setup setup;
  setup.tenant = tenant_;
  setup.policy = policy_;
  for (auto& channel : setup.policy.channels) {
    channel.excluded_countries.emplace_back(peers::excluded_country);
  }
  for (auto& limit : setup.policy.limits) {
    limit.orders_an_hour *= scenario_.limits_times;
    limit.orders_a_day *= scenario_.limits_times;
    limit.money_an_hour.minor *= scenario_.limits_times;
    limit.money_a_day.minor *= scenario_.limits_times;
  }
  auto accounts = peers::hosted_accounts(world_options_);
  setup.channels = std::move(accounts.channels);
  setup.suppliers = std::move(accounts.suppliers);
  setup.trackings = std::move(accounts.trackings);
  setup.notifiers = std::move(accounts.notifiers);
  for (auto profile : peers::supplier_profiles(Mode::Auto)) {
    if (profile.poll_minutes > 0) profile.poll_minutes = scenario_.poll_every.ms / 60'000;
    profile.suspended = std::ranges::find(sellers_, profile.supplier) == sellers_.end();
    setup.profiles[profile.supplier] = std::move(profile);
  }
  if (by_model_) setup.connectors.channels = model_channels();
  run_as_merchant(setup);
  setup.offers = own_offers();
  setup.public_url = peers::hosted_program_url;
  setup.master_key = std::string(32, 'k');
  setup.reconcile_every = scenario_.reconcile_every;
  return setup;
}

/// What this merchant wants otherwise than the policy that ships says.
void Machine::run_as_merchant(engine::Setup& setup) const {
  const auto& merchant = scenario_.merchant;
  for (auto& [supplier, profile] : setup.profiles) {
    if (is_among(merchant.hubs, supplier)) profile.ship_model = ShipModel::Hub;
    if (is_among(merchant.proposing, supplier)) profile.mode = Mode::Propose;
  }
  if (merchant.agreed_needed > 0) setup.policy.automation.agreed_needed = merchant.agreed_needed;
  for (auto& channel : setup.policy.channels) {
    if (merchant.max_auto_value > 0) channel.max_auto_value.minor = merchant.max_auto_value * 100;
  }
  for (auto& gate : setup.policy.gates) {
    const bool is_margin = gate.condition == Condition::MarginWithin;
    if (is_margin && merchant.least_margin > 0) gate.least_margin_permille = merchant.least_margin;
  }
}

void Machine::open_engine() {
  try {
    auto opened = engine::Engine::open({&disk_, &clock_, &entropy_, network_.get()}, make_setup());
    check(opened.has_value(), "the program starts over what it left");
    engine_ = std::move(*opened);
    engine_due_ = {};
  } catch (const Death&) {
    die();  // while it was starting
  }
}

/// A place where the program may end: counted until the one that was drawn.
void Machine::point(const char* where) {
  if (calm_ || points_to_death_ == 0 || (!dies_at_.empty() && dies_at_ != where)) return;
  --points_to_death_;
  if (points_to_death_ > 0) return;
  record_.fault(std::string("death.") + where);
  record_.say(clock_.at, std::string("the program dies ") + where);
  throw Death{};
}

void Machine::die() {
  engine_.reset();
  network_->program_died();
  disk_.program_died();
  engine_due_ = Instant{INT64_MAX};
  for (auto& [number, answer] : std::exchange(unanswered_, {})) {
    (*answer)(ports::TransportFailure{true, "the connection broke"});
  }
  agenda_.after(upsets_.span(milliseconds(50), scenario_.process.down_most), [this] {
    if (!engine_) open_engine();
  });
}

void Machine::take_in(const ports::HttpRequest& request, Network::Answer answer) {
  if (!engine_) {
    answer(ports::TransportFailure{false, "connection refused"});
    return;
  }
  const auto number = ++asked_;
  auto once = std::make_shared<Network::Answer>(
      [this, number, answer = std::move(answer)](const ports::Response& response) {
        unanswered_.erase(number);
        answer(response);
      });
  unanswered_[number] = once;
  engine_due_ = {};
  const std::string hooks = std::string(peers::hosted_program_url) + "/hooks/";
  if (request.url.starts_with(hooks))
    hook(request.url.substr(hooks.size()), request, once);
  else
    page(request, once);
}

void Machine::hook(const std::string& account, const ports::HttpRequest& request,
                   const std::shared_ptr<Network::Answer>& answer) {
  ports::Inbound inbound{request.method, "", "", request.headers, request.body, clock_.now()};
  const auto body = sha256(request.body);
  engine_->receive(
      account, std::move(inbound),
      [this, account, body, answer, request](const Result<engine::Reception>& received) {
        if (!received) {
          const auto code = received.error().code;
          const int status = code == ErrorCode::Unavailable ? 503 : 401;
          (*answer)(ports::HttpResponse{status, {}, ""});
          return;
        }
        acknowledged_.push_back({account, body});
        // I1, at once: nobody is answered before it is durable.
        if (!received->duplicate && !disk_.has_message(account, body)) {
          record_.violated("I1", "", account + ": answered 200 and not stored");
        }
        note_erasures(request);
        (*answer)(ports::HttpResponse{200, {}, ""});
      });
}

void Machine::note_erasures(const ports::HttpRequest& request) {
  if (ports::header(request.headers, "X-Shopify-Topic") != "customers/redact") return;
  const auto body = parse_json(request.body);
  if (!body) return;
  for (const auto& order : (*body)["orders_to_redact"].items()) {
    told_to_erase_.insert(order.integer());
  }
}

/// The supplier's page, as src/api serves it, without its HTML: GET opens, POST acts.
void Machine::page(const ports::HttpRequest& request,
                   const std::shared_ptr<Network::Answer>& answer) {
  const auto give = [answer](int status) { (*answer)(ports::HttpResponse{status, {}, ""}); };
  const auto segments = net::path_segments(request.url.substr(peers::hosted_program_url.size()));
  if (!segments || segments->size() < 2 || segments->front() != "s") return give(404);
  const auto link = engine::find_link(disk_, tenant_, (*segments)[1]);
  if (!link || link->kind != "po") return give(404);
  if (link->expires_at < clock_.now()) return give(410);
  if (request.method == "GET") return give(200);
  const auto history = engine::read_history(disk_, engine_->vault(), link->stream);
  if (!history) return give(404);
  const auto page = engine::supplier_page_of(engine_->setup(), *history, link->subject);
  const auto form = net::parse_form(request.body, 1000);
  if (!page || !form || segments->size() != 3) return give(404);
  auto command = api::supplier_command(*page, (*segments)[2], *form, clock_.now());
  if (!command) return give(422);
  engine_->submit(link->stream, std::move(*command), "supplier:" + page->supplier,
                  [give](const Result<engine::Stepped>& stepped) {
                    const bool away = !stepped && stepped.error().code == ErrorCode::Unavailable;
                    give(stepped ? 303 : away ? 503 : 422);
                  });
}

// ---- time -------------------------------------------------------------------------------------

/// Does everything that is ready at this instant.
void Machine::settle() {
  for (int round = 0; round < most_rounds; ++round) {
    const auto posts = world_->take_post();
    for (const auto& outgoing : posts) network_->carry(outgoing);
    if (!engine_) {
      if (posts.empty()) return;
      continue;
    }
    try {
      engine_due_ = engine_->pump();
    } catch (const Death&) {
      die();
      continue;
    }
    if (engine_due_ > clock_.now()) {
      if (at_rest) at_rest();
      return;
    }
  }
  record_.violated("I21", "", "the program does not come to rest at " + to_text(clock_.at));
  engine_due_ = clock_.now() + seconds(1);
}

Instant Machine::next_due(Instant end) const {
  auto next = end;
  if (engine_) next = std::min(next, engine_due_ - clock_.error);
  if (const auto due = world_->next_due()) next = std::min(next, due);
  if (const auto due = agenda_.next()) next = std::min(next, due);
  return next;
}

void Machine::run(Duration span) {
  const auto end = clock_.at + span;
  settle();
  while (clock_.at < end) {
    clock_.at = std::min(end, std::max(clock_.at + milliseconds(1), next_due(end)));
    world_->advance_to(clock_.at);
    agenda_.advance_to(clock_.at);
    settle();
  }
}

void Machine::calm() {
  calm_ = true;
  disk_full_ = false;
  clock_.error = {};
  points_to_death_ = 0;
  network_->calm();
  if (!engine_) open_engine();
  record_.say(clock_.at, "it is calm from here on");
}

}  // namespace holdfast::sim
