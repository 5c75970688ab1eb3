#pragma once
// Parse: the command line as a value. The only door to the command line library; what a command
// means stands elsewhere. No option ever takes a secret.

#include <string>
#include <variant>

#include "cli/desk.h"

namespace holdfast::cli {

/// What the command line asks for.
struct Invocation {
  Request request;
  bool json = false;
  std::string config;  // --config
  std::string data;    // --data
  std::string tenant;  // --tenant
};

/// Nothing to do but to print: help, or what is wrong with the command line.
struct Notice {
  std::string text;
  bool wrong = false;
};

/// Reads the command line; `user` is who asks when --as is not given.
std::variant<Invocation, Notice> parse(int argc, char** argv, const std::string& user);

}  // namespace holdfast::cli
