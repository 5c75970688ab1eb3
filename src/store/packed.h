#pragma once
// Packed bytes: compressed where that makes them smaller, and marked, so that all forms read back.
// It must never be given more to unpack than a store row may hold.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct ZSTD_CCtx_s;
struct ZSTD_CDict_s;

namespace holdfast::store {

/// Packs bytes for a row; one Packer serves one thread and keeps its working memory.
class Packer {
 public:
  Packer();
  /// Zstandard (RFC 8878) behind a mark of one byte, or the bytes behind another mark when they
  /// do not get smaller, as sealed bytes do not.
  std::string pack(std::string_view bytes);
  /// The same for our own JSON (events, effects, compared offers), which mostly repeats names and
  /// phrases of packing_words_1.txt: they are known beforehand and cost next to nothing.
  std::string pack_known(std::string_view bytes);

 private:
  struct Release {
    void operator()(ZSTD_CCtx_s* context) const;
    void operator()(ZSTD_CDict_s* words) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, Release> context_;
  std::unique_ptr<ZSTD_CDict_s, Release> words_;
};

/// What was packed. Internal when the bytes are damaged or claim more than 256 MiB.
Result<std::string> unpack(std::string_view packed);

/// The same for a column that held plain JSON before schema step 3; JSON begins with no mark.
/// Errors are unpack's.
Result<std::string> unpack_json(std::string_view stored);

}  // namespace holdfast::store
