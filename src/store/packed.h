#pragma once
// Packed bytes: compressed where that makes them smaller, and marked, so that both read back.
// It must never be given more to unpack than a store row may hold.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct ZSTD_CCtx_s;

namespace holdfast::store {

/// Packs bytes for a row; one Packer serves one thread and keeps its working memory.
class Packer {
 public:
  Packer();
  /// Zstandard (RFC 8878) behind a mark of one byte, or the bytes behind another mark when they
  /// do not get smaller, as sealed bytes do not.
  std::string pack(std::string_view bytes);

 private:
  struct Release {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, Release> context_;
};

/// What pack was given. Internal when the bytes are damaged or claim more than 256 MiB.
Result<std::string> unpack(std::string_view packed);

}  // namespace holdfast::store
