#include "apps/holdfast/house.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/holdfast/suite.h"
#include "apps/holdfast/system.h"
#include "base/text.h"
#include "net/url.h"

namespace holdfast::apps {
namespace {

constexpr std::size_t master_key_bytes = 32;

std::string store_path(const engine::Config& config) {
  constexpr std::string_view scheme = "sqlite:";
  if (config.store.url.starts_with(scheme)) return config.store.url.substr(scheme.size());
  return (std::filesystem::path(config.server.data) / "holdfast.db").string();
}

/// Splits "host:port"; Invalid when there is no port.
Result<std::pair<std::string, int>> host_and_port(const std::string& listen) {
  const auto colon = listen.rfind(':');
  const int port = colon == std::string::npos ? -1 : std::atoi(listen.c_str() + colon + 1);
  if (port < 0 || port > 65'535) {
    return fail(ErrorCode::Invalid, "not an address to listen on", listen,
                "write it as 127.0.0.1:8080");
  }
  return std::pair{listen.substr(0, colon), port};
}

}  // namespace

Result<std::string> master_key(const engine::Config& config, ports::Entropy& entropy) {
  if (!config.secrets.master_key.value.empty()) return config.secrets.master_key.value;
  const auto path = std::filesystem::path(config.server.data) / "master.key";
  if (std::ifstream file(path); file) {
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  auto key = hex(entropy.bytes(master_key_bytes));
  // Under another name until it is whole: an end in between must not leave half a key.
  const auto part = path.string() + ".part";
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = file >= 0 &&
                       ::write(file, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                       ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  const int folder = ::open(config.server.data.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool named =
      written && folder >= 0 && ::rename(part.c_str(), path.c_str()) == 0 && ::fsync(folder) == 0;
  if (folder >= 0) ::close(folder);
  if (!named) {
    return fail(ErrorCode::Unavailable, "the key file cannot be written", path.string(),
                "make the data folder writable or set secrets.master_key_file");
  }
  return key;
}

std::vector<std::string> hosts_of(const engine::Config& config, const std::string& tenant) {
  std::vector<std::string> hosts;
  for (const auto* accounts :
       {&config.channels, &config.suppliers, &config.trackings, &config.notifiers}) {
    for (const auto& entry : *accounts) {
      if (entry.tenant != tenant) continue;
      for (const auto& [key, value] : entry.account.settings) {
        if (value.find("://") == std::string::npos) continue;
        const auto url = net::parse_url(value);
        if (url) hosts.push_back(url->host + ":" + std::to_string(url->port));
      }
    }
  }
  return hosts;
}

House::House(engine::Config config, HouseOptions options)
    : config_(std::move(config)),
      options_(std::move(options)),
      entropy_(std::make_unique<SystemEntropy>()) {}

Result<std::unique_ptr<House>> House::open(const engine::Config& config, HouseOptions options) {
  std::unique_ptr<House> house(new House(config, std::move(options)));
  if (auto status = house->open_store(); !status) return fail(status.error());
  const auto server = house->server_options();
  if (!server) return fail(server.error());
  const auto ours = house->open_suites(*server);
  if (!ours) return fail(ours.error());
  if (!*ours) return std::unique_ptr<House>();
  if (auto status = house->open_server(*server); !status) return fail(status.error());
  return house;
}

Status House::open_store() {
  std::error_code problem;
  std::filesystem::create_directories(config_.server.data, problem);
  if (problem) {
    return fail(ErrorCode::Unavailable, "the data folder cannot be made", config_.server.data,
                problem.message());
  }
  ::chmod(config_.server.data.c_str(), 0700);
  if (store::is_postgres(config_.store.url)) {
    auto opened = open_shared_store(config_);
    if (!opened) return fail(opened.error());
    postgres_ = opened->get();
    store_ = std::move(*opened);
    return {};
  }
  auto opened = store::open_sqlite_store(store_path(config_));
  if (!opened) return fail(opened.error());
  sqlite_ = opened->get();
  store_ = std::move(*opened);
  return {};
}

Result<std::unique_ptr<store::PostgresStore>> open_shared_store(const engine::Config& config) {
  const auto& server = config.server;
  store::PostgresOptions options;
  options.password = config.store.password.value;
  options.readers = static_cast<std::size_t>(config.store.readers);
  options.lease = seconds(config.store.lease_seconds);
  options.reached_at = server.peer_url.empty() ? "http://" + server.listen : server.peer_url;
  return store::open_postgres_store(config.store.url, options);
}

Result<net::ServerOptions> House::server_options() const {
  auto address = host_and_port(config_.server.listen);
  if (!address) return fail(address.error());
  net::ServerOptions server;
  server.host = address->first;
  server.port = address->second;
  server.max_connections = static_cast<std::size_t>(config_.limits.connections);
  server.max_in_flight = 1024;
  const auto most = static_cast<std::size_t>(config_.limits.body_bytes);
  server.body_limit = [most](std::string_view path) {
    return std::min(api::Api::body_limit(path), most);
  };
  server.shed_class = [](std::string_view method, std::string_view path) {
    return api::Api::shed_class(method, path);
  };
  server.clock = options_.people_clock ? options_.people_clock : options_.clock;
  return server;
}

Result<bool> House::open_suites(const net::ServerOptions& server) {
  const auto taken = [this](const std::string& id, const Suite& asking) {
    return std::ranges::any_of(suites_, [&](const std::unique_ptr<Suite>& other) {
      return other.get() != &asking && other->has_account(id);
    });
  };
  const SuiteParts parts{&config_, &options_, entropy_.get(), store_.get(), postgres_, taken};
  if (postgres_ && config_.tenants.size() > 1) {
    return fail(ErrorCode::Invalid, "a store on a server is worked on for one tenant a process",
                "[[tenant]]", "run a process with a configuration of its own for each");
  }
  for (const auto& tenant : config_.tenants) {
    auto suite = Suite::open(parts, tenant, server);
    if (!suite) return fail(within(suite.error(), tenant.id));
    if (!*suite) return false;
    if (const auto url = net::parse_url(tenant.public_url)) by_host_[url->host] = suite->get();
    suites_.push_back(std::move(*suite));
  }
  return true;
}

/// By the host asked for, else the first; a partner's message by the account it is for, because
/// messages of all workspaces may come by one address.
Suite& House::suite_for(const net::ServerRequest& request) {
  auto* found = suites_.front().get();
  if (suites_.size() == 1) return *found;
  for (const auto& [name, value] : request.headers) {
    if (lower(name) != "host") continue;
    const auto host = by_host_.find(lower(value.substr(0, value.rfind(':'))));
    if (host != by_host_.end()) found = host->second;
  }
  const auto segments = net::path_segments(request.path);
  if (!segments || segments->size() < 2 || segments->front() != "hooks") return *found;
  const auto& account = (*segments)[1];
  if (found->has_account(account)) return *found;
  for (const auto& suite : suites_) {
    if (suite->has_account(account)) return *suite;
  }
  return *found;
}

Status House::open_server(const net::ServerOptions& server) {
  auto started =
      net::Server::start(server, [this](net::ServerRequest request, net::Responder responder) {
        auto& suite = suite_for(request);
        suite.handle(std::move(request), std::move(responder));
      });
  if (!started) return fail(started.error());
  server_ = std::move(*started);
  return {};
}

int House::port() const { return server_->port(); }

Suite* House::suite(const std::string& tenant) {
  for (const auto& suite : suites_) {
    if (tenant.empty() || suite->tenant().id == tenant) return suite.get();
  }
  return nullptr;
}

engine::Engine& House::engine() { return suites_.front()->engine(); }

const std::optional<std::string>& House::first_password() const {
  return suites_.front()->first_password();
}

void House::stop() {
  if (server_) server_->stop();
  for (const auto& suite : suites_) suite->stop();
}

House::~House() { stop(); }

}  // namespace holdfast::apps
