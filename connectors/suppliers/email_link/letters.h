#pragma once
// The words of the messages to a supplier: templates filled in, and the table as CSV.
// It must never let a value from an order become markup, a header line or a spreadsheet formula.

#include <string>
#include <string_view>

#include "ports/connector.h"

namespace holdfast::connectors::email_link {

struct Letter {
  std::string subject;
  std::string text;
  std::string html;
};

/// The purchase order in the language of `locale` (BCP 47): any Chinese gives simplified Chinese,
/// everything else English.
Letter order_letter(const ports::PurchaseOrderDocument& document, std::string_view locale);

/// The request to stop a purchase order or parts of it.
Letter cancel_letter(const ports::CancelJob& job, std::string_view locale);

/// One reminder for several purchase orders.
Letter remind_letter(const ports::RemindJob& job, std::string_view locale);

/// The purchase order's lines as CSV in UTF-8 with a byte order mark, which spreadsheets need to
/// show Chinese.
std::string order_csv(const ports::PurchaseOrderDocument& document);

}  // namespace holdfast::connectors::email_link
