#include "peers/mailboxes.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"

namespace holdfast::peers {

void Mailboxes::add(Mail mail) {
  mail.to = lower(trim(mail.to));
  if (!mail.at) mail.at = scene_.agenda.now();
  boxes_[mail.to].push_back(mail);
  for (const auto& told : told_) told(mail);
}

bool Mailboxes::takes(std::string_view address) const {
  return scene_.faults.of(order_of_buyer(lower(address))) != Fault::MailBounces;
}

std::vector<Mail> Mailboxes::of(std::string_view address) const {
  const auto found = boxes_.find(lower(address));
  return found == boxes_.end() ? std::vector<Mail>{} : found->second;
}

std::size_t Mailboxes::count(std::string_view address, std::string_view moment) const {
  const auto found = boxes_.find(lower(address));
  if (found == boxes_.end()) return 0;
  return static_cast<std::size_t>(std::ranges::count(found->second, moment, &Mail::moment));
}

Json Mailboxes::books() const {
  Json::Object books;
  for (const auto& [address, mails] : boxes_) {
    Json entries = Json::Array{};
    for (const auto& mail : mails) {
      Json entry;
      entry.set("at", to_text(mail.at));
      entry.set("from", mail.from);
      entry.set("subject", mail.subject);
      entry.set("moment", mail.moment);
      entry.set("message_id", mail.message_id);
      entry.set("by_store", mail.by_store);
      entries.push(std::move(entry));
    }
    books.emplace_back(address, std::move(entries));
  }
  return books;
}

std::string order_of_buyer(std::string_view address) {
  constexpr std::string_view word = "buyer";
  if (!address.starts_with(word)) return "";
  std::int64_t ordinal = 0;
  const auto digits = address.substr(word.size());
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), ordinal);
  if (problem != std::errc() || end == digits.data() + digits.size() || *end != '@') return "";
  return "#" + std::to_string(1000 + ordinal);
}

}  // namespace holdfast::peers
