#include "base/check.h"

namespace holdfast {

void check(bool holds, const char* claim, std::source_location place) {
  if (holds) return;
  throw CheckFailed(std::string(claim) + " (" + place.file_name() + ":" +
                    std::to_string(place.line()) + ")");
}

}  // namespace holdfast
