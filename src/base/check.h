#pragma once
// check: a broken invariant stops the step it was met in, in release builds too.
// It must never be used for input that can be wrong; that is a Result.

#include <source_location>
#include <stdexcept>
#include <string>

namespace holdfast {

/// Thrown by check. The engine catches it at the step's boundary, rolls that step back and sets
/// its command aside; nobody else catches it.
class CheckFailed : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws CheckFailed naming the place and `claim` when `holds` is false.
void check(bool holds, const char* claim,
           std::source_location place = std::source_location::current());

}  // namespace holdfast
