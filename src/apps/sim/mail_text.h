#pragma once
// Mail text: a mail as it would go over SMTP, and short words about requests for traces. It must
// never leave out an attachment: a supplier reads its purchase orders there.

#include <string>

#include "ports/message.h"

namespace holdfast::sim {

/// The whole message (RFC 5322) with its attachments (MIME, RFC 2045 and 2046).
std::string mail_text(const ports::MailRequest& request);

/// One line about a request or a response, at most `most` bytes of its body.
std::string brief(const ports::Request& request, std::size_t most);
std::string brief(const ports::Response& response, std::size_t most);

}  // namespace holdfast::sim
