#include "cli/local.h"

#include <filesystem>

#include "engine/evidence/pack.h"
#include "engine/evidence/verify.h"
#include "engine/offers.h"
#include "engine/photos.h"
#include "engine/settings/overlay.h"
#include "engine/settings/policy_check.h"
#include "engine/settings/policy_files.h"
#include "engine/settings/toml.h"
#include "model/policy_codec.h"

namespace holdfast::cli {
namespace {

constexpr std::size_t most_pack_bytes = 512u << 20;

const std::string* variable(const Outside& outside, const char* name) {
  const auto found = outside.env.find(name);
  return found == outside.env.end() ? nullptr : &found->second;
}

Json problem_json(const Error& error) {
  Json json;
  json.set("where", error.where);
  json.set("what", error.what);
  json.set("todo", error.todo);
  return json;
}

Json problems_json(const std::vector<Error>& errors, const std::string& good) {
  Json list{Json::Array{}};
  std::string said = errors.empty() ? good : "";
  for (const auto& error : errors) {
    list.push(problem_json(error));
    said += (said.empty() ? "" : "\n") + describe(error);
  }
  Json json;
  json.set("ok", errors.empty());
  json.set("problems", std::move(list));
  json.set("said", said);
  return json;
}

const engine::TenantConfig* tenant_of(const Place& place) {
  for (const auto& tenant : place.config.tenants) {
    if (tenant.id == place.tenant) return &tenant;
  }
  return nullptr;
}

std::string policy_path(const Place& place) {
  const auto* tenant = tenant_of(place);
  return tenant && !tenant->policy.empty() ? tenant->policy : place.config.policy.path;
}

Result<std::string> packed(OwnDesk& own, const ports::StreamKey& stream, const std::string& profile,
                           const std::string& supplier) {
  const auto whose = from_name<engine::Profile>(profile);
  if (!whose) return fail(within(whose.error(), "--profile"));
  auto& desk = own.desk;
  auto gathered = engine::gather_pack(*desk.store, *own.vault, stream, desk.clock->now());
  if (!gathered) return fail(gathered.error());
  auto status = desk.put_records(std::move(gathered->rows), {});
  if (status) {
    const auto line = engine::encode_checkpoint(gathered->input.checkpoint);
    status = engine::append_line(desk.data + "/checkpoints.jsonl", line);
  }
  if (!status) return fail(status.error());
  const auto names = engine::photos_of(gathered->input.rows);
  if (!names) return fail(names.error());
  for (const auto& name : *names) {
    auto bytes = engine::read_photo({*desk.store, *own.vault, desk.data}, stream, name);
    // An erased or purged photo is named in the chain and is not there any more.
    if (bytes) gathered->input.photos.push_back(std::move(*bytes));
  }
  gathered->input.supplier = supplier;
  return engine::export_pack(gathered->input, *whose, *own.vault);
}

void give_ways_to_change(OwnDesk& own, const Outside& outside) {
  auto* raw = &own;
  own.desk.submit = [raw, &outside](const ports::StreamKey& stream, const Command& command,
                                    const std::string& actor) -> Result<engine::Stepped> {
    if (!raw->alone) {
      auto alone = Alone::open(*raw->opened.store, *outside.clock, *outside.entropy, raw->setup);
      if (!alone) return fail(alone.error());
      raw->alone = std::move(*alone);
    }
    return raw->alone->submit(stream, command, actor);
  };
  own.desk.put_records = [raw](std::vector<ports::RecordRow> rows,
                               std::vector<ports::RecordKey> drop) -> Status {
    ports::Batch batch;
    batch.put_records = std::move(rows);
    batch.drop_records = std::move(drop);
    return batch.empty() ? Status{} : raw->opened.store->write(batch);
  };
  own.desk.put_if = [raw](const engine::RecordChange& change) -> Status {
    ports::Batch batch;
    auto& store = *raw->opened.store;
    auto status = engine::still_as_read(store, batch, change.as_read);
    if (!status) return status;
    engine::add_records(batch, change.rows, change.drop);
    return store.write(batch);
  };
  own.desk.state_offers = [raw](const std::vector<Offer>& offers) -> Status {
    const auto tenant = raw->setup.tenant;
    const auto known = engine::offers_now(*raw->opened.store, tenant, raw->setup.offers);
    if (!known) return fail(known.error());
    ports::Batch batch;
    batch.put_records =
        engine::mapping_rows(tenant, *known, offers, "holdfast import", raw->desk.clock->now());
    for (const auto& offer : offers) {
      batch.put_records.push_back(engine::offer_row(tenant, offer));
    }
    return batch.empty() ? Status{} : raw->opened.store->write(batch);
  };
  if (!own.vault) return;
  own.desk.export_pack = [raw](const ports::StreamKey& stream, const std::string& profile,
                               const std::string& supplier) {
    return packed(*raw, stream, profile, supplier);
  };
}

}  // namespace

bool is_shared(const std::string& url) { return url.starts_with("postgres"); }

std::string store_url(const engine::Config& config, const std::string& data) {
  return config.store.url.empty() ? "sqlite:" + data + "/holdfast.db" : config.store.url;
}

std::string control_path(const std::string& data) { return data + "/control.sock"; }

std::string files_path(const std::string& data) { return engine::photos_folder(data); }

Result<Place> place_of(const Outside& outside, const std::string& config_path,
                       const std::string& data, const std::string& tenant) {
  Place place;
  place.config_path = config_path;
  if (place.config_path.empty()) {
    const auto* named = variable(outside, "HOLDFAST_CONFIG");
    if (named)
      place.config_path = *named;
    else if (std::filesystem::exists("holdfast.toml"))
      place.config_path = "holdfast.toml";
  }
  // It names the file itself and is no key of it.
  auto env = outside.env;
  env.erase("HOLDFAST_CONFIG");
  auto config = engine::load_config(place.config_path, env);
  if (!config) return fail(config.error());
  place.config = std::move(*config);
  if (!data.empty()) place.config.server.data = data;
  place.data = place.config.server.data;
  place.tenant = tenant.empty() ? place.config.tenants.front().id : tenant;
  if (tenant_of(place)) return place;
  return fail(ErrorCode::NotFound, "no such tenant", place.tenant, "see holdfast config show");
}

Result<std::unique_ptr<OwnDesk>> open_own(const Outside& outside, const Place& place,
                                          bool read_only) {
  auto own = std::make_unique<OwnDesk>();
  const auto url = store_url(place.config, place.data);
  auto opened = is_shared(url) && outside.open_shared_store
                    ? outside.open_shared_store(place.config)
                    : outside.open_store(url, read_only);
  if (!opened) return fail(opened.error());
  own->opened = std::move(*opened);
  const TenantId tenant{tenant_of(place)->number};
  const auto key = outside.master_key(place.config, place.data);
  if (key) {
    auto vault = engine::Vault::open(*key, tenant, place.config.secrets.signing_key.value);
    if (vault) own->vault = std::make_unique<engine::Vault>(std::move(*vault));
  }
  engine::Overlay overlay;
  if (own->vault) {
    auto laid = engine::read_overlay(*own->opened.store, tenant, *own->vault);
    if (!laid) return fail(laid.error());
    overlay = std::move(*laid);
  }
  auto setup = engine::setup_of(place.config, place.tenant, overlay);
  if (!setup) return fail(setup.error());
  own->setup = std::move(*setup);
  if (key) own->setup.master_key = *key;
  own->setup.data_folder = engine::tenant_folder(place.config, place.tenant);
  auto& desk = own->desk;
  desk.store = own->opened.store.get();
  desk.setup = &own->setup;
  desk.config = &place.config;
  desk.clock = outside.clock;
  desk.outside = &outside;
  desk.data = own->setup.data_folder;
  desk.vault = own->vault.get();
  desk.backup_to = own->opened.backup_to;
  desk.integrity = own->opened.integrity;
  give_ways_to_change(*own, outside);
  return own;
}

Answer config_check(const Outside& outside, const Place& place) {
  std::vector<Error> problems;
  for (const auto& tenant : place.config.tenants) {
    auto one = place;
    one.tenant = tenant.id;
    const auto policy = engine::load_policy(policy_path(one));
    const auto status = policy ? engine::check_config(place.config, tenant.id, *policy)
                               : Status(fail(policy.error()));
    if (!status) problems.push_back(within(status.error(), tenant.id));
  }
  if (const auto key = outside.master_key(place.config, place.data); !key) {
    problems.push_back(key.error());
  }
  return problems_json(problems, "the settings and each tenant's policy fit together");
}

Answer config_show(const Place& place) {
  Json json;
  json.set("file", place.config_path);
  json.set("data", place.data);
  json.set("store", store_url(place.config, place.data));
  json.set("said", engine::to_text(place.config));
  return json;
}

Answer policy_check(const Place& place, const std::string& path) {
  const auto from = path.empty() ? policy_path(place) : path;
  const auto policy = engine::load_policy(from);
  if (!policy) return problems_json({policy.error()}, "");
  auto json = problems_json(
      engine::policy_problems(*policy),
      "policy " + policy->name + " is sound, hash " + engine::policy_hash(*policy).substr(0, 12));
  json.set("policy", engine::policy_hash(*policy));
  const auto live = engine::ready_for_live(*policy);
  json.set("ready_for_live", live.has_value());
  return json;
}

Result<Json> policy_json(const std::string& path) {
  const auto policy = engine::load_policy(path);
  if (!policy) return fail(policy.error());
  return parse_json(encode_policy(*policy));
}

Answer evidence_verify(const std::string& path, const std::string& fingerprint) {
  const auto bytes = engine::read_text_file(path, most_pack_bytes);
  if (!bytes) return fail(bytes.error());
  const auto report = engine::verify_pack(*bytes, fingerprint);
  const auto texts = [](const std::vector<std::string>& items) {
    Json list{Json::Array{}};
    for (const auto& item : items) list.push(item);
    return list;
  };
  Json json;
  json.set("ok", report.ok());
  json.set("problems", texts(report.problems));
  json.set("checked", texts(report.checked));
  json.set("notes", texts(report.notes));
  std::string said =
      report.ok() ? "genuine: signed by the key you named, nothing changed since" : "NOT genuine";
  for (const auto& problem : report.problems) said += "\n  problem: " + problem;
  for (const auto& checked : report.checked) said += "\n  checked: " + checked;
  for (const auto& note : report.notes) said += "\n  note: " + note;
  json.set("said", said);
  return json;
}

}  // namespace holdfast::cli
