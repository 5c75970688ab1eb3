#include "cli/alone.h"

#include <exception>
#include <utility>

#include "engine/photos.h"
#include "engine/retention/retention.h"

namespace holdfast::cli {

Result<std::unique_ptr<Alone>> Alone::open(ports::Store& store, ports::Clock& clock,
                                           ports::Entropy& entropy, engine::Setup& setup) {
  auto vault = engine::Vault::open(setup.master_key, setup.tenant, setup.signing_key);
  if (!vault) return fail(vault.error());
  std::unique_ptr<Alone> alone(new Alone(store, std::move(*vault), setup.data_folder));
  alone->orders_ = std::make_unique<engine::Orders>(
      engine::Parts{&store, &clock, &entropy, nullptr}, setup, alone->vault_);
  if (auto status = alone->orders_->start(); !status) return fail(status.error());
  return alone;
}

Result<engine::Stepped> Alone::step(const ports::StreamKey& stream, const Command& command,
                                    const std::string& actor, ports::Batch& batch) {
  try {
    auto stepped = orders_->step(stream, command, actor, batch);
    if (!stepped) return stepped;
    for (const auto& change : stepped->timers) {
      const auto& row = change.row;
      timers_[{row.stream, row.kind, row.about}] = change;
    }
    return stepped;
  } catch (const std::exception& failure) {
    return fail(ErrorCode::Internal, failure.what(), std::string(name_of(command)),
                "nothing was changed");
  }
}

void Alone::add_timers(ports::Batch& batch) {
  // The last word on each timer counts, since a batch drops after it puts.
  for (auto& [key, change] : std::exchange(timers_, {})) {
    auto& row = change.row;
    if (change.set)
      batch.put_timers.push_back(std::move(row));
    else
      batch.drop_timers.push_back({row.stream, row.kind, std::move(row.about)});
  }
}

Status Alone::write(ports::Batch& batch) {
  add_timers(batch);
  auto status = engine::write_ledger(data_folder_, batch);
  if (status) status = store_.write(batch);
  if (status)
    orders_->committed();
  else
    orders_->forget_unstored();
  return status;
}

Result<engine::Stepped> Alone::submit(const ports::StreamKey& stream, const Command& command,
                                      const std::string& actor) {
  ports::Batch batch;
  auto stepped = step(stream, command, actor, batch);
  if (!stepped || stepped->events.empty()) return stepped;
  if (auto status = write(batch); !status) return fail(status.error());
  engine::remove_photos(data_folder_, stream, stepped->photos_gone);
  return stepped;
}

}  // namespace holdfast::cli
