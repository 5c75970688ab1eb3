#pragma once
// What an answer that brought no answer means: the shared reading of transport failures, HTTP
// status codes and SMTP replies. It must never call a request harmless that may have taken effect.

#include <optional>
#include <string>
#include <string_view>

#include "ports/connector.h"

namespace holdfast::ports {

/// Whether repeating a request can do harm: a question changes nothing, a deed may have happened.
enum class Asked { Question, Deed };

/// The outcome of an exchange that ended without a usable answer, or nothing for an HTTP answer the
/// connector must read itself (2xx and 4xx but 401, 403, 408, 425, 429). RFC 9110 §15: 5xx and 408
/// to a deed are Unknown; 429 and 425 are NotSent with the wait the partner asks for.
std::optional<Outcome> trouble(const Response& response, Asked asked);

/// The outcome of handing over a mail (RFC 5321 §4.2.1): 2xx done, 4xx not sent, 5xx refused, a
/// connection lost after the message's last line unknown.
Outcome mail_outcome(const Response& response);

/// Signs in at an account's mail server (settings server, user, from; secret password) and hands
/// nothing over; for a connector's probe.
MailRequest greeting(const Account& account);

/// What came of that: done when the server let us in, refused when it did not, else not sent.
Outcome greeting_outcome(const Response& response);

/// The wait in a Retry-After field given in seconds (RFC 9110 §10.2.3), at most a day; 0 when the
/// field is absent or a date.
Duration retry_after(const Headers& headers);

/// An outcome of a kind with the partner's words, cut to 300 bytes.
Outcome outcome(Outcome::Kind kind, std::string_view detail);

/// Text for one segment or value of a URL: all but RFC 3986 unreserved characters escaped.
std::string url_escaped(std::string_view text);

/// An account's setting, or `standard` when it is not set.
std::string setting_or(const Account& account, const std::string& key, std::string_view standard);

}  // namespace holdfast::ports
