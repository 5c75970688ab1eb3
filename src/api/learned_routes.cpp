// What was learned: the cases people decided in a window, grouped, and the list behind the groups.
#include <algorithm>
#include <charconv>
#include <map>

#include "api/learned.h"
#include "engine/views/history.h"
#include "engine/views/words.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_groups = 20;

using Cases = std::vector<const DecidedCase*>;

/// What a list is narrowed to; empty members ask for everything.
struct Narrowed {
  std::optional<RootCause> root_cause;
  std::optional<ReasonCode> reason;
  std::string supplier;
  bool rule_change = false;
  std::optional<DecidedPlace> after;

  bool fits(const DecidedCase& one) const {
    return (!root_cause || one.root_cause == *root_cause) && (!reason || one.reason == *reason) &&
           (supplier.empty() || one.supplier == supplier) && (!rule_change || one.rule_change);
  }
};

Result<std::int64_t> window_of(const Call& call) {
  const auto text = call.parameter("days");
  if (text.empty() || text == "30") return 30;
  if (text == "7") return 7;
  if (text == "90") return 90;
  return fail(ErrorCode::Invalid, "days is 7, 30 or 90", "days");
}

template <class Code>
Result<std::optional<Code>> code_of(const Call& call, const char* name) {
  const auto text = call.parameter(name);
  if (text.empty()) return std::optional<Code>{};
  const auto code = from_name<Code>(text);
  if (!code) return fail(within(code.error(), name));
  return std::optional<Code>(*code);
}

std::string cursor_text(const DecidedCase& one) {
  return std::to_string(one.decided_at.ms) + "." + engine::stream_text(one.stream) + "." +
         std::to_string(one.number);
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<std::optional<DecidedPlace>> cursor_of(const Desk& desk, const Call& call) {
  const auto text = call.parameter("cursor");
  if (text.empty()) return std::optional<DecidedPlace>{};
  const auto parts = split(text, '.');
  if (parts.size() == 3) {
    const auto at = number_in(parts[0]), number = number_in(parts[2]);
    const auto stream = engine::parse_stream(desk.tenant(), parts[1]);
    if (at && stream && number) return std::optional(DecidedPlace{{*at}, *stream, *number});
  }
  return fail(ErrorCode::Invalid, "This cursor is not one of ours.", "cursor");
}

Result<Narrowed> narrowed_by(const Desk& desk, const Call& call) {
  const auto root_cause = code_of<RootCause>(call, "root_cause");
  if (!root_cause) return fail(root_cause.error());
  const auto reason = code_of<ReasonCode>(call, "reason");
  if (!reason) return fail(reason.error());
  const auto rule_change = call.parameter("rule_change");
  if (!rule_change.empty() && rule_change != "true") {
    return fail(ErrorCode::Invalid, "true is expected, or nothing", "rule_change");
  }
  const auto after = cursor_of(desk, call);
  if (!after) return fail(after.error());
  return Narrowed{*root_cause, *reason, call.parameter("supplier"), !rule_change.empty(), *after};
}

struct Group {
  std::int64_t decided = 0;
  std::int64_t rule_changes = 0;
};

/// The largest groups by what `key_of` gives, those of "" left out; `title_of` names a key.
Json groups_json(const Cases& cases, const auto& key_of, const auto& title_of) {
  std::map<std::string, Group> groups;
  for (const auto* one : cases) {
    auto& group = groups[std::string(key_of(*one))];
    ++group.decided;
    group.rule_changes += one->rule_change ? 1 : 0;
  }
  groups.erase("");
  std::vector<std::pair<std::string, Group>> largest(groups.begin(), groups.end());
  std::ranges::sort(largest, {}, [](const auto& each) {
    return std::pair(-each.second.decided, std::string_view(each.first));
  });
  if (largest.size() > most_groups) largest.resize(most_groups);
  Json list{Json::Array{}};
  for (const auto& [key, group] : largest) {
    Json json;
    json.set("key", key);
    json.set("title", title_of(key));
    json.set("decided", group.decided);
    json.set("rule_changes", group.rule_changes);
    list.push(std::move(json));
  }
  return list;
}

/// From opened to decided, in minutes; half of the cases took no longer. Null when there are none.
Json median_minutes(const Cases& cases) {
  if (cases.empty()) return {};
  std::vector<std::int64_t> took;
  for (const auto* one : cases) took.push_back((one->decided_at - one->opened_at).ms / 60'000);
  const auto middle = took.begin() + static_cast<std::ptrdiff_t>((took.size() - 1) / 2);
  std::ranges::nth_element(took, middle);
  return Json(*middle);
}

Json case_json(const DecidedCase& one) {
  Json json;
  json.set("stream", engine::stream_text(one.stream));
  json.set("number", one.number);
  const bool of_order = one.stream.kind == ports::StreamKind::Order;
  json.set("order", of_order ? Json(engine::stream_text(one.stream)) : Json());
  json.set("store_number", one.store_number);
  json.set("channel", one.channel);
  json.set("supplier", one.supplier);
  json.set("reason", name_of(one.reason));
  json.set("about", one.about);
  json.set("opened_at", to_text(one.opened_at));
  json.set("decided_at", to_text(one.decided_at));
  json.set("verb", one.verb);
  json.set("actor", one.actor);
  json.set("root_cause", name_of(one.root_cause));
  json.set("rule_change", one.rule_change);
  return json;
}

Json page_of(const Cases& cases, const Narrowed& want, std::size_t limit) {
  Json items{Json::Array{}};
  std::string next;
  std::int64_t total = 0;
  const DecidedCase* last = nullptr;
  for (const auto* one : cases) {
    if (!want.fits(*one)) continue;
    ++total;
    if (want.after && place_of(*one) >= *want.after) continue;
    if (items.items().size() < limit) {
      items.push(case_json(*one));
      last = one;
    } else if (next.empty()) {
      next = cursor_text(*last);
    }
  }
  auto page = page_json(std::move(items), next);
  page.set("total", total);
  return page;
}

void list_decided(Desk& desk, const CallPtr& call) {
  const auto window = window_of(*call);
  if (!window) return call->refuse(window.error());
  const auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto want = narrowed_by(desk, *call);
  if (!want) return call->refuse(want.error());
  const auto read = learned(desk);
  if (!read) return call->refuse(read.error());
  const auto from = (*read)->as_of - days(*window);
  Cases cases;
  for (const auto& one : (*read)->cases) {
    if (one.decided_at >= from && call->who.sees(one.channel)) cases.push_back(&one);
  }
  const auto& profiles = desk.setup().profiles;
  const auto itself = [](const std::string& key) { return key; };
  const auto titled = [&](const std::string& key) {
    const auto found = profiles.find(key);
    return found == profiles.end() ? key : found->second.title;
  };
  auto json = page_of(cases, *want, *limit);
  json.set("days", *window);
  json.set("from", to_text(from));
  json.set("as_of", to_text((*read)->as_of));
  json.set("complete", (*read)->complete_from <= from);
  json.set("decided", static_cast<std::int64_t>(cases.size()));
  json.set("rule_changes", static_cast<std::int64_t>(std::ranges::count_if(
                               cases, [](const auto* one) { return one->rule_change; })));
  json.set("median_minutes", median_minutes(cases));
  json.set("by_root_cause",
           groups_json(cases, [](const auto& one) { return name_of(one.root_cause); }, itself));
  json.set("by_reason",
           groups_json(cases, [](const auto& one) { return name_of(one.reason); }, itself));
  json.set("by_supplier", groups_json(cases, [](const auto& one) { return one.supplier; }, titled));
  json.set("by_verb", groups_json(cases, [](const auto& one) { return one.verb; }, itself));
  call->answer(json_answer(json));
}

}  // namespace

std::vector<Route> learned_routes() { return {{"listDecided", list_decided, false, true}}; }

}  // namespace holdfast::api
