#include "engine/probe.h"

#include <chrono>
#include <memory>

#include "engine/documents.h"
#include "engine/partners.h"
#include "ports/outcomes.h"

namespace holdfast::engine {
namespace {

using Steady = std::chrono::steady_clock;
using Ask = ports::Turn (*)(const ports::Account&, const ports::ProbeJob&, const ports::Exchanges&);
using Settings = std::vector<ports::Setting>;

/// What a kind offers for a trial.
struct Way {
  Ask ask = nullptr;
  const Settings* settings = nullptr;
};

template <class Table>
Way way_of(const Table* table) {
  return table ? Way{table->probe, &table->settings()} : Way{};
}

Way way_to(const Setup& setup, const std::string& room, const std::string& kind) {
  if (room == "channel") return way_of(channel_connector(setup, kind));
  if (room == "supplier") return way_of(supplier_connector(setup, kind));
  if (room == "tracking") return way_of(tracking_connector(setup, kind));
  if (room == "notifier") return way_of(notifier_connector(setup, kind));
  return {};
}

std::string address_in(const ports::Request& request) {
  const auto* mail = std::get_if<ports::MailRequest>(&request);
  if (mail) return mail->server;
  const auto& url = std::get<ports::HttpRequest>(request).url;
  return url.substr(0, url.find('?'));
}

/// The first setting that is a web address.
std::string web_address(const Settings& settings, const ports::Account& account) {
  for (const auto& setting : settings) {
    const auto& text = account.setting(setting.key);
    if (setting.address && (text.starts_with("https://") || text.starts_with("http://"))) {
      return text;
    }
  }
  return {};
}

/// Any answer will do: that there is one is all that is asked.
ports::Turn reach(const std::string& address, const ports::Exchanges& exchanges) {
  using Kind = ports::Outcome::Kind;
  if (exchanges.empty()) {
    ports::HttpRequest request;
    request.method = "HEAD";
    request.url = address;
    return ports::Turn::ask(std::move(request));
  }
  const auto& response = exchanges.back().response;
  if (const auto* http = std::get_if<ports::HttpResponse>(&response)) {
    return ports::Turn::end(
        ports::outcome(Kind::Done, "somebody answers (HTTP " + std::to_string(http->status) + ")"));
  }
  auto told = ports::trouble(response, ports::Asked::Question);
  return ports::Turn::end(told ? *told : ports::outcome(Kind::NotSent, "no answer"));
}

class Trial : public std::enable_shared_from_this<Trial> {
 public:
  using Turns = std::function<ports::Turn(const ports::Account&, const ports::Exchanges&)>;

  Trial(ports::Transport& transport, ports::Account account, ProbeResult::How how, Turns turns,
        Steady::time_point until, std::function<void(ProbeResult)> done)
      : transport_(transport),
        account_(std::move(account)),
        turns_(std::move(turns)),
        until_(until),
        done_(std::move(done)) {
    result_.how = how;
  }

  void proceed() {
    ports::Turn turn;
    try {
      turn = turns_(account_, exchanges_);
    } catch (const std::exception& failure) {
      return end(false, std::string("the connector failed: ") + failure.what());
    }
    if (!turn.next)
      return end(turn.outcome.kind == ports::Outcome::Kind::Done, turn.outcome.detail);
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until_ - Steady::now()).count();
    if (left <= 0 || exchanges_.size() >= ports::max_exchanges) {
      return end(false, "no answer in time");
    }
    if (result_.address.empty()) result_.address = address_in(*turn.next);
    auto sent = *turn.next;
    transport_.send(std::move(*turn.next), milliseconds(left),
                    [self = shared_from_this(), sent = std::move(sent)](ports::Response answer) {
                      self->exchanges_.push_back({sent, std::move(answer)});
                      self->proceed();
                    });
  }

 private:
  void end(bool ok, const std::string& detail) {
    result_.ok = ok;
    result_.address = without_secrets(result_.address, account_);
    result_.detail = without_secrets(detail, account_);
    done_(std::move(result_));
  }

  ports::Transport& transport_;
  ports::Account account_;
  Turns turns_;
  Steady::time_point until_;
  std::function<void(ProbeResult)> done_;
  ports::Exchanges exchanges_;
  ProbeResult result_;
};

}  // namespace

void probe(const Setup& setup, ports::Transport& transport, const std::string& room,
           ports::Account account, Duration limit, std::function<void(ProbeResult)> done) {
  const auto way = way_to(setup, room, account.kind);
  const auto until = Steady::now() + std::chrono::milliseconds(limit.ms);
  const auto start = [&](ProbeResult::How how, Trial::Turns turns) {
    std::make_shared<Trial>(transport, std::move(account), how, std::move(turns), until,
                            std::move(done))
        ->proceed();
  };
  if (way.ask) {
    return start(ProbeResult::How::Asked,
                 [ask = way.ask](const ports::Account& of, const ports::Exchanges& so_far) {
                   return ask(of, {}, so_far);
                 });
  }
  const auto address = way.settings ? web_address(*way.settings, account) : "";
  if (address.empty()) {
    return done({ProbeResult::How::Nothing, true, {}, "there is nothing to reach"});
  }
  start(ProbeResult::How::Reached,
        [address](const ports::Account&, const ports::Exchanges& so_far) {
          return reach(address, so_far);
        });
}

}  // namespace holdfast::engine
