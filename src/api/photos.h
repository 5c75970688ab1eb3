#pragma once
// Photos as the API takes them: only images, told by their first bytes, sealed with their order's
// key. It must never take a file for an image that is none.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/desk.h"
#include "engine/photos.h"

namespace holdfast::api {

/// "image/jpeg", "image/png" or "image/webp" by the first bytes; "" for anything else.
std::string_view image_type(std::string_view bytes);

/// What is wrong with a call whose body is to be a photo: 415 unless its first bytes and its
/// Content-Type name the same kind of image, 413 beyond 10 MiB.
std::optional<Trouble> wrong_image(const Call& call);

/// What the contract says of an image that was taken (Photo).
Json photo_json(std::string_view bytes);

/// An image, shown as nothing but an image.
net::ServerResponse image_answer(std::string bytes);

/// Where this server's photos are.
engine::PhotoPlace photo_place(const Desk& desk);

/// Keeps a photo that somebody sent and says how it went once it is durable. TooLarge beyond
/// 10 MiB; Invalid when it is no JPEG, PNG or WebP; NotFound when the order has no data key
/// (unknown, or erased); Unavailable when the disk refuses.
void take_photo(Desk& desk, const ports::StreamKey& stream, std::string_view bytes,
                std::function<void(Status)> done);

}  // namespace holdfast::api
