#include "api/photos.h"

#include "engine/retention/retention.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_photo_bytes = 10u << 20;

}  // namespace

std::optional<Trouble> wrong_image(const Call& call) {
  const auto media_type = image_type(call.request.body);
  if (media_type.empty() || !call.header("Content-Type").starts_with(media_type)) {
    return Trouble{
        415, "invalid", "A photo is a JPEG, PNG or WebP, named as such.", "Content-Type", {}};
  }
  if (call.request.body.size() > most_photo_bytes) {
    return Trouble{413, "too_large", "A photo has at most 10 MiB.", "photo", {}};
  }
  return std::nullopt;
}

Json photo_json(std::string_view bytes) {
  Json json;
  json.set("sha256", hex(sha256(bytes)));
  json.set("bytes", static_cast<std::int64_t>(bytes.size()));
  json.set("media_type", image_type(bytes));
  return json;
}

net::ServerResponse image_answer(std::string bytes) {
  net::ServerResponse response;
  response.headers = {{"Content-Type", std::string(image_type(bytes))},
                      {"Cache-Control", "private, max-age=3600"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Content-Security-Policy", "default-src 'none'; sandbox"}};
  response.body = std::move(bytes);
  return response;
}

std::string_view image_type(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "image/webp";
  return {};
}

engine::PhotoPlace photo_place(const Desk& desk) {
  return {desk.store(), desk.engine.vault(), desk.options.data_folder};
}

void take_photo(Desk& desk, const ports::StreamKey& stream, std::string_view bytes,
                std::function<void(Status)> done) {
  if (bytes.size() > most_photo_bytes) {
    return done(fail(ErrorCode::TooLarge, "A photo has at most 10 MiB.", "photo"));
  }
  if (image_type(bytes).empty()) {
    return done(fail(ErrorCode::Invalid, "A photo is a JPEG, PNG or WebP.", "photo"));
  }
  auto rows = std::make_shared<ports::Batch>();
  const auto until = engine::keep_until(desk.setup().policy, "photos", desk.now());
  const auto kept =
      engine::keep_photo(photo_place(desk), *desk.options.entropy, stream, bytes, until, *rows);
  if (!kept) return done(kept);
  // An erasure may have come since the key was read; a file without a row would stay for good.
  const auto work = [&desk, stream, rows, sha = hex(sha256(bytes))](ports::Batch& batch) -> Status {
    if (const auto key = engine::read_key(desk.store(), stream); !key) {
      engine::remove_photos(desk.options.data_folder, stream, {sha});
      return fail(key.error());
    }
    batch.put_records.push_back(rows->put_records.front());
    batch.put_sealed.push_back(rows->put_sealed.front());
    return {};
  };
  desk.engine.with_batch(work, [done = std::move(done)](const Result<engine::Stepped>& written) {
    done(written ? Status{} : Status(fail(written.error())));
  });
}

}  // namespace holdfast::api
