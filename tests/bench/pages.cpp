// A grown store: filling it, then what operators open and look for, over HTTP as the console asks.
#include <chrono>
#include <filesystem>
#include <fstream>

#include "base/id.h"
#include "base/json.h"
#include "tests/bench/http.h"
#include "tests/bench/load.h"
#include "tests/bench/parts.h"
#include "tests/bench/program.h"
#include "tests/bench/yardstick.h"

namespace holdfast::bench {
namespace {

constexpr double page_limit_ms = 50;
constexpr double search_limit_ms = 100;
constexpr double all_limit_ms = 20;  // of all such pages together
constexpr double start_limit_seconds = 1;
constexpr std::size_t answer_bytes = 16'384;  // of the bare exchange
constexpr int settle_seconds = 300;
constexpr std::int64_t tracking_base = 8'000'000'000'000;  // of a filled order's number

/// A kind of page with the many addresses of it that are asked in turn.
struct Kind {
  std::string name;
  double limit = page_limit_ms;
  std::vector<std::pair<std::string, std::string>> targets;  // and what the answer must hold
};

/// A filled store in a folder of its own, kept for the next run.
Result<Folder> filled_folder(const Plan& plan, Report& report) {
  namespace fs = std::filesystem;
  Folder folder{plan.folder + "/store-" + std::to_string(plan.orders), {}};
  const auto stamp = fs::path(folder.path) / "filled";
  if (fs::exists(stamp)) {
    say("using the filled store in " + folder.path + "; remove it to fill anew");
    return folder;
  }
  std::error_code problem;
  fs::remove_all(folder.path, problem);
  fs::create_directories(folder.data(), problem);
  fs::permissions(folder.data(), fs::perms::owner_all, problem);
  std::ofstream(folder.config()) << "[policy]\npath = \"" << fs::absolute(plan.policy).string()
                                 << "\"\n[log]\nlevel = \"error\"\n"
                                    // One address asks like a whole office.
                                    "[limits]\nrequests_a_minute = 1000000\n";
  // The first start makes key and administrator; filling then has the store to itself.
  if (auto first = Program::start(plan.program, folder); !first) return fail(first.error());
  say("filling a store with " + std::to_string(plan.orders) + " orders");
  const auto begin = std::chrono::steady_clock::now();
  const auto orders = std::to_string(plan.orders);
  if (auto s = run_command(plan.program, folder, {"store", "fill", "--orders", orders}); !s) {
    return fail(s.error());
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  report.add({"store_fill",
              static_cast<double>(plan.orders) / took.count(),
              "orders/s",
              0,
              "",
              static_cast<std::size_t>(plan.orders),
              {}});
  std::ofstream(stamp) << orders << "\n";
  return folder;
}

/// Numbers from 1 to `most`, spread over all of them and the same every time.
std::vector<std::int64_t> spread(std::int64_t most, std::size_t count) {
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    // Steps of the golden section visit a range evenly in any prefix of the walk.
    const auto part = static_cast<double>(i + 1) * 0.6180339887498949;
    numbers.push_back(1 + static_cast<std::int64_t>(
                              (part - static_cast<double>(static_cast<std::int64_t>(part))) *
                              static_cast<double>(most)));
  }
  return numbers;
}

std::string number_text(std::int64_t number) { return "#F" + std::to_string(number); }

/// For a query string: what is neither letter nor digit as %XX (RFC 3986 section 2.1).
std::string escaped(std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte)) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

class Reader {
 public:
  Reader(int port, std::string cookie) : connection_(port), cookie_(std::move(cookie)) {}

  std::string request(const std::string& target) const {
    return request_text("GET", "/api/v1/" + target, {{"Cookie", cookie_}}, "");
  }

  Result<Json> get(const std::string& target) {
    const auto answer = connection_.exchange(request(target));
    if (!answer) return fail(answer.error());
    if (answer->status != 200) return fail(ErrorCode::Invalid, answer->body, target);
    return parse_json(answer->body);
  }

 private:
  Connection connection_;
  std::string cookie_;
};

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::vector<Kind> list_kinds(std::int64_t orders, std::size_t each) {
  Kind first{"orders_first_page", page_limit_ms, {}}, deep = first, filtered = first, one = first;
  deep.name = "orders_deep_page";
  filtered.name = "orders_filtered_page";
  one.name = "order_page";
  static const char* const filters[] = {"stage=held",
                                        "with_exceptions=true",
                                        "live=true",
                                        "live=false",
                                        "channel=fill&stage=delivered",
                                        "stage=delivered&live=false",
                                        "stage=held&live=true",
                                        "channel=nobody",
                                        "stage=cancelled"};
  for (const auto number : spread(orders, each)) {
    const auto i = first.targets.size();
    first.targets.emplace_back("orders", quoted(number_text(orders)));
    deep.targets.emplace_back("orders?cursor=" + id_text("at", number + 1),
                              quoted(number_text(number)));
    filtered.targets.emplace_back("orders?" + std::string(filters[i % std::size(filters)]),
                                  "\"items\"");
    one.targets.emplace_back("orders/" + id_text("ord", number), quoted(number_text(number)));
  }
  return {first, deep, filtered, one};
}

Result<std::vector<Kind>> queue_kinds(Reader& reader, std::size_t each) {
  Kind first{"queue_page", page_limit_ms, {}}, deep = first, counts = first;
  deep.name = "queue_deep_page";
  counts.name = "queue_counts";
  std::vector<std::string> cursors;
  std::string cursor;
  for (int i = 0; i < 8; ++i) {
    const auto answer = reader.get("exceptions" + (cursor.empty() ? "" : "?cursor=" + cursor));
    if (!answer) return fail(answer.error());
    cursor = (*answer)["next_cursor"].string();
    if (cursor.empty()) break;
    cursors.push_back(cursor);
  }
  for (std::size_t i = 0; i < each; ++i) {
    first.targets.emplace_back("exceptions", "\"items\":[{");
    counts.targets.emplace_back("exceptions/counts", "{");
    if (!cursors.empty()) {
      deep.targets.emplace_back("exceptions?cursor=" + cursors[i % cursors.size()], "\"items\":[{");
    }
  }
  return std::vector<Kind>{first, deep, counts};
}

Result<std::vector<Kind>> search_kinds(Reader& reader, std::int64_t orders, std::size_t each) {
  const auto kind = [](const char* name) { return Kind{name, search_limit_ms, {}}; };
  auto number_kind = kind("search_store_number"), po = kind("search_purchase_order"),
       tracking = kind("search_tracking_number"), sku = kind("search_sku"),
       buyer = kind("search_buyer"), email = kind("search_email"),
       numbers = kind("search_number_prefix"), broad = kind("search_broad_prefix"),
       both = kind("search_two_common_words"), none = kind("search_no_hit");
  const auto ask = [](Kind& into, const std::string& text, const std::string& expected) {
    into.targets.emplace_back("orders?q=" + escaped(text), expected);
  };
  static const char* const broad_words[] = {"s", "synth", "i", "fill", "f", "fill-1", "1", "ite"};
  for (const auto number : spread(orders, each)) {
    const auto shown = number_text(number);
    const auto i = none.targets.size();
    auto order = reader.get("orders/" + id_text("ord", number));
    if (!order) return fail(order.error());
    ask(number_kind, shown, quoted(shown));
    const auto& pos = (*order)["purchase_orders"].items();
    if (!pos.empty()) {
      ask(po, pos.front()["po"].string(), quoted(shown));
      if (!(*order)["parcels"].items().empty()) {
        ask(tracking, "FILL" + std::to_string(tracking_base + number), quoted(shown));
      }
    }
    ask(sku, (*order)["lines"].items().front()["sku"].string(), "\"items\":[{");
    ask(buyer, (*order)["buyer"]["name"].string(), quoted(shown));
    ask(email, (*order)["buyer"]["email"].string(), quoted(shown));
    ask(numbers, "F" + std::to_string(number).substr(0, 1 + i % 3), "\"items\":[{");
    ask(broad, broad_words[i % std::size(broad_words)], "\"items\"");
    ask(both, i % 2 == 0 ? "synthetic item" : "synthetic fill", "\"items\":[{");
    ask(none, "nothing" + std::to_string(number), "\"items\":[]");
  }
  return std::vector<Kind>{number_kind, po,      tracking, sku,  buyer,
                           email,       numbers, broad,    both, none};
}

/// Asks for every page of a kind; `all` gets the times beside those it has.
Status measure(const Plan& plan, const Kind& kind, const Reader& reader, int port, Report& report,
               std::vector<double>& all) {
  if (kind.targets.empty()) return {};
  std::vector<Ask> asks;
  for (const auto& [target, expected] : kind.targets) {
    asks.push_back({reader.request(target), expected});
  }
  auto bare = BareServer::start(answer_bytes, "");
  if (!bare) return fail(bare.error());
  std::vector<double> p99, bare_p99;
  for (int repeat = 0; repeat < plan.repeats(); ++repeat) {
    const auto load = closed_load(port, asks);
    if (load.wrong > 0) report.wrong(load.first_wrong);
    p99.push_back(percentile(load.ms, 99));
    all.insert(all.end(), load.ms.begin(), load.ms.end());
    bare_p99.push_back(percentile(closed_load((*bare)->port(), asks).ms, 99));
  }
  report.add({kind.name + "_p99", median(p99), "ms", median(bare_p99),
              "bare loopback exchange with 16 KiB of answer",
              asks.size() * static_cast<std::size_t>(plan.repeats()), kind.limit});
  return {};
}

}  // namespace

Status measure_pages(const Plan& plan, Report& report) {
  auto folder = filled_folder(plan, report);
  if (!folder) return fail(folder.error());
  const auto begin = std::chrono::steady_clock::now();
  auto program = Program::start(plan.program, *folder);
  if (!program) return fail(program.error());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  report.add({"start_ready_s", took.count(), "s", 0, "", 1, start_limit_seconds});
  if (!(*program)->quiet("holdfast_events_total", settle_seconds)) {
    say("the store's due timers are still firing");
  }
  auto cookie = (*program)->sign_in();
  if (!cookie) return fail(cookie.error());
  Reader reader((*program)->port(), *cookie);
  const std::size_t each = plan.quick ? 10 : 300;
  const auto kinds = list_kinds(plan.orders, each);
  const auto queue = queue_kinds(reader, each);
  if (!queue) return fail(queue.error());
  const auto searches = search_kinds(reader, plan.orders, each);
  if (!searches) return fail(searches.error());
  say("asking for pages");
  const auto ask = [&](const std::vector<Kind>& some, const char* together) -> Status {
    std::vector<double> all;
    for (const auto& kind : some) {
      if (auto s = measure(plan, kind, reader, (*program)->port(), report, all); !s) return s;
    }
    if (*together == '\0') return {};
    report.add({together, percentile(all, 99), "ms", 0, "", all.size(), all_limit_ms});
    return {};
  };
  if (auto s = ask(kinds, ""); !s) return s;
  if (auto s = ask(*queue, "queue_page_ms_p99"); !s) return s;
  return ask(*searches, "search_page_ms_p99");
}

}  // namespace holdfast::bench
