#pragma once
// Photos as the API takes them: only images, told by their first bytes, sealed with their order's
// key. It must never take a file for an image that is none.

#include <functional>
#include <string>
#include <string_view>

#include "api/desk.h"
#include "engine/photos.h"

namespace holdfast::api {

/// "image/jpeg", "image/png" or "image/webp" by the first bytes; "" for anything else.
std::string_view image_type(std::string_view bytes);

/// Where this server's photos are.
engine::PhotoPlace photo_place(const Desk& desk);

/// Keeps a photo that somebody sent and says how it went once it is durable. TooLarge beyond
/// 10 MiB; Invalid when it is no JPEG, PNG or WebP; NotFound when the order has no data key
/// (unknown, or erased); Unavailable when the disk refuses.
void take_photo(Desk& desk, const ports::StreamKey& stream, std::string_view bytes,
                std::function<void(Status)> done);

}  // namespace holdfast::api
