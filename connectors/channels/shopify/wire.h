#pragma once
// How Shopify is spoken to: GraphQL requests over HTTP, and what an answer's failure means.
// It must never know what is asked for; that is the abilities' business.

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "ports/connector.h"

namespace holdfast::connectors::shopify {

/// What a lost answer means: a read is harmless, a repeatable write has one effect however often it
/// is sent, a write may have happened and must be read back.
enum class Call { Read, Repeatable, Write };

/// A GraphQL operation: its name and the whole document that holds it.
struct Operation {
  const char* name;
  const std::string_view& document;
  Call call;
};

/// One attempt's conversation, told from its start every time: the n-th `ask` is answered by the
/// n-th exchange, or becomes the next request when there is none yet.
class Talk {
 public:
  Talk(const ports::Account& account, const ports::Exchanges& exchanges)
      : account_(account), exchanges_(exchanges) {}

  /// The answer's `data`, or the turn to give back: the request itself or how the attempt ended.
  tl::expected<Json, ports::Turn> ask(const Operation& operation, Json variables);

  /// Like ask, but for a plain form (RFC 6749 §4.4) below the shop's address; the answer is the
  /// body.
  tl::expected<Json, ports::Turn> post_form(std::string_view path, std::string_view form);

  /// Ends the conversation, with what the answers said of the budget.
  ports::Turn end(ports::Outcome outcome) const;
  /// Ends it with a kind and the reason in words.
  ports::Turn end(ports::Outcome::Kind kind, std::string detail) const;

  /// From here on a failure is Unknown at best: part of the job is done.
  void mark_written() { written_ = true; }

 private:
  tl::expected<Json, ports::Turn> exchange(ports::HttpRequest request, Call call);
  tl::expected<Json, ports::Turn> read_http(const ports::HttpResponse& response, Call call);
  tl::expected<Json, ports::Turn> read_errors(const Json& errors, Call call);
  tl::unexpected<ports::Turn> failed(ports::Outcome outcome) const;
  tl::unexpected<ports::Turn> failed(ports::Outcome::Kind kind, std::string detail) const;
  void read_budget(const Json& cost);
  void say_budget(ports::Outcome& outcome) const;

  const ports::Account& account_;
  const ports::Exchanges& exchanges_;
  std::size_t next_ = 0;
  bool written_ = false;
  std::int64_t budget_left_ = -1;
  std::int64_t budget_cost_ = 1;
  std::int64_t budget_restore_ = 0;
  Duration budget_wait_;
  std::string version_note_;
};

/// The digits of "gid://shopify/NOUN/digits", or "" when it is no such id.
std::string id_in(std::string_view gid, std::string_view noun);

/// "gid://shopify/NOUN/digits".
std::string gid_of(std::string_view noun, std::string_view digits);

/// The words of `userErrors` in one line, at most 400 bytes; "" when there are none.
std::string user_errors_in(const Json& payload);

/// A field's value for application/x-www-form-urlencoded: everything but letters, digits and "-._~"
/// as %XX.
std::string form_encoded(std::string_view value);

/// Whether one of the `userErrors` carries this code.
bool has_user_error(const Json& payload, std::string_view code);

}  // namespace holdfast::connectors::shopify
