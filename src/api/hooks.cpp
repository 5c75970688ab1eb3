// Partners' webhooks: handed to the engine as they came, answered once they are durable.
#include "api/desk.h"

namespace holdfast::api {
namespace {

net::ServerResponse hook_answer(int status) {
  auto response = empty_answer(status);
  if (status == 503) response.headers.emplace_back("Retry-After", "5");
  return response;
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::Unauthentic:
      return 401;
    case ErrorCode::NotFound:
      return 404;
    case ErrorCode::TooLarge:
      return 413;
    case ErrorCode::Forbidden:
      return 401;
    case ErrorCode::Invalid:
    case ErrorCode::Conflict:
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout:
    case ErrorCode::Internal:
      return 503;  // not kept: the partner shall send it again
  }
  return 503;
}

}  // namespace

void run_hook(Desk& desk, const CallPtr& call) {
  const auto account = call->segment(1);
  if (account.empty()) return call->answer(hook_answer(404));
  ports::Inbound inbound;
  inbound.method = call->request.method;
  const std::vector<std::string> below(call->segments.begin() + 2, call->segments.end());
  inbound.path = below.empty() ? "" : net::path_of(below);
  inbound.query = call->request.query;
  inbound.headers = std::move(call->request.headers);
  inbound.body = std::move(call->request.body);
  inbound.received_at = desk.now();
  desk.engine.receive(account, std::move(inbound), [call](Result<engine::Reception> received) {
    call->answer(hook_answer(received ? 200 : status_of(received.error().code)));
  });
}

}  // namespace holdfast::api
