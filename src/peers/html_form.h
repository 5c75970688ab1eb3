#pragma once
// Finds the forms of an HTML page and what they send by themselves, as a browser would. It must
// never run anything or follow a link.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::peers {

struct HtmlForm {
  std::string action;                                       // as written, entities undone
  std::vector<std::pair<std::string, std::string>> hidden;  // names and values
  std::vector<std::string> names;                           // every field's name, in order
};

/// The forms of a page, in their order.
std::vector<HtmlForm> forms_in(std::string_view html);

/// The first form whose action ends so; nullptr when there is none.
const HtmlForm* form_for(const std::vector<HtmlForm>& forms, std::string_view ending);

}  // namespace holdfast::peers
