#pragma once
// Loopback: bare TCP sockets on 127.0.0.1 for counterparts that pass bytes on or cut them off. It
// must never listen anywhere else.

#include <string_view>

#include "base/result.h"

namespace holdfast::peers {

struct Listening {
  int socket = -1;
  int port = 0;  // chosen by the system
};

/// A socket that listens; the caller closes it. Unavailable when the system gives none.
Result<Listening> listen_on_loopback();

/// A port that nobody listens on. Unavailable when the system gives none.
Result<int> free_port();

/// The next connection within `milliseconds`, which the caller closes; -1 when there is none.
int accept_within(int listener, int milliseconds);

/// A connection that sends at once what it is given; -1 when nobody listens.
int connect_on_loopback(int port);

/// Whether all bytes were taken.
bool send_all(int socket, std::string_view bytes);

/// Ends a connection as a dying network does: with a reset, whatever is still unread.
void close_with_reset(int socket);

}  // namespace holdfast::peers
