#include "store/packed.h"

#include <zstd.h>

#include "base/check.h"

namespace holdfast::store {
namespace {

constexpr char plain_mark = 0;
constexpr char zstd_mark = 1;
constexpr int level = 3;
constexpr std::size_t smallest_worth_trying = 96;
constexpr unsigned long long largest_content = 256ull << 20;

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

}  // namespace

void Packer::Release::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }

Packer::Packer() : context_(ZSTD_createCCtx()) {
  check(context_ != nullptr, "a compression context can be had");
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

Result<std::string> unpack(std::string_view packed) {
  if (packed.empty()) return damaged("it has no mark");
  const char mark = packed.front();
  packed.remove_prefix(1);
  if (mark == plain_mark) return std::string(packed);
  if (mark != zstd_mark) return damaged("its mark is unknown");
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
      size > largest_content) {
    return damaged("its size is not to be had");
  }
  std::string out(static_cast<std::size_t>(size), '\0');
  const auto written = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
  if (ZSTD_isError(written) != 0 || written != out.size()) return damaged("it does not decompress");
  return out;
}

}  // namespace holdfast::store
