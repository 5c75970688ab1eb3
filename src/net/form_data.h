#pragma once
// Form data: the body of a form that carries files (multipart/form-data, RFC 7578).
// It must never keep more than it was given: parts point into the body.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace holdfast::net {

/// One field of the form.
struct FormPart {
  std::string name;
  bool is_file = false;    // it came with a file name, which is not kept
  std::string_view bytes;  // inside the body
};

/// Reads a body by its Content-Type. Invalid when it is not well-formed multipart/form-data or a
/// field that is no file is not UTF-8; TooLarge beyond `most_parts`.
Result<std::vector<FormPart>> parse_form_data(std::string_view content_type, std::string_view body,
                                              std::size_t most_parts = 50);

}  // namespace holdfast::net
