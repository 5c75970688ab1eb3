#include "connectors/conformance/suite/folders.h"

#include <algorithm>

#include "base/check.h"
#include "connectors/conformance/suite/fields.h"
#include "ports/registry.h"

namespace holdfast::conformance {
namespace {

void read(Fields& f, ports::FetchOrderJob& job) { f("channel_order", job.channel_order); }

void read(Fields& f, ports::ListUpdatedJob& job) {
  f("since", job.since);
  f("cursor", job.cursor);
}

void read(Fields& f, ports::SubscriptionsJob& job) {
  f("callback_url", job.callback_url);
  f("create_missing", job.create_missing);
}

void read(Fields&, ports::RenewTokenJob&) {}
void read(Fields&, ports::ProbeJob&) {}

void read(Fields& f, ports::FulfillJob& job) {
  f("channel_order", job.channel_order);
  f("store_number", job.store_number);
  f("lines", job.lines);
  f("carrier", job.carrier);
  f("tracking", job.tracking);
  f("tracking_url", job.tracking_url);
  f("our_hold_handle", job.our_hold_handle);
  f("notify", job.notify);
  f("read_back_first", job.read_back_first);
  f("parcel", job.parcel);
}

void read(Fields& f, ports::TrackingNewsJob& job) {
  f("channel_order", job.channel_order);
  f("fulfillment", job.fulfillment);
  f("status", job.status);
  f("at", job.at);
  f("number_changed", job.number_changed);
  f("carrier", job.carrier);
  f("tracking", job.tracking);
  f("tracking_url", job.tracking_url);
  f("read_back_first", job.read_back_first);
}

void read(Fields& f, ports::ChannelHoldJob& job) {
  f("channel_order", job.channel_order);
  f("part", job.part);
  f("hold", job.hold);
  f("handle", job.handle);
  f("reason", job.reason);
  f("place", job.place);
}

void read(Fields& f, ports::PurchaseOrderDocument::Line& line) {
  f("line", line.line);
  f("sku", line.sku);
  f("supplier_sku", line.supplier_sku);
  f("title", line.title);
  f("variant", line.variant);
  f("quantity", line.quantity);
  f("cost", line.cost);
  f("hs_code", line.hs_code);
  f("origin", line.origin);
  f("declared_value", line.declared_value);
  f("instructions", line.instructions);
}

void read(Fields& f, ports::PurchaseOrderDocument& document);

/// Reads a member that is a struct of its own; a problem inside stops the case.
template <class T>
Status read_inner(const Json& json, T& into) {
  Fields inner(json);
  read(inner, into);
  if (inner.problem().empty()) return {};
  return fail(ErrorCode::Invalid, inner.problem());
}

void read(Fields& f, ports::PurchaseOrderDocument& document) {
  f("po", document.po);
  f("store_number", document.store_number);
  f("ordered_at", document.ordered_at);
  f("ship_by", document.ship_by);
  f("service", document.service);
  f("customer_service", document.customer_service);
  f("ship_to", document.ship_to);
  f("instructions", document.instructions);
  f("packaging", document.packaging);
  f("incoterm", document.incoterm);
  f("duties_paid_by", document.duties_paid_by);
  f("ioss", document.ioss);
  f("total", document.total);
  f("page_url", document.page_url);
  f("locale", document.locale);
  for (const auto& item : f.member("lines").items()) {
    document.lines.emplace_back();
    f.require(read_inner(item, document.lines.back()));
  }
}

void read(Fields& f, ports::PlaceJob& job) {
  f.require(read_inner(f.member("document"), job.document));
  f("earlier_attempt_unknown", job.earlier_attempt_unknown);
}

void read(Fields& f, ports::FindJob& job) {
  f("po", job.po);
  f("supplier_ref", job.supplier_ref);
}

void read(Fields& f, ports::CancelJob& job) {
  f("po", job.po);
  f("supplier_ref", job.supplier_ref);
  f("lines", job.lines);
  f("reason", job.reason);
}

void read(Fields& f, ports::RemindJob& job) {
  f("pos", job.pos);
  f("page_url", job.page_url);
  f("step", job.step);
  f("locale", job.locale);
}

void read(Fields& f, ports::RegisterJob& job) {
  f("carrier", job.carrier);
  f("tracking", job.tracking);
  f("country", job.country);
  f("postcode_prefix", job.postcode_prefix);
}

void read(Fields& f, ports::ReadTrackingJob& job) {
  f("carrier", job.carrier);
  f("tracking", job.tracking);
}

void read(Fields& f, ports::NotifyJob& job) {
  f("to", job.to);
  f("subject", job.subject);
  f("text", job.text);
  f("html", job.html);
  f("message_id", job.message_id);
  f("kind", job.kind);
}

/// Adds an ability the table fills; a null pointer means that the partner has it not.
template <class Job>
void add(Folder& folder, const char* name,
         ports::Turn (*ability)(const ports::Account&, const Job&, const ports::Exchanges&)) {
  if (!ability) return;
  folder.conversations[name] = [ability](const ports::Account& account, const Json& json,
                                         const ports::Exchanges& exchanges) -> Result<ports::Turn> {
    Job job;
    Fields fields(json);
    read(fields, job);
    if (!fields.problem().empty()) return fail(ErrorCode::Invalid, "job: " + fields.problem());
    return ability(account, job, exchanges);
  };
}

/// The folders of one kind in the order the registry lists them: by name, those with a header of
/// their own name. A folder's name need not be its table's kind.
std::vector<std::string> folder_names(const std::string& kinds) {
  std::vector<std::string> names;
  const auto dir = connectors_dir() / kinds;
  if (!std::filesystem::is_directory(dir)) return names;
  for (const auto& entry : std::filesystem::directory_iterator(dir)) {
    const auto name = entry.path().filename().string();
    const auto stem = (entry.path() / name).string();
    const bool listed =
        std::filesystem::exists(stem + ".h") && std::filesystem::exists(stem + ".cpp");
    if (listed) names.push_back(kinds + "/" + name);
  }
  std::ranges::sort(names);
  return names;
}

/// Appends one folder per table and lets `fill` add what the table can do.
void add_kind(std::vector<Folder>& out, const std::string& kinds, const auto& tables, auto fill) {
  const auto names = folder_names(kinds);
  check(names.size() == tables.size(), "every connector folder is in the registry");
  for (std::size_t i = 0; i < names.size(); ++i) {
    Folder folder;
    folder.name = names[i];
    folder.settings = &tables[i]->settings();
    fill(folder, *tables[i]);
    out.push_back(std::move(folder));
  }
}

void fill_channel(Folder& folder, const ports::ChannelConnector& table) {
  if (table.receive) folder.receivers["receive"] = table.receive;
  add(folder, "fetch_order", table.fetch_order);
  add(folder, "list_updated", table.list_updated);
  add(folder, "subscriptions", table.subscriptions);
  add(folder, "renew_token", table.renew_token);
  add(folder, "fulfill", table.fulfill);
  add(folder, "tracking_news", table.tracking_news);
  add(folder, "hold", table.hold);
  add(folder, "probe", table.probe);
}

void fill_supplier(Folder& folder, const ports::SupplierConnector& table) {
  if (table.receive) folder.receivers["receive"] = table.receive;
  if (table.read_callback) folder.readers["read_callback"] = table.read_callback;
  add(folder, "place", table.place);
  add(folder, "find", table.find);
  add(folder, "cancel", table.cancel);
  add(folder, "remind", table.remind);
  add(folder, "probe", table.probe);
}

void fill_tracking(Folder& folder, const ports::TrackingConnector& table) {
  if (table.receive) folder.receivers["receive"] = table.receive;
  if (table.read_push) folder.readers["read_push"] = table.read_push;
  add(folder, "register_number", table.register_number);
  add(folder, "read_number", table.read_number);
  add(folder, "probe", table.probe);
}

void fill_notifier(Folder& folder, const ports::NotifierConnector& table) {
  add(folder, "notify", table.notify);
  add(folder, "probe", table.probe);
}

}  // namespace

std::vector<Folder> folders() {
  std::vector<Folder> out;
  add_kind(out, "channels", ports::channel_connectors(), fill_channel);
  add_kind(out, "suppliers", ports::supplier_connectors(), fill_supplier);
  add_kind(out, "tracking", ports::tracking_connectors(), fill_tracking);
  add_kind(out, "carriers", ports::carrier_connectors(), [](Folder&, const auto&) {});
  add_kind(out, "notifiers", ports::notifier_connectors(), fill_notifier);
  return out;
}

std::filesystem::path connectors_dir() {
  auto here = std::filesystem::current_path();
  for (;; here = here.parent_path()) {
    if (std::filesystem::exists(here / "connectors/conformance/README.md")) {
      return here / "connectors";
    }
    if (here == here.root_path()) return {};
  }
}

}  // namespace holdfast::conformance
