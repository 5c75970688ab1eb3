#include "api/connection_rows.h"

#include <algorithm>

namespace holdfast::api {
namespace {

constexpr std::size_t most_rows = 1000;  // no more are ever read

Texts texts_in(const Json& json) {
  Texts texts;
  for (const auto& [key, value] : json.members()) texts[key] = value.string();
  return texts;
}

Json json_of(const Texts& texts) {
  Json json{Json::Object{}};
  for (const auto& [key, text] : texts) json.set(key, text);
  return json;
}

ConnectionRow read(const Json& json) {
  ConnectionRow row;
  row.room = json["room"].string();
  row.id = json["id"].string();
  row.kind = json["kind"].string();
  row.settings = texts_in(json["settings"]);
  row.sealed = json["secrets"].string();
  row.secret_dates = texts_in(json["secret_dates"]);
  row.removed = json["removed"].boolean();
  row.by = json["by"].string();
  row.at = parse_instant(json["at"].string()).value_or(Instant{});
  return row;
}

}  // namespace

engine::OverlayAccount ConnectionRow::overlay(const Texts& secrets) const {
  auto all = settings;
  all.insert(secrets.begin(), secrets.end());
  return {room, id, kind, std::move(all), removed};
}

Result<std::vector<ConnectionRow>> connection_rows(Desk& desk) {
  auto records = desk.store().records(desk.tenant(), "account", "", most_rows);
  if (!records) return fail(records.error());
  std::vector<ConnectionRow> rows;
  for (const auto& record : *records) {
    auto json = parse_json(record.bytes);
    if (!json) return fail(json.error());
    rows.push_back(read(*json));
  }
  return rows;
}

const ConnectionRow* row_of(const std::vector<ConnectionRow>& rows, const std::string& id) {
  const auto found = std::ranges::find_if(
      rows, [&](const ConnectionRow& row) { return row.id == id && !row.removed; });
  return found == rows.end() ? nullptr : &*found;
}

Result<Texts> secrets_of(Desk& desk, const ConnectionRow& row) {
  if (row.sealed.empty()) return Texts{};
  return engine::open_overlay_secrets(desk.engine.vault(), row.room, row.id, row.sealed);
}

ports::RecordRow record_of(Desk& desk, const ConnectionRow& row, const Texts& secrets) {
  Json json;
  json.set("room", row.room);
  json.set("id", row.id);
  json.set("kind", row.kind);
  json.set("settings", json_of(row.settings));
  json.set("secrets", secrets.empty()
                          ? std::string()
                          : engine::seal_overlay_secrets(desk.engine.vault(), row.room, row.id,
                                                         secrets, *desk.options.entropy));
  json.set("secret_dates", json_of(row.secret_dates));
  json.set("by", row.by);
  json.set("at", to_text(row.at));
  return {desk.tenant(), "account", row.room + "/" + row.id, to_text(json), {}};
}

Result<Json> kept_test(Desk& desk, const std::string& id) {
  auto row = desk.store().record({desk.tenant(), "connection_test", id});
  if (!row) return fail(row.error());
  return *row ? parse_json((*row)->bytes) : Result<Json>(Json());
}

ports::RecordRow test_row(Desk& desk, const std::string& id, const Json& test) {
  return {desk.tenant(), "connection_test", id, to_text(test), {}};
}

}  // namespace holdfast::api
