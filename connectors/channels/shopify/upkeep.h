#pragma once
// Keeping an account alive: its webhook subscriptions and its access token.
// It must never put a token or a secret into words.

#include "ports/connector.h"

namespace holdfast::connectors::shopify {

/// Checks that the token belongs to the account's shop, that its scopes suffice, and that every
/// topic has a subscription to `callback_url`; creates what is missing when asked to. Refused, with
/// the topics or scopes in `detail`, when something is missing and stays so. Source:
/// queries/webhookSubscriptions, mutations/webhookSubscriptionCreate.
ports::Turn subscriptions(const ports::Account& account, const ports::SubscriptionsJob& job,
                          const ports::Exchanges& exchanges);

/// Gets a new access token by client credentials; Refused when the app may not, or when the account
/// has no client id and its token is static. Source: shopify.dev "Using the client credentials
/// grant".
ports::Turn renew_token(const ports::Account& account, const ports::RenewTokenJob& job,
                        const ports::Exchanges& exchanges);

/// Asks who the shop is, with a fresh token where the account has none; Refused when the token is
/// another shop's or lacks a scope.
ports::Turn probe(const ports::Account& account, const ports::ProbeJob& job,
                  const ports::Exchanges& exchanges);

}  // namespace holdfast::connectors::shopify
