#pragma once
// Anomalies: what a carrier event shows that a person must look at, each with its reason code.
// It must never change a parcel's status; it only opens cases.

#include <string>
#include <vector>

#include "core/run.h"

namespace holdfast::core {

/// Names of every anomaly, for the story runner's coverage.
extern const std::vector<std::string> anomaly_names;

/// Looks at the parcel after the event with this number was recorded.
void look_for_anomalies(Run& run, std::int64_t parcel, std::int64_t event);

}  // namespace holdfast::core
