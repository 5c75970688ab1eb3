#include "apps/holdfast/waiting.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <vector>

#include "api/workers.h"
#include "apps/holdfast/letters.h"
#include "base/hash.h"
#include "base/text.h"
#include "net/client.h"
#include "net/url.h"

namespace holdfast::apps {
namespace {

constexpr std::string_view passed_on = "Holdfast-Passed-On";
constexpr std::size_t letter_name_bytes = 16;
constexpr std::size_t most_waiting = 256;

// What the holder alone knows stands in its memory: its health, its changes as they come, who works
// at which station. The rest of what is read stands in the store.
bool is_read_here(const net::ServerRequest& request) {
  constexpr std::array<std::string_view, 5> of_the_holder = {
      "/readyz", "/metrics", "/api/v1/events", "/api/v1/health", "/api/v1/station"};
  return request.method == "GET" && std::ranges::none_of(of_the_holder, [&](std::string_view path) {
           return request.path == path || request.path.starts_with(std::string(path) + "/");
         });
}

net::ServerResponse unavailable() {
  auto response = net::problem_response(503, "no process works for this tenant just now");
  response.headers.emplace_back("Retry-After", "2");
  return response;
}

// Fields that belong to one connection (RFC 9110 section 7.6.1), and those each hop writes itself.
bool of_one_hop(std::string_view name) {
  constexpr std::array names = {"connection", "keep-alive",        "te",
                                "trailer",    "transfer-encoding", "upgrade",
                                "host",       "content-length",    "date"};
  return std::ranges::find(names, lower(name)) != names.end();
}

int status_of(ErrorCode code) {
  if (code == ErrorCode::Unauthentic || code == ErrorCode::Forbidden) return 401;
  if (code == ErrorCode::NotFound) return 404;
  return code == ErrorCode::TooLarge ? 413 : 503;
}

/// A reading with the API over it. Whoever answers with it holds it until then.
struct Reader {
  explicit Reader(Reading given)
      : reading(std::move(given)), api(std::make_unique<api::Api>(reading.api)) {}
  Reading reading;
  std::unique_ptr<api::Api> api;
};
using ReaderPtr = std::shared_ptr<Reader>;

class Serving final : public Waiting {
 public:
  Serving(WaitingParts parts, std::unique_ptr<ports::Transport> transport)
      : parts_(std::move(parts)),
        transport_(std::move(transport)),
        workers_(2, most_waiting),
        reader_(std::make_shared<Reader>(std::move(parts_.reading))) {}

  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  // What was handed to a holder that stands still would not be answered: it is answered here first,
  // or the server waited for it while nobody works for the tenant.
  ~Serving() override {
    std::unique_ptr<ports::Transport> ending;
    {
      const std::lock_guard lock(handing_on_);
      ending = std::move(transport_);
    }
    ending.reset();
    if (server_) server_->stop();
    workers_.stop();
    reader_->api.reset();
    for (const auto& reader : before_) reader->api.reset();
  }

  // The one before is kept until the next time, because somebody may still answer with it: an API
  // ends its own threads, so none of them may be the last that holds it.
  void read_with(Reading reading) override {
    std::erase_if(before_, [](const ReaderPtr& reader) { return reader.use_count() == 1; });
    auto reader = std::make_shared<Reader>(std::move(reading));
    {
      const std::lock_guard lock(reading_);
      reader_.swap(reader);
    }
    before_.push_back(std::move(reader));
  }

  Status start() {
    auto started = net::Server::start(
        parts_.server, [this](net::ServerRequest request, const net::Responder& respond) {
          if (request.path != "/healthz" && is_read_here(request)) {
            return read(std::move(request), respond);
          }
          auto shared = std::make_shared<net::ServerRequest>(std::move(request));
          if (!workers_.run([this, shared, respond] { handle(*shared, respond); })) {
            respond(unavailable());
          }
        });
    if (!started) return fail(started.error());
    server_ = std::move(*started);
    return {};
  }

 private:
  ReaderPtr reader() {
    const std::lock_guard lock(reading_);
    return reader_;
  }

  void read(net::ServerRequest request, const net::Responder& respond) {
    const auto with = reader();
    with->api->handle(std::move(request), net::Responder([respond, with](net::ServerResponse made) {
                        respond(std::move(made));
                      }));
  }

  void handle(net::ServerRequest& request, const net::Responder& respond) {
    constexpr std::string_view hooks = "/hooks/";
    if (request.path == "/healthz") {
      respond({200, {}, "waits\n", nullptr});
    } else if (request.path.starts_with(hooks)) {
      respond(keep(request, std::string_view(request.path).substr(hooks.size())));
    } else {
      pass_on(request, respond);
    }
  }

  net::ServerResponse keep(net::ServerRequest& request, std::string_view below) {
    const auto slash = below.find('/');
    const std::string account(below.substr(0, slash));
    ports::Inbound inbound;
    inbound.method = request.method;
    if (slash != below.npos) inbound.path = below.substr(slash);
    inbound.query = request.query;
    inbound.headers = std::move(request.headers);
    inbound.body = std::move(request.body);
    inbound.received_at = parts_.clock->now();
    const auto with = reader();
    auto& engine = *with->reading.engine;
    const auto delivery = engine.prove(account, inbound);
    if (!delivery) return {status_of(delivery.error().code), {}, "", nullptr};
    store::Letter letter;
    letter.id = hex(parts_.entropy->bytes(letter_name_bytes));
    letter.received_at = inbound.received_at;
    letter.bytes = engine.vault().seal_tenant(
        "letter/" + letter.id, encode_letter(account, inbound, *delivery), *parts_.entropy);
    const auto kept = parts_.store->leave_letter(parts_.tenant, letter);
    return kept ? net::ServerResponse{200, {}, "", nullptr} : unavailable();
  }

  void pass_on(const net::ServerRequest& request, const net::Responder& respond) {
    const auto lease = parts_.store->lease_of(parts_.tenant);
    const bool circling = ports::header_count(request.headers, passed_on) > 0;
    if (!lease || lease->left.ms <= 0 || lease->reached_at.empty() || circling) {
      respond(unavailable());
      return;
    }
    ports::HttpRequest asked;
    asked.method = request.method;
    asked.url = lease->reached_at + request.target;
    asked.body = request.body;
    for (const auto& field : request.headers) {
      if (!of_one_hop(field.first)) asked.headers.push_back(field);
    }
    asked.headers.emplace_back(passed_on, "1");
    if (ports::header_count(asked.headers, "X-Forwarded-For") == 0) {
      asked.headers.emplace_back("X-Forwarded-For", request.remote_address);
    }
    const std::lock_guard lock(handing_on_);
    if (!transport_) {
      respond(unavailable());
      return;
    }
    transport_->send(std::move(asked), parts_.request_limit, [respond](ports::Response response) {
      auto* answer = std::get_if<ports::HttpResponse>(&response);
      if (!answer) {
        respond(unavailable());
        return;
      }
      net::ServerResponse given{answer->status, {}, std::move(answer->body), nullptr};
      for (auto& field : answer->headers) {
        if (!of_one_hop(field.first)) given.headers.push_back(std::move(field));
      }
      respond(std::move(given));
    });
  }

  WaitingParts parts_;
  std::mutex handing_on_;
  std::unique_ptr<ports::Transport> transport_;  // none once this ends
  api::Workers workers_;
  std::mutex reading_;
  ReaderPtr reader_;
  std::vector<ReaderPtr> before_;
  std::unique_ptr<net::Server> server_;
};

}  // namespace

Result<std::unique_ptr<Waiting>> Waiting::open(WaitingParts parts) {
  net::TransportOptions options;
  // The holder's address comes from the operator's own settings by way of the store.
  options.allowed_hosts = {"0.0.0.0/0", "::/0"};
  options.clock = parts.server.clock;
  auto transport = net::make_transport(options);
  if (!transport) return fail(transport.error());
  auto serving = std::make_unique<Serving>(std::move(parts), std::move(*transport));
  if (auto started = serving->start(); !started) return fail(started.error());
  return serving;
}

Result<bool> wait_for_tenant(store::PostgresStore& store, TenantId tenant,
                             const std::function<bool()>& stopped,
                             const std::function<void()>& meanwhile) {
  while (true) {
    const auto taken = store.take_lease(tenant);
    if (taken) return true;
    const auto code = taken.error().code;
    if (code != ErrorCode::Conflict && code != ErrorCode::Unavailable) return fail(taken.error());
    if (stopped()) return false;
    meanwhile();
  }
}

}  // namespace holdfast::apps
