// What people add to a listing: pictures of what it promises, and which suppliers' items were
// compared with it.
#include <algorithm>

#include "api/audit.h"
#include "api/fields.h"
#include "api/goods.h"
#include "api/photos.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_photos = 8;
constexpr std::size_t most_name = 200;
constexpr std::size_t most_note = 4000;

/// The SKU that a call is about, when whoever asks sees it. NotFound otherwise, or an error of the
/// store.
Result<std::string> known_sku(Desk& desk, const Call& call) {
  const auto found = shelf(desk);
  if (!found) return fail(found.error());
  const auto& sku = call.segment(3);
  const auto goods = (*found)->goods.find(sku);
  if (goods != (*found)->goods.end() && sees_goods(call.who, goods->second)) return sku;
  return fail(ErrorCode::NotFound, "There is no such SKU.");
}

using Photos = std::vector<engine::ListingPhoto>;

bool holds(const Photos& photos, const std::string& sha) {
  return std::ranges::find(photos, sha, &engine::ListingPhoto::sha256) != photos.end();
}

void add_photo(Desk& desk, const CallPtr& call) {
  if (const auto trouble = wrong_image(*call)) return call->refuse(*trouble);
  const auto sku = known_sku(desk, *call);
  if (!sku) return call->refuse(sku.error());
  const auto& bytes = call->request.body;
  const auto json = photo_json(bytes);
  const engine::ListingPhoto photo{*sku, json["sha256"].string(), call->who.name, desk.real_now()};
  const auto known = engine::listing_photos(desk.store(), desk.tenant(), *sku, most_photos);
  if (!known) return call->refuse(known.error());
  if (holds(*known, photo.sha256)) return call->answer(json_answer(json, 201));
  if (known->size() == most_photos) {
    return call->refuse(
        Trouble{409, "conflict", "This SKU has eight photos already.", {}, "remove one first"});
  }
  const auto kept =
      engine::keep_listing_photo(photo_place(desk), *desk.options.entropy, *sku, bytes);
  if (!kept) return call->refuse(kept.error());
  auto deed = audit_row(desk, *call, {"listing_photo_added", *sku, photo.sha256.substr(0, 12)});
  desk.engine.put_if({{}, {engine::listing_photo_row(desk.tenant(), photo), std::move(deed)}, {}},
                     [&desk, call, photo, json](const Result<engine::Stepped>& written) {
                       if (!written) {
                         engine::remove_listing_photo(desk.options.data_folder, photo.sku,
                                                      photo.sha256);
                         return call->refuse(written.error());
                       }
                       forget_pictures(desk);
                       call->answer(json_answer(json, 201));
                     });
}

void get_photo(Desk& desk, const CallPtr& call) {
  const auto sku = known_sku(desk, *call);
  if (!sku) return call->refuse(sku.error());
  auto bytes = engine::read_listing_photo(photo_place(desk), *sku, call->segment(5));
  if (!bytes) return call->refuse(bytes.error());
  call->answer(image_answer(std::move(*bytes)));
}

void remove_photo(Desk& desk, const CallPtr& call) {
  const auto sku = known_sku(desk, *call);
  if (!sku) return call->refuse(sku.error());
  const auto known = engine::listing_photos(desk.store(), desk.tenant(), *sku, most_photos);
  if (!known) return call->refuse(known.error());
  const auto& sha = call->segment(5);
  if (!holds(*known, sha)) {
    return call->refuse(Error{ErrorCode::NotFound, "There is no such photo.", "", ""});
  }
  const auto row = engine::listing_photo_row(desk.tenant(), {*sku, sha, {}, {}});
  auto deed = audit_row(desk, *call, {"listing_photo_removed", *sku, sha.substr(0, 12)});
  desk.engine.put_if({{}, {std::move(deed)}, {{row.tenant, row.kind, row.key}}},
                     [&desk, call, sku = *sku, sha](const Result<engine::Stepped>& written) {
                       if (!written) return call->refuse(written.error());
                       engine::remove_listing_photo(desk.options.data_folder, sku, sha);
                       forget_pictures(desk);
                       call->answer(empty_answer(204));
                     });
}

/// The offers of the item that was judged, suspended where they are not: routing is to buy it no
/// more.
std::vector<Offer> stopped(const engine::Catalogue& catalogue, const engine::Equivalent& found) {
  std::vector<Offer> offers;
  for (const auto& offer : catalogue.offers(found.sku)) {
    const bool it = offer->supplier == found.supplier && offer->supplier_sku == found.supplier_sku;
    if (!it || offer->suspended) continue;
    offers.push_back(*offer);
    offers.back().suspended = true;
  }
  return offers;
}

void judge(Desk& desk, const CallPtr& call) {
  const auto sku = known_sku(desk, *call);
  if (!sku) return call->refuse(sku.error());
  Fields fields(call->body);
  const engine::Equivalent found{*sku,
                                 fields.text("supplier", 1, most_name),
                                 fields.text("supplier_sku", 1, most_name),
                                 fields.flag("equivalent"),
                                 fields.text("note", 1, most_note),
                                 call->who.name,
                                 desk.real_now()};
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  if (!desk.setup().profiles.contains(found.supplier)) {
    return call->refuse(
        Trouble{422, "invalid", "There is no such supplier.", "supplier", "the id of one"});
  }
  const auto about = *sku + ", " + found.supplier + " " + found.supplier_sku;
  auto row = engine::equivalent_row(desk.tenant(), found);
  if (found.equivalent) {
    return write_records(desk, call, {std::move(row)}, {},
                         {"equivalent_judged", about, "equivalent"},
                         json_answer(equivalent_json(found), 201));
  }
  auto deed = audit_row(desk, *call, {"equivalent_judged", about, "not equivalent, suspended"});
  desk.engine.restate_offers(
      [found](const engine::Catalogue& catalogue) { return stopped(catalogue, found); },
      [&desk, call, found](const Result<engine::Stepped>& written) {
        if (!written) return call->refuse(written.error());
        forget_shelf(desk);
        call->answer(json_answer(equivalent_json(found), 201));
      },
      call->who.name, {std::move(row), std::move(deed)});
}

}  // namespace

std::vector<Route> promise_routes() {
  return {{"addListingPhoto", add_photo, false, true},
          {"getListingPhoto", get_photo, false, true},
          {"removeListingPhoto", remove_photo, false, true},
          {"judgeEquivalent", judge, false, true}};
}

}  // namespace holdfast::api
