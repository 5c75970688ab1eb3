#include <algorithm>

#include "base/text.h"
#include "cli/columns.h"
#include "cli/commands.h"

namespace holdfast::cli {
namespace {

std::string digits(const Json& json) { return json.digits(); }

/// "2026-11-02 09:00" of an RFC 3339 time; "–" for none.
std::string when(const Json& at) { return short_time(at.string()); }

std::string gate_lines(const Json& data) {
  std::string out = "\nGates\n";
  Columns table;
  for (const auto& gate : data["gates"].items()) {
    std::vector<std::string> proofs;
    for (const auto& proof : gate["evidence"].items()) {
      proofs.push_back("#" + digits(proof["event"]) + " " + proof["kind"].string());
    }
    const auto& result = gate["result"].string();
    const bool open = result == "open" || result == "overridden";
    const auto strength = result == "not_applicable" ? std::string("–")
                          : open                     ? gate["strength"].string()
                                                     : "needs " + gate["least"].string();
    table.add({result, gate["gate"].string(), gate["guards"].string(), strength,
               gate["detail"].string() + (proofs.empty() ? "" : "  [" + join(proofs, ", ") + "]")});
  }
  return out + table.text("  ");
}

std::string line_lines(const Json& data) {
  std::string out = "\nLines\n";
  Columns table;
  for (const auto& line : data["lines"].items()) {
    auto title = line["title"].string();
    if (!line["variant"].string().empty()) title += ", " + line["variant"].string();
    auto where =
        digits(line["on_order"]) + " on order, " + digits(line["in_parcels"]) + " in parcels";
    if (!line["ships"].boolean()) where = "does not ship";
    table.add({digits(line["line"]), digits(line["wanted"]) + " x " + line["sku"].string(), title,
               line["price"].string(), where});
  }
  return out + table.text("  ");
}

std::string po_state(const Json& po) {
  if (po["refused"].boolean()) return "refused by the supplier";
  if (po["closed"].boolean()) return "closed";
  if (po["released_at"].is_null()) return "drafted, " + po["mode"].string();
  if (po["confirmed"].boolean()) return "confirmed per line (" + po["strength"].string() + ")";
  if (po["acknowledged"].boolean()) return "answered, not every line confirmed";
  if (po["reply"].is_null()) return "released, not sent yet";
  return po["reply"].string() + ", no answer yet";
}

std::string po_lines(const Json& data) {
  const auto& pos = data["purchase_orders"].items();
  if (pos.empty()) return "";
  std::string out = "\nPurchase orders\n";
  for (const auto& po : pos) {
    out += "  " + po["po"].string() + "  " + po["supplier"].string() + " (" +
           po["ship_model"].string() + ")  " + po["total"].string() + "  " + po_state(po);
    if (!po["supplier_ref"].string().empty())
      out += ", their number " + po["supplier_ref"].string();
    out += '\n';
    for (const auto& line : po["lines"].items()) {
      out += "    line " + digits(line["line"]) + ": " + digits(line["live"]) + " of " +
             digits(line["asked"]) + " x " + line["supplier_sku"].string() + " at " +
             line["cost"].string();
      if (!line["answer"].is_null()) out += ", " + line["answer"].string();
      if (!line["ready_at"].is_null()) out += ", ready " + when(line["ready_at"]);
      if (line["needs_approval"].boolean()) out += "  ← needs approval";
      out += '\n';
    }
  }
  return out;
}

std::string parcel_lines(const Json& data) {
  const auto& parcels = data["parcels"].items();
  if (parcels.empty()) return "";
  std::string out = "\nParcels\n";
  for (const auto& parcel : parcels) {
    out += "  " + digits(parcel["parcel"]) + "  " + parcel["carrier"].string() + " " +
           parcel["tracking"].string() + "  " +
           (parcel["events"].integer() == 0 ? "announced" : parcel["status"].string()) + "  ";
    out += parcel["accepted_at"].is_null() ? "no proof yet that the carrier has it"
                                           : "carrier has it since " + when(parcel["accepted_at"]) +
                                                 " (" + parcel["proof"].string() + " proof)";
    out += parcel["store_told"].boolean() ? ", store told\n" : ", store not told\n";
    for (const auto& anomaly : parcel["anomalies"].items()) {
      out += "    ! " + anomaly.string() + '\n';
    }
  }
  return out;
}

std::string exception_lines(const Json& data) {
  std::string out;
  for (const auto& known : data["exceptions"].items()) {
    if (!known["open"].boolean()) continue;
    out += "  " + digits(known["number"]) + "  " + known["reason"].string() + ": " +
           known["detail"].string() + "\n     owner " + known["owner"].string() +
           ", next: " + known["next_action"].string() + ", review by " + when(known["review_by"]) +
           '\n';
    for (const auto& option : known["options"].items()) {
      out += "     --verb " + option["verb"].string() + ": " + option["consequence"].string();
      if (!option["cost"].is_null()) out += " (" + option["cost"].string() + ")";
      out += '\n';
    }
  }
  return out.empty() ? "" : "\nExceptions to decide\n" + out;
}

std::string next_lines(const Json& data) {
  const auto& next = data["next"].items();
  if (next.empty()) return "";
  Columns table;
  for (const auto& item : next) {
    table.add({when(item["at"]), item["what"].string(), item["about"].string()});
  }
  return "\nNext\n" + table.text("  ");
}

/// What a filter's name means, as a merchant says it.
std::string filter_words(const std::string& filter) {
  static const std::pair<const char*, const char*> words[] = {
      {"suspended", "is suspended"},
      {"not_vetted", "was never vetted"},
      {"channel_rule", "is not used for this channel"},
      {"destination_excluded", "does not ship there"},
      {"failed_here", "already failed for this line"},
      {"feed_too_old", "stated its stock too long ago"},
      {"below_buffer", "has no stock above the safety buffer"},
      {"minimum_price", "may not sell below the minimum price"},
      {"cannot_meet_promise", "cannot be ready before the promised date"}};
  for (const auto& [name, meaning] : words) {
    if (filter == name) return meaning;
  }
  return "was removed by the rule " + filter;
}

std::string age_words(std::int64_t minutes) {
  if (minutes < 1) return "stated just now";
  if (minutes < 120) return "stated " + std::to_string(minutes) + " minutes before";
  return "stated " + std::to_string(minutes / 60) + " hours before";
}

std::string explained(const Json& line) {
  std::string out = "  Line " + digits(line["line"]) + ", " + line["sku"].string() + " (" +
                    line["title"].string() + ")\n";
  for (const auto& given : line["chosen"].items()) {
    out += "    → " + digits(given["quantity"]) + " from " + given["supplier"].string() + " as " +
           given["supplier_sku"].string() + " at " + given["cost"].string() + " a piece\n";
  }
  if (line["candidates"].items().empty()) out += "    Nobody offers it.\n";
  for (const auto& candidate : line["candidates"].items()) {
    const bool live = candidate["detail"].string().ends_with(" live");
    const auto age =
        live ? "answered when asked" : age_words(candidate["feed_age_minutes"].integer());
    const auto& filter = candidate["removed_by"].string();
    out += "      " + candidate["supplier"].string();
    out += filter.empty() ? " scored " + digits(candidate["score"]) +
                                " of 1000: " + candidate["detail"].string() + ", " + age + '\n'
                          : " " + filter_words(filter) + ": " + candidate["detail"].string() +
                                " (" + age + ")\n";
    const auto& offer = candidate["offer"];
    if (!offer.is_object()) continue;
    out += "        offered " + offer["supplier_sku"].string() + " at " + offer["cost"].string() +
           ", " + digits(offer["stock"]) + " in stock, " + digits(offer["lead_days"]) +
           " working days, from " + offer["ship_from"].string() + "\n";
  }
  return out;
}

std::string explained_decision(const Json& decision) {
  const auto& outcome = decision["outcome"].string();
  std::string out = when(decision["at"]) + "  ";
  if (outcome == "withdrawn") {
    return out + decision["po"].string() + " with " + decision["supplier"].string() +
           " was taken back: " + decision["reason"].string() + "\n\n";
  }
  if (outcome == "failed")
    out += "No supplier could be chosen: " + decision["reason"].string();
  else
    out += "Suppliers were chosen";
  if (decision["heuristic"].boolean()) {
    out += " by the quick method for large baskets (a better combination may exist)";
  }
  out += ".\n";
  for (const auto& line : decision["lines"].items()) out += explained(line);
  out += decision["facts_stored"].boolean()
             ? "  Offers as they were compared, " + decision["facts"].string().substr(0, 12) + "\n"
             : std::string();
  return out + "  Policy " + decision["policy"].string().substr(0, 12) + ", event #" +
         digits(decision["event"]) + "\n\n";
}

}  // namespace

std::string order_show_text(const Json& data) {
  std::string out = data["store_number"].string() + "  " + data["stage"].string() +
                    (data["held"].boolean() ? "  HELD" : "") + "\n";
  out += "  " + data["order"].string() + " of " + data["channel"].string() + ", placed " +
         when(data["placed_at"]) + ", " + data["total"].string() + ", payment " +
         data["payment"]["state"].string() + "\n  to " + data["destination"]["country"].string() +
         " " + data["destination"]["postcode_prefix"].string() + "…, " + data["service"].string() +
         ", procedure " + data["procedure"].string() + "\n";
  if (data["erased"].boolean()) out += "  the buyer's data was erased\n";
  for (const auto& promise : data["promises"].items()) {
    out += "  promised: " + promise["promise"].string() + " " + when(promise["due_at"]) + " (" +
           promise["source"].string() + ")\n";
  }
  for (const auto& hold : data["holds"].items()) {
    out += "  on hold: " + hold["hold"].string() + ", " + hold["reason"].string() + "\n";
  }
  out += gate_lines(data) + line_lines(data);
  if (!data["routing_failure"].string().empty()) {
    out += "  not routed: " + data["routing_failure"].string() + "\n";
  }
  return out + po_lines(data) + parcel_lines(data) + exception_lines(data) + next_lines(data);
}

std::string order_explain_text(const Json& data) {
  std::string out = data["store_number"].string() + ", to " + data["destination"].string() + "\n\n";
  for (const auto& decision : data["decisions"].items()) out += explained_decision(decision);
  if (!data["decisions"].items().empty()) return out;
  out += "Nothing was routed yet.\n";
  for (const auto& gate : data["shut_gates"].items()) {
    out += "  Gate " + gate["gate"].string() + " is " + gate["result"].string() + ": " +
           gate["detail"].string() + "\n";
  }
  return out;
}

std::string order_list_text(const Json& data) {
  Columns table;
  table.add({"ORDER", "NUMBER", "CHANNEL", "STAGE", "PLACED", "DUE", "TOTAL", "OPEN"});
  for (const auto& row : data["orders"].items()) {
    table.add({row["order"].string(), row["store_number"].string(), row["channel"].string(),
               row["stage"].string() + (row["summary"]["held"].boolean() ? " (held)" : ""),
               when(row["placed_at"]), when(row["due_at"]), row["summary"]["total"].string(),
               digits(row["open_exceptions"])});
  }
  auto out = table.text("");
  if (!data["cursor"].is_null()) out += "more: --cursor " + data["cursor"].string() + "\n";
  return out;
}

}  // namespace holdfast::cli
