#include "store/packed.h"

#include <zstd.h>

#include "base/check.h"
#include "base/hash.h"

namespace holdfast::store {

namespace packing {
// Never to be changed: what was packed with these words reads back with the same ones only. Better
// words are a third file behind a mark of its own.
extern const std::string_view packing_words_1_txt;
// What stands before those words in a dictionary: how often each sign occurs in orders' events, in
// hexadecimal, so that a compressor need not work it out for every row (RFC 8878 section 5).
extern const std::string_view packing_counts_2_txt;
}  // namespace packing

namespace {

constexpr char plain_mark = 0;
constexpr char zstd_mark = 1;
constexpr char known_mark = 2;
constexpr char counted_mark = 3;
constexpr int level = 3;
constexpr int known_level = 3;  // a tenth larger than 6, in a third of the time
constexpr std::size_t smallest_worth_trying = 96;
constexpr unsigned long long largest_content = 256ull << 20;
// Every frame begins with these four bytes (RFC 8878 section 3.1.1), too many for a short row.
constexpr std::string_view magic = "\x28\xB5\x2F\xFD";

std::string marked(char mark, std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 1);
  out.push_back(mark);
  out.append(bytes);
  return out;
}

auto damaged(const char* how) {
  return fail(ErrorCode::Internal, "a stored value is damaged", how,
              "run the store check and restore from a backup");
}

struct Release {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  void operator()(ZSTD_DDict* words) const { ZSTD_freeDDict(words); }
};
using Words = std::unique_ptr<ZSTD_DDict, Release>;

/// The words behind their counts.
const std::string& counted_words() {
  static const std::string words = [] {
    std::string digits(packing::packing_counts_2_txt);
    std::erase(digits, '\n');
    const auto counts = from_hex(digits);
    check(counts.has_value(), "the counts are hexadecimal");
    return *counts + std::string(packing::packing_words_1_txt);
  }();
  return words;
}

Words prepared(std::string_view words) {
  return Words(ZSTD_createDDict(words.data(), words.size()));
}

Result<std::string> decompressed(std::string_view frame, const ZSTD_DDict* words) {
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
      size > largest_content) {
    return damaged("its size is not to be had");
  }
  const std::unique_ptr<ZSTD_DCtx, Release> context(ZSTD_createDCtx());
  check(context != nullptr, "a decompression context can be had");
  std::string out(static_cast<std::size_t>(size), '\0');
  const auto written = ZSTD_decompress_usingDDict(context.get(), out.data(), out.size(),
                                                  frame.data(), frame.size(), words);
  if (ZSTD_isError(written) != 0 || written != out.size()) return damaged("it does not decompress");
  return out;
}

}  // namespace

void Packer::Release::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }
void Packer::Release::operator()(ZSTD_CDict_s* words) const { ZSTD_freeCDict(words); }

Packer::Packer()
    : context_(ZSTD_createCCtx()),
      words_(ZSTD_createCDict(counted_words().data(), counted_words().size(), known_level)) {
  check(context_ != nullptr && words_ != nullptr, "a compression context can be had");
}

std::string Packer::pack(std::string_view bytes) {
  if (bytes.size() < smallest_worth_trying) return marked(plain_mark, bytes);
  std::string out(1 + ZSTD_compressBound(bytes.size()), '\0');
  out[0] = zstd_mark;
  const auto size = ZSTD_compressCCtx(context_.get(), out.data() + 1, out.size() - 1, bytes.data(),
                                      bytes.size(), level);
  if (ZSTD_isError(size) != 0 || size >= bytes.size()) return marked(plain_mark, bytes);
  out.resize(1 + size);
  return out;
}

std::string Packer::pack_known(std::string_view bytes) {
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  ZSTD_CCtx_reset(context_.get(), ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_dictIDFlag, 0);  // the mark says which words
  ZSTD_CCtx_refCDict(context_.get(), words_.get());
  const auto size =
      ZSTD_compress2(context_.get(), frame.data(), frame.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0 || size - magic.size() >= bytes.size()) {
    return marked(plain_mark, bytes);
  }
  return marked(counted_mark, std::string_view(frame).substr(magic.size(), size - magic.size()));
}

Result<std::string> unpack(std::string_view packed) {
  if (packed.empty()) return damaged("it has no mark");
  const auto content = packed.substr(1);
  switch (packed.front()) {
    case plain_mark:
      return std::string(content);
    case zstd_mark:
      return decompressed(content, nullptr);
    case known_mark: {
      static const auto words = prepared(packing::packing_words_1_txt);
      return decompressed(std::string(magic).append(content), words.get());
    }
    case counted_mark: {
      static const auto words = prepared(counted_words());
      return decompressed(std::string(magic).append(content), words.get());
    }
    default:
      return damaged("its mark is unknown");
  }
}

Result<std::string> unpack_json(std::string_view stored) {
  if (stored.starts_with('{')) return std::string(stored);
  return unpack(stored);
}

}  // namespace holdfast::store
