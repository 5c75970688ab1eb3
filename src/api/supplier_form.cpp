#include "api/supplier_form.h"

#include <charconv>

namespace holdfast::api {
namespace {

constexpr std::size_t most_text = 2000;

std::string typed(const net::Pairs& form, const std::string& name) {
  return std::string(clipped(trim(net::value_of(form, name)), most_text));
}

/// A day without an hour counts at noon, so that no time zone makes it another day.
Result<Instant> day_of(const std::string& text, const std::string& field) {
  if (text.empty()) return Instant{};
  auto at = parse_instant(text + "T12:00:00Z");
  if (!at) return fail(ErrorCode::Invalid, "A day such as 2026-03-05 is expected.", field);
  return *at;
}

Result<std::int64_t> pieces_of(const std::string& text, std::int64_t asked,
                               const std::string& field) {
  if (text.empty()) return asked;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > asked) {
    return fail(ErrorCode::Invalid, "A number from 0 to " + std::to_string(asked) + ".", field);
  }
  return value;
}

Result<UnitPrice> price_of_text(const std::string& text, UnitPrice asked,
                                const std::string& field) {
  if (text.empty()) return asked;
  auto price = unit_price_from_decimal(text, asked.currency);
  if (!price || price->micros < 0) {
    return fail(ErrorCode::Invalid, "A price such as 12.50 is expected.", field);
  }
  return *price;
}

/// What changed most decides what the change is called; the core looks at all of it again.
AckKind kind_of_change(const engine::SupplierLine& line, const LineAnswer& answer) {
  if (answer.supplier_sku != line.supplier_sku) return AckKind::ItemChanged;
  if (answer.cost != line.cost) return AckKind::PriceChanged;
  if (answer.quantity != line.quantity) return AckKind::QuantityChanged;
  return answer.ready_at ? AckKind::DateChanged : AckKind::Accepted;
}

/// Another item that a line names, and what the supplier says of it.
struct Substitute {
  std::string sku, difference;
};

Substitute substitute_in(const net::Pairs& form, const std::string& prefix) {
  return {typed(form, prefix + "substitute"), typed(form, prefix + "difference")};
}

/// Another item must not pass as the one asked for, nor be described without being named.
Status says_so(const engine::SupplierLine& line, const Substitute& other, const std::string& choice,
               const std::string& prefix) {
  if (choice == "accept" && !(other.sku.empty() && other.difference.empty())) {
    return fail(ErrorCode::Invalid, "Another item is a change: choose \"accept with changes\".",
                prefix + "answer");
  }
  const bool named = !other.sku.empty() && other.sku != line.supplier_sku;
  if (choice == "change" && !other.difference.empty() && !named) {
    return fail(ErrorCode::Invalid, "Which item is different? Your SKU of it is missing.",
                prefix + "substitute");
  }
  return {};
}

/// The answer to one line; nothing when none was chosen.
Result<std::optional<LineAnswer>> line_answer(const engine::SupplierLine& line,
                                              const net::Pairs& form) {
  const auto prefix = "line_" + std::to_string(line.line) + "_";
  const auto choice = typed(form, prefix + "answer");
  if (choice.empty()) return std::optional<LineAnswer>{};
  const auto other = substitute_in(form, prefix);
  if (auto status = says_so(line, other, choice, prefix); !status) return fail(status.error());
  auto ready_at = day_of(typed(form, prefix + "ready"), prefix + "ready");
  if (!ready_at) return fail(ready_at.error());
  LineAnswer answer{
      line.line, AckKind::Accepted, line.quantity, line.supplier_sku, line.cost, *ready_at, ""};
  if (choice == "accept") return std::optional(answer);
  if (choice == "reject") {
    answer.kind = AckKind::Rejected;
    answer.quantity = 0;
    return std::optional(answer);
  }
  if (choice != "change") {
    return fail(ErrorCode::Invalid, "accept, reject or change is expected.", prefix + "answer");
  }
  auto pieces = pieces_of(typed(form, prefix + "quantity"), line.quantity, prefix + "quantity");
  if (!pieces) return fail(pieces.error());
  auto price = price_of_text(typed(form, prefix + "price"), line.cost, prefix + "price");
  if (!price) return fail(price.error());
  answer.quantity = *pieces;
  answer.cost = *price;
  if (!other.sku.empty()) answer.supplier_sku = other.sku;
  answer.note = other.difference;
  answer.kind = kind_of_change(line, answer);
  return std::optional(answer);
}

std::string actor_of(const engine::SupplierPage& page) { return "supplier:" + page.supplier; }

Result<Command> cancel_answer(const engine::SupplierPage& page, const std::string& choice) {
  if (choice != "accept" && choice != "reject") {
    return fail(ErrorCode::Invalid, "accept or reject is expected.", "cancel");
  }
  // Without lines it answers what was asked last.
  return Command(SupplierCommand(
      AnswerSupplyCancel{page.po,
                         choice == "accept" ? CancelReply::Accepted : CancelReply::Rejected,
                         {},
                         actor_of(page),
                         "answered on the supplier's page"}));
}

Result<Command> answer_of(const engine::SupplierPage& page, const net::Pairs& form) {
  const auto cancel = typed(form, "cancel");
  if (page.cancelling && !cancel.empty()) return cancel_answer(page, cancel);
  AcknowledgePurchaseOrder wish{
      page.po, {}, Strength::Attested, typed(form, "supplier_ref"), actor_of(page)};
  for (const auto& line : page.lines) {
    auto answer = line_answer(line, form);
    if (!answer) return fail(answer.error());
    if (*answer) wish.answers.push_back(std::move(**answer));
  }
  if (wish.answers.empty()) {
    return fail(ErrorCode::Invalid, "No line was answered.", "line_1_answer");
  }
  return Command(SupplierCommand(std::move(wish)));
}

Result<Command> check_of(const engine::SupplierPage& page, const net::Pairs& form) {
  auto check = from_name<CheckKind>(typed(form, "check"));
  if (!check) return fail(within(check.error(), "check"));
  const auto statement = typed(form, "statement");
  const auto photo = typed(form, "photo");
  if (statement.empty() && photo.empty()) {
    return fail(ErrorCode::Invalid, "What was checked?", "statement");
  }
  return Command(SupplierCommand(AttestCheck{*check, page.po, statement, photo, actor_of(page)}));
}

Result<Command> parcel_of(const engine::SupplierPage& page, const net::Pairs& form, Instant now) {
  const auto tracking = typed(form, "tracking");
  if (tracking.empty() || tracking.size() > 100) {
    return fail(ErrorCode::Invalid, "A tracking number is expected.", "tracking");
  }
  AnnounceParcel wish{page.po, typed(form, "carrier"), tracking,          {},
                      now,     "supplier_page",        Strength::Attested};
  bool named = false;
  for (const auto& line : page.lines) {
    const auto field = "line_" + std::to_string(line.line) + "_quantity";
    const auto text = typed(form, field);
    if (text.empty()) continue;
    const auto pieces = pieces_of(text, line.quantity, field);
    if (!pieces) return fail(pieces.error());
    named = true;
    if (*pieces > 0) wish.lines.push_back({line.line, *pieces});
  }
  if (named && wish.lines.empty()) {
    return fail(ErrorCode::Invalid, "How many pieces are in it?", "line_1_quantity");
  }
  return Command(SupplierCommand(std::move(wish)));
}

}  // namespace

Result<Command> supplier_command(const engine::SupplierPage& page, std::string_view action,
                                 const net::Pairs& form, Instant now) {
  if (action == "read") {
    return Command(SupplierCommand(RecordPurchaseOrderReply{page.po, PoReply::Read, "", ""}));
  }
  if (action == "answer") return answer_of(page, form);
  if (action == "check") return check_of(page, form);
  if (action == "parcel") return parcel_of(page, form, now);
  return fail(ErrorCode::NotFound, "There is nothing here.");
}

}  // namespace holdfast::api
