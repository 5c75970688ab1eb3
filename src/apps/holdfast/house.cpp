#include "apps/holdfast/house.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/holdfast/assets.h"
#include "apps/holdfast/evidence.h"
#include "apps/holdfast/system.h"
#include "apps/holdfast/tenancy.h"
#include "apps/holdfast/waiting.h"
#include "base/log.h"
#include "engine/offers.h"
#include "engine/settings/policy_files.h"
#include "net/client.h"
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

std::vector<std::string> configured_hosts(const engine::Config& config) {
  std::vector<std::string> hosts;
  const auto take = [&](const std::vector<engine::AccountConfig>& accounts) {
    for (const auto& entry : accounts) {
      for (const auto& [key, value] : entry.account.settings) {
        const auto url = value.find("://") == std::string::npos ? fail(ErrorCode::Invalid, "")
                                                                : net::parse_url(value);
        if (url) hosts.push_back(url->host + ":" + std::to_string(url->port));
      }
    }
  };
  take(config.channels);
  take(config.suppliers);
  take(config.trackings);
  take(config.notifiers);
  return hosts;
}

Result<std::unique_ptr<House>> House::open(const engine::Config& config, HouseOptions options) {
  std::unique_ptr<House> house(new House());
  house->clock_ = options.clock;
  house->options_ = std::move(options);
  house->entropy_ = std::make_unique<SystemEntropy>();
  if (auto status = house->open_store(config); !status) return fail(status.error());
  const auto ours = house->wait_for_turn(config);
  if (!ours) return fail(ours.error());
  if (!*ours) return std::unique_ptr<House>();
  if (auto status = house->open_engine(config); !status) return fail(status.error());
  if (auto status = house->open_server(config); !status) return fail(status.error());
  if (house->postgres_) {
    house->tenancy_ = std::make_unique<Tenancy>(*house->postgres_, house->engine_->setup().tenant,
                                                seconds(config.store.lease_seconds),
                                                *house->engine_, house->options_.lost);
  }
  return house;
}

// A store that several processes share: only one of them works for a tenant, and the others take in
// what comes and hand on the rest until it is their turn.
Result<bool> House::wait_for_turn(const engine::Config& config) {
  if (!postgres_) return true;
  const TenantId tenant{config.tenants.empty() ? 1 : config.tenants.front().number};
  const auto taken = postgres_->take_lease(tenant);
  if (taken) return true;
  if (taken.error().code != ErrorCode::Conflict) return fail(taken.error());
  log_info("lease", "another process works for this tenant; waiting", {});
  if (auto opened = open_engine(config); !opened) return fail(opened.error());
  auto server = server_options(config);
  if (!server) return fail(server.error());
  auto reads = api_options(config);
  reads.reads_only = true;
  auto waiting = Waiting::open({engine_.get(), postgres_, entropy_.get(), clock_.get(), *server,
                                seconds(config.limits.request_seconds), std::move(reads)});
  if (!waiting) return fail(waiting.error());
  auto ours = wait_for_tenant(*postgres_, tenant, options_.stopped);
  waiting->reset();
  transport_.reset();
  engine_.reset();
  if (ours && *ours) log_info("lease", "this process works for the tenant now", {});
  return ours;
}

Status House::open_store(const engine::Config& config) {
  std::error_code problem;
  std::filesystem::create_directories(config.server.data, problem);
  if (problem) {
    return fail(ErrorCode::Unavailable, "the data folder cannot be made", config.server.data,
                problem.message());
  }
  ::chmod(config.server.data.c_str(), 0700);
  if (store::is_postgres(config.store.url)) {
    auto opened = open_shared_store(config);
    if (!opened) return fail(opened.error());
    postgres_ = opened->get();
    store_ = std::move(*opened);
    return {};
  }
  auto opened = store::open_sqlite_store(store_path(config));
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

Status House::open_engine(const engine::Config& config) {
  const auto tenant = config.tenants.empty() ? std::string("main") : config.tenants.front().id;
  const auto& own_policy = config.tenants.empty() ? "" : config.tenants.front().policy;
  auto policy = engine::load_policy(own_policy.empty() ? config.policy.path : own_policy);
  if (!policy) return fail(policy.error());
  for (auto& channel : policy->channels) {
    for (const auto& country : options_.excluded_countries) {
      channel.excluded_countries.push_back(country);
    }
  }
  if (auto sound = engine::check_config(config, tenant, *policy); !sound) return sound;
  auto setup = engine::to_setup(config, tenant, std::move(*policy));
  if (!setup) return fail(setup.error());
  auto key = master_key(config, *entropy_);
  if (!key) return fail(key.error());
  setup->master_key = *key;
  setup->data_folder = config.server.data;
  for (auto& offer : setup->offers) {
    if (!offer.stated_at) offer.stated_at = clock_->now();
  }
  net::TransportOptions transport;
  transport.allowed_hosts = configured_hosts(config);
  transport.allowed_hosts.insert(transport.allowed_hosts.end(), options_.hosts.begin(),
                                 options_.hosts.end());
  transport.clock = clock_;
  if (postgres_) {
    // A process that was paused past its lease must not send what it had on its mind.
    transport.may_send = [shared = postgres_, tenant = setup->tenant] {
      return shared->holds_lease(tenant);
    };
  }
  auto made = net::make_transport(transport);
  if (!made) return fail(made.error());
  transport_ = std::move(*made);
  auto offers = engine::offers_now(*store_, setup->tenant, std::move(setup->offers));
  if (!offers) return fail(offers.error());
  setup->offers = std::move(*offers);
  auto opened = engine::Engine::open({store_.get(), clock_.get(), entropy_.get(), transport_.get()},
                                     std::move(*setup));
  if (!opened) return fail(opened.error());
  engine_ = std::move(*opened);
  return {};
}

Result<net::ServerOptions> House::server_options(const engine::Config& config) const {
  auto address = host_and_port(config.server.listen);
  if (!address) return fail(address.error());
  net::ServerOptions server;
  server.host = address->first;
  server.port = address->second;
  server.max_connections = static_cast<std::size_t>(config.limits.connections);
  server.max_in_flight = 1024;
  const auto most = static_cast<std::size_t>(config.limits.body_bytes);
  server.body_limit = [most](std::string_view path) {
    return std::min(api::Api::body_limit(path), most);
  };
  server.shed_class = [](std::string_view method, std::string_view path) {
    return api::Api::shed_class(method, path);
  };
  server.clock = options_.people_clock ? options_.people_clock : clock_;
  return server;
}

api::ApiOptions House::api_options(const engine::Config& config) {
  api::ApiOptions options;
  options.store_kind = postgres_ ? "postgres" : "sqlite";
  options.engine = engine_.get();
  options.entropy = entropy_.get();
  options.asset = [](std::string_view path) -> std::optional<api::Asset> {
    const auto file = console_asset(path);
    if (!file) return std::nullopt;
    return api::Asset{std::string(file->bytes), std::string(file->media_type)};
  };
  options.data_folder = config.server.data;
  options.evidence_coverage = [this](const ports::StreamKey& order) {
    return evidence_coverage(*engine_, order);
  };
  options.export_evidence = [this](const ports::StreamKey& order, std::string_view profile,
                                   std::string_view supplier) {
    return evidence_pack(*engine_, order, std::string(profile), std::string(supplier));
  };
  options.people_clock = options_.people_clock.get();
  options.version = options_.version;
  options.requests_a_minute = config.limits.requests_a_minute;
  options.visits_a_minute = config.limits.visits_a_minute;
  options.trusted_proxies = config.server.trusted_proxies;
  options.secure_cookies = config.server.public_url.starts_with("https://");
  return options;
}

Status House::open_server(const engine::Config& config) {
  auto server = server_options(config);
  if (!server) return fail(server.error());
  api_ = std::make_unique<api::Api>(api_options(config));
  runner_ = std::make_unique<engine::Runner>(*engine_);
  auto password = api::ensure_admin(*engine_, *entropy_, "admin");
  if (!password) return fail(password.error());
  first_password_ = *password;
  auto started =
      net::Server::start(*server, [this](net::ServerRequest request, net::Responder responder) {
        api_->handle(std::move(request), std::move(responder));
      });
  if (!started) return fail(started.error());
  server_ = std::move(*started);
  return {};
}

int House::port() const { return server_->port(); }

void House::stop() {
  if (server_) server_->stop();
  if (runner_) runner_->stop();
  // Answers still on their way end here; their rows stay "sending" and are asked about next time.
  transport_.reset();
  // Nothing of ours is under way any more: another process may go on.
  tenancy_.reset();
}

House::~House() { stop(); }

}  // namespace holdfast::apps
