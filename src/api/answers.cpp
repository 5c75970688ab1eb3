#include "api/answers.h"

namespace holdfast::api {
namespace {

std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "Bad request";
    case 401:
      return "Not signed in";
    case 403:
      return "Not allowed";
    case 404:
      return "Not found";
    case 405:
      return "Method not allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Too large";
    case 415:
      return "Unsupported media type";
    case 422:
      return "Cannot be done";
    case 429:
      return "Too many requests";
    case 503:
      return "Unavailable";
    default:
      return "Internal error";
  }
}

/// Status and contract code of our own error codes.
std::pair<int, std::string_view> status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::Invalid:
      return {422, "invalid"};
    case ErrorCode::NotFound:
      return {404, "not_found"};
    case ErrorCode::Conflict:
      return {409, "conflict"};
    case ErrorCode::Forbidden:
      return {403, "not_allowed"};
    case ErrorCode::Unauthentic:
      return {401, "not_signed_in"};
    case ErrorCode::TooLarge:
      return {413, "invalid"};
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout:
      return {503, "unavailable"};
    case ErrorCode::Internal:
      return {500, "internal"};
  }
  return {500, "internal"};
}

net::ServerResponse text_answer(int status, std::string media_type, std::string body) {
  net::ServerResponse response;
  response.status = status;
  response.headers = {{"Content-Type", std::move(media_type)},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  response.body = std::move(body);
  return response;
}

}  // namespace

net::ServerResponse json_answer(const Json& json, int status) {
  return text_answer(status, "application/json", to_text(json));
}

net::ServerResponse empty_answer(int status) {
  net::ServerResponse response;
  response.status = status;
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

net::ServerResponse problem(const Trouble& trouble) {
  Json json;
  json.set("type", "/problems/" + std::string(trouble.code));
  json.set("title", title_of(trouble.status));
  json.set("status", trouble.status);
  json.set("code", trouble.code);
  if (!trouble.detail.empty()) json.set("detail", trouble.detail);
  if (!trouble.field.empty()) json.set("field", trouble.field);
  if (!trouble.hint.empty()) json.set("hint", trouble.hint);
  auto response = text_answer(trouble.status, "application/problem+json", to_text(json));
  if (trouble.status == 503) response.headers.emplace_back("Retry-After", "5");
  return response;
}

net::ServerResponse problem(const Error& error) {
  const auto [status, code] = status_of(error.code);
  // What broke inside is for the log, not for a client.
  if (error.code == ErrorCode::Internal) return problem(Trouble{status, code, {}, {}, {}});
  return problem(Trouble{status, code, error.what, error.where, error.todo});
}

net::ServerResponse too_often(Duration wait, std::string detail) {
  auto response = problem(Trouble{429, "too_many_attempts", std::move(detail), {}, {}});
  response.headers.emplace_back("Retry-After", std::to_string(wait.ms / 1000 + 1));
  return response;
}

void add_guards(net::ServerResponse& response, bool https) {
  const auto add = [&](std::string_view name, std::string_view value) {
    if (ports::header(response.headers, name).empty()) {
      response.headers.emplace_back(name, value);
    }
  };
  add("X-Content-Type-Options", "nosniff");
  add("X-Frame-Options", "DENY");
  add("Referrer-Policy", "no-referrer");
  add("Cross-Origin-Resource-Policy", "same-origin");
  // What is no page of ours loads and runs nothing, whoever opens it as one.
  add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  if (https) add("Strict-Transport-Security", "max-age=31536000");
}

net::ServerResponse not_found() {
  return problem(Trouble{404, "not_found", "There is nothing here.", {}, {}});
}

Json page_json(Json items, const std::string& next_cursor) {
  Json json;
  json.set("items", std::move(items));
  json.set("next_cursor", next_cursor.empty() ? Json() : Json(next_cursor));
  return json;
}

}  // namespace holdfast::api
