#include "connectors/suppliers/email_link/letters.h"

#include <kainjow/mustache.hpp>

#include "base/check.h"
#include "base/text.h"
#include "connectors/suppliers/email_link/data.h"
#include "ports/codes.h"

namespace holdfast::connectors::email_link {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

/// Text and HTML of one letter in both languages.
struct Templates {
  std::string_view en_text, en_html, zh_text, zh_html;
};

/// "2026-11-02 09:00 UTC"; "" when not known.
std::string shown(Instant at) {
  if (!at) return "";
  const auto text = to_text(at);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

std::string shown(Money money) { return money.currency.known() ? to_text(money) : ""; }
std::string shown(UnitPrice price) { return price.currency.known() ? to_text(price) : ""; }

/// Sets a value, or false so that the template leaves out its label. It is always set: a line
/// without instructions would otherwise show those of the whole order.
void put(data& context, const char* name, const std::string& value) {
  context.set(name, value.empty() ? data(false) : data(value));
}

/// Values in plain text keep to their line, so that none can pose as a part of the letter.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return text;
}

std::string filled(std::string_view text, const data& context, bool html) {
  mustache letter{std::string(text)};
  check(letter.is_valid(), "a letter's template is well formed");
  // Plain text is not markup: escaping it would show &amp; to the reader.
  if (!html) letter.set_custom_escape(one_line);
  return letter.render(context);
}

Letter written(const Templates& templates, std::string_view locale, const data& context) {
  const bool chinese = lower(locale).starts_with("zh");
  const auto text = filled(chinese ? templates.zh_text : templates.en_text, context, false);
  const auto line_end = text.find('\n');
  constexpr std::string_view label = "Subject: ";
  check(text.starts_with(label) && line_end != text.npos, "a letter begins with its subject");
  Letter letter;
  letter.subject = text.substr(label.size(), line_end - label.size());
  letter.text = text.substr(text.find_first_not_of('\n', line_end));
  letter.html = filled(chinese ? templates.zh_html : templates.en_html, context, true);
  return letter;
}

data line_data(const ports::PurchaseOrderDocument::Line& line) {
  data item;
  put(item, "line", std::to_string(line.line));
  put(item, "supplier_sku", line.supplier_sku);
  put(item, "title", line.title);
  put(item, "variant", line.variant);
  put(item, "quantity", std::to_string(line.quantity));
  put(item, "unit_cost", shown(line.cost));
  put(item, "hs_code", line.hs_code);
  put(item, "origin", line.origin);
  put(item, "declared_value", shown(line.declared_value));
  put(item, "instructions", line.instructions);
  return item;
}

void put_address(data& context, const Address& address) {
  put(context, "name", address.name);
  put(context, "company", address.company);
  put(context, "line1", address.line1);
  put(context, "line2", address.line2);
  put(context, "city", address.city);
  put(context, "region", address.region);
  put(context, "postcode", address.postcode);
  put(context, "country", address.country);
  put(context, "phone", address.phone);
}

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }
std::string last_word(const std::string& text) {
  const auto space = text.find(' ');
  return space == text.npos ? "" : text.substr(space + 1);
}

}  // namespace

Letter order_letter(const ports::PurchaseOrderDocument& document, std::string_view locale) {
  data context;
  put(context, "po", document.po);
  put(context, "store_number", document.store_number);
  put(context, "ordered_at", shown(document.ordered_at));
  put(context, "ship_by", shown(document.ship_by));
  put(context, "service", document.service);
  put(context, "customer_service", document.customer_service);
  put(context, "instructions", document.instructions);
  put(context, "packaging", document.packaging);
  put(context, "incoterm", document.incoterm);
  put(context, "duties_paid_by", document.duties_paid_by);
  put(context, "ioss", document.ioss);
  put(context, "total", shown(document.total));
  put(context, "page_url", document.page_url);
  put_address(context, document.ship_to);
  data lines{data::type::list};
  for (const auto& line : document.lines) lines.push_back(line_data(line));
  context.set("lines", lines);
  return written({order_en_txt, order_en_html, order_zh_txt, order_zh_html}, locale, context);
}

Letter cancel_letter(const ports::CancelJob& job, std::string_view locale) {
  data context;
  put(context, "po", job.po);
  put(context, "supplier_ref", job.supplier_ref);
  put(context, "reason", job.reason);
  context.set("whole", job.lines.empty());
  data lines{data::type::list};
  for (const auto& [sku, quantity] : job.lines) {
    data item;
    put(item, "supplier_sku", sku);
    put(item, "quantity", std::to_string(quantity));
    lines.push_back(item);
  }
  context.set("lines", lines);
  return written({cancel_en_txt, cancel_en_html, cancel_zh_txt, cancel_zh_html}, locale, context);
}

Letter remind_letter(const ports::RemindJob& job, std::string_view locale) {
  data context;
  put(context, "page_url", job.page_url);
  put(context, "count", std::to_string(job.pos.size()));
  context.set("urgent", job.step != LadderStep::Remind);
  data pos{data::type::list};
  for (const auto& po : job.pos) {
    data item;
    put(item, "po", po);
    pos.push_back(item);
  }
  context.set("pos", pos);
  return written({remind_en_txt, remind_en_html, remind_zh_txt, remind_zh_html}, locale, context);
}

std::string order_csv(const ports::PurchaseOrderDocument& document) {
  const auto& to = document.ship_to;
  std::string csv = "\xEF\xBB\xBF";
  csv += ports::csv_row({"po",
                         "line",
                         "supplier_sku",
                         "title",
                         "variant",
                         "quantity",
                         "unit_cost",
                         "currency",
                         "hs_code",
                         "origin",
                         "declared_value",
                         "declared_currency",
                         "line_instructions",
                         "ship_by",
                         "service",
                         "name",
                         "company",
                         "line1",
                         "line2",
                         "city",
                         "region",
                         "postcode",
                         "country",
                         "phone",
                         "incoterm",
                         "duties_paid_by",
                         "ioss",
                         "packaging",
                         "instructions"});
  for (const auto& line : document.lines) {
    const auto cost = shown(line.cost);
    const auto declared = shown(line.declared_value);
    csv += ports::csv_row({document.po,
                           std::to_string(line.line),
                           line.supplier_sku,
                           line.title,
                           line.variant,
                           std::to_string(line.quantity),
                           first_word(cost),
                           last_word(cost),
                           line.hs_code,
                           line.origin,
                           first_word(declared),
                           last_word(declared),
                           line.instructions,
                           shown(document.ship_by),
                           document.service,
                           to.name,
                           to.company,
                           to.line1,
                           to.line2,
                           to.city,
                           to.region,
                           to.postcode,
                           to.country,
                           to.phone,
                           document.incoterm,
                           document.duties_paid_by,
                           document.ioss,
                           document.packaging,
                           document.instructions});
  }
  return csv;
}

}  // namespace holdfast::connectors::email_link
