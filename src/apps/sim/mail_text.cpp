#include "apps/sim/mail_text.h"

#include <algorithm>

#include "base/hash.h"

namespace holdfast::sim {
namespace {

constexpr std::string_view mark = "=_between_the_parts_of_a_letter";

std::string clipped_body(const std::string& body, std::size_t most) {
  auto text = body.substr(0, most);
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

std::string mail_text(const ports::MailRequest& request) {
  std::string text = "From: " + request.from + "\r\nTo: " + request.to +
                     "\r\nSubject: " + request.subject + "\r\nMessage-ID: " + request.message_id +
                     "\r\nMIME-Version: 1.0\r\n";
  for (const auto& [name, value] : request.headers) text += name + ": " + value + "\r\n";
  const std::string plain =
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
      base64(request.text) + "\r\n";
  if (request.attachments.empty()) return text + plain;
  text += "Content-Type: multipart/mixed; boundary=\"" + std::string(mark) + "\"\r\n\r\n--" +
          std::string(mark) + "\r\n" + plain;
  for (const auto& attachment : request.attachments) {
    text += "--" + std::string(mark) + "\r\nContent-Type: " + attachment.media_type +
            "\r\nContent-Disposition: attachment; filename=\"" + attachment.name +
            "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64(attachment.bytes) + "\r\n";
  }
  return text + "--" + std::string(mark) + "--\r\n";
}

std::string brief(const ports::Request& request, std::size_t most) {
  if (const auto* mail = std::get_if<ports::MailRequest>(&request)) {
    return "mail " + mail->message_id + " to " + mail->to;
  }
  const auto& http = std::get<ports::HttpRequest>(request);
  return http.method + " " + http.url + " " + clipped_body(http.body, most);
}

std::string brief(const ports::Response& response, std::size_t most) {
  if (const auto* mail = std::get_if<ports::MailResponse>(&response)) {
    return std::to_string(mail->code);
  }
  if (const auto* failed = std::get_if<ports::TransportFailure>(&response)) return failed->detail;
  const auto& http = std::get<ports::HttpResponse>(response);
  return std::to_string(http.status) + " " + clipped_body(http.body, most);
}

}  // namespace holdfast::sim
