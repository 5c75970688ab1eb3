#include "api/known_case.h"

#include <algorithm>
#include <charconv>

#include "engine/views/history.h"

namespace holdfast::api {

Result<ports::ExceptionRow> known_case(Desk& desk, const Who& who, std::string_view stream,
                                       std::int64_t number) {
  const auto nothing = fail(ErrorCode::NotFound, "There is no such exception.");
  const auto key = engine::parse_stream(desk.tenant(), stream);
  if (!key) return nothing;
  auto rows = desk.store().exceptions_of(*key);
  if (!rows) return fail(rows.error());
  const auto found = std::ranges::find(*rows, number, &ports::ExceptionRow::number);
  if (found == rows->end() || !who.sees(found->channel)) return nothing;
  return *found;
}

Result<ports::ExceptionRow> known_case(Desk& desk, const Call& call) {
  const auto& text = call.segment(4);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) number = 0;
  return known_case(desk, call.who, call.segment(3), number);
}

}  // namespace holdfast::api
