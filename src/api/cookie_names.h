#pragma once
// Cookie names: what a session's two cookies are called. Over https their names begin with
// "__Host-": a browser then takes them from this very host and over https only (RFC 6265bis,
// section 4.1.3.2), so no neighbour of the same domain can plant one. It must never depend on what
// a request says.

#include <string>

namespace holdfast::api {

/// The one that proves who somebody is; scripts never see it.
inline std::string session_cookie_name(bool https) {
  return https ? "__Host-holdfast_session" : "holdfast_session";
}

/// The one that the console's script reads.
inline std::string csrf_cookie_name(bool https) {
  return https ? "__Host-holdfast_csrf" : "holdfast_csrf";
}

}  // namespace holdfast::api
