#pragma once
// Just enough GraphQL to answer a client in the shape it asked for: documents are parsed and whole
// records cut down to their selections. It never judges a document; the schema's owner does that.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace holdfast::peers::graphql {

/// A field with its arguments, fragments already opened. Variables are replaced by their values.
struct Field {
  std::string name;
  std::string key;  // the alias, or the name
  Json arguments;   // an object, or null
  std::vector<Field> fields;
};

/// The operation to run.
struct Operation {
  bool is_mutation = false;
  std::string name;
  std::vector<Field> fields;
};

/// Reads a document and picks the operation called `name` (any when empty and there is only one).
/// Invalid when it cannot be parsed, names an unknown fragment, or has no such operation.
Result<Operation> parse(std::string_view document, std::string_view name, const Json& variables);

/// `record` cut to the fields asked for. An array meets `nodes`, `edges` or `pageInfo` as a
/// connection, paged by `first` and `after`; otherwise `first` cuts it. Names of fields that the
/// record does not have are added to `missing`.
Json cut(const Json& record, const std::vector<Field>& fields, std::vector<std::string>& missing);

/// The value of one field of `record`, cut to what the field asks for.
Json cut_value(const Json& value, const Field& field, std::vector<std::string>& missing);

}  // namespace holdfast::peers::graphql
