#pragma once
// Contract: the API's own description, compiled in from contract/openapi.json.
// It must never be written by hand: tools/contract/openapi-json.mjs makes it from the YAML.

#include <string_view>

namespace holdfast::api::contract {

/// contract/openapi.yaml as JSON.
extern const std::string_view openapi_json;

}  // namespace holdfast::api::contract
