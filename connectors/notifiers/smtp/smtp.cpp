#include "connectors/notifiers/smtp/smtp.h"

#include "base/text.h"
#include "connectors/notifiers/smtp/data.h"
#include "ports/outcomes.h"
#include "ports/setting_table.h"

namespace holdfast::connectors {
namespace {

using namespace ports;

const std::vector<Setting>& settings() {
  static const SettingTable table(smtp::account_toml);
  return table.all();
}

/// Header values are one line: an end of line in one would start another header (RFC 5322 §2.2).
std::string one_line(std::string_view text) {
  std::string out(trim(text));
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return out;
}

MailRequest mail(const Account& account, const NotifyJob& job) {
  MailRequest request;
  request.server = account.setting("server");
  request.user = account.setting("user");
  request.password = account.secret("password");
  request.from = account.setting("from");
  request.reply_to = account.setting("reply_to");
  request.to = one_line(job.to);
  request.subject = one_line(job.subject);
  request.text = job.text;
  request.html = job.html;
  request.message_id = job.message_id;
  // Out-of-office robots must not answer (RFC 3834 §5).
  request.headers.emplace_back("Auto-Submitted", "auto-generated");
  if (!job.kind.empty()) request.headers.emplace_back("X-Holdfast-Moment", one_line(job.kind));
  return request;
}

Turn notify(const Account& account, const NotifyJob& job, const Exchanges& exchanges) {
  if (trim(job.to).find('@') == std::string_view::npos) {
    return Turn::end(outcome(Outcome::Kind::Refused, "the buyer's address is no mail address"));
  }
  if (exchanges.empty()) return Turn::ask(mail(account, job));
  return Turn::end(mail_outcome(exchanges.back().response));
}

Turn probe(const Account& account, const ProbeJob&, const Exchanges& exchanges) {
  if (exchanges.empty()) return Turn::ask(greeting(account));
  return Turn::end(greeting_outcome(exchanges.back().response));
}

}  // namespace

const NotifierConnector smtp_notifier = {
    .kind = "smtp",
    .capabilities = {.idempotent = false,
                     .find_by_reference = false,
                     .cancel = false,
                     .ordered = false,
                     .requests_per_minute = 120,
                     .burst = 20},
    .settings = settings,
    .notify = notify,
    .probe = probe,
};

}  // namespace holdfast::connectors
