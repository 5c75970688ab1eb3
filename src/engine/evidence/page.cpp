#include "engine/evidence/document.h"

namespace holdfast::engine {
namespace {

constexpr std::string_view head =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\">"
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    "<title>Evidence of an order</title><style>"
    "body{font:15px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ccc}"
    "code{font-size:12px;word-break:break-all}h2{margin-top:2rem}"
    "</style></head><body><h1>Evidence of an order</h1>\n";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string shown(const Json& value) {
  if (value.is_string()) return escaped(value.string());
  if (value.is_null()) return "";
  return escaped(to_text(value));
}

void begin_table(std::string& out, std::string_view title,
                 const std::vector<std::string_view>& headings) {
  out += "<h2>" + escaped(title) + "</h2><table><tr>";
  for (const auto heading : headings) out += "<th>" + escaped(heading) + "</th>";
  out += "</tr>\n";
}

/// A table of the named members of a list's objects.
void list(std::string& out, std::string_view title, const Json& items,
          const std::vector<std::string_view>& members) {
  if (items.items().empty()) return;
  begin_table(out, title, members);
  for (const auto& item : items.items()) {
    out += "<tr>";
    for (const auto member : members) out += "<td>" + shown(item[member]) + "</td>";
    out += "</tr>\n";
  }
  out += "</table>\n";
}

}  // namespace

std::string page_document(const Json& order,
                          const std::vector<std::pair<std::string, std::string>>& facts,
                          const std::vector<TimelineRow>& timeline) {
  std::string out(head);
  out += "<table>";
  for (const auto& [heading, text] : facts) {
    out += "<tr><th>" + escaped(heading) + "</th><td>" + escaped(text) + "</td></tr>\n";
  }
  out += "</table>\n";
  list(out, "Lines", order["lines"],
       {"line", "sku", "title", "variant", "ordered", "wanted", "on_order", "in_parcels"});
  list(out, "Gates", order["gates"], {"gate", "result", "strength", "evidence", "detail"});
  list(out, "Purchase orders", order["purchase_orders"],
       {"po", "supplier", "supplier_ref", "ship_model", "confirmed", "checks"});
  list(out, "Parcels", order["parcels"],
       {"parcel", "carrier", "tracking", "status", "label_matched", "accepted_at"});
  list(out, "Exceptions", order["exceptions"],
       {"number", "reason", "about", "owner", "opened_at", "open", "resolution"});
  begin_table(out, "Events", {"no.", "at (UTC)", "what", "by", "as recorded"});
  for (const auto& row : timeline) {
    out += "<tr><td>" + std::to_string(row.version) + "</td><td>" + to_text(row.at) + "</td><td>" +
           escaped(row.kind) + (row.whole ? "" : " (in part)") + "</td><td>" + escaped(row.actor) +
           "</td><td><code>" + escaped(row.words) + "</code></td></tr>\n";
  }
  out += "</table></body></html>\n";
  return out;
}

}  // namespace holdfast::engine
