#pragma once
// Arrays: many rows as one parameter a column, in the protocol's binary form, so that a list of any
// length is one statement. They must never hold a null.

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "store/postgres/connection.h"
#include "store/sql/blob.h"

namespace holdfast::store::pg {

/// One column: all elements of the kind that the first one had.
class Array {
 public:
  /// An array of numbers until something else is added.
  Array() = default;

  void add(std::int64_t value);
  void add(std::string_view text);
  void add(Blob blob);

  std::size_t size() const { return count_; }
  /// The array's type, as the server numbers it (pg_type.dat).
  std::uint32_t type() const { return type_; }
  /// Its binary form, of one dimension (src/backend/utils/adt/arrayfuncs.c, array_recv).
  std::string bytes() const;

 private:
  void put(std::uint32_t type, std::uint32_t element, std::string_view bytes);

  std::uint32_t type_ = 1016;   // bigint[]
  std::uint32_t element_ = 20;  // bigint
  std::size_t count_ = 0;
  std::string elements_;
};

/// Rows of one list, column by column.
class Columns {
 public:
  /// Adds a row; every row of a list has the same kinds.
  template <class... Values>
  void row(const Values&... values) {
    if (columns_.empty()) columns_.resize(sizeof...(Values));
    std::size_t i = 0;
    (put(columns_[i++], values), ...);
  }

  bool empty() const { return columns_.empty(); }
  std::size_t rows() const { return columns_.empty() ? 0 : columns_.front().size(); }
  const std::vector<Array>& all() const { return columns_; }

 private:
  template <class Value>
  static void put(Array& column, const Value& value) {
    if constexpr (std::is_same_v<Value, Blob>) {
      column.add(value);
    } else if constexpr (std::is_integral_v<Value>) {
      column.add(static_cast<std::int64_t>(value));
    } else {
      column.add(std::string_view(value));
    }
  }

  std::vector<Array> columns_;
};

}  // namespace holdfast::store::pg
