#pragma once
// Answers: the few shapes an answer has: JSON, a problem (RFC 9457), a page.
// They must never carry what an error's text does not already allow to be shown.

#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/json.h"
#include "net/server.h"

namespace holdfast::api {

/// JSON with a status; never cached.
net::ServerResponse json_answer(const Json& json, int status = 200);

/// An answer without a body.
net::ServerResponse empty_answer(int status);

/// What went wrong, in the contract's words: `code` is one of its codes.
struct Trouble {
  int status = 500;
  std::string_view code;
  std::string detail;
  std::string field;
  std::string hint;
};

/// A problem document of the contract.
net::ServerResponse problem(const Trouble& trouble);

/// A failure as a problem document.
net::ServerResponse problem(const Error& error);

/// 429 with the time to wait, in whole seconds.
net::ServerResponse too_often(Duration wait, std::string detail);

/// Headers that keep a browser from taking an answer for something else, framing it, or telling
/// others its address; and over https, from ever coming without it. What an answer says itself
/// stays.
void add_guards(net::ServerResponse& response, bool https);

/// 404 that tells nothing about why.
net::ServerResponse not_found();

/// {items, next_cursor}; an empty cursor is null.
Json page_json(Json items, const std::string& next_cursor);

}  // namespace holdfast::api
