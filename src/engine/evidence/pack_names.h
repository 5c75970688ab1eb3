#pragma once
// The names inside a pack, shared by whoever writes and whoever verifies it.
// They are part of the format: changing one needs a new format number.

#include <string>

namespace holdfast::engine::pack_names {

inline const std::string manifest = "manifest.json";
inline const std::string signature = "manifest.sig";
inline const std::string events = "events.jsonl";
inline const std::string order = "order.json";
inline const std::string checkpoint = "checkpoint.json";
inline const std::string page = "index.html";
inline const std::string buyer = "buyer.json";
inline const std::string words = "words.json";
inline const std::string photos = "files/";
inline const std::string purpose = "evidence manifest 1";  // of the signature

}  // namespace holdfast::engine::pack_names
