// Offers from a person: which supplier's item stands behind a SKU, at what cost, and whether it is
// suspended. Tried without a trace, or taken as a whole.
#include <algorithm>
#include <map>
#include <tuple>

#include "api/audit.h"
#include "api/csv_import.h"
#include "api/desk.h"
#include "api/goods.h"
#include "engine/offers.h"
#include "engine/promise_notes.h"
#include "engine/settings/offers_sheet.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_lines = 5000;

/// By line: what is to be known of an offer that is taken nevertheless.
using Notes = std::map<std::int64_t, engine::SheetProblem>;

Json row_json(std::int64_t line, const Offer* offer, const engine::SheetProblem* said) {
  Json json;
  json.set("line", line);
  json.set("ok", offer != nullptr);
  json.set("sku", offer ? offer->sku : "");
  json.set("supplier", offer ? offer->supplier : "");
  json.set("column", said ? said->column : "");
  json.set("what", said ? said->error.what : "");
  json.set("todo", said ? said->error.todo : "");
  return json;
}

Json report_json(const engine::OffersSheet& sheet, const Notes& notes, bool dry_run) {
  std::vector<std::tuple<std::int64_t, std::string, Json>> rows;
  for (const auto& [line, offer] : sheet.offers) {
    const auto note = notes.find(line);
    rows.emplace_back(line, "",
                      row_json(line, &offer, note == notes.end() ? nullptr : &note->second));
  }
  for (const auto& problem : sheet.problems) {
    rows.emplace_back(problem.line, problem.column, row_json(problem.line, nullptr, &problem));
  }
  std::ranges::sort(rows, [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  Json list{Json::Array{}};
  for (auto& row : rows) list.push(std::move(std::get<2>(row)));
  const auto refused = static_cast<std::int64_t>(sheet.problems.size());
  const auto whole = static_cast<std::int64_t>(sheet.offers.size());
  Json json;
  json.set("dry_run", dry_run);
  json.set("taken", refused == 0 ? whole : 0);
  json.set("refused", refused);
  json.set("rows", std::move(list));
  return json;
}

/// What is bought without asking anybody is the policy's matter: a file may keep such an item, not
/// make one.
void keep_from_acting_alone(const Call& call, const Shelf& shelf, engine::OffersSheet& sheet) {
  if (call.who.may(Right::Policy)) return;
  std::erase_if(sheet.offers, [&](const auto& row) {
    const auto& [line, offer] = row;
    if (offer.mode != Mode::Auto) return false;
    const auto goods = shelf.goods.find(offer.sku);
    if (goods != shelf.goods.end()) {
      for (const Offer& known : goods->second.offers) {
        if (known.supplier == offer.supplier && known.mode == Mode::Auto) return false;
      }
    }
    sheet.problems.push_back(
        {line,
         "mode",
         {ErrorCode::Forbidden, "to let it act by itself takes the right policy", "",
          "leave it at propose, or ask somebody who has the right"}});
    return true;
  });
}

/// The lines whose item was found not to keep its listing's promise: the engine keeps it suspended.
Result<Notes> kept_suspended(Desk& desk, const engine::OffersSheet& sheet) {
  const auto unlike = engine::unlike_items(desk.store(), desk.tenant());
  if (!unlike) return fail(unlike.error());
  Notes notes;
  for (const auto& [line, offer] : sheet.offers) {
    if (offer.suspended || !unlike->contains(engine::item_key(offer))) continue;
    const Error why{ErrorCode::Conflict,
                    "stays suspended: this item was found not equivalent to the listing", "",
                    "compare it again on the product's page"};
    notes.emplace(line, engine::SheetProblem{line, "suspended", why});
  }
  return notes;
}

std::string about(const engine::OffersSheet& sheet) {
  if (sheet.offers.size() != 1) return std::to_string(sheet.offers.size()) + " offers";
  const auto& offer = sheet.offers.front().second;
  return offer.sku + ", " + offer.supplier;
}

std::string in_few_words(const engine::OffersSheet& sheet) {
  if (sheet.offers.size() != 1) return {};
  const auto& offer = sheet.offers.front().second;
  return offer.supplier_sku + " at " + to_text(offer.cost) + (offer.suspended ? ", suspended" : "");
}

void import_offers(Desk& desk, const CallPtr& call) {
  if (const auto trouble = wrong_import(*call)) return call->refuse(*trouble);
  auto sheet = engine::read_offers_sheet(call->request.body, desk.setup().profiles, desk.now());
  if (!sheet) return call->refuse(sheet.error());
  if (sheet->offers.size() + sheet->problems.size() > most_lines) {
    return call->refuse(
        too_many_lines(most_lines, "divide it, or use holdfast import on the server"));
  }
  const auto known = shelf(desk);
  if (!known) return call->refuse(known.error());
  keep_from_acting_alone(*call, **known, *sheet);
  const auto notes = kept_suspended(desk, *sheet);
  if (!notes) return call->refuse(notes.error());
  auto report = report_json(*sheet, *notes, only_tries(*call));
  // All or nothing: half a price list would route orders by a mixture of two days.
  if (only_tries(*call) || !sheet->problems.empty() || sheet->offers.empty()) {
    return call->answer(json_answer(report));
  }
  auto deed = audit_row(desk, *call, {"offers_stated", about(*sheet), in_few_words(*sheet)});
  std::vector<Offer> offers;
  for (auto& [line, offer] : sheet->offers) offers.push_back(std::move(offer));
  desk.engine.state_offers(std::move(offers),
                           [&desk, call, report = std::move(report)](Result<engine::Stepped> done) {
                             if (!done) return call->refuse(done.error());
                             forget_shelf(desk);
                             call->answer(json_answer(report));
                           },
                           call->who.name, {std::move(deed)});
}

}  // namespace

std::vector<Route> offer_routes() { return {{"importOffers", import_offers}}; }

}  // namespace holdfast::api
