#include "store/postgres/stored_text.h"

#include <gtest/gtest.h>

namespace holdfast::store::pg {
namespace {

std::string stored(std::string_view text) {
  std::string out;
  append_stored(out, text);
  return out;
}

TEST(StoredText, leaves_sound_text_alone) {
  for (const std::string_view text : {"", "order #1001", "Größe 東京 \U0001F69A \ufeff"}) {
    EXPECT_EQ(stored(text), text);
    EXPECT_FALSE(holds_stored_bytes(text));
    EXPECT_EQ(from_stored(text), text);
  }
}

TEST(StoredText, brings_back_what_a_text_column_cannot_hold) {
  using namespace std::string_view_literals;
  for (const auto text :
       {"a\0b"sv, "\xff\xfe"sv, "\xc0\x80"sv, "\xed\xa0\x80"sv, "\xf4\x90\x80\x80"sv,
        "cut \xe6\x9d"sv, "\xef\x9c\x80"sv, "\xef\x9f\xbf\0\xef"sv}) {
    const auto kept = stored(text);
    EXPECT_TRUE(holds_stored_bytes(kept));
    EXPECT_EQ(kept.find('\0'), std::string::npos);
    EXPECT_EQ(from_stored(kept), text);
  }
}

TEST(StoredText, keeps_every_byte_apart) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text{'x', static_cast<char>(byte), 'y'};
    EXPECT_EQ(from_stored(stored(text)), text) << byte;
  }
}

}  // namespace
}  // namespace holdfast::store::pg
