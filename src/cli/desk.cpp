#include "cli/desk.h"

#include <charconv>
#include <future>

#include "cli/commands.h"

namespace holdfast::cli {
namespace {

constexpr auto longest_wait = std::chrono::minutes(1);

/// Waits for what the engine's pumping thread will say.
Result<engine::Stepped> wait_for(
    const std::shared_ptr<std::promise<Result<engine::Stepped>>>& promise) {
  auto future = promise->get_future();
  if (future.wait_for(longest_wait) == std::future_status::ready) return future.get();
  return fail(ErrorCode::Unavailable, "the engine did not answer within a minute", "",
              "look whether it was done before you repeat it");
}

engine::Engine::Done keep(std::shared_ptr<std::promise<Result<engine::Stepped>>> promise) {
  return [promise = std::move(promise)](Result<engine::Stepped> stepped) {
    promise->set_value(std::move(stepped));
  };
}

}  // namespace

std::int64_t Request::number(const char* name, std::int64_t standard) const {
  const auto* value = with.find(name);
  return value && value->is_integer() ? value->integer() : standard;
}

Answer answer(Desk& desk, const Request& request) {
  const auto* entry = find_command(request.command);
  if (!entry) {
    return fail(ErrorCode::Invalid, "no such command", join(request.command, " "),
                "holdfast --help lists them");
  }
  if (entry->needs == Needs::Alone && desk.served) {
    return fail(ErrorCode::Unavailable, std::string(entry->name) + " needs the store to itself",
                desk.data, "stop the server of this data folder first");
  }
  return entry->run(desk, request);
}

Result<ports::StreamKey> find_order(Desk& desk, const std::string& name) {
  if (const auto id = id_from<OrderTag>(name)) {
    const ports::StreamKey stream{desk.tenant(), ports::StreamKind::Order, id->value};
    auto row = desk.store->order(stream);
    if (!row) return fail(row.error());
    if (*row) return stream;
  }
  const std::string plain = name.starts_with('#') ? name.substr(1) : name;
  const std::pair<const char*, std::string> ways[] = {{"store_number", name},
                                                      {"store_number", "#" + plain},
                                                      {"store_number", plain},
                                                      {"po", name},
                                                      {"tracking", name}};
  for (const auto& [kind, value] : ways) {
    auto found = desk.store->reference(desk.tenant(), kind, value);
    if (!found) return fail(found.error());
    if (*found) return **found;
  }
  return fail(ErrorCode::NotFound, "no order has this number", name,
              "use the store's number, the id (ord_…), a purchase order or a tracking number");
}

Desk desk_of(engine::Engine& engine, const engine::Config& config, const Outside& outside,
             std::string data) {
  Desk desk;
  desk.store = &engine.store();
  desk.setup = &engine.setup();
  desk.config = &config;
  desk.clock = &engine.clock();
  desk.outside = &outside;
  desk.data = std::move(data);
  desk.served = true;
  desk.vault = &engine.vault();
  desk.submit = [&engine](const ports::StreamKey& stream, Command command,
                          const std::string& actor) {
    auto promise = std::make_shared<std::promise<Result<engine::Stepped>>>();
    engine.submit(stream, std::move(command), actor, keep(promise));
    return wait_for(promise);
  };
  desk.put_records = [&engine](std::vector<ports::RecordRow> rows,
                               std::vector<ports::RecordKey> drop) -> Status {
    auto promise = std::make_shared<std::promise<Result<engine::Stepped>>>();
    engine.put_records(std::move(rows), std::move(drop), keep(promise));
    auto stepped = wait_for(promise);
    if (!stepped) return fail(stepped.error());
    return {};
  };
  desk.put_if = [&engine](engine::RecordChange change) -> Status {
    auto promise = std::make_shared<std::promise<Result<engine::Stepped>>>();
    engine.put_if(std::move(change), keep(promise));
    auto stepped = wait_for(promise);
    if (!stepped) return fail(stepped.error());
    return {};
  };
  desk.state_offers = [&engine](std::vector<Offer> offers) -> Status {
    auto promise = std::make_shared<std::promise<Result<engine::Stepped>>>();
    engine.state_offers(std::move(offers), keep(promise), "holdfast import");
    auto stepped = wait_for(promise);
    if (!stepped) return fail(stepped.error());
    return {};
  };
  return desk;
}

}  // namespace holdfast::cli
