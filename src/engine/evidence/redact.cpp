#include "engine/evidence/redact.h"

#include "base/json.h"

namespace holdfast::engine {
namespace {

/// What everybody may see of any event, by profile.
bool shows(Profile profile, bool own, FieldClass what) {
  switch (what) {
    case FieldClass::Fact:
    case FieldClass::Goods:
      return true;
    case FieldClass::Parcel:
      return profile == Profile::Merchant || profile == Profile::Dispute ||
             (profile == Profile::Supplier && own);
    case FieldClass::Shop:
    case FieldClass::Price:
    case FieldClass::Person:
    case FieldClass::Place:
      return profile == Profile::Merchant || profile == Profile::Dispute;
    case FieldClass::Text:
      return profile == Profile::Merchant || profile == Profile::Dispute ||
             (profile == Profile::Supplier && own);
    case FieldClass::Cost:
    case FieldClass::Supplier:
      return profile == Profile::Merchant || (profile == Profile::Supplier && own);
    case FieldClass::Unlisted:
      return profile == Profile::Merchant;
  }
  return false;
}

bool says_nothing(const Json& value) {
  return value.is_null() || (value.is_string() && value.string().empty()) ||
         (value.is_array() && value.items().empty());
}

/// Whether an event is about the reading supplier's own purchase order or parcel.
bool is_own(const Reader& reader, const Json& event) {
  if (reader.profile != Profile::Supplier) return false;
  std::string po = event["po"].string();
  if (po.empty()) {
    const auto parcel = reader.po_of_parcel.find(event["parcel"].integer());
    if (parcel != reader.po_of_parcel.end()) po = parcel->second;
  }
  const auto found = reader.supplier_of_po.find(po);
  return found != reader.supplier_of_po.end() && found->second == reader.supplier;
}

class Filter {
 public:
  Filter(const Reader& reader, const Json& event)
      : reader_(reader), own_(is_own(reader, event)), event_(event["event"].string()) {}

  Json kept(const Json& value, const std::string& path) {
    if (value.is_array()) {
      Json items{Json::Array{}};
      for (const auto& item : value.items()) items.push(kept(item, path));
      return items;
    }
    if (!value.is_object()) return value;
    Json members{Json::Object{}};
    for (const auto& [name, member] : value.members()) {
      const auto place = path.empty() ? name : path + "." + name;
      if (says_nothing(member) || may_see(name)) {
        members.set(name, kept(member, place));
      } else if (left_out.empty() || left_out.back() != place) {
        left_out.push_back(place);
      }
    }
    return members;
  }

  bool may_see(std::string_view name) const {
    const auto what = class_of(event_, name);
    const bool gone = reader_.erased && (what == FieldClass::Text || what == FieldClass::Place);
    return !gone && shows(reader_.profile, own_, what);
  }

  std::vector<std::string> left_out;

 private:
  const Reader& reader_;
  const bool own_;
  const std::string event_;
};

/// Names of rules and clocks are nobody's; everybody else is a person or a partner.
bool is_machine(std::string_view actor) { return actor.starts_with("rule:") || actor == "timer"; }

}  // namespace

Result<Shown> shown_to(const Reader& reader, const ports::EventRow& row) {
  auto event = parse_json(row.bytes);
  if (!event) return fail(event.error());
  Filter filter(reader, *event);
  const auto kept = filter.kept(*event, "");
  Shown shown{row.actor, row.bytes, {}};
  if (!row.actor.empty() && !is_machine(row.actor) && !filter.may_see("actor")) {
    shown.actor.clear();
    shown.left_out.push_back("(actor)");
  }
  if (!filter.left_out.empty()) shown.bytes = to_text(kept);
  shown.left_out.insert(shown.left_out.end(), filter.left_out.begin(), filter.left_out.end());
  return shown;
}

}  // namespace holdfast::engine
