#include "base/hash.h"

#include <gtest/gtest.h>

#include "base/hmac_key.h"

namespace holdfast {
namespace {

TEST(Hash, GivesWhatTheStandardsSay) {
  // FIPS 180-4's examples, and RFC 4231 sections 4.3 and 4.7: a short key and one of 131 bytes.
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hash, AKeyServesManyTexts) {
  const HmacKey key("Jefe");
  for (const auto* text : {"", "one", "what do ya want for nothing?"}) {
    EXPECT_EQ(key.of(text), hmac_sha256("Jefe", text));
  }
}

}  // namespace
}  // namespace holdfast
