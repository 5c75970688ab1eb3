#include "ports/signed_messages.h"

#include "base/hash.h"

namespace holdfast::ports {
namespace {

struct Named {
  Delivery delivery;
  Json body;
};

/// Names a message that was found authentic; its body may still be anything.
Named named(const SignedMessages& partner, const Inbound& inbound) {
  Named found;
  auto& delivery = found.delivery;
  delivery.dedupe_key =
      partner.key ? partner.key(inbound) : "body:" + hex(sha256(inbound.body)).substr(0, 32);
  delivery.meaning = Delivery::Meaning::Commands;
  auto body = parse_json(inbound.body);
  if (body) {
    found.body = std::move(*body);
    partner.name(found.body, delivery);
  } else {
    delivery.problem = "the body is not JSON";
  }
  delivery.understood = delivery.problem.empty();
  return found;
}

}  // namespace

Result<Delivery> receive_signed(const SignedMessages& partner, const Account& account,
                                const Inbound& inbound) {
  if (auto status = partner.verify(account, inbound); !status) return fail(status.error());
  return named(partner, inbound).delivery;
}

Result<std::vector<Command>> read_signed(const SignedMessages& partner, const Account& account,
                                         const Inbound& inbound) {
  const auto found = named(partner, inbound);
  if (!found.delivery.understood) return fail(ErrorCode::Invalid, found.delivery.problem);
  if (found.delivery.meaning != Delivery::Meaning::Commands) return std::vector<Command>{};
  return partner.read(account, found.body, found.delivery, inbound);
}

Status signed_by_account(const Account& account, const Inbound& inbound, const char* header,
                         const std::string& key,
                         bool (*fits)(const Inbound&, const std::string& secret),
                         const char* hint) {
  const auto fitting = [&](const std::string& secret) {
    return fits(inbound, secret) && !secret.empty();
  };
  const bool once = header_count(inbound.headers, header) == 1;
  const bool now = fitting(account.secret(key));
  const bool before = fitting(account.secret(key + "_previous"));
  if (once && (now || before)) return {};
  return fail(ErrorCode::Unauthentic, "the message is not signed with the account's secret", header,
              hint);
}

}  // namespace holdfast::ports
