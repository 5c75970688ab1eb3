#pragma once
// Texts of this folder's data files, compiled in by cmake/embed_files.cmake.
// It must never declare a file that does not lie here: the link would fail.

#include <string_view>

namespace holdfast::connectors::email_link {

extern const std::string_view account_toml;
extern const std::string_view cancel_en_html;
extern const std::string_view cancel_en_txt;
extern const std::string_view cancel_zh_html;
extern const std::string_view cancel_zh_txt;
extern const std::string_view order_en_html;
extern const std::string_view order_en_txt;
extern const std::string_view order_zh_html;
extern const std::string_view order_zh_txt;
extern const std::string_view remind_en_html;
extern const std::string_view remind_en_txt;
extern const std::string_view remind_zh_html;
extern const std::string_view remind_zh_txt;

}  // namespace holdfast::connectors::email_link
