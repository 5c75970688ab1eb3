#include "net/mail_fields.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "net/dates.h"
#include "net/fields.h"
#include "net/url.h"

namespace holdfast::net {
namespace {

// 39 bytes are 52 of base64; with the 12 around them and the longest of our field names a line
// stays below the 76 of RFC 2047 section 2.
constexpr std::size_t encoded_word_bytes = 39;
constexpr std::size_t longest_plain = 60;
constexpr std::size_t longest_field_bytes = 2000;
constexpr std::size_t longest_address = 254;  // RFC 5321 section 4.5.3.1.3, without brackets

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

bool is_text(std::string_view text) {
  return text.size() <= longest_field_bytes && is_utf8(text) && !has_control(text);
}

bool is_address(std::string_view text) {
  constexpr std::string_view special = " <>()[],;:\\\"";
  return text.size() <= longest_address && is_printable(text) &&
         text.find_first_of(special) == std::string_view::npos &&
         std::count(text.begin(), text.end(), '@') == 1 && text.front() != '@' &&
         text.back() != '@';
}

std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto piece = clipped(text, encoded_word_bytes);
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(piece) + "?=";
    text.remove_prefix(piece.size());
  }
  return out;
}

// A field that mail_fields writes itself, or that belongs to MIME.
bool is_ours(std::string_view key) {
  constexpr std::array<std::string_view, 12> ours = {"from",
                                                     "to",
                                                     "reply-to",
                                                     "subject",
                                                     "date",
                                                     "message-id",
                                                     "mime-version",
                                                     "content-type",
                                                     "content-transfer-encoding",
                                                     "content-disposition",
                                                     "bcc",
                                                     "sender"};
  return std::find(ours.begin(), ours.end(), key) != ours.end();
}

Result<std::string> message_id_text(std::string_view id) {
  if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
  if (id.empty() || !is_address(id)) {
    return fail(ErrorCode::Invalid, "not a message id", "message_id", "like name@host");
  }
  return "<" + std::string(id) + ">";
}

Status add_mailbox(std::vector<std::string>& lines, const char* field, std::string_view text) {
  const auto mailbox = parse_mailbox(text);
  if (!mailbox) return fail(within(mailbox.error(), field));
  lines.push_back(std::string(field) + ": " + mailbox_text(*mailbox));
  return {};
}

Status add_others(std::vector<std::string>& lines, const ports::MailRequest& mail) {
  for (const auto& [name, value] : mail.headers) {
    if (!is_token(name) || name.size() > 60 || is_ours(lower(name)) || !is_text(value)) {
      return fail(ErrorCode::Invalid, "not a field to add", is_token(name) ? name : "headers");
    }
    // Such fields are made of tokens and addresses, in which encoded words are not allowed.
    if (!is_printable(value) || value.size() > 900) {
      return fail(ErrorCode::Invalid, "a field to add is printable ASCII", name);
    }
    lines.push_back(name + ": " + value);
  }
  return {};
}

}  // namespace

Result<Mailbox> parse_mailbox(std::string_view text) {
  text = trim(text);
  Mailbox mailbox{"", std::string(text)};
  if (text.ends_with('>')) {
    const auto open = text.rfind('<');
    if (open == std::string_view::npos) return fail(ErrorCode::Invalid, "not a mail address");
    auto name = trim(text.substr(0, open));
    if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"')) {
      name = name.substr(1, name.size() - 2);
    }
    mailbox = {std::string(name), std::string(text.substr(open + 1, text.size() - open - 2))};
  }
  if (mailbox.address.empty() || !is_address(mailbox.address) || !is_text(mailbox.name)) {
    return fail(ErrorCode::Invalid, "not a mail address");
  }
  return mailbox;
}

std::string mailbox_text(const Mailbox& mailbox) {
  if (mailbox.name.empty()) return mailbox.address;
  const auto address = " <" + mailbox.address + ">";
  const bool short_ascii = is_printable(mailbox.name) && mailbox.name.size() <= longest_plain &&
                           mailbox.name.find("=?") == std::string::npos;
  if (!short_ascii) return encoded_words(mailbox.name) + "\r\n" + address;
  std::string quoted = "\"";
  for (const char c : mailbox.name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"" + address;
}

std::string unstructured_text(std::string_view text) {
  const bool plain = is_printable(text) && text.size() <= longest_plain &&
                     text.find("=?") == std::string_view::npos && trim(text) == text;
  return plain ? std::string(text) : encoded_words(text);
}

std::string disposition_text(std::string_view file_name) {
  const auto name = clipped(file_name, 120);
  std::string ascii;
  for (const char c : name) {
    const bool safe = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%';
    // One replacement for each character beyond ASCII, none for its continuation bytes.
    if (safe)
      ascii += c;
    else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80)
      ascii += '_';
  }
  if (ascii.empty()) ascii = "file";
  std::string out = "attachment; filename=\"" + ascii + "\"";
  if (ascii != name) out += ";\r\n filename*=UTF-8''" + percent_encode(name);
  return out;
}

Result<std::vector<std::string>> mail_fields(const ports::MailRequest& mail, Instant date) {
  std::vector<std::string> lines;
  lines.push_back("Date: " + mail_date(date));
  if (auto added = add_mailbox(lines, "From", mail.from); !added) return fail(added.error());
  if (auto added = add_mailbox(lines, "To", mail.to); !added) return fail(added.error());
  if (!mail.reply_to.empty()) {
    if (auto added = add_mailbox(lines, "Reply-To", mail.reply_to); !added) {
      return fail(added.error());
    }
  }
  if (!is_text(mail.subject)) return fail(ErrorCode::Invalid, "not a subject", "Subject");
  lines.push_back("Subject: " + unstructured_text(mail.subject));
  const auto id = message_id_text(mail.message_id);
  if (!id) return fail(id.error());
  lines.push_back("Message-ID: " + *id);
  if (auto added = add_others(lines, mail); !added) return fail(added.error());
  // RFC 3834 section 5: keeps vacation notices from answering a program.
  if (ports::header_count(mail.headers, "Auto-Submitted") == 0) {
    lines.emplace_back("Auto-Submitted: auto-generated");
  }
  return lines;
}

}  // namespace holdfast::net
