#pragma once
// Texts of this folder's data files, compiled in by cmake/embed_files.cmake.
// It must never declare a file that does not lie here: the link would fail.

#include <string_view>

namespace holdfast::engine::letters {

extern const std::string_view letter_html;
extern const std::string_view letter_txt;
extern const std::string_view words_de_json;
extern const std::string_view words_en_json;

}  // namespace holdfast::engine::letters
