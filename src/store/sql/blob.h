#pragma once
// Blob: how a parameter says that it is bytes and no text. It owns nothing.

#include <string_view>

namespace holdfast::store {

/// Bytes to bind as bytes; a plain string_view binds as text.
struct Blob {
  std::string_view bytes;
};

}  // namespace holdfast::store
