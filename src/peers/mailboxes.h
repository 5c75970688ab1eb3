#pragma once
// The mailboxes of buyers and suppliers: what arrived, for whom, when. It must never drop or merge
// messages; counting them one by one is what it is for.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "peers/scene.h"

namespace holdfast::peers {

/// A message as it lies in a mailbox.
struct Mail {
  Instant at;
  std::string to;    // bare address, lower case
  std::string from;  // as written
  std::string subject;
  std::string moment;  // X-Holdfast-Moment, or the store's own word for its mails
  std::string message_id;
  std::string text;
  std::string html;
  bool by_store = false;
};

class Mailboxes {
 public:
  explicit Mailboxes(Scene& scene) : scene_(scene) {}

  /// Told of every mail that arrives from now on.
  void on_arrival(std::function<void(const Mail&)> told) { told_.push_back(std::move(told)); }

  /// Puts a mail into its recipient's box.
  void add(Mail mail);

  /// Whether the address takes mail; the addresses of planned bounces do not.
  bool takes(std::string_view address) const;

  /// All mails to an address, oldest first.
  std::vector<Mail> of(std::string_view address) const;

  /// How many mails of a moment an address has.
  std::size_t count(std::string_view address, std::string_view moment) const;

  /// {"address": [{at, from, subject, moment, message_id, by_store}]}, addresses in order.
  Json books() const;

 private:
  Scene& scene_;
  std::map<std::string, std::vector<Mail>> boxes_;  // by address
  std::vector<std::function<void(const Mail&)>> told_;
};

/// The buyer's order name behind "buyer7@…" ("#1007"); "" for other addresses.
std::string order_of_buyer(std::string_view address);

}  // namespace holdfast::peers
