#include "peers/mail_supplier.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "net/url.h"
#include "peers/html_form.h"
#include "ports/codes.h"

namespace holdfast::peers {
namespace {

constexpr int most_tries = 100;  // a person comes back to a page that does not open
constexpr Duration retry_wait = minutes(20);

/// "HF-7" out of "<order.HF-7@shop.test>" for `kind` "order"; "" for other messages.
std::string po_of(std::string_view message_id, std::string_view kind) {
  const auto prefix = "<" + std::string(kind) + ".";
  if (!message_id.starts_with(prefix)) return {};
  auto rest = message_id.substr(prefix.size());
  rest = rest.substr(0, rest.find('@'));
  // A cancellation's id ends with a mark of what it asks for.
  if (kind == "cancel") rest = rest.substr(0, rest.rfind('.'));
  return std::string(rest);
}

/// The first link to a page for suppliers.
std::string link_in(std::string_view text) {
  for (std::size_t at = 0; (at = text.find("http", at)) != text.npos; ++at) {
    const auto url = text.substr(at, text.find_first_of(" \r\n\t\"'<>", at) - at);
    if (url.find("/s/") != url.npos) return std::string(url);
  }
  return {};
}

std::int64_t number_in(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// "#1007" from "Store's number #1007", or from the buyer's name "Buyer 7".
std::string shop_order_in(std::string_view text) {
  for (auto mark = text.find('#'); mark != text.npos; mark = text.find('#', mark + 1)) {
    const auto number = number_in(text.substr(mark + 1));
    if (number >= 1000) return "#" + std::to_string(number);
  }
  const auto buyer = text.find("Buyer ");
  if (buyer == text.npos) return {};
  return "#" + std::to_string(1000 + number_in(text.substr(buyer + 6)));
}

/// The rows of the attached table, by column name.
std::vector<std::map<std::string, std::string>> table_of(std::string_view csv) {
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  const auto rows = ports::parse_csv(csv);
  std::vector<std::map<std::string, std::string>> table;
  if (!rows) return table;
  for (std::size_t r = 1; r < rows->size(); ++r) {
    auto& row = table.emplace_back();
    for (std::size_t c = 0; c < std::min((*rows)[r].size(), rows->front().size()); ++c) {
      row[rows->front()[c]] = (*rows)[r][c];
    }
  }
  return table;
}

std::string field_of(std::int64_t line, const char* what) {
  return "line_" + std::to_string(line) + "_" + what;
}

/// The amount alone, "8.30".
std::string amount_of(UnitPrice price) {
  const auto text = to_text(price);
  return text.substr(0, text.find(' '));
}

}  // namespace

MailSupplier::MailSupplier(Scene& scene, Suppliers& suppliers, std::string supplier,
                           std::string address)
    : scene_(scene),
      suppliers_(suppliers),
      supplier_(std::move(supplier)),
      address_(std::move(address)) {
  suppliers_.on_news([this](const SupplyOrder& order, Suppliers::News news) {
    if (order.supplier == supplier_) on_news(order, news);
  });
}

void MailSupplier::read(const MimeMail& mail) {
  ++letters_;
  const auto id = mail.header("Message-ID");
  if (const auto po = po_of(id, "order"); !po.empty()) return read_order(po, mail);
  if (const auto po = po_of(id, "cancel"); !po.empty()) return read_cancel(po, mail);
}

void MailSupplier::read_order(const std::string& po, const MimeMail& mail) {
  const auto text = mail.body("text/plain");
  const auto link = link_in(text);
  const auto* table = mail.attachment(".csv");
  if (link.empty() || !table) return;
  SupplyOrder order;
  order.supplier = supplier_;
  order.po = po;
  order.order = shop_order_in(text);
  for (const auto& row : table_of(table->bytes)) {
    const auto cell = [&](const char* name) {
      const auto found = row.find(name);
      return found == row.end() ? std::string() : found->second;
    };
    SupplyLine line;
    line.line = number_in(cell("line"));
    line.supplier_sku = cell("supplier_sku");
    line.quantity = number_in(cell("quantity"));
    const auto price = parse_unit_price(cell("unit_cost") + " " + cell("currency"));
    if (price) line.cost = *price;
    order.country = cell("country");
    order.postcode = cell("postcode");
    order.lines.push_back(std::move(line));
  }
  if (order.lines.empty()) return;
  pages_[po].link = link;
  suppliers_.receive(std::move(order));
}

void MailSupplier::read_cancel(const std::string& po, const MimeMail& mail) {
  // "- PP-MUG x 2" per article; a letter without such lines means the whole order.
  std::vector<CancelWish> wishes;
  const auto text = mail.body("text/plain");
  for (const auto line : split(text, '\n')) {
    const auto times = line.rfind(" x ");
    if (!line.starts_with("- ") || times == line.npos) continue;
    wishes.push_back({std::string(line.substr(2, times - 2)), number_in(line.substr(times + 3))});
  }
  // An unknown number is no concern of this supplier.
  (void)suppliers_.cancel(supplier_, po, wishes);
}

void MailSupplier::on_news(const SupplyOrder& order, Suppliers::News news) {
  using enum Suppliers::News;
  switch (news) {
    case Received:
    case Closed:
      return;
    case Read:
      return post(order.po, "read", {}, 1);
    case Answered:
      return post(order.po, "answer", answer_fields(order), 1);
    case Checked:
      for (const auto& made : order.checks) {
        post(order.po, "check",
             {{"check", std::string(name_of(made.kind))}, {"statement", made.statement}}, 1);
      }
      return;
    case Shipped: {
      const auto& parcel = order.parcels.back();
      Fields fields{{"carrier", parcel.carrier}, {"tracking", parcel.number}};
      for (const auto& piece : parcel.lines) {
        fields.emplace_back(field_of(piece.line, "quantity"), std::to_string(piece.quantity));
      }
      return post(order.po, "parcel", fields, 1);
    }
    case CancelAnswered: {
      // The page asks for the whole cancellation, not line by line.
      const Fields fields{{"cancel", order.cancel == "accepted" ? "accept" : "reject"}};
      return post(order.po, "answer", fields, 1);
    }
  }
}

MailSupplier::Fields MailSupplier::answer_fields(const SupplyOrder& order) {
  Fields fields{{"supplier_ref", order.supplier_ref}};
  for (const auto& line : order.lines) {
    const auto& answer = line.answer;
    const bool refused = answer.kind == AckKind::Rejected || answer.kind == AckKind::Backordered;
    const bool plain = answer.kind == AckKind::Accepted;
    fields.emplace_back(field_of(line.line, "answer"), refused ? "reject"
                                                       : plain ? "accept"
                                                               : "change");
    fields.emplace_back(field_of(line.line, "quantity"), std::to_string(answer.quantity));
    fields.emplace_back(field_of(line.line, "ready"), to_text(answer.ready_at).substr(0, 10));
    if (answer.kind == AckKind::ItemChanged) {
      fields.emplace_back(field_of(line.line, "substitute"), answer.supplier_sku);
      fields.emplace_back(field_of(line.line, "difference"), answer.note);
    }
    if (answer.kind == AckKind::PriceChanged) {
      fields.emplace_back(field_of(line.line, "price"), amount_of(answer.cost));
    }
  }
  return fields;
}

void MailSupplier::post(const std::string& po, const std::string& form, const Fields& fields,
                        int tries) {
  ports::HttpRequest request;
  request.method = "GET";
  request.url = pages_[po].link;
  request.headers = {{"Accept", "text/html"}};
  scene_.post.send(std::move(request), [=, this](const ports::Response& response) {
    if (!is_success(response)) return again(po, form, fields, tries);
    ++pages_[po].opened;
    submit(po, form, fields, std::get<ports::HttpResponse>(response).body, tries);
  });
}

void MailSupplier::submit(const std::string& po, const std::string& form, const Fields& fields,
                          const std::string& page, int tries) {
  const auto forms = forms_in(page);
  auto given = fields;
  if (const auto* found = form_for(forms, "/" + form)) {
    given.insert(given.begin(), found->hidden.begin(), found->hidden.end());
  }
  ports::HttpRequest request;
  request.method = "POST";
  request.url = pages_[po].link + "/" + form;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = net::form_text(given);
  scene_.post.send(std::move(request), [=, this](const ports::Response& response) {
    const auto* http = std::get_if<ports::HttpResponse>(&response);
    const int status = http ? http->status : 0;
    pages_[po].posted.emplace_back(form, status);
    // A redirect back to the page is how a form is answered; a refusal will not change.
    if (status == 0 || status >= 500 || status == 429) again(po, form, fields, tries);
  });
}

void MailSupplier::again(const std::string& po, const std::string& form, const Fields& fields,
                         int tries) {
  if (tries >= most_tries) return;
  scene_.agenda.after(retry_wait, [=, this] { post(po, form, fields, tries + 1); });
}

Json MailSupplier::books() const {
  Json pages = Json::Object{};
  for (const auto& [po, page] : pages_) {
    Json posted = Json::Array{};
    for (const auto& [form, status] : page.posted) {
      Json entry;
      entry.set("form", form);
      entry.set("status", status);
      posted.push(std::move(entry));
    }
    Json entry;
    entry.set("opened", page.opened);
    entry.set("posted", std::move(posted));
    pages.set(po, std::move(entry));
  }
  Json books;
  books.set("letters", letters_);
  books.set("pages", std::move(pages));
  return books;
}

}  // namespace holdfast::peers
