#include "net/form_data.h"

#include <gtest/gtest.h>

namespace holdfast::net {
namespace {

constexpr const char* type = "multipart/form-data; boundary=\"--xyz\"";

TEST(FormData, GivesFieldsAndFilesByteForByte) {
  const std::string picture("\xFF\xD8\r\n\0\r\n--xy", 11);
  const auto body =
      "----xyz\r\nContent-Disposition: form-data; name=\"statement\"\r\n\r\nten, all good\r\n"
      "----xyz\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n"
      "Content-Type: image/jpeg\r\n\r\n" +
      picture + "\r\n----xyz--\r\n";
  const auto parts = parse_form_data(type, body);
  ASSERT_TRUE(parts.has_value());
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].name, "statement");
  EXPECT_EQ((*parts)[0].bytes, "ten, all good");
  EXPECT_FALSE((*parts)[0].is_file);
  EXPECT_TRUE((*parts)[1].is_file);
  EXPECT_EQ((*parts)[1].bytes, picture);
}

TEST(FormData, RefusesWhatIsNotWellFormed) {
  const std::string whole =
      "----xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n----xyz--\r\n";
  ASSERT_TRUE(parse_form_data(type, whole).has_value());
  EXPECT_FALSE(parse_form_data("application/json", whole).has_value());
  EXPECT_FALSE(parse_form_data("multipart/form-data", whole).has_value());
  for (std::size_t length = 0; length < whole.size() - 4; ++length) {
    EXPECT_FALSE(parse_form_data(type, whole.substr(0, length)).has_value()) << length;
  }
  EXPECT_FALSE(parse_form_data(type, "----xyz\r\nX: y\r\n\r\n1\r\n----xyz--").has_value());
  EXPECT_EQ(parse_form_data(type, whole, 0).error().code, ErrorCode::TooLarge);
}

}  // namespace
}  // namespace holdfast::net
