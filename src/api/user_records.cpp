#include "api/user_records.h"

#include <algorithm>
#include <functional>

#include "base/hash.h"
#include "base/text.h"
#include "model/ids.h"

namespace holdfast::api {
namespace {

constexpr std::size_t page = 200;

using Keys = std::vector<ports::RecordKey>;

/// Adds the keys of a kind's records after `begins` that `fits` takes; `on` says whether to read
/// on.
Status add_keys(ports::Store& store, const ports::RecordKey& begin, Keys& found,
                const std::function<bool(const ports::RecordRow&)>& fits,
                const std::function<bool(const ports::RecordRow&)>& on) {
  auto after = begin.key;
  while (true) {
    auto rows = store.records(begin.tenant, begin.kind, after, page);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (!on(row)) return {};
      if (fits(row)) found.push_back({row.tenant, row.kind, row.key});
    }
    if (rows->size() < page) return {};
    after = rows->back().key;
  }
}

}  // namespace

std::string random_user_id(ports::Entropy& entropy) {
  std::uint64_t number = 0;
  for (const char byte : entropy.bytes(8)) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  return to_text(UserId{static_cast<std::int64_t>(number >> 1)});
}

ports::RecordKey generation_of(TenantId tenant) { return {tenant, "people", "generation"}; }

ports::RecordRow generation_row(TenantId tenant, ports::Entropy& entropy) {
  const auto key = generation_of(tenant);
  return {key.tenant, key.kind, key.key, base64url(entropy.bytes(12)), {}};
}

bool is_plain_name(const std::string& name) {
  return trim(name) == name && name.find(':') == std::string::npos &&
         std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool owns(const std::vector<std::string>& roles, const std::vector<std::string>& stores) {
  return stores.empty() && std::ranges::find(roles, "owner") != roles.end();
}

Result<Keys> belongings_of(ports::Store& store, TenantId tenant, const std::string& user_id) {
  Keys found;
  const auto every = [](const ports::RecordRow&) { return true; };
  for (const auto& [kind, member] : {std::pair{"session", "id"}, {"token", "maker_id"}}) {
    const auto theirs = [&](const ports::RecordRow& row) {
      const auto json = parse_json(row.bytes);
      return json && (*json)[member].string() == user_id;
    };
    const auto status = add_keys(store, {tenant, kind, ""}, found, theirs, every);
    if (!status) return fail(status.error());
  }
  const auto place = user_id + "-";
  const auto status =
      add_keys(store, {tenant, "mention", place}, found, every,
               [&](const ports::RecordRow& row) { return row.key.starts_with(place); });
  if (!status) return fail(status.error());
  for (const char* kind : {"mention_seen", "second_factor", seen_kind}) {
    found.push_back({tenant, kind, user_id});
  }
  return found;
}

}  // namespace holdfast::api
