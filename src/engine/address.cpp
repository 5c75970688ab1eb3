#include "engine/address.h"

#include <algorithm>
#include <array>

#include <re2/re2.h>

#include "base/text.h"

namespace holdfast::engine {
namespace {

/// A country's needs. Patterns follow the postal unions' published formats; a country not listed
/// needs street and city only, because a wrong refusal is worse than a parcel asked about.
struct CountryRule {
  const char* country;
  const char* postcode;  // RE2 pattern, "" when the country has none
  bool region;
};

constexpr std::array<CountryRule, 34> countries{{
    {"US", "\\d{5}(-\\d{4})?", true},
    {"CA", "[A-Z]\\d[A-Z] ?\\d[A-Z]\\d", true},
    {"GB", "[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}", false},
    {"DE", "\\d{5}", false},
    {"AT", "\\d{4}", false},
    {"CH", "\\d{4}", false},
    {"FR", "\\d{5}", false},
    {"IT", "\\d{5}", true},
    {"ES", "\\d{5}", true},
    {"PT", "\\d{4}(-\\d{3})?", false},
    {"NL", "\\d{4} ?[A-Z]{2}", false},
    {"BE", "\\d{4}", false},
    {"LU", "\\d{4}", false},
    {"DK", "\\d{4}", false},
    {"SE", "\\d{3} ?\\d{2}", false},
    {"NO", "\\d{4}", false},
    {"FI", "\\d{5}", false},
    {"PL", "\\d{2}-?\\d{3}", false},
    {"CZ", "\\d{3} ?\\d{2}", false},
    {"SK", "\\d{3} ?\\d{2}", false},
    {"HU", "\\d{4}", false},
    {"RO", "\\d{6}", false},
    {"GR", "\\d{3} ?\\d{2}", false},
    {"IE", "([A-Z]\\d[\\dW] ?[A-Z\\d]{4})?", false},
    {"AU", "\\d{4}", true},
    {"NZ", "\\d{4}", false},
    {"JP", "\\d{3}-?\\d{4}", true},
    {"CN", "\\d{6}", true},
    {"KR", "\\d{5}", false},
    {"IN", "\\d{6}", true},
    {"BR", "\\d{5}-?\\d{3}", true},
    {"MX", "\\d{5}", true},
    {"HK", "", false},
    {"AE", "", false},
}};

bool is_po_box(const Address& address) {
  static const re2::RE2 pattern(
      R"((?i)\b(p\.? ?o\.? ?box|post ?office box|postfach|apartado|casilla|packstation)\b)");
  return re2::RE2::PartialMatch(address.line1, pattern) ||
         re2::RE2::PartialMatch(address.line2, pattern);
}

void postcode_problems(const Address& address, const CountryRule& rule,
                       std::vector<std::string>& problems) {
  const std::string pattern = rule.postcode;
  if (pattern.empty()) return;
  const std::string code = upper(trim(address.postcode));
  if (re2::RE2::FullMatch(code, pattern)) return;
  problems.push_back(code.empty() ? "missing_postcode" : "malformed_postcode");
}

}  // namespace

Destination assess(const ChannelOrder& order, const ChannelPolicy& channel) {
  Destination to;
  const auto& address = order.address;
  if (!order.has_address) {
    to.problems = {"missing_address"};
    return to;
  }
  to.country = upper(trim(address.country));
  to.region = trim(address.region);
  to.postcode_prefix = std::string(clipped(upper(trim(address.postcode)), 3));
  const auto need = [&](const std::string& value, const char* problem) {
    if (trim(value).empty()) to.problems.emplace_back(problem);
  };
  need(address.name, "missing_name");
  need(address.line1, "missing_street");
  need(address.city, "missing_city");
  if (to.country.size() != 2) {
    to.problems.emplace_back(to.country.empty() ? "missing_country" : "unknown_country");
  }
  const auto rule = std::ranges::find(countries, to.country, &CountryRule::country);
  if (rule != countries.end()) {
    postcode_problems(address, *rule, to.problems);
    if (rule->region) need(address.region, "missing_region");
  }
  if (channel.phone_required) need(address.phone, "missing_phone");
  if (is_po_box(address)) to.problems.emplace_back("po_box");
  return to;
}

}  // namespace holdfast::engine
