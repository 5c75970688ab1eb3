#include "peers/tracking_face.h"

#include <algorithm>
#include <array>

#include "base/hash.h"

namespace holdfast::peers {
namespace {

constexpr std::size_t most_numbers = 40;
constexpr Duration push_wait = seconds(40);
constexpr Duration retry_wait = minutes(10);
constexpr int most_tries = 4;

constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> codes{{
    {"China Post", 3011},
    {"USPS", 21051},
    {"DHL", 100001},
    {"Royal Mail", 11031},
}};

std::int64_t code_of(std::string_view carrier) {
  const auto* found = std::ranges::find(codes, carrier, &decltype(codes)::value_type::first);
  return found == codes.end() ? 0 : found->second;
}

std::string stage_of(const std::string& sub_status) {
  return sub_status.substr(0, sub_status.find('_'));
}

Json event_of(const CarrierScan& scan) {
  const auto time = to_text(Instant{scan.at.ms / 1000 * 1000});
  Json raw;
  raw.set("date", time.substr(0, 10));
  raw.set("time", time.substr(11, 8));
  raw.set("timezone", "+00:00");
  Json address;
  address.set("country", scan.country);
  address.set("state", nullptr);
  address.set("city", scan.city);
  address.set("postal_code", scan.postcode);
  Json event;
  event.set("time_iso", time);
  event.set("time_utc", time);
  event.set("time_raw", std::move(raw));
  event.set("description", scan.words);
  event.set("location", scan.city + ", " + scan.country);
  event.set("stage", stage_of(scan.code));
  event.set("sub_status", scan.code);
  event.set("address", std::move(address));
  return event;
}

Json status_of(const std::string& code) {
  Json status;
  status.set("status", stage_of(code));
  status.set("sub_status", code);
  return status;
}

Json address_in(const std::string& country) {
  Json address;
  address.set("country", country.empty() ? Json() : Json(country));
  return address;
}

Json tracking_of(const CarrierParcel& parcel, std::int64_t code) {
  Json events = Json::Array{};
  for (auto scan = parcel.scans.rbegin(); scan != parcel.scans.rend(); ++scan) {
    events.push(event_of(*scan));
  }
  Json name;
  name.set("key", code);
  name.set("name", parcel.carrier);
  Json provider;
  provider.set("provider", std::move(name));
  provider.set("events", std::move(events));
  Json tracking;
  tracking.set("providers", Json::Array{std::move(provider)});
  return tracking;
}

Json rejected(const Json& item, std::int64_t code, const char* message) {
  Json error;
  error.set("code", code);
  error.set("message", message);
  Json entry;
  entry.set("number", item["number"]);
  entry.set("error", std::move(error));
  return entry;
}

ports::HttpResponse json_response(int status, std::int64_t code, Json data) {
  Json body;
  body.set("code", code);
  body.set("data", std::move(data));
  return {status, {{"Content-Type", "application/json"}}, to_text(body)};
}

/// What /getquota says of an account that may register a thousand numbers.
Json quota(std::size_t used) {
  constexpr std::int64_t total = 1000;
  const auto taken = std::min(static_cast<std::int64_t>(used), total);
  Json data;
  data.set("quota_total", total);
  data.set("quota_used", taken);
  data.set("quota_remain", total - taken);
  return data;
}

}  // namespace

TrackingFace::TrackingFace(Scene& scene, Carriers& carriers, TrackingOptions options)
    : scene_(scene), carriers_(carriers), options_(std::move(options)) {
  carriers_.on_scan([this](const CarrierParcel& parcel) {
    if (registered_.contains(parcel.number)) push_later(parcel.number);
  });
}

FaceAnswer TrackingFace::answer(const ports::Inbound& inbound) {
  const std::string_view path = inbound.path;
  const bool registers = path.ends_with("/register");
  const bool counts = path.ends_with("/getquota");
  const bool known = registers || counts || path.ends_with("/gettrackinfo");
  if (inbound.method != "POST" || !known) {
    return {json_response(404, -18010001, Json()), {}, false};
  }
  if (ports::header(inbound.headers, "17token") != options_.api_key) {
    return {json_response(401, -18010002, Json()), {}, false};
  }
  if (counts) return {json_response(200, 0, quota(registered_.size())), {}, false};
  const auto list = parse_json(inbound.body);
  if (!list || !list->is_array()) return {json_response(200, -18010013, Json()), {}, false};
  if (list->items().size() > most_numbers) {
    return {json_response(200, -18010014, Json()), {}, false};
  }
  Json accepted = Json::Array{};
  Json refused = Json::Array{};
  for (const auto& item : list->items()) {
    auto entry = registers ? enter(item) : read(item);
    auto& into = entry.find("error") ? refused : accepted;
    into.push(std::move(entry));
  }
  Json data;
  data.set("accepted", std::move(accepted));
  data.set("rejected", std::move(refused));
  return {json_response(200, 0, std::move(data)), {}, false};
}

Json TrackingFace::enter(const Json& item) {
  const auto& number = item["number"].string();
  if (number.size() < 5 || number.size() > 50) {
    return rejected(item, -18010012, "The format of the number is invalid.");
  }
  if (registered_.contains(number)) {
    return rejected(item, -18019901, "The tracking number has been registered.");
  }
  const auto* parcel = carriers_.find(number);
  const auto given = item["carrier"].integer();
  registered_[number] = given != 0 ? given : parcel ? code_of(parcel->carrier) : 0;
  if (parcel) push_later(number);
  Json entry;
  entry.set("origin", 1);
  entry.set("number", number);
  entry.set("carrier", registered_[number]);
  return entry;
}

Json TrackingFace::read(const Json& item) const {
  const auto& number = item["number"].string();
  if (!registered_.contains(number)) {
    return rejected(item, -18019902, "The tracking number is not registered.");
  }
  return data_of(number);
}

Json TrackingFace::data_of(const std::string& number) const {
  const auto* parcel = carriers_.find(number);
  const auto code = registered_.find(number)->second;
  const auto latest = parcel ? parcel->scans.back().code : std::string("NotFound_Other");
  Json shipping;
  shipping.set("shipper_address", address_in(parcel ? parcel->from : ""));
  shipping.set("recipient_address", address_in(parcel ? parcel->to : ""));
  Json info;
  info.set("shipping_info", std::move(shipping));
  info.set("latest_status", status_of(latest));
  if (parcel) {
    info.set("latest_event", event_of(parcel->scans.back()));
    info.set("tracking", tracking_of(*parcel, code));
  }
  Json data;
  data.set("number", number);
  data.set("carrier", code);
  data.set("tag", nullptr);
  data.set("track_info", std::move(info));
  return data;
}

void TrackingFace::push_later(const std::string& number) {
  if (options_.hook_url.empty()) return;
  scene_.agenda.after(push_wait, [this, number] {
    Json body;
    body.set("event", "TRACKING_UPDATED");
    body.set("data", data_of(number));
    push(number, to_text(body), 1);
  });
}

void TrackingFace::push(const std::string& number, const std::string& body, int tries) {
  ++pushes_;
  ports::HttpRequest request;
  request.method = "POST";
  request.url = options_.hook_url;
  request.headers = {{"Content-Type", "application/json"},
                     {"sign", hex(sha256(body + "/" + options_.api_key))}};
  request.body = body;
  scene_.post.send(std::move(request), [this, number, body, tries](const ports::Response& got) {
    if (is_success(got)) {
      ++accepted_;
    } else if (tries < most_tries) {
      scene_.agenda.after(retry_wait,
                          [this, number, body, tries] { push(number, body, tries + 1); });
    }
  });
}

Json TrackingFace::books() const {
  Json numbers = Json::Array{};
  for (const auto& [number, carrier] : registered_) numbers.push(number);
  Json books;
  books.set("registered", std::move(numbers));
  books.set("pushes", pushes_);
  books.set("accepted", accepted_);
  return books;
}

}  // namespace holdfast::peers
