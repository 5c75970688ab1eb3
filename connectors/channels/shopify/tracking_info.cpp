#include "connectors/channels/shopify/tracking_info.h"

#include "connectors/channels/shopify/codes.h"

namespace holdfast::connectors::shopify {

Json tracking_info(const std::string& carrier, const std::string& number, const std::string& url) {
  Json info;
  if (number.empty()) return info;
  const auto company = known_company(carrier);
  info.set("number", number);
  if (!company.empty()) {
    info.set("company", company);
    return info;
  }
  if (!carrier.empty()) info.set("company", carrier);
  if (!url.empty()) info.set("url", url);
  return info;
}

}  // namespace holdfast::connectors::shopify
