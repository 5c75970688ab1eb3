#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/control.h"
#include "cli/local.h"
#include "cli/parse.h"
#include "engine/settings/toml.h"
#include "ports/codes.h"

namespace holdfast::cli {
namespace {

constexpr std::size_t most_import_bytes = 32u << 20;
constexpr std::size_t most_password_bytes = 4096;

int code_of(Exit exit) { return static_cast<int>(exit); }

Exit exit_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::Invalid:
    case ErrorCode::Conflict:
    case ErrorCode::Forbidden:
    case ErrorCode::Unauthentic:
    case ErrorCode::TooLarge:
      return Exit::Refused;
    case ErrorCode::NotFound:
      return Exit::NotFound;
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout:
      return Exit::Unavailable;
    case ErrorCode::Internal:
      return Exit::Internal;
  }
  return Exit::Internal;
}

/// One invocation on its way to an exit code.
class Run {
 public:
  Run(Outside& outside, Invocation invocation)
      : outside_(outside), invocation_(std::move(invocation)) {
    progress_ = [this](const std::string& said) { *outside_.err << said << std::endl; };
  }

  int finish() {
    const auto name = join(request().command, " ");
    if (name == "version") return print(version(), said_text);
    // These take no settings, so a broken file in the working folder is not in their way.
    if (name == "demo") return outside_.demo(wish_for({}));
    if (name == "evidence verify") {
      return print(evidence_verify(request().text("path"), request().text("key")), said_text);
    }
    auto place = place_of(outside_, invocation_.config, invocation_.data, invocation_.tenant);
    if (!place) return refuse(place.error());
    if (name == "serve") return outside_.serve(wish_for(*place));
    if (name == "config check") return print(config_check(outside_, *place), said_text);
    if (name == "config show") return print(config_show(*place), said_text);
    if (name == "policy check") {
      return print(policy_check(*place, request().text("path")), said_text);
    }
    if (name == "restore") {
      return print(restore(outside_, *place, request(), progress_), said_text);
    }
    if (name == "store copy") {
      return print(outside_.copy_store(place->config, request().text("from"), request().text("to"),
                                       progress_),
                   said_text);
    }
    if (name == "export orders") return export_orders(*place);
    if (auto status = prepare(*place); !status) return refuse(status.error());
    const auto* entry = find_command(request().command);
    auto answered = ask(*place, *entry, request());
    if (answered && name == "evidence export") {
      if (auto status = keep_archive(*answered); !status) return refuse(status.error());
    }
    return print(answered, entry->text);
  }

 private:
  Request& request() { return invocation_.request; }

  int refuse(const Error& error) {
    if (invocation_.json) {
      Json json;
      json.set("code", name_of(error.code));
      json.set("what", error.what);
      json.set("where", error.where);
      json.set("todo", error.todo);
      *outside_.err << to_text(json) << std::endl;
    } else {
      *outside_.err << describe(error) << std::endl;
    }
    return code_of(exit_of(error.code));
  }

  int print(const Answer& answered, std::string (*text)(const Json&)) {
    if (!answered) return refuse(answered.error());
    *outside_.out << (invocation_.json ? to_pretty_text(*answered) + "\n" : text(*answered));
    outside_.out->flush();
    const auto* ok = answered->find("ok");
    return code_of(ok && !ok->boolean() ? Exit::Refused : Exit::Ok);
  }

  Answer version() const {
    Json json;
    json.set("version", outside_.version);
    json.set("said", "holdfast " + outside_.version);
    return json;
  }

  ServeWish wish_for(const Place& place) {
    ServeWish wish;
    wish.config_path = place.config_path;
    wish.config = place.config;
    wish.data = place.data;
    wish.speed = request().text("speed");
    if (!request().text("listen").empty()) wish.config.server.listen = request().text("listen");
    return wish;
  }

  /// Files and passwords are read here, by whoever asks, and never by the server.
  Status prepare(const Place& place) {
    auto& with = request().with;
    const auto name = join(request().command, " ");
    if (name == "policy try") {
      auto policy = policy_json(request().text("path"));
      if (!policy) return fail(policy.error());
      with.set("policy", std::move(*policy));
    } else if (name == "import offers" || name == "import tracking") {
      auto text = engine::read_text_file(request().text("path"), most_import_bytes);
      if (!text) return fail(text.error());
      with.set("csv", std::move(*text));
    } else if (name == "user add" || name == "user password") {
      auto password = read_password();
      if (!password) return fail(password.error());
      with.set("password", std::move(*password));
    } else if (name == "backup") {
      with.set("path", std::filesystem::absolute(request().text("path")).string());
    } else if (name == "evidence export" && request().text("profile").empty()) {
      with.set("profile", "merchant");
    }
    with.set("tenant", place.tenant);
    return {};
  }

  Result<std::string> read_password() {
    std::string password;
    if (const auto& file = request().text("password_file"); !file.empty()) {
      auto text = engine::read_text_file(file, most_password_bytes);
      if (!text) return fail(text.error());
      password = std::string(text->substr(0, text->find_first_of("\r\n")));
    } else {
      std::getline(*outside_.in, password);
      if (password.ends_with('\r')) password.pop_back();
    }
    if (!password.empty() && password.size() <= most_password_bytes) return password;
    return fail(ErrorCode::Invalid, "no password was given", "",
                "write it to standard input or name a file with --password-file");
  }

  /// By the running server of the data folder, or else on the store itself.
  Answer ask(const Place& place, const CommandEntry& entry, const Request& request) {
    if (!own_) {
      if (auto answered = ask_server(control_path(place.data), request, progress_)) {
        return *answered;
      }
      auto own = open_own(outside_, place, entry.needs == Needs::Read);
      if (!own) return fail(own.error());
      own_ = std::move(*own);
      own_->desk.progress = progress_;
    }
    return answer(own_->desk, request);
  }

  Status keep_archive(Json& answered) {
    const auto bytes = from_base64(answered["archive"].string());
    if (!bytes) return fail(bytes.error());
    auto path = request().text("out");
    if (path.empty()) path = answered["order"].string() + ".zip";
    std::ofstream file(path, std::ios::binary);
    file << *bytes;
    file.close();
    if (!file) return fail(ErrorCode::Unavailable, "the file cannot be written", path);
    answered.erase("archive");
    answered.set("file", path);
    return {};
  }

  int export_orders(const Place& place) {
    const auto& format = request().text("format");
    if (!format.empty() && format != "csv") {
      return refuse({ErrorCode::Invalid, "no such format: " + format, "--format", "csv"});
    }
    std::ofstream file;
    const auto path = request().text("out");
    if (!path.empty()) file.open(path, std::ios::binary);
    std::ostream& out = path.empty() ? *outside_.out : file;
    out << ports::csv_row({"order", "store_number", "channel", "stage", "held", "placed_at",
                           "due_at", "open_exceptions", "total", "country", "suppliers",
                           "tracking"});
    Request page;
    page.command = {"order", "list"};
    page.actor = request().actor;
    page.with = request().with;
    page.with.set("limit", 250);
    while (true) {
      const auto answered = ask(place, *find_command(page.command), page);
      if (!answered) return refuse(answered.error());
      for (const auto& row : (*answered)["orders"].items()) out << csv_of(row);
      if ((*answered)["cursor"].is_null()) break;
      page.with.set("cursor", (*answered)["cursor"]);
    }
    out.flush();
    if (!out) return refuse({ErrorCode::Unavailable, "the file cannot be written", path, ""});
    return code_of(Exit::Ok);
  }

  static std::string csv_of(const Json& row) {
    const auto& summary = row["summary"];
    const auto joined = [](const Json& items) {
      std::vector<std::string> parts;
      for (const auto& item : items.items()) parts.push_back(item.string());
      return join(parts, " ");
    };
    return ports::csv_row(
        {row["order"].string(), row["store_number"].string(), row["channel"].string(),
         row["stage"].string(), summary["held"].boolean() ? "yes" : "no", row["placed_at"].string(),
         row["due_at"].string(), row["open_exceptions"].digits(), summary["total"].string(),
         summary["country"].string(), joined(summary["suppliers"]), joined(summary["tracking"])});
  }

  Outside& outside_;
  Invocation invocation_;
  Progress progress_;
  std::unique_ptr<OwnDesk> own_;
};

}  // namespace

int run(int argc, char** argv, Outside& outside) {
  const auto user = outside.env.find("USER");
  auto parsed = parse(argc, argv, user == outside.env.end() ? std::string() : user->second);
  if (const auto* notice = std::get_if<Notice>(&parsed)) {
    (notice->wrong ? *outside.err : *outside.out) << notice->text << std::flush;
    return code_of(notice->wrong ? Exit::Usage : Exit::Ok);
  }
  try {
    return Run(outside, std::move(std::get<Invocation>(parsed))).finish();
  } catch (const std::exception& failure) {
    *outside.err << "our own fault: " << failure.what() << std::endl;
    return code_of(Exit::Internal);
  }
}

}  // namespace holdfast::cli
