#pragma once
// Users for the command line: the same records the server keeps, made without a server.
// It must never show or log a password.

#include "cli/cli.h"

namespace holdfast::apps {

/// The functions `holdfast user` works with.
cli::Users make_users(ports::Clock& clock);

}  // namespace holdfast::apps
