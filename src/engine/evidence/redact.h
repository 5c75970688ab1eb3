#pragma once
// Redact: what of an event each kind of reader may see, as one table of field names (fields.cpp).
// A field the table does not name is shown to the merchant only; nothing here touches a hash.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/names.h"
#include "ports/store.h"

namespace holdfast::engine {

/// Who a pack is for.
enum class Profile : std::uint8_t { Merchant, Supplier, Dispute, Public };

/// What a field tells; profiles are sets of these.
enum class FieldClass : std::uint8_t {
  Fact,      // what happened, when, how strong
  Goods,     // items and services by name
  Parcel,    // tracking numbers, scans, photos
  Shop,      // the channel's own ids
  Price,     // what the buyer pays
  Cost,      // what we pay, and how candidates scored
  Supplier,  // who supplies, and their own numbers
  Person,    // who did or owns it on our side
  Text,      // words somebody typed or a partner sent
  Place,     // where the buyer is, closer than the country
  Unlisted
};

/// The class of a field of an event kind; Unlisted when the table does not know it.
FieldClass class_of(std::string_view event, std::string_view field);

/// Who may read a pack, as far as redaction asks.
struct Reader {
  Profile profile = Profile::Merchant;
  std::string supplier;  // for Profile::Supplier: whose own rows are shown with their terms
  std::map<std::string, std::string> supplier_of_po;
  std::map<std::int64_t, std::string> po_of_parcel;
  bool erased = false;  // typed words and places go with the buyer's data
};

/// What became of one event for one reader.
struct Shown {
  std::string actor;
  std::string bytes;                  // the event without what was left out
  std::vector<std::string> left_out;  // dotted names; empty when shown whole
};

/// The event as the reader may see it. Invalid when the stored bytes do not read.
Result<Shown> shown_to(const Reader& reader, const ports::EventRow& row);

}  // namespace holdfast::engine

namespace holdfast {

template <>
struct Names<engine::Profile> {
  static constexpr const char* what = "pack profile";
  static constexpr std::array<std::pair<engine::Profile, std::string_view>, 4> table{{
      {engine::Profile::Merchant, "merchant"},
      {engine::Profile::Supplier, "supplier"},
      {engine::Profile::Dispute, "dispute"},
      {engine::Profile::Public, "public"},
  }};
};

}  // namespace holdfast
