#pragma once
// Acceptance: as many of a shop's signed webhooks as the program takes. The load is made while it
// is sent; it must never send one twice.

#include <vector>

#include "peers/demo_world.h"
#include "tests/bench/load.h"
#include "tests/bench/parts.h"

namespace holdfast::bench {

/// Places an order and takes the webhooks away from the shop that tell of it.
std::vector<Ask> signed_webhooks(peers::DemoWorld& world);

/// Sends new webhooks over 32 connections, each as soon as the last was answered, and reports the
/// rate at which they became durable.
Status measure_acceptance(const Plan& plan, Report& report);

}  // namespace holdfast::bench
