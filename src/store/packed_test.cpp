#include "store/packed.h"

#include <gtest/gtest.h>

namespace holdfast::store {
namespace {

constexpr std::string_view promise =
    R"({"event":"TimerSet","v":1,"timer":"ship_by","about":"ship_by","due_at":"2027-03-01T09:30:00Z"})";

TEST(Packed, what_goes_in_comes_out) {
  Packer packer;
  for (const std::string& bytes :
       {std::string(), std::string("x"), std::string(promise), std::string(5000, 'r'),
        std::string("\0\1\2{\xff", 5), std::string(promise) + std::string(70'000, 'z')}) {
    EXPECT_EQ(*unpack(packer.pack(bytes)), bytes);
    EXPECT_EQ(*unpack(packer.pack_known(bytes)), bytes);
    EXPECT_EQ(*unpack_json(packer.pack_known(bytes)), bytes);
  }
  EXPECT_EQ(*unpack_json(promise), promise) << "as it stood before anything was packed";
}

TEST(Packed, known_words_cost_little) {
  EXPECT_LT(Packer().pack_known(promise).size(), promise.size() / 2);
}

// Fails when packing_words_1.txt or packing_counts_2.txt was changed; stores in the field could
// then not be read.
TEST(Packed, what_an_earlier_program_packed_reads_back) {
  constexpr char kept[] =
      "\x02\x20\x5e\xed\x00\x00\x98\x37\x2d\x30\x33\x2d\x30\x31\x54\x30\x39\x3a\x33"
      "\x30\x3a\x30\x30\x5a\x22\x7d\x02\x00\x7a\xcd\x12\x9a\x24\x06\x02";
  EXPECT_EQ(*unpack({kept, sizeof kept - 1}), promise);
  constexpr char counted[] =
      "\x03\x20\x5e\xfd\x00\x00\x33\x41\x03\x9b\xb3\xbc\x27\x3d\x97\xea\x9b\xf8\x51"
      "\xfc\x51\x66\x05\x7c\x00\x03\x90\x3a\x4e\x81\x4f\xab\xbe\x6d\xa2\xac\x0e";
  EXPECT_EQ(*unpack({counted, sizeof counted - 1}), promise);
}

TEST(Packed, damage_is_told) {
  auto packed = Packer().pack_known(promise);
  EXPECT_EQ(unpack("").error().code, ErrorCode::Internal);
  EXPECT_EQ(unpack("\x07xyz").error().code, ErrorCode::Internal);
  EXPECT_EQ(unpack(packed.substr(0, packed.size() / 2)).error().code, ErrorCode::Internal);
}

}  // namespace
}  // namespace holdfast::store
