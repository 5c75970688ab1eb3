#pragma once
// Texts of this folder's data files, compiled in by cmake/embed_files.cmake.
// It must never declare a file that does not lie here: the link would fail.

#include <string_view>

namespace holdfast::connectors::aftership {

extern const std::string_view account_toml;
extern const std::string_view codes_csv;
extern const std::string_view countries_csv;
extern const std::string_view couriers_csv;

}  // namespace holdfast::connectors::aftership
