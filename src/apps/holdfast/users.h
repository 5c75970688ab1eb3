#pragma once
// Users for the command line: the same records the server keeps, made without a server.
// What they do is on record as what the server does is. It must never show or log a password.

#include "cli/cli.h"

namespace holdfast::apps {

/// The functions `holdfast user` works with.
cli::Users make_users(ports::Clock& clock, ports::Entropy& entropy);

}  // namespace holdfast::apps
