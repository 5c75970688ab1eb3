#pragma once
// The people at a hub's bench: they check goods and match labels through the program's API, as its
// console does. They must never be quicker than the facts: what a purchase order is not ready for
// is tried again a little later.

#include <memory>
#include <string>

#include "model/policy.h"

namespace holdfast::bench {

/// What lies on a bench.
struct Work {
  enum class Kind { Checks, Label };
  Kind kind{};
  std::string po;
  std::string order;   // the store's number
  std::string number;  // of the parcel's label
  int tries = 0;
};

class BenchPeople {
 public:
  /// `count` people, each with a connection to the program on `port`; `cookie` is what a signed-in
  /// console sends, `policy` tells what a check looks at.
  BenchPeople(int count, int port, const std::string& cookie, const Policy& policy);
  ~BenchPeople();
  BenchPeople(const BenchPeople&) = delete;
  BenchPeople& operator=(const BenchPeople&) = delete;

  /// Lays something on the bench; thread-safe, never waits.
  void lay_down(Work work);

  /// What could not be done after many tries, and why the first of it could not.
  std::int64_t failed() const;
  std::string why() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// The list a policy's standard procedure asks for at a bench; throws when it has none.
const std::vector<ChecklistItem>& checklist(const Policy& policy, CheckKind kind);

}  // namespace holdfast::bench
