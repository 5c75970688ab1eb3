#include "store/postgres/arrays.h"

#include "store/postgres/stored_text.h"

namespace holdfast::store::pg {
namespace {

constexpr std::uint32_t type_bytea = 17, type_int8 = 20, type_text = 25;
constexpr std::uint32_t arrays_of_bytea = 1001, arrays_of_text = 1009, arrays_of_int8 = 1016;

}  // namespace

void Array::put(std::uint32_t type, std::uint32_t element, std::string_view bytes) {
  type_ = type;
  element_ = element;
  ++count_;
  append_integer32(elements_, static_cast<std::int32_t>(bytes.size()));
  elements_ += bytes;
}

void Array::add(std::int64_t value) {
  std::string bytes;
  append_integer(bytes, value);
  put(arrays_of_int8, type_int8, bytes);
}

void Array::add(std::string_view text) {
  std::string bytes;
  append_stored(bytes, text);
  put(arrays_of_text, type_text, bytes);
}

void Array::add(Blob blob) { put(arrays_of_bytea, type_bytea, blob.bytes); }

std::string Array::bytes() const {
  std::string out;
  append_integer32(out, count_ == 0 ? 0 : 1);  // dimensions
  append_integer32(out, 0);                    // no nulls
  append_integer32(out, static_cast<std::int32_t>(element_));
  if (count_ == 0) return out;
  append_integer32(out, static_cast<std::int32_t>(count_));
  append_integer32(out, 1);  // the first index
  return out + elements_;
}

}  // namespace holdfast::store::pg
