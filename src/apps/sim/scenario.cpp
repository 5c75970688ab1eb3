#include "apps/sim/scenario.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/json.h"
#include "engine/settings/strict.h"
#include "engine/settings/toml.h"
#include "peers/catalogue.h"
#include "peers/faults.h"

namespace holdfast::sim {
namespace {

constexpr std::array modes{"down", "hang", "slow", "fail", "reset", "throttle", "nonsense"};

/// Reads one table's fields and remembers the first thing that is wrong.
struct Reader {
  const Json& table;
  std::string path;
  Status status;
  std::vector<std::string> known;

  void wrong(const std::string& name, const char* wanted) {
    if (status) status = fail(ErrorCode::Invalid, std::string("expected ") + wanted, path + name);
  }
  void operator()(const char* name, std::string& into) {
    if (const auto* json = field(name)) {
      if (!json->is_string()) return wrong(name, "text");
      into = json->string();
    }
  }
  void operator()(const char* name, std::int64_t& into) {
    if (const auto* json = field(name)) {
      if (!json->is_integer() || json->integer() < 0) return wrong(name, "a count");
      into = json->integer();
    }
  }
  void operator()(const char* name, bool& into) {
    if (const auto* json = field(name)) {
      if (!json->is_bool()) return wrong(name, "true or false");
      into = json->boolean();
    }
  }
  void operator()(const char* name, Duration& into) {
    if (const auto* json = field(name)) {
      const auto span = parse_duration(json->string());
      if (!span) return wrong(name, "a span such as \"90m\"");
      into = *span;
    }
  }
  void operator()(const char* name, std::vector<std::string>& into) {
    if (const auto* json = field(name)) {
      if (!json->is_array()) return wrong(name, "a list of texts");
      for (const auto& item : json->items()) into.push_back(item.string());
    }
  }
  void operator()(const char* name, std::vector<Outage>& into) {
    if (const auto* json = field(name)) {
      for (const auto& item : json->items()) inner(item, name, into.emplace_back());
    }
  }
  void operator()(const char* name, auto& into) {
    if (const auto* json = field(name)) inner(*json, name, into);
  }

  const Json* field(const char* name) {
    known.emplace_back(name);
    return table.find(name);
  }
  void inner(const Json& json, const char* name, auto& into) {
    Reader reader{json, path + name + ".", {}, {}};
    std::decay_t<decltype(into)>::each(into, reader);
    reader.all_known();
    if (status && !reader.status) status = reader.status;
  }
  void all_known() {
    for (const auto& [name, value] : table.members()) {
      if (!status || std::ranges::find(known, name) != known.end()) continue;
      status = fail(engine::unknown_key_error(name, path + name, known));
    }
  }
};

Status sensible(const Scenario& scenario) {
  for (const auto& outage : scenario.outages) {
    if (std::ranges::find(modes, outage.mode) == modes.end()) {
      return fail(ErrorCode::Invalid, "no such mode: " + outage.mode, "outages.mode");
    }
  }
  for (const auto& kind : scenario.order.only) {
    if (const auto known = peers::fault_named(kind); !known) return fail(known.error());
  }
  for (const auto* named :
       {&scenario.order.sellers, &scenario.merchant.hubs, &scenario.merchant.proposing}) {
    for (const auto& supplier : *named) {
      if (peers::manner_of(supplier)) continue;
      return fail(ErrorCode::Invalid, "no such supplier: " + supplier, "order or merchant");
    }
  }
  if (scenario.orders < 1 || scenario.end_after <= scenario.calm_after + hours(24)) {
    return fail(ErrorCode::Invalid, "a run has orders, and ends a day after it became calm");
  }
  if (scenario.poll_every < minutes(1)) {
    return fail(ErrorCode::Invalid, "shorter than a minute", "poll_every");
  }
  return {};
}

}  // namespace

Result<Scenario> read_scenario(const std::string& path) {
  auto toml = engine::read_toml(path);
  if (!toml) return fail(toml.error());
  Scenario scenario;
  scenario.name = std::filesystem::path(path).stem().string();
  Reader reader{toml->value, path + " ", {}, {}};
  Scenario::each(scenario, reader);
  reader.all_known();
  if (!reader.status) return fail(reader.status.error());
  if (auto status = sensible(scenario); !status) return fail(status.error());
  return scenario;
}

Result<std::vector<Scenario>> read_scenarios(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  }
  if (files.empty()) return fail(ErrorCode::NotFound, "no scenario lies there", folder);
  std::ranges::sort(files);
  std::vector<Scenario> scenarios;
  for (const auto& file : files) {
    auto scenario = read_scenario(file);
    if (!scenario) return fail(scenario.error());
    scenarios.push_back(std::move(*scenario));
  }
  return scenarios;
}

}  // namespace holdfast::sim
