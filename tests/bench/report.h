#pragma once
// Report: what a benchmark says of itself, one JSON line per measure. It must never measure
// anything, and never hide a limit that was not kept.

#include <iosfwd>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace holdfast::bench {

/// One measured value beside a reference measured on the same machine in the same run.
struct Measure {
  std::string name;
  double value = 0;
  std::string unit;
  double reference = 0;  // in the same unit; 0 for none
  std::string against;   // what the reference is, in a few words
  std::size_t samples = 0;
  std::optional<double> limit = {};  // the value must not be above it
  std::optional<double> least = {};  // nor below this
  // Of a rate: how long its things took while it was held.
  std::optional<double> p50_ms = {};
  std::optional<double> p99_ms = {};
};

class Report {
 public:
  explicit Report(std::ostream& out) : out_(out) {}

  /// Writes the line {name, value, unit, ratio, reference, against, p50_ms, p99_ms, samples, limit,
  /// least, ok}. `ratio` is value by reference, null without one; so are the times of what is no
  /// rate. `limit` and `least` are null when there is none, and then ok is true.
  void add(const Measure& measure);

  /// An answer that was wrong, however quick it came. Shown on the terminal, remembered here.
  void wrong(const std::string& what);

  /// Whether a row of this name was written.
  bool has(const std::string& name) const { return names_.contains(name); }
  /// Whether every answer was right.
  bool right() const { return wrong_ == 0; }
  /// Whether every limit was kept.
  bool kept() const { return broken_ == 0; }

 private:
  std::ostream& out_;
  std::set<std::string> names_;
  int wrong_ = 0;
  int broken_ = 0;
};

/// The sample that `percent` of 100 samples do not exceed (nearest rank); 0 of nothing.
double percentile(std::vector<double> samples, double percent);

/// The middle one; of an even count the lower of the two.
double median(std::vector<double> samples);

/// Words on the terminal's other stream, so that the lines stay clean.
void say(const std::string& words);

}  // namespace holdfast::bench
