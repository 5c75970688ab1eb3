#pragma once
// The header fields of a mail (RFC 5322, RFC 2047, RFC 2231). It never touches a body: the parts
// and their encodings are libcurl's.

#include <string>
#include <string_view>

#include "ports/message.h"

namespace holdfast::net {

/// "Display Name <a@b.test>" or "a@b.test".
struct Mailbox {
  std::string name;
  std::string address;
};

/// Reads one mailbox. Invalid when the address is not plain ASCII with one "@", or the name holds
/// a control character or is not UTF-8.
Result<Mailbox> parse_mailbox(std::string_view text);

/// A mailbox as it stands in a field: the name as it is, quoted or as encoded words.
std::string mailbox_text(const Mailbox& mailbox);

/// Unstructured text for a field: as it is when it is short printable ASCII, otherwise as encoded
/// words (RFC 2047) of whole characters, folded. The text must be UTF-8 without controls.
std::string unstructured_text(std::string_view text);

/// Content-Disposition of an attachment; a name beyond ASCII stands in `filename*` (RFC 2231).
std::string disposition_text(std::string_view file_name);

/// All header lines of a mail but those of MIME, `date` being its Date. Invalid when a field could
/// not be written safely; the error names the field.
Result<std::vector<std::string>> mail_fields(const ports::MailRequest& mail, Instant date);

}  // namespace holdfast::net
