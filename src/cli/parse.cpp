#include "cli/parse.h"

#include <sstream>

#include <CLI/CLI.hpp>

#include "model/names.h"

namespace holdfast::cli {
namespace {

/// One command's options, each written into the request under its name.
class Words {
 public:
  Words(CLI::App& parent, Invocation& into, const std::string& name, const std::string& meaning,
        const std::string& examples)
      : into_(into), app_(parent.add_subcommand(name, meaning)) {
    app_->footer("Examples:\n" + examples);
    auto command = std::vector<std::string>{};
    if (parent.get_parent() != nullptr) command.push_back(parent.get_name());
    command.push_back(name);
    app_->callback([&into, command] { into.request.command = command; });
  }

  Words& text(const std::string& option, const char* key, const std::string& meaning,
              bool required = false) {
    auto* with = &into_.request.with;
    app_->add_option_function<std::string>(
            option, [with, key](const std::string& value) { with->set(key, value); }, meaning)
        ->required(required);
    return *this;
  }
  Words& number(const std::string& option, const char* key, const std::string& meaning,
                bool required = false) {
    auto* with = &into_.request.with;
    app_->add_option_function<std::int64_t>(
            option, [with, key](const std::int64_t& value) { with->set(key, value); }, meaning)
        ->required(required);
    return *this;
  }
  Words& flag(const std::string& option, const char* key, const std::string& meaning,
              bool value = true) {
    auto* with = &into_.request.with;
    app_->add_flag_callback(option, [with, key, value] { with->set(key, value); }, meaning);
    return *this;
  }

 private:
  Invocation& into_;
  CLI::App* app_;
};

CLI::App& group(CLI::App& app, const char* name, const char* meaning) {
  auto* added = app.add_subcommand(name, meaning);
  added->require_subcommand(1);
  return *added;
}

template <Named E>
std::string names_of() {
  std::vector<std::string> names;
  for (const auto& [value, name] : Names<E>::table) names.emplace_back(name);
  return join(names, ", ");
}

const char* const order_words =
    "Number in the store, id (ord_…), purchase order or tracking number";

void add_server(CLI::App& app, Invocation& into) {
  Words(app, into, "serve", "Run the server",
        "  holdfast serve --config holdfast.toml --data /var/lib/holdfast --listen 127.0.0.1:8080")
      .text("--listen", "listen", "HOST:PORT; wins over [server] listen");
  Words(app, into, "demo", "Run the server with a small made-up world on loopback ports",
        "  holdfast demo\n  holdfast demo --speed 4 --listen 127.0.0.1:8080")
      .text("--listen", "listen", "HOST:PORT of the server")
      .text("--speed", "speed", "How much faster than real time the world lives");
  Words(app, into, "version", "Print the version", "  holdfast version --json");
}

void add_orders(CLI::App& app, Invocation& into) {
  auto& order = group(app, "order", "Look at orders");
  Words(order, into, "show",
        "One order: promise, stage, gates with evidence, parcels, what is next",
        "  holdfast order show 1001\n  holdfast order show HF-7K2M --json")
      .text("ORDER", "order", order_words, true);
  Words(order, into, "explain", "Why which supplier was chosen, or why none was",
        "  holdfast order explain 1001")
      .text("ORDER", "order", order_words, true);
  Words(order, into, "list", "Orders, newest first",
        "  holdfast order list --stage held\n  holdfast order list --live --with-exceptions --json")
      .text("--channel", "channel", "Only of this channel account")
      .text("--stage", "stage",
            "awaiting_payment, held, routing, buying, confirming, preparing, awaiting_carrier, "
            "in_transit, delivered or cancelled")
      .flag("--live", "live", "Only those that still go on")
      .flag("--over", "live", "Only those that are over", false)
      .flag("--with-exceptions", "with_exceptions", "Only those with something to decide")
      .number("--limit", "limit", "At most so many, 1 to 250 (50)")
      .text("--cursor", "cursor", "Where the last page ended");
}

void add_exceptions(CLI::App& app, Invocation& into) {
  auto& exception = group(app, "exception", "What people must decide");
  Words(exception, into, "list", "The queue, the most urgent first",
        "  holdfast exception list\n  holdfast exception list --owner ops --reason supplier_silent")
      .text("--owner", "owner", "Only this owner's")
      .text("--reason", "reason", "Only this reason: " + names_of<ReasonCode>())
      .text("--channel", "channel", "Only of this channel account")
      .flag("--resolved", "resolved", "Decided ones instead of open ones")
      .number("--limit", "limit", "At most so many, 1 to 250 (50)")
      .text("--cursor", "cursor", "Where the last page ended");
  Words(exception, into, "resolve", "Decide one; the decision is recorded with your name",
        "  holdfast exception resolve 1001 2 --verb approve --note \"price agreed by phone\"\n"
        "  holdfast exception resolve 1001 2 --verb reroute --note \"no stock\" "
        "--root-cause stock_confirmation --rule-change")
      .text("ORDER", "order", std::string(order_words) + ", or a case (case_…)", true)
      .number("NUMBER", "number", "The exception's number within the order", true)
      .text("--verb", "verb", "One of the verbs the exception offers", true)
      .text("--note", "note", "Why, in a sentence", true)
      .text("--root-cause", "root_cause", names_of<RootCause>())
      .flag("--rule-change", "rule_change", "A rule should change because of this");
}

void add_policy(CLI::App& app, Invocation& into) {
  auto& policy = group(app, "policy", "Rules as data");
  Words(policy, into, "check", "Whether a policy reads and makes sense",
        "  holdfast policy check\n  holdfast policy check policy/light.toml")
      .text("DIR", "path", "Folder or file; the settings' own when left out");
  Words(policy, into, "try",
        "Decide past orders again under a changed policy and show what differs",
        "  holdfast policy try ./policy-next --orders 500")
      .text("DIR", "path", "Folder or file of the changed policy", true)
      .number("--orders", "orders", "The last so many orders (100)");
}

void add_evidence(CLI::App& app, Invocation& into) {
  auto& evidence = group(app, "evidence", "What can be proven of an order");
  Words(evidence, into, "export", "Everything that proves an order, as one signed archive",
        "  holdfast evidence export 1001 --profile dispute --out 1001.zip")
      .text("ORDER", "order", order_words, true)
      .text("--profile", "profile", "merchant, supplier, dispute or public (merchant)")
      .text("--supplier", "supplier", "For the profile supplier: whose terms it may show")
      .text("--out", "out", "The file to write (ORDER.zip)");
  Words(evidence, into, "verify", "Whether an archive is what was signed; needs no server",
        "  holdfast evidence verify 1001.zip --key SHA256:…")
      .text("FILE", "path", "The archive", true)
      .text("--key", "key", "Fingerprint of the signing key, known from elsewhere", true);
}

void add_store(CLI::App& app, Invocation& into) {
  auto& store = group(app, "store", "The database");
  Words(store, into, "check", "Prove that views are what the events add up to",
        "  holdfast store check\n  holdfast store check --all --pages")
      .number("--sample", "sample", "About so many orders, spread over all ages (1000)")
      .flag("--all", "all", "Every order")
      .flag("--pages", "pages", "Also read every page of the database");
  Words(store, into, "rebuild", "Write all views again from the events; no server may run",
        "  holdfast store rebuild");
  Words(store, into, "fill", "Make synthetic orders for measurements; no server may run",
        "  holdfast store fill --orders 1000000 --data /tmp/big")
      .number("--orders", "orders", "How many", true)
      .number("--open", "open", "How many of them are still open (every 50th)")
      .number("--cases", "cases", "How many of the open ones wait for a decision (every 5th)")
      .number("--days", "days", "Spread over so many days up to now (90)");
  Words(store, into, "copy",
        "Copy a store onto a PostgreSQL server and compare; goes on when repeated",
        "  holdfast store copy --from sqlite:/var/lib/holdfast/holdfast.db "
        "--to postgres://holdfast@db.internal/holdfast")
      .text("--from", "from", "sqlite:PATH; no server may run on it", true)
      .text("--to", "to", "An empty database; its password is store.password's", true);
  Words(app, into, "backup", "Copy everything into a new folder and prove the copy",
        "  holdfast backup /backups/2026-11-02")
      .text("PATH", "path", "A folder that does not exist yet", true);
  Words(app, into, "restore", "Make a data folder from a backup; erased data stays erased",
        "  holdfast restore /backups/2026-11-02 --data /var/lib/holdfast-new "
        "--erasures /var/lib/holdfast/erasures.jsonl")
      .text("PATH", "path", "The folder holdfast backup made", true)
      .text("--erasures", "erasures",
            "erasures.jsonl of the data folder this one replaces; none when nothing was erased");
}

void add_upkeep(CLI::App& app, Invocation& into) {
  Words(app, into, "doctor", "Look for what is wrong or soon will be", "  holdfast doctor");
  auto& config = group(app, "config", "Settings");
  Words(config, into, "check", "Whether settings and policies fit together",
        "  holdfast config check --config holdfast.toml");
  Words(config, into, "show", "All settings, defaults included, secrets masked",
        "  holdfast config show");
  auto& import = group(app, "import", "Take data from files");
  Words(import, into, "offers", "Suppliers' offers; all lines or none",
        "  holdfast import offers offers.csv --dry-run")
      .text("FILE", "path", "CSV with a header: sku, supplier, cost, supplier_sku, stock, …", true)
      .flag("--dry-run", "dry_run", "Only read and check");
  Words(import, into, "tracking", "Parcels and scans somebody wrote down",
        "  holdfast import tracking parcels.csv")
      .text("FILE", "path",
            "CSV with a header: carrier, tracking, po, status, proof, at, place, country", true)
      .flag("--dry-run", "dry_run", "Only read and check");
  auto& exported = group(app, "export", "Give data to other programs");
  Words(exported, into, "orders", "All orders as a table",
        "  holdfast export orders --format csv --out orders.csv")
      .text("--format", "format", "csv (the only one so far)")
      .text("--channel", "channel", "Only of this channel account")
      .text("--stage", "stage", "Only in this stage")
      .text("--out", "out", "The file to write (standard output)");
  Words(exported, into, "erasures", "The ledger of erased orders, one JSON object a line",
        "  holdfast export erasures > erasures.jsonl");
}

void add_users(CLI::App& app, Invocation& into) {
  auto& user = group(app, "user", "Who may log in");
  const char* const password = "Read the password from this file; else from standard input";
  Words(user, into, "add", "A new user",
        "  holdfast user add NAME --role owner < password.txt\n"
        "  holdfast user add NAME --role quality --password-file password.txt")
      .text("NAME", "name", "The name to log in with", true)
      .text("--role", "role", "The user's role", true)
      .text("--password-file", "password_file", password);
  Words(user, into, "list", "All users", "  holdfast user list --json");
  Words(user, into, "remove", "Take a user away and end its sessions",
        "  holdfast user remove NAME")
      .text("NAME", "name", "The name", true);
  Words(user, into, "password", "Another password; ends the user's sessions",
        "  holdfast user password NAME < password.txt")
      .text("NAME", "name", "The name", true)
      .text("--password-file", "password_file", password);
}

}  // namespace

std::variant<Invocation, Notice> parse(int argc, char** argv, const std::string& user) {
  Invocation into;
  std::string as = user;
  CLI::App app("holdfast: takes paid orders and holds them fast until there is proof", "holdfast");
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--config", into.config, "Settings (HOLDFAST_CONFIG, ./holdfast.toml)");
  app.add_option("--data", into.data, "Data folder; wins over [server] data");
  app.add_option("--tenant", into.tenant, "Tenant (the first of the settings)");
  app.add_option("--as", as, "Your name, as it is recorded with what you decide ($USER)");
  app.add_flag("--json", into.json, "Print data instead of text");
  app.footer(
      "Exit codes: 0 done, 1 refused or a check failed, 2 wrong command line, 3 not found,\n"
      "4 unavailable or locked, 5 our own fault. holdfast COMMAND --help shows examples.");
  add_server(app, into);
  add_orders(app, into);
  add_exceptions(app, into);
  add_policy(app, into);
  add_evidence(app, into);
  add_store(app, into);
  add_upkeep(app, into);
  add_users(app, into);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    std::ostringstream out, err;
    const int code = app.exit(problem, out, err);
    return Notice{out.str() + err.str(), code != 0};
  }
  into.request.actor = "cli:" + (as.empty() ? std::string("unknown") : as);
  return into;
}

}  // namespace holdfast::cli
