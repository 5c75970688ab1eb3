#pragma once
// Stored text: PostgreSQL takes no zero byte and no invalid UTF-8 in a text column, while partners
// send both. Such bytes are written as private-use characters and come back as they were.
// It must never change a text that is sound.

#include <string>
#include <string_view>

namespace holdfast::store::pg {

/// Appends the text as a UTF-8 column takes it: byte NN that cannot stand there becomes U+F7NN, and
/// so do the bytes of characters U+F700 to U+F7FF themselves, so that no two texts become one.
void append_stored(std::string& out, std::string_view text);

/// The text that was stored.
std::string from_stored(std::string_view stored);

/// Whether from_stored would change anything.
bool holds_stored_bytes(std::string_view stored);

}  // namespace holdfast::store::pg
