#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "net/exchange.h"
#include "net/fields.h"
#include "net/mail_fields.h"

namespace holdfast::net {
namespace {

constexpr std::size_t most_attachments = 100;
constexpr std::size_t longest_reply = 500;
constexpr long quit_timeout_s = 1;

// Text in mail ends its lines with CRLF (RFC 2046 section 4.1.1).
std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\r' || text[i] == '\n')
      out += "\r\n";
    else
      out += text[i];
  }
  return out;
}

bool is_all_read(const Exchange& exchange) {
  return exchange.begun && exchange.last_part_read == exchange.last_part.size();
}

std::size_t take_reply(char* bytes, std::size_t, std::size_t count, void* mine) {
  auto& exchange = *static_cast<Exchange*>(mine);
  const std::string_view line(bytes, count);
  if (line.starts_with("221")) return count;  // the answer to QUIT says nothing about the mail
  exchange.last_reply = clipped(trim(line), longest_reply);
  // The outcome is known now and QUIT follows, during which libcurl lets everybody else wait: a
  // server that does not answer it may cost the others a second, not the usual two minutes.
  const bool is_final = line.starts_with('4') || line.starts_with('5') ||
                        (line.starts_with("250") && is_all_read(exchange));
  curl_easy_setopt(exchange.easy.get(), CURLOPT_SERVER_RESPONSE_TIMEOUT,
                   is_final ? quit_timeout_s : 0L);
  return count;
}

std::size_t ignore_body(char*, std::size_t, std::size_t count, void*) { return count; }

// Feeds the content that is sent last, so that its end is known: before it no final dot can have
// been written.
std::size_t read_last_part(char* space, std::size_t, std::size_t count, void* mine) {
  auto& exchange = *static_cast<Exchange*>(mine);
  const auto rest = exchange.last_part.substr(exchange.last_part_read);
  const auto size = std::min(count, rest.size());
  std::memcpy(space, rest.data(), size);
  exchange.last_part_read += size;
  return size;
}

void set_content(Exchange& exchange, curl_mimepart* part, std::string_view bytes, bool is_last) {
  if (!is_last) {
    curl_mime_data(part, bytes.data(), bytes.size());
    return;
  }
  exchange.last_part = bytes;
  curl_mime_data_cb(part, static_cast<curl_off_t>(bytes.size()), read_last_part, nullptr, nullptr,
                    &exchange);
}

void add_text(Exchange& exchange, curl_mime* into, std::string_view text, const char* type,
              bool is_last) {
  auto* const part = curl_mime_addpart(into);
  curl_mime_type(part, type);
  curl_mime_encoder(part, "quoted-printable");
  set_content(exchange, part, text, is_last);
}

// Text and HTML as alternatives (RFC 2046 section 5.1.4), the best last.
void add_body(Exchange& exchange, const ports::MailRequest& mail) {
  exchange.text = with_crlf(mail.text);
  exchange.html = with_crlf(mail.html);
  const bool more = !mail.attachments.empty();
  constexpr auto plain = "text/plain; charset=utf-8";
  constexpr auto rich = "text/html; charset=utf-8";
  if (mail.html.empty()) {
    add_text(exchange, exchange.mime.get(), exchange.text, plain, !more);
    return;
  }
  if (mail.text.empty()) {
    add_text(exchange, exchange.mime.get(), exchange.html, rich, !more);
    return;
  }
  auto* const alternatives = curl_mime_init(exchange.easy.get());
  add_text(exchange, alternatives, exchange.text, plain, false);
  add_text(exchange, alternatives, exchange.html, rich, !more);
  auto* const part = curl_mime_addpart(exchange.mime.get());
  curl_mime_subparts(part, alternatives);
  curl_mime_type(part, "multipart/alternative");
}

void add_attachments(Exchange& exchange, const ports::MailRequest& mail) {
  for (const auto& attachment : mail.attachments) {
    auto* const part = curl_mime_addpart(exchange.mime.get());
    curl_mime_type(part, attachment.media_type.c_str());
    curl_mime_encoder(part, "base64");
    Slist lines;
    append_line(lines, "Content-Disposition: " + disposition_text(attachment.name));
    curl_mime_headers(part, lines.release(), 1);
    set_content(exchange, part, attachment.bytes, &attachment == &mail.attachments.back());
  }
}

bool is_media_type(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos || !is_field_value(text) || text.size() > 200) return false;
  const auto subtype = text.substr(slash + 1);
  return is_token(text.substr(0, slash)) && is_token(trim(subtype.substr(0, subtype.find(';'))));
}

Status check_content(const ports::MailRequest& mail, const TransportOptions& options) {
  auto size = mail.text.size() + mail.html.size();
  if (size == 0) return fail(ErrorCode::Invalid, "a mail without text");
  if (!is_utf8(mail.text) || !is_utf8(mail.html)) return fail(ErrorCode::Invalid, "not UTF-8");
  if (mail.attachments.size() > most_attachments) {
    return fail(ErrorCode::TooLarge, "too many attachments");
  }
  for (const auto& attachment : mail.attachments) {
    size += attachment.bytes.size();
    if (!is_media_type(attachment.media_type) || !is_utf8(attachment.name)) {
      return fail(ErrorCode::Invalid, "an attachment without a name or media type");
    }
  }
  if (size > options.max_mail_bytes) return fail(ErrorCode::TooLarge, "the mail is too long");
  return {};
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

// NOOP in place of a mail (RFC 5321 section 4.1.1.9); libcurl greets, signs in and quits around it.
void set_greeting(CURL* const easy) {
  curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "NOOP");
}

void set_session(Exchange& exchange, const ports::MailRequest& mail) {
  CURL* const easy = exchange.easy.get();
  const bool is_v6 = exchange.host.find(':') != std::string::npos;
  const auto url = exchange.scheme + "://" + (is_v6 ? "[" + exchange.host + "]" : exchange.host) +
                   ":" + std::to_string(exchange.port) + "/" + exchange.options->mail_name;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  // Someone on the way can hide the STARTTLS offer; a password must not depend on it.
  const bool needs_tls = !mail.password.empty() && !is_this_machine(exchange.host);
  curl_easy_setopt(easy, CURLOPT_USE_SSL,
                   static_cast<long>(needs_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  if (mail.user.empty()) return;
  curl_easy_setopt(easy, CURLOPT_USERNAME, mail.user.c_str());
  curl_easy_setopt(easy, CURLOPT_PASSWORD, mail.password.c_str());
}

}  // namespace

Status prepare_mail(Exchange& exchange, const ports::MailRequest& request) {
  if (request.greet_only) {
    set_session(exchange, request);
    set_greeting(exchange.easy.get());
    curl_easy_setopt(exchange.easy.get(), CURLOPT_HEADERFUNCTION, take_reply);
    curl_easy_setopt(exchange.easy.get(), CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(exchange.easy.get(), CURLOPT_WRITEFUNCTION, ignore_body);
    return {};
  }
  if (auto checked = check_content(request, *exchange.options); !checked) return checked;
  const auto fields = mail_fields(request, exchange.options->clock->now());
  if (!fields) return fail(fields.error());
  for (const auto& line : *fields) append_line(exchange.lines, line);
  set_session(exchange, request);
  CURL* const easy = exchange.easy.get();
  const auto from = "<" + parse_mailbox(request.from)->address + ">";
  append_line(exchange.recipients, "<" + parse_mailbox(request.to)->address + ">");
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, exchange.recipients.get());
  exchange.mime.reset(curl_mime_init(easy));
  add_body(exchange, request);
  add_attachments(exchange, request);
  curl_easy_setopt(easy, CURLOPT_MIMEPOST, exchange.mime.get());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange.lines.get());
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_reply);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore_body);
  return {};
}

ports::Response mail_result(const Exchange& exchange, CURLcode code) {
  long reply_code = 0;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_RESPONSE_CODE, &reply_code);
  if (code == CURLE_OK || reply_code >= 400) {
    const auto text = exchange.last_reply.size() > 4 ? exchange.last_reply.substr(4) : "";
    return ports::MailResponse{static_cast<int>(reply_code), text};
  }
  return failure_of(exchange, code, is_all_read(exchange));
}

}  // namespace holdfast::net
