// The export: the filtered list of orders as one CSV file, made page by page while it leaves.
#include <utility>

#include "api/audit.h"
#include "api/csv.h"
#include "api/desk.h"
#include "api/order_search.h"
#include "base/text.h"

namespace holdfast::api {
namespace {

constexpr std::size_t rows_a_page = 250;
constexpr std::size_t most_bytes = 4u << 20;  // of one page: it is made when the last has left
constexpr int most_at_once = 4;
constexpr std::size_t most_detail = 500;

const std::vector<std::string> plain_columns{
    "order",     "store",  "store_number",    "stage",     "held",     "running",
    "placed_at", "due_at", "open_exceptions", "total",     "currency", "country",
    "procedure", "lines",  "pieces",          "suppliers", "tracking"};
const std::vector<std::string> buyer_columns{"buyer_name", "buyer_email", "buyer_phone",
                                             "buyer_address"};

std::string joined(const Json& list) {
  std::vector<std::string> texts;
  for (const auto& item : list.items()) texts.push_back(item.string());
  return join(texts, "; ");
}

std::string flag(const Json& value) { return value.boolean() ? "true" : "false"; }

std::vector<std::string> fields_of(const ports::OrderRow& row) {
  const auto json = engine::order_row_json(row);
  const auto& total = json["total"].string();  // "12.50 EUR"
  const auto space = total.find(' ');
  const bool known = space != std::string::npos;
  return {csv_plain(json["id"].string()),
          csv_text(row.channel),
          csv_text(row.store_number),
          csv_plain(row.stage),
          flag(json["held"]),
          row.live ? "true" : "false",
          to_text(row.placed_at),
          row.due_at ? to_text(row.due_at) : "",
          std::to_string(row.open_exceptions),
          known ? total.substr(0, space) : "",
          known ? total.substr(space + 1) : "",
          csv_text(json["country"].string()),
          csv_text(json["procedure"].string()),
          std::to_string(json["lines"].integer()),
          std::to_string(json["pieces"].integer()),
          csv_text(joined(json["suppliers"])),
          csv_text(joined(json["tracking"]))};
}

/// The buyer's fields; empty ones where the buyer was erased.
std::vector<std::string> buyer_of(Desk& desk, const ports::StreamKey& stream) {
  const auto buyer = engine::read_buyer(desk.store(), desk.engine.vault(), stream);
  if (!buyer) return std::vector<std::string>(buyer_columns.size());
  std::vector<std::string> address;
  for (const auto& part : {buyer->company, buyer->line1, buyer->line2, buyer->postcode, buyer->city,
                           buyer->region, buyer->country}) {
    if (!part.empty()) address.push_back(part);
  }
  return {csv_text(buyer->name), csv_text(buyer->email), csv_text(buyer->phone),
          csv_text(join(address, ", "))};
}

/// One export on its way. Its stream owns it; each page is made by a worker once the one before has
/// left, so a slow reader costs no memory and a reader who left ends it. It outlives its request,
/// and may outlive the desk: whoever comes from outside asks first whether that is still there.
class Export : public std::enable_shared_from_this<Export> {
 public:
  Export(Desk& desk, const Who& who, OrderFilter filter, bool buyers)
      : desk_(desk), who_(who), filter_(std::move(filter)), buyers_(buyers) {
    filter_.limit = rows_a_page;
    filter_.who = &who_;
    ++*under_way_;
  }
  Export(const Export&) = delete;
  Export& operator=(const Export&) = delete;
  ~Export() { --*under_way_; }

  /// The stream with the head and the first page in it.
  std::shared_ptr<net::EventStream> begin() {
    auto stream = std::make_shared<net::EventStream>(most_bytes, net::StreamForm::File);
    stream_ = stream;
    auto columns = plain_columns;
    if (buyers_) columns.insert(columns.end(), buyer_columns.begin(), buyer_columns.end());
    stream->write(csv_line(columns));
    desk_.live.end_with(stream, {{}, who_.key(), who_.expires_at});
    stream->on_room([self = shared_from_this()] { self->go_on(); });
    return stream;
  }

 private:
  void go_on() {
    if (give_to_worker()) return;
    if (const auto stream = stream_.lock()) stream->close();
  }

  bool give_to_worker() {
    const std::lock_guard lock(alive_->mutex);
    return alive_->yes && desk_.workers.run([self = shared_from_this()] { self->make_page(); });
  }

  void make_page() {
    const auto stream = stream_.lock();
    if (!stream || stream->closed()) return;
    if (desk_.real_now() >= who_.expires_at) return stream->close();
    auto page = find_orders(desk_, filter_);
    if (!page) return stream->close();
    std::string text;
    for (const auto& row : page->rows) {
      auto fields = fields_of(row);
      if (buyers_) {
        const auto more = buyer_of(desk_, row.stream);
        fields.insert(fields.end(), more.begin(), more.end());
      }
      text += csv_line(fields);
    }
    auto place = cursor_place(page->next);
    if (!place) return stream->close();
    filter_.query.before = *place;
    if (!text.empty() && !stream->write(text)) return;
    if (page->next.empty()) return stream->finish();
    if (text.empty()) go_on();
  }

  Desk& desk_;
  const std::shared_ptr<Alive> alive_ = desk_.alive;
  const std::shared_ptr<std::atomic<int>> under_way_ = desk_.exports;
  const Who who_;  // whose rows they are; the filter looks at it
  OrderFilter filter_;
  const bool buyers_;
  std::weak_ptr<net::EventStream> stream_;
};

/// What was asked for, as the record of deeds has it; a search may be a buyer's name and is not
/// told.
std::string asked_for(const Call& call, bool buyers) {
  std::vector<std::string> words;
  for (const auto& [name, value] : call.query) {
    if (name == "q") {
      words.emplace_back("a search");
    } else if (name != "buyers" && name != "limit" && name != "cursor") {
      words.push_back(name + " " + value);
    }
  }
  if (words.empty()) words.emplace_back("all orders");
  if (buyers) words.emplace_back("with buyers");
  return std::string(clipped(join(words, ", "), most_detail));
}

void export_orders(Desk& desk, const CallPtr& call) {
  auto filter = order_filter(desk, *call);
  if (!filter) return call->refuse(filter.error());
  const auto wish = call->parameter("buyers");
  if (!wish.empty() && wish != "true" && wish != "false") {
    return call->refuse(Trouble{422, "invalid", "true or false is expected", "buyers", {}});
  }
  const bool buyers = wish == "true";
  if (buyers && !call->who.may(Right::Buyers)) {
    return call->refuse(Trouble{403, "not_allowed", "Buyers' data needs the right \"buyers\".",
                                "buyers", "export without it, or ask an owner for the right"});
  }
  if (*desk.exports >= most_at_once) {
    return call->refuse(Trouble{
        503, "unavailable", "Other exports are on their way.", {}, "try again when one has ended"});
  }
  const auto started = std::make_shared<Export>(desk, call->who, std::move(*filter), buyers);
  net::ServerResponse response;
  response.headers = {{"Content-Type", "text/csv; charset=utf-8; header=present"},
                      {"Content-Disposition", "attachment; filename=\"orders.csv\""},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  response.stream = started->begin();
  write_records(desk, call, {}, {}, {"orders_exported", "orders", asked_for(*call, buyers)},
                std::move(response));
}

}  // namespace

std::vector<Route> order_export_routes() { return {{"exportOrders", export_orders}}; }

}  // namespace holdfast::api
