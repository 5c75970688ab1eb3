#include <algorithm>
#include <filesystem>
#include <set>

#include <sys/stat.h>

#include "base/zone.h"
#include "cli/commands.h"
#include "engine/offers.h"
#include "engine/settings/policy_check.h"

namespace holdfast::cli {
namespace {

constexpr std::int64_t least_free_mib = 1024;
constexpr std::size_t orders_looked_at = 250;
constexpr std::size_t named_at_most = 5;

/// The findings of one run; "warn" is for a person's attention, "fail" must be mended.
class Findings {
 public:
  void add(const char* check, const char* state, std::string detail, std::string todo) {
    failed_ = failed_ || std::string_view(state) == "fail";
    Json json;
    json.set("check", check);
    json.set("state", state);
    json.set("detail", std::move(detail));
    json.set("todo", std::move(todo));
    list_.push(std::move(json));
  }
  void judge(bool good, const char* check, const char* otherwise, std::string well, std::string bad,
             std::string todo) {
    if (good)
      add(check, "ok", std::move(well), "");
    else
      add(check, otherwise, std::move(bad), std::move(todo));
  }
  Json take() {
    Json json;
    json.set("ok", !failed_);
    json.set("checks", std::move(list_));
    return json;
  }

 private:
  Json list_{Json::Array{}};
  bool failed_ = false;
};

std::string few(const std::vector<std::string>& names) {
  std::vector<std::string> first(
      names.begin(), names.begin() + std::ptrdiff_t(std::min(names.size(), named_at_most)));
  auto text = join(first, ", ");
  if (names.size() > first.size())
    text += " and " + std::to_string(names.size() - first.size()) + " more";
  return text;
}

/// The clock against the newest event, and whether the machine knows time zones at all.
Status check_time(Desk& desk, Findings& findings) {
  const auto now = desk.clock->now();
  const auto heads = desk.store->heads(desk.tenant());
  if (!heads) return fail(heads.error());
  auto newest =
      desk.store->events_after(desk.tenant(), std::max<std::int64_t>(0, heads->event_seq - 1), 1);
  if (!newest) return fail(newest.error());
  const bool ahead = !newest->empty() && newest->back().at > now + minutes(1);
  const bool sane = now > Instant{1'704'067'200'000};  // 2024, before this program existed
  findings.judge(sane && !ahead, "clock", "fail", to_text(now),
                 ahead ? "the newest event is of " + to_text(newest->back().at) +
                             ", the clock says " + to_text(now)
                       : "the clock says " + to_text(now),
                 "set the machine's clock and keep it by NTP before orders are worked");
  std::vector<std::string> unknown;
  for (const auto& [id, profile] : desk.setup->profiles) {
    if (!zone_known(profile.calendar.zone)) unknown.push_back(id + ": " + profile.calendar.zone);
  }
  const bool zones = zone_known("America/New_York") && zone_known("Asia/Shanghai");
  if (!zones) unknown.emplace_back("the zone database itself");
  findings.judge(unknown.empty(), "zones", "fail", "time zones are known",
                 "unknown: " + few(unknown), "install tzdata, or correct the supplier's calendar");
  return {};
}

void check_policy_and_accounts(Desk& desk, Findings& findings) {
  const auto problems = engine::policy_problems(desk.setup->policy);
  findings.judge(
      problems.empty(), "policy", "fail", "policy " + desk.setup->policy.name + " is sound",
      problems.empty()
          ? ""
          : std::to_string(problems.size()) + " problems, first: " + describe(problems.front()),
      "holdfast policy check lists them all");
  std::vector<std::string> missing;
  if (desk.setup->channels.empty()) missing.emplace_back("a channel");
  if (desk.setup->suppliers.empty()) missing.emplace_back("a supplier");
  if (desk.setup->trackings.empty()) missing.emplace_back("a tracking provider");
  if (desk.setup->notifiers.empty()) missing.emplace_back("a notifier");
  findings.judge(
      missing.empty(), "accounts", "warn", "all kinds of accounts are there",
      "there is no account for " + join(missing, ", "),
      "add it to holdfast.toml or under Connections; without it that part is worked by hand");
}

Status check_offers(Desk& desk, Findings& findings) {
  const auto offers = engine::offers_now(*desk.store, desk.tenant(), desk.setup->offers);
  if (!offers) return fail(offers.error());
  const auto oldest = desk.setup->policy.routing.feed_max_age;
  const auto now = desk.clock->now();
  std::vector<std::string> old;
  for (const auto& offer : *offers) {
    const bool aged =
        oldest.ms > 0 && !offer.live && offer.stated_at && now - offer.stated_at > oldest;
    if (aged && !offer.suspended) old.push_back(offer.supplier + " " + offer.sku);
  }
  const auto count = std::to_string(offers->size());
  findings.judge(old.empty(), "offers", "warn", count + " offers, none too old to be believed",
                 std::to_string(old.size()) + " of " + count + " offers are older than " +
                     to_text(oldest) + ": " + few(old),
                 "holdfast import offers FILE.csv");
  return {};
}

/// SKUs that live orders want and nobody offers.
Status check_mappings(Desk& desk, Findings& findings) {
  std::set<std::string> offered, unmapped;
  const auto offers = engine::offers_now(*desk.store, desk.tenant(), desk.setup->offers);
  if (!offers) return fail(offers.error());
  for (const auto& offer : *offers) {
    if (!offer.suspended) offered.insert(offer.sku);
  }
  ports::ExceptionQuery query;
  query.tenant = desk.tenant();
  query.reason = ReasonCode::UnmappedSku;
  query.limit = orders_looked_at;
  auto open = desk.store->exceptions(query);
  if (!open) return fail(open.error());
  const auto opened = engine::open_rows(*desk.store, desk.vault, *open);
  if (!opened) return fail(opened.error());
  std::vector<std::string> named;
  for (const auto& row : *open) named.push_back(row.store_number + " (" + row.detail + ")");
  for (const auto& sku : desk.setup->policy.skus) {
    if (!offered.contains(sku.sku)) unmapped.insert(sku.sku);
  }
  named.insert(named.end(), unmapped.begin(), unmapped.end());
  findings.judge(named.empty(), "mappings", "warn", "every SKU known has a supplier", few(named),
                 "add an offer for it, or take it out of the shop");
  return {};
}

/// A calendar whose last named closure is past no longer says what the supplier's year looks like.
void check_calendars(Desk& desk, Findings& findings) {
  const auto soon = date_text(local_time(desk.clock->now() + days(60), "UTC"));
  std::vector<std::string> ending;
  for (const auto& [id, profile] : desk.setup->profiles) {
    const auto& closures = profile.calendar.closures;
    const auto last = std::ranges::max_element(closures, {}, [](const std::string& span) {
      return span.substr(span.find("..") == std::string::npos ? 0 : span.find("..") + 2);
    });
    if (closures.empty())
      ending.push_back(id + " names no closures");
    else if (last->substr(last->find("..") == std::string::npos ? 0 : last->find("..") + 2) <
             soon) {
      ending.push_back(id + " ends with " + *last);
    }
  }
  findings.judge(ending.empty(), "calendars", "warn",
                 "every supplier's calendar reaches 60 days on", few(ending),
                 "write the coming holidays into the supplier's calendar");
}

Status check_effects(Desk& desk, Findings& findings) {
  const auto rows = desk.store->unsettled(desk.tenant());
  if (!rows) return fail(rows.error());
  std::int64_t unknown = 0, late = 0;
  const auto now = desk.clock->now();
  for (const auto& row : *rows) {
    unknown += row.state == EffectState::Unknown ? 1 : 0;
    late += row.state == EffectState::Unsent && row.not_before + hours(1) < now ? 1 : 0;
  }
  findings.judge(
      unknown == 0 && late == 0, "effects", "warn", std::to_string(rows->size()) + " on their way",
      std::to_string(unknown) + " with an unknown outcome, " + std::to_string(late) +
          " waiting for more than an hour",
      "see holdfast exception list --reason unknown_outcome, and whether the server runs");
  const auto kept = desk.store->not_understood(desk.tenant(), 50);
  if (!kept) return fail(kept.error());
  findings.judge(kept->empty(), "inbox", "warn", "every message was understood",
                 std::to_string(kept->size()) + " or more messages were kept aside",
                 "look at them on the console and replay them");
  return {};
}

Status check_store(Desk& desk, Findings& findings) {
  Request request;
  request.with.set("sample", 100);
  const auto checked = store_check(desk, request);
  if (!checked) return fail(checked.error());
  findings.judge((*checked)["ok"].boolean(), "chain and views", "fail",
                 (*checked)["streams"].digits() + " streams agree with their events",
                 (*checked)["said"].string(), "holdfast store check --all, then store rebuild");
  return {};
}

/// The folder of all workspaces.
const std::string& whole_data(const Desk& desk) {
  return desk.config ? desk.config->server.data : desk.data;
}

void check_disk(Desk& desk, Findings& findings) {
  std::error_code why;
  const auto space = std::filesystem::space(whole_data(desk), why);
  const auto free_mib = why ? 0 : std::int64_t(space.available >> 20);
  findings.judge(free_mib >= least_free_mib, "disk", "fail", std::to_string(free_mib) + " MiB free",
                 std::to_string(free_mib) + " MiB free in " + whole_data(desk),
                 "make room: without it no webhook can be accepted");
}

/// Key files and the database must be their owner's alone.
void check_permissions(Desk& desk, Findings& findings) {
  std::vector<std::string> open;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(whole_data(desk), ignored)) {
    const auto name = entry.path().filename().string();
    const bool secret =
        name.find("key") != std::string::npos || name.ends_with(".db") || name.ends_with(".sock");
    struct stat about{};
    if (!secret || ::stat(entry.path().c_str(), &about) != 0) continue;
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) open.push_back(name);
  }
  struct stat folder{};
  const bool shut = ::stat(whole_data(desk).c_str(), &folder) == 0 &&
                    (folder.st_mode & S_IRWXO) == 0 && (folder.st_mode & S_IWGRP) == 0;
  // Behind a shut folder nobody reaches the files, whatever their own modes say.
  findings.judge(shut || open.empty(), "permissions", "fail", "the data folder's secrets are shut",
                 "others may read " + few(open),
                 "chmod 700 " + whole_data(desk) + " and 600 its files");
  findings.judge(desk.vault != nullptr, "master key", "fail", "the master key opens",
                 "there is no usable master key", "name it in [secrets] master_key_file");
}

}  // namespace

Answer doctor(Desk& desk, const Request&) {
  Findings findings;
  if (auto status = check_time(desk, findings); !status) return fail(status.error());
  check_policy_and_accounts(desk, findings);
  if (auto status = check_offers(desk, findings); !status) return fail(status.error());
  if (auto status = check_mappings(desk, findings); !status) return fail(status.error());
  check_calendars(desk, findings);
  if (auto status = check_effects(desk, findings); !status) return fail(status.error());
  if (auto status = check_store(desk, findings); !status) return fail(status.error());
  check_disk(desk, findings);
  check_permissions(desk, findings);
  return findings.take();
}

std::string checks_text(const Json& data) {
  std::string out;
  for (const auto& check : data["checks"].items()) {
    const auto& state = check["state"].string();
    out += state + std::string(6 - state.size(), ' ') + check["check"].string() + ": " +
           check["detail"].string() + "\n";
    if (!check["todo"].string().empty()) out += "      → " + check["todo"].string() + "\n";
  }
  return out;
}

}  // namespace holdfast::cli
