// A value that is read now and then: nobody waits for it but the very first.
#include "api/lately.h"

#include <future>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace holdfast::api {
namespace {

struct Reading {
  Instant read_at;
  std::string text;
};

constexpr Duration kept_for = seconds(10);

Result<Reading> never() { return fail(ErrorCode::Unavailable, "nobody should read"); }

TEST(LatelyRead, IsKeptForItsTimeAndThenReadAgain) {
  Lately<Reading> lately;
  const auto read = [](Instant at, const char* text) {
    return [=]() -> Result<Reading> { return Reading{at, text}; };
  };
  EXPECT_EQ((*lately.get({1'000}, kept_for, read({1'000}, "first")))->text, "first");
  EXPECT_EQ((*lately.get({10'999}, kept_for, never))->text, "first");
  EXPECT_EQ((*lately.get({11'000}, kept_for, read({11'000}, "second")))->text, "second");
  EXPECT_EQ(lately.get({99'000}, kept_for, never).error().code, ErrorCode::Unavailable);
}

TEST(LatelyRead, WhoComesWhileItIsReadAgainIsGivenTheOneBefore) {
  Lately<Reading> lately;
  ASSERT_TRUE(lately.get({0}, kept_for, [] { return Result<Reading>(Reading{{0}, "before"}); }));
  std::promise<void> begun, go_on;
  std::thread reader([&] {
    const auto value = lately.get({60'000}, kept_for, [&]() -> Result<Reading> {
      begun.set_value();
      go_on.get_future().wait();
      return Reading{{60'000}, "after"};
    });
    EXPECT_EQ((*value)->text, "after");
  });
  begun.get_future().wait();
  EXPECT_EQ((*lately.get({60'000}, kept_for, never))->text, "before");
  go_on.set_value();
  reader.join();
  EXPECT_EQ((*lately.get({60'000}, kept_for, never))->text, "after");
}

}  // namespace
}  // namespace holdfast::api
