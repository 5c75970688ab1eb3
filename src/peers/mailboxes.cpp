#include "peers/mailboxes.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"

namespace holdfast::peers {

void Mailboxes::add(Mail mail) {
  mail.to = lower(trim(mail.to));
  if (!mail.at) mail.at = scene_.agenda.now();
  mails_.push_back(mail);
  for (const auto& told : told_) told(mail);
}

bool Mailboxes::takes(std::string_view address) const {
  return scene_.faults.of(order_of_buyer(lower(address))) != Fault::MailBounces;
}

std::vector<Mail> Mailboxes::of(std::string_view address) const {
  std::vector<Mail> found;
  for (const auto& mail : mails_) {
    if (mail.to == lower(address)) found.push_back(mail);
  }
  return found;
}

std::size_t Mailboxes::count(std::string_view address, std::string_view moment) const {
  return static_cast<std::size_t>(std::ranges::count_if(mails_, [&](const Mail& mail) {
    return mail.to == lower(address) && mail.moment == moment;
  }));
}

Json Mailboxes::books() const {
  std::map<std::string, Json> boxes;
  for (const auto& mail : mails_) {
    Json entry;
    entry.set("at", to_text(mail.at));
    entry.set("from", mail.from);
    entry.set("subject", mail.subject);
    entry.set("moment", mail.moment);
    entry.set("message_id", mail.message_id);
    entry.set("by_store", mail.by_store);
    boxes[mail.to].push(std::move(entry));
  }
  Json books = Json::Object{};
  for (auto& [address, entries] : boxes) books.set(address, std::move(entries));
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
