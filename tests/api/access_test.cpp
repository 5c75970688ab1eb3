// The access matrix: every operation of the contract, and every command of an order, asked for by
// every role, of all stores and of one, about that store, another store and another tenant. What
// came of it is compared with access.md, which people read.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "api/desk.h"
#include "api/operations.h"
#include "engine/told.h"
#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

constexpr const char* own_store = "fern";
constexpr const char* other_store = "moss";

/// One request about one of the two stores.
struct Asked {
  std::string path;
  std::string body = "{}";
  std::string type = "application/json";
};

std::string photo_of(const std::string& store) { return "\xFF\xD8\xFF a photo of " + store; }

/// The policy as it is shipped, where each store has an entry of its own in every list that has
/// stores, so that a list that tells too much is seen.
Policy policy_of_two_stores() {
  auto policy = shipped_policy();
  for (const auto* store : {own_store, other_store}) {
    auto channel = policy.channels.front();
    channel.channel = store;
    policy.channels.push_back(channel);
    policy.roster.push_back({std::string(store) + " desk", "operations", store, 0, 24, ""});
  }
  return policy;
}

/// A server with an order of each store at the bench, one exception and one photo each.
class Stage {
 public:
  Stage() : Stage(policy_of_two_stores()) {}

  explicit Stage(Policy policy)
      : world({std::move(policy), {own_store, other_store}, TenantId{1}, nullptr, folder_.path()}) {
    for (const auto* store : {own_store, other_store}) furnish(store);
  }

  static std::int64_t order_of(const std::string& store) { return store == own_store ? 1 : 2; }

  std::string id_of(const std::string& store) const { return to_text(OrderId{order_of(store)}); }

  /// What to ask of an operation when it is to be about a store.
  Asked ask_for(const api::Operation& operation, const std::string& store) {
    Asked asked{"/api/v1" + std::string(operation.path)};
    put(asked.path, "{order}", id_of(store));
    put(asked.path, "{stream}", id_of(store));
    put(asked.path, "{number}", "1");
    put(asked.path, "{sha256}", hex(sha256(photo_of(store))));
    put(asked.path, "{supplier}", "lumen");
    put(asked.path, "{sku}", "LAMP-W");
    put(asked.path, "{message}", "msg_1");
    put(asked.path, "{user}", "usr_nobody");
    put(asked.path, "{token}", "tok_none");
    put(asked.path, "{session}", "ses_none");
    put(asked.path, "{invitation}", "inv_none");
    put(asked.path, "{connection}", store);
    put(asked.path, "{event}", std::to_string(told_[store]));
    if (operation.id == "uploadPhoto") {
      asked.path += "?order=" + id_of(store);
      asked.body = photo_of(store);
      asked.type = "image/jpeg";
    }
    put(asked.path, "{po}", pos_[store]);
    if (operation.id == "importOffers") {
      asked.path += "?dry_run=true";
      asked.body = "sku,supplier,cost\nLAMP-W,lumen,9.00 EUR\n";
      asked.type = "text/csv";
    }
    if (operation.id == "importTracking") {
      asked.path += "?dry_run=true";
      asked.body = "po,carrier,tracking\n" + pos_[store] + ",Royal Mail,LX-" + store + "\n";
      asked.type = "text/csv";
    }
    if (operation.id == "createToken") {
      asked.body = R"({"name":"till","scopes":["tokens"],"stores":[")" + store +
                   R"("],"expires_at":"2026-04-01T00:00:00Z"})";
    }
    return asked;
  }

  Asked ask_for(const api::OrderCommand& command, const std::string& store) const {
    // A member no command has: whoever may give the command is told so, and nothing is done.
    return {"/api/v1/orders/" + id_of(store) + "/commands",
            R"({"command":")" + std::string(command.name) + R"(","no_such_member":1})"};
  }

  net::ServerResponse ask(std::string_view method, const Asked& asked, ports::Headers headers) {
    headers.emplace_back("Content-Type", asked.type);
    headers.emplace_back("Idempotency-Key", "key-" + std::to_string(++keys_));
    // The clock stands still, so one address would soon have asked too often.
    world.asks_from = "192.0.2." + std::to_string(keys_ % 250 + 1);
    auto response = world.ask(std::string(method), asked.path, std::move(headers),
                              method == "GET" ? "" : asked.body);
    // A file that leaves part by part counts as what it says; a stream of news has no end.
    const bool file = response.stream && response.stream->form() == net::StreamForm::File;
    if (file) response.body = whole_text(response);
    return response;
  }

 private:
  engine::TestFolder folder_;

 public:
  ApiWorld world;

 private:
  static void put(std::string& path, const std::string& name, const std::string& value) {
    if (const auto at = path.find(name); at != std::string::npos) {
      path.replace(at, name.size(), value);
    }
  }

  void furnish(const std::string& store) {
    const auto id = order_of(store);
    world.import_order(id, store);
    const auto key = store + "-";
    const auto path = world.order_path(id) + "/commands";
    const auto po = world.purchase(id);
    pos_[store] = po["po"].string();
    post(path, R"({"command":"AcknowledgePurchaseOrder","po":")" + pos_[store] +
                   R"(","answers":[{"line":1,"kind":"accepted","quantity":2}]})");
    post(path, R"({"command":"RaiseException","reason":"packing_issue","about":")" + store +
                   R"(","detail":"the box of )" + store + R"( is too small"})");
    auto headers = world.signed_in();
    headers.emplace_back("Content-Type", "image/jpeg");
    headers.emplace_back("Idempotency-Key", key + "photo");
    const auto kept = world.ask("POST", "/api/v1/photos?order=" + id_of(store), std::move(headers),
                                photo_of(store));
    EXPECT_EQ(kept.status, 201) << kept.body;
    keep_text(store);
  }

  /// What the buyer was told by the order's first message.
  void keep_text(const std::string& store) {
    const ports::StreamKey stream{TenantId{1}, ports::StreamKind::Order, order_of(store)};
    const auto& vault = world.engine->vault();
    const auto history = engine::read_history(*world.store, vault, stream).value();
    const auto told = std::ranges::find_if(
        history.events, [](const auto& one) { return one.event.template as<BuyerTold>(); });
    ASSERT_NE(told, history.events.end());
    told_[store] = told->row.version;
    auto rows = std::make_shared<ports::Batch>();
    ASSERT_TRUE(engine::keep_told(vault, world.entropy, stream,
                                  engine::read_key(*world.store, stream).value(), told->row.seq,
                                  {"en", "of " + store, "a text", world.clock.now()}, {}, *rows));
    auto done = std::make_shared<std::promise<void>>();
    world.engine->with_batch(
        [rows](ports::Batch& batch) -> Status {
          batch.put_sealed = rows->put_sealed;
          return {};
        },
        [done](const Result<engine::Stepped>&) { done->set_value(); });
    done->get_future().wait();
  }

  void post(const std::string& path, const std::string& body) {
    const auto done = world.post(path, body, "furnish-" + std::to_string(++keys_));
    EXPECT_EQ(done.status, 200) << done.body;
  }

  std::map<std::string, std::string> pos_;
  std::map<std::string, std::int64_t> told_;
  int keys_ = 0;
};

/// Which of the two stores an answer speaks of.
bool speaks_of(const std::string& body, const std::string& store) {
  return body.find('"' + store) != std::string::npos ||
         body.find('#' + std::to_string(1000 + Stage::order_of(store))) != std::string::npos;
}

bool refused(const net::ServerResponse& response, bool names_something) {
  return response.status == 401 || response.status == 403 ||
         (names_something && response.status == 404);
}

/// What somebody reaches of one operation: about their own store, about another one, and, with the
/// same roles in all stores, about that other one.
struct Reach {
  bool own = false, other = false, all = false;
  bool of_stores = false;  // the answers to them differ by store

  std::string text() const {
    if (!own && !all) return "-";
    if (other && of_stores) return "**LEAKS**";
    if (own && other) return "yes";
    if (own && all) return "own";
    return all ? "all" : "**own only**";
  }
};

/// Somebody with one role: of one store, and of all.
struct Cast {
  ports::Headers limited, everywhere;
};

class Matrix {
 public:
  explicit Matrix(Stage& stage) : stage_(stage) {}

  Cast cast(const std::string& role) {
    return {stage_.world.person(role + "-of-one", {role}, {own_store}),
            stage_.world.person(role + "-of-all", {role}, {})};
  }

  Reach reach(const api::Operation& operation, const Cast& cast) {
    const auto heard = [&](const char* store, const ports::Headers& who) {
      return stage_.ask(operation.method, stage_.ask_for(operation, store), who);
    };
    const auto own = heard(own_store, cast.limited), other = heard(other_store, cast.limited),
               all = heard(other_store, cast.everywhere);
    const bool named = operation.within == api::Within::Order ||
                       operation.within == api::Within::Stream || operation.id == "uploadPhoto" ||
                       operation.id == "getPhoto" || operation.id == "getConnection";
    Reach reach{!refused(own, named), !refused(other, named), !refused(all, named), false};
    if (operation.id == "importTracking") {
      const auto taken = [](const net::ServerResponse& response) {
        return response.body.find(R"("taken":1)") != std::string::npos;
      };
      return {taken(own), taken(other), taken(all), true};
    }
    if (named || operation.id == "createToken") {
      reach.of_stores = true;
      return reach;
    }
    // A list: the same request, so what it speaks of decides.
    if (reach.all && speaks_of(all.body, own_store) && speaks_of(all.body, other_store)) {
      reach.of_stores = true;
      reach.own = reach.own && speaks_of(own.body, own_store);
      reach.other = reach.own && speaks_of(own.body, other_store);
    }
    return reach;
  }

  Reach reach(const api::OrderCommand& command, const Cast& cast) {
    const auto heard = [&](const char* store, const ports::Headers& who) {
      return !refused(stage_.ask("POST", stage_.ask_for(command, store), who), true);
    };
    return {heard(own_store, cast.limited), heard(other_store, cast.limited),
            heard(other_store, cast.everywhere), true};
  }

  /// The cells of a role, in the order of operations and commands: all, or those that ask for one
  /// right.
  std::vector<std::string> column(const std::string& role, std::optional<Right> only = {}) {
    const auto who = cast(role);
    std::vector<std::string> cells;
    for (const auto& operation : api::operations()) {
      if (!only || operation.right == only) cells.push_back(cell(operation, who));
    }
    for (const auto& command : api::order_commands()) {
      if (!only || command.right == *only) cells.push_back(reach(command, who).text());
    }
    return cells;
  }

 private:
  std::string cell(const api::Operation& operation, const Cast& who) {
    if (operation.entry == api::Entry::Anyone) return "yes";
    // Ends the session it is asked with: somebody else's.
    if (operation.id == "logout") return "yes";
    return reach(operation, who).text();
  }

  Stage& stage_;
};

std::string asks_for(const api::Operation& operation) {
  if (operation.entry == api::Entry::Anyone) return "nothing";
  if (operation.entry == api::Entry::SignedIn) return "signing in";
  return std::string(name_of(*operation.right));
}

const char* const preface =
    "# Who may do what\n"
    "\n"
    "What follows from `policy/access.toml` and from `x-access` in `contract/openapi.yaml`, tried "
    "on the\nserver by `tests/api/access_test.cpp`, which fails when a cell is no longer so and "
    "leaves the new table\nin `build/test/access.md`.\n"
    "\n"
    "- `own`: who works for some stores reaches what is theirs, who works for all reaches all.\n"
    "- `all`: only who works for all stores.\n"
    "- `yes`: it is about no store.\n"
    "- `-`: nobody with this role alone.\n"
    "\n"
    "Another tenant's people reach nothing here but what asks for nothing.\n";

/// The whole table; `columns` are the roles' cells.
std::string table_of(const std::vector<std::string>& roles,
                     const std::vector<std::vector<std::string>>& columns) {
  std::ostringstream out;
  const auto head = [&](const char* first) {
    out << "\n| " << first << " | asks for |";
    for (const auto& role : roles) out << ' ' << role << " |";
    out << "\n|---|---|";
    for (std::size_t i = 0; i < roles.size(); ++i) out << "---|";
    out << '\n';
  };
  std::size_t row = 0;
  const auto line = [&](std::string_view name, const std::string& asks) {
    out << "| " << name << " | " << asks << " |";
    for (const auto& column : columns) out << ' ' << column[row] << " |";
    out << '\n';
    ++row;
  };
  out << preface << "\n## Operations\n";
  head("operation");
  for (const auto& operation : api::operations()) line(operation.id, asks_for(operation));
  out << "\n## Commands of an order\n";
  head("command");
  for (const auto& command : api::order_commands()) {
    line(command.name, std::string(name_of(command.right)));
  }
  return out.str();
}

/// Amounts on both sides of every limit.
std::vector<std::optional<Money>> amounts_of(const Policy& policy) {
  std::vector<std::optional<Money>> amounts{std::nullopt};
  for (const auto& entry : policy.authority) {
    if (!entry.up_to.currency.known()) continue;
    amounts.emplace_back(entry.up_to);
    amounts.emplace_back(Money{entry.up_to.minor + 1, entry.up_to.currency});
  }
  return amounts;
}

/// Which roles may take each decision that the policy gives to some.
std::string authority_of(const Policy& policy, const Policy& asks) {
  std::ostringstream out;
  out << "\n## Decisions that not everybody with the right to decide may take\n\n"
         "| decision | about | amount |";
  const auto roles = engine::roles_of(policy);
  for (const auto& role : roles) out << ' ' << role << " |";
  out << "\n|---|---|---|";
  for (std::size_t i = 0; i < roles.size(); ++i) out << "---|";
  out << '\n';
  std::set<std::pair<std::string, std::string>> acts;
  for (const auto& entry : asks.authority) acts.emplace(entry.act, entry.reason);
  for (const auto& [verb, reason] : acts) {
    for (const auto& amount : amounts_of(asks)) {
      engine::Act act{verb, std::nullopt, own_store, amount};
      if (!reason.empty()) act.reason = from_name<ReasonCode>(reason).value();
      out << "| " << verb << " | " << (reason.empty() ? "anything" : reason) << " | "
          << (amount ? to_text(*amount) : "unknown") << " |";
      for (const auto& role : roles) {
        const bool may = engine::rights_of(policy, {role}).contains(Right::Decide) &&
                         engine::may_take(policy, {role}, act).has_value();
        out << (may ? " yes |" : " - |");
      }
      out << '\n';
    }
  }
  return out.str();
}

std::string file_text(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string project_folder() { return engine::own_policy() + "/.."; }

TEST(Access, EveryOperationHasItsRoute) {
  EXPECT_EQ(api::unmatched_routes(), std::vector<std::string>{});
}

TEST(Access, EveryRoleReachesWhatTheTableSaysAndNothingElse) {
  Stage stage;
  Matrix matrix(stage);
  const auto roles = engine::roles_of(shipped_policy());
  std::vector<std::vector<std::string>> columns;
  for (const auto& role : roles) columns.push_back(matrix.column(role));
  const auto found = table_of(roles, columns) + authority_of(shipped_policy(), shipped_policy());
  if (found == file_text(project_folder() + "/tests/api/access.md")) return;
  const auto fresh = project_folder() + "/build/test/access.md";
  std::filesystem::create_directories(project_folder() + "/build/test");
  std::ofstream(fresh) << found;
  ADD_FAILURE() << "the table is not tests/api/access.md any more; build/test/access.md is what "
                   "was found: compare the two";
}

TEST(Access, WhoHasNotSignedInReachesOnlyWhatAsksForNothing) {
  Stage stage;
  for (const auto& operation : api::operations()) {
    const auto response =
        stage.ask(operation.method, stage.ask_for(operation, own_store), ports::Headers{});
    EXPECT_EQ(response.status != 401 || operation.id == "login",
              operation.entry == api::Entry::Anyone)
        << operation.id << " " << response.status;
  }
}

TEST(Access, AnotherTenantsPeopleReachNothing) {
  Stage stage;
  ApiWorldOptions neighbour;
  neighbour.tenant = TenantId{2};
  neighbour.store = stage.world.store.get();
  ApiWorld other(neighbour);
  for (const auto& role : engine::roles_of(shipped_policy())) {
    const auto theirs = other.person(role, {role});
    ASSERT_EQ(other.ask("GET", "/api/v1/session", theirs).status, 200);
    for (const auto& operation : api::operations()) {
      const auto asked = stage.ask_for(operation, own_store);
      if (operation.entry != api::Entry::Anyone) {
        EXPECT_EQ(stage.ask(operation.method, asked, theirs).status, 401) << operation.id;
      }
      // At home, they name what only the neighbour has.
      const bool names = operation.within == api::Within::Order ||
                         operation.within == api::Within::Stream || operation.id == "getPhoto";
      if (operation.entry != api::Entry::WithRight || !names) continue;
      auto headers = theirs;
      headers.emplace_back("Content-Type", asked.type);
      headers.emplace_back("Idempotency-Key", role + std::string(operation.id));
      const auto response = other.ask(std::string(operation.method), asked.path, headers,
                                      operation.method == "GET" ? "" : asked.body);
      EXPECT_TRUE(response.status == 404 || response.status == 403)
          << operation.id << " " << response.status << " " << response.body;
    }
  }
}

TEST(Access, ABuyersAddressIsShownToThoseWithTheRightOnly) {
  Stage stage;
  for (const auto& entry : shipped_policy().access) {
    const auto has = [&](Right right) {
      return std::ranges::find(entry.rights, right) != entry.rights.end();
    };
    if (!has(Right::Read)) continue;
    const auto page = stage.world.ask("GET", stage.world.order_path(1),
                                      stage.world.person(entry.role, {entry.role}));
    EXPECT_EQ(page.body.find("Example Buyer") != std::string::npos, has(Right::Buyers))
        << entry.role;
  }
}

TEST(Access, TakingAnyRightFromAnyRoleChangesItsColumn) {
  Stage whole;
  Matrix before(whole);
  const auto& policy = shipped_policy();
  for (std::size_t i = 0; i < policy.access.size(); ++i) {
    const auto& entry = policy.access[i];
    for (const auto right : entry.rights) {
      // What a right shows inside an answer has a test of its own.
      if (right == Right::Buyers) continue;
      auto poorer = policy_of_two_stores();
      std::erase(poorer.access[i].rights, right);
      Stage stage(poorer);
      EXPECT_NE(Matrix(stage).column(entry.role, right), before.column(entry.role, right))
          << entry.role << " " << name_of(right);
    }
  }
}

TEST(Access, TakingAnyAuthorityAwayChangesTheTable) {
  const auto& policy = shipped_policy();
  const auto table = authority_of(policy, policy);
  for (std::size_t i = 0; i < policy.authority.size(); ++i) {
    auto poorer = policy;
    poorer.authority.erase(poorer.authority.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(authority_of(poorer, policy), table) << policy.authority[i].act;
  }
}

TEST(Access, EventsAreToldToThoseWhoSeeTheStore) {
  Stage stage;
  const auto listen = [&](const ports::Headers& who) {
    auto response = stage.world.ask("GET", "/api/v1/events", who);
    EXPECT_EQ(response.status, 200) << response.body;
    return response.stream;
  };
  const auto limited = listen(stage.world.person("limited", {"operations"}, {own_store}));
  const auto everywhere = listen(stage.world.person("everywhere", {"operations"}));
  for (const auto* store : {other_store, own_store}) {
    const auto done = stage.ask("POST",
                                {"/api/v1/orders/" + stage.id_of(store) + "/commands",
                                 R"({"command":"AddNote","text":"looked at it"})"},
                                stage.world.signed_in());
    ASSERT_EQ(done.status, 200) << done.body;
  }
  const auto heard = [&](net::EventStream& stream, const std::string& order) {
    std::string text;
    for (int i = 0; i < 500 && text.find(order) == std::string::npos; ++i) {
      text += stream.take();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return text;
  };
  const auto all = heard(*everywhere, R"("order":"ord_1")");
  EXPECT_NE(all.find(R"("order":"ord_2")"), std::string::npos) << all;
  const auto own = heard(*limited, R"("order":"ord_1")");
  EXPECT_NE(own.find(R"("order":"ord_1")"), std::string::npos) << own;
  EXPECT_EQ(own.find(R"("order":"ord_2")"), std::string::npos) << own;
}

}  // namespace
}  // namespace holdfast::api_tests
