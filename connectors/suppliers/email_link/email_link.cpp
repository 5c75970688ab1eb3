#include "connectors/suppliers/email_link/email_link.h"

#include "base/hash.h"
#include "base/text.h"
#include "connectors/suppliers/email_link/data.h"
#include "connectors/suppliers/email_link/letters.h"
#include "ports/outcomes.h"
#include "ports/setting_table.h"

namespace holdfast::connectors {
namespace {

using namespace ports;
using email_link::Letter;

const std::vector<Setting>& settings() {
  static const SettingTable table(email_link::account_toml);
  return table.all();
}

std::string locale_of(const Account& account, const std::string& locale) {
  return locale.empty() ? setting_or(account, "locale", "en") : locale;
}

/// "shop.example" out of "Shop <orders@shop.example>".
std::string domain_of(std::string_view sender) {
  const auto at = sender.rfind('@');
  if (at == sender.npos) return "localhost";
  const auto rest = sender.substr(at + 1);
  return std::string(trim(rest.substr(0, rest.find('>'))));
}

/// Characters that need no quoting in a Message-ID or a file name.
std::string plain(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.';
    if (!kept) c = '_';
  }
  return out;
}

/// One intent, one id (RFC 5322 §3.6.4): a repeat reaches the supplier as the same message.
std::string message_id(const Account& account, std::string_view intent) {
  return "<" + plain(intent) + "@" + domain_of(account.setting("from")) + ">";
}

MailRequest mail(const Account& account, Letter letter, std::string id) {
  MailRequest request;
  request.server = account.setting("server");
  request.user = account.setting("user");
  request.password = account.secret("password");
  request.from = account.setting("from");
  request.to = account.setting("to");
  request.reply_to = account.setting("reply_to");
  request.subject = std::move(letter.subject);
  request.text = std::move(letter.text);
  request.html = std::move(letter.html);
  request.message_id = std::move(id);
  return request;
}

Turn place(const Account& account, const PlaceJob& job, const Exchanges& exchanges) {
  const auto& document = job.document;
  if (exchanges.empty()) {
    auto letter = email_link::order_letter(document, locale_of(account, document.locale));
    auto request = mail(account, std::move(letter), message_id(account, "order." + document.po));
    request.attachments.push_back({"order-" + plain(document.po) + ".csv",
                                   "text/csv; charset=utf-8", email_link::order_csv(document)});
    return Turn::ask(std::move(request));
  }
  auto told = mail_outcome(exchanges.back().response);
  if (told.kind == Outcome::Kind::Done) {
    // A mail server took it; whether it reached anybody is not known.
    told.commands.push_back(
        SupplierCommand(RecordPurchaseOrderReply{document.po, PoReply::Sent, "", told.detail}));
  }
  return Turn::end(std::move(told));
}

/// What of an order is to be stopped, as one short text.
std::string parts_of(const CancelJob& job) {
  std::string all;
  for (const auto& [sku, quantity] : job.lines) {
    all += std::to_string(sku.size()) + ":" + sku + "*" + std::to_string(quantity) + ";";
  }
  return hex(sha256(all)).substr(0, 12);
}

/// Asks by mail. That it was sent is no answer: the supplier's answer comes from the page.
Turn cancel(const Account& account, const CancelJob& job, const Exchanges& exchanges) {
  if (exchanges.empty()) {
    auto letter = email_link::cancel_letter(job, locale_of(account, ""));
    return Turn::ask(mail(account, std::move(letter),
                          message_id(account, "cancel." + job.po + "." + parts_of(job))));
  }
  return Turn::end(mail_outcome(exchanges.back().response));
}

Turn remind(const Account& account, const RemindJob& job, const Exchanges& exchanges) {
  if (job.pos.empty()) return Turn::end(outcome(Outcome::Kind::Done, "nobody to remind"));
  if (exchanges.empty()) {
    auto letter = email_link::remind_letter(job, locale_of(account, job.locale));
    const auto which = hex(sha256(join(job.pos, "\n") + "\n\n" + job.page_url)).substr(0, 16);
    const auto intent = std::string(name_of(job.step)) + "." + which;
    return Turn::ask(mail(account, std::move(letter), message_id(account, intent)));
  }
  return Turn::end(mail_outcome(exchanges.back().response));
}

Turn probe(const Account& account, const ProbeJob&, const Exchanges& exchanges) {
  if (exchanges.empty()) return Turn::ask(greeting(account));
  return Turn::end(greeting_outcome(exchanges.back().response));
}

}  // namespace

const SupplierConnector email_link_supplier = {
    .kind = "email_link",
    .capabilities = {.idempotent = false,
                     .find_by_reference = false,
                     .cancel = true,
                     .ordered = true,
                     .requests_per_minute = 60,
                     .burst = 10},
    .settings = settings,
    .receive = nullptr,
    .read_callback = nullptr,
    .place = place,
    .find = nullptr,
    .cancel = cancel,
    .remind = remind,
    .probe = probe,
};

}  // namespace holdfast::connectors
