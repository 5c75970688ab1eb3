#pragma once
// Photos: files named by the SHA-256 of their bytes, sealed with the order's key, so that erasing
// the order erases them. It must never take a file for an image that is none.

#include "api/desk.h"

namespace holdfast::api {

/// "image/jpeg", "image/png" or "image/webp" by the first bytes; "" for anything else.
std::string_view image_type(std::string_view bytes);

/// Writes a photo's file and gives the record that finds it. NotFound when the order has no data
/// key (unknown, or erased); Unavailable when the disk refuses.
Result<ports::RecordRow> keep_photo(const Desk& desk, const ports::StreamKey& stream,
                                    std::string_view bytes);

/// keep_photo for bytes that somebody sent. TooLarge beyond 10 MiB; Invalid when they are no JPEG,
/// PNG or WebP.
Result<ports::RecordRow> take_photo(const Desk& desk, const ports::StreamKey& stream,
                                    std::string_view bytes);

/// A photo by the hexadecimal SHA-256 of its bytes; NotFound when there is none, any more.
Result<std::string> read_photo(const Desk& desk, const std::string& sha256);

}  // namespace holdfast::api
