#include "peers/html_form.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace holdfast::peers {
namespace {

constexpr std::size_t max_tags = 20'000;

std::string without_entities(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 6> entities{{{"&amp;", '&'},
                                                                              {"&lt;", '<'},
                                                                              {"&gt;", '>'},
                                                                              {"&quot;", '"'},
                                                                              {"&#39;", '\''},
                                                                              {"&#x2F;", '/'}}};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto* found = std::ranges::find_if(
        entities, [&](const auto& entity) { return text.substr(i).starts_with(entity.first); });
    out += found == entities.end() ? text[i] : found->second;
    if (found != entities.end()) i += found->first.size() - 1;
  }
  return out;
}

/// The value of an attribute inside a tag's text; "" when absent.
std::string attribute(std::string_view tag, std::string_view name) {
  std::size_t at = 0;
  while ((at = tag.find(std::string(name) + "=", at)) != tag.npos) {
    const bool whole = at > 0 && (tag[at - 1] == ' ' || tag[at - 1] == '\n' || tag[at - 1] == '\t');
    at += name.size() + 1;
    if (!whole || at >= tag.size()) continue;
    const char quote = tag[at];
    if (quote != '"' && quote != '\'') {
      return without_entities(tag.substr(at, tag.find_first_of(" \n\t/", at) - at));
    }
    return without_entities(tag.substr(at + 1, tag.find(quote, at + 1) - at - 1));
  }
  return {};
}

void read_tag(std::string_view tag, std::vector<HtmlForm>& forms, bool& inside) {
  const auto kind = lower(tag.substr(0, tag.find_first_of(" \n\t/", 1)));
  if (kind == "form") {
    forms.push_back({attribute(tag, "action"), {}, {}});
    inside = true;
  } else if (kind == "/form") {
    inside = false;
  } else if (inside &&
             (kind == "input" || kind == "select" || kind == "textarea" || kind == "button")) {
    const auto name = attribute(tag, "name");
    if (name.empty()) return;
    forms.back().names.push_back(name);
    if (lower(attribute(tag, "type")) == "hidden") {
      forms.back().hidden.emplace_back(name, attribute(tag, "value"));
    }
  }
}

}  // namespace

std::vector<HtmlForm> forms_in(std::string_view html) {
  std::vector<HtmlForm> forms;
  bool inside = false;
  std::size_t at = 0;
  for (std::size_t i = 0; i < max_tags; ++i) {
    at = html.find('<', at);
    const auto end = html.find('>', at);
    if (end == html.npos) break;
    read_tag(html.substr(at + 1, end - at - 1), forms, inside);
    at = end + 1;
  }
  return forms;
}

const HtmlForm* form_for(const std::vector<HtmlForm>& forms, std::string_view ending) {
  const auto found = std::ranges::find_if(
      forms, [&](const HtmlForm& form) { return form.action.ends_with(ending); });
  return found == forms.end() ? nullptr : &*found;
}

}  // namespace holdfast::peers
