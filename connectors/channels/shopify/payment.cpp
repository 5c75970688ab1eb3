#include "connectors/channels/shopify/payment.h"

#include <algorithm>
#include <array>

namespace holdfast::connectors::shopify {
namespace {

/// The Order query asks for this many transactions; a full page may hide more of them.
constexpr std::size_t transactions_asked = 25;

constexpr std::array<std::pair<std::string_view, PaymentState>, 8> states{{
    {"AUTHORIZED", PaymentState::Authorized},
    {"EXPIRED", PaymentState::Expired},
    {"PAID", PaymentState::Paid},
    {"PARTIALLY_PAID", PaymentState::PartiallyPaid},
    {"PARTIALLY_REFUNDED", PaymentState::PartiallyRefunded},
    {"PENDING", PaymentState::Pending},
    {"REFUNDED", PaymentState::Refunded},
    {"VOIDED", PaymentState::Voided},
}};

PaymentState state_of(std::string_view word) {
  const auto* found = std::ranges::find(states, word, &decltype(states)::value_type::first);
  return found == states.end() ? PaymentState::Unknown : found->second;
}

Status accumulate(Money& sum, Money amount) {
  auto added = add(sum, amount);
  if (!added) return fail(added.error());
  sum = *added;
  return {};
}

Status book(ChannelOrder& order, const Json& transaction) {
  if (transaction["status"].string() != "SUCCESS") return {};
  const auto& kind = transaction["kind"].string();
  const auto amount = shop_money(transaction["amountSet"]);
  if (!amount) return fail(amount.error());
  const Money back{-amount->minor, amount->currency};
  if (kind == "SALE" || kind == "CAPTURE") return accumulate(order.captured, *amount);
  if (kind == "CHANGE") return accumulate(order.captured, back);
  if (kind == "REFUND") return accumulate(order.refunded, *amount);
  if (kind == "VOID") return accumulate(order.authorized, back);
  if (kind != "AUTHORIZATION" && kind != "EMV_AUTHORIZATION") return {};
  if (const auto& expires = transaction["authorizationExpiresAt"]; expires.is_string()) {
    const auto at = parse_instant(expires.string());
    if (!at) return fail(at.error());
    order.authorization_expires_at = std::max(order.authorization_expires_at, *at);
  }
  return accumulate(order.authorized, *amount);
}

/// What the order's own sums say, for an order with more transactions than were asked for.
Status book_sums(ChannelOrder& order, const Json& node) {
  const auto received = shop_money(node["totalReceivedSet"]);
  const auto net = shop_money(node["netPaymentSet"]);
  if (!received) return fail(received.error());
  if (!net) return fail(net.error());
  order.captured = *received;
  const auto refunded = subtract(*received, *net);
  if (!refunded) return fail(refunded.error());
  order.refunded = *refunded;
  return {};
}

}  // namespace

Result<Money> shop_money(const Json& bag) {
  const auto& money = bag["shopMoney"];
  const auto currency = parse_currency(money["currencyCode"].string());
  if (!currency) return fail(currency.error());
  return money_from_decimal(money["amount"].digits(), *currency);
}

Status read_payment(ChannelOrder& order, const Json& node) {
  order.currency = node["currencyCode"].string();
  order.payment = state_of(node["displayFinancialStatus"].string());
  const auto currency = parse_currency(order.currency);
  if (!currency) return fail(within(currency.error(), "currencyCode"));
  const auto total = shop_money(node["totalPriceSet"]);
  if (!total) return fail(within(total.error(), "totalPriceSet"));
  order.total = *total;
  order.authorized = order.captured = order.refunded = Money{0, *currency};
  const auto& transactions = node["transactions"].items();
  for (const auto& transaction : transactions) {
    if (auto status = book(order, transaction); !status) {
      return fail(within(status.error(), "transactions"));
    }
  }
  order.authorized.minor = std::max<std::int64_t>(order.authorized.minor, 0);
  if (order.authorized.minor == 0) order.authorization_expires_at = Instant{};
  return transactions.size() < transactions_asked ? Status{} : book_sums(order, node);
}

}  // namespace holdfast::connectors::shopify
