#pragma once
// Reads a mail as it came over SMTP (RFC 5322, MIME RFC 2045 to 2047) far enough to file it:
// headers, text, HTML and attachments. It must never trust a length or nesting it is told.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::peers {

struct MimePart {
  std::string media_type;  // lower case, without parameters
  std::string file_name;   // of an attachment; "" for a body
  std::string bytes;       // decoded
};

struct MimeMail {
  std::vector<std::pair<std::string, std::string>> headers;  // unfolded, encoded words decoded
  std::vector<MimePart> parts;                               // leaves, in their order

  /// The first header of a name, without case; "" when absent.
  std::string header(std::string_view name) const;
  /// The first body of a media type that is no attachment; "" when absent.
  std::string body(std::string_view media_type) const;
  /// The first attachment whose name ends so; nullptr when there is none.
  const MimePart* attachment(std::string_view ending) const;
};

/// Reads a whole message. What is malformed is kept as plain text rather than dropped.
MimeMail read_mail(std::string_view data);

/// "a@b.test" out of "Name <a@b.test>", lower case.
std::string bare_address(std::string_view text);

}  // namespace holdfast::peers
