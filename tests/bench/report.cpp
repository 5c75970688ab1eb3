#include "tests/bench/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "base/json.h"

namespace holdfast::bench {
namespace {

/// Four significant digits: more would be noise.
Json rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  // Above four digits %g would write an exponent.
  if (std::abs(value) >= 10'000) std::snprintf(text, sizeof text, "%.0f", value);
  return Json(Json::Number{text});
}

}  // namespace

void Report::add(const Measure& measure) {
  const bool ok = (!measure.limit || measure.value <= *measure.limit) &&
                  (!measure.least || measure.value >= *measure.least);
  broken_ += ok ? 0 : 1;
  names_.insert(measure.name);
  Json line;
  line.set("name", measure.name);
  line.set("value", rounded(measure.value));
  line.set("unit", measure.unit);
  line.set("ratio", measure.reference > 0 ? rounded(measure.value / measure.reference) : Json());
  line.set("reference", measure.reference > 0 ? rounded(measure.reference) : Json());
  line.set("against", measure.against);
  line.set("p50_ms", measure.p50_ms ? rounded(*measure.p50_ms) : Json());
  line.set("p99_ms", measure.p99_ms ? rounded(*measure.p99_ms) : Json());
  line.set("samples", static_cast<std::int64_t>(measure.samples));
  line.set("limit", measure.limit ? rounded(*measure.limit) : Json());
  line.set("least", measure.least ? rounded(*measure.least) : Json());
  line.set("ok", ok);
  out_ << to_text(line) << std::endl;
}

void Report::wrong(const std::string& what) {
  ++wrong_;
  say("wrong: " + what);
}

double percentile(std::vector<double> samples, double percent) {
  if (samples.empty()) return 0;
  std::ranges::sort(samples);
  const auto rank = std::ceil(percent / 100 * static_cast<double>(samples.size()));
  return samples[static_cast<std::size_t>(std::max(1.0, rank)) - 1];
}

double median(std::vector<double> samples) { return percentile(std::move(samples), 50); }

void say(const std::string& words) { std::cerr << "bench: " << words << std::endl; }

}  // namespace holdfast::bench
