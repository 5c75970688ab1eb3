#pragma once
// ConfigSources: which keys a configuration knows, and the environment laid over the file.
// For the config*.cpp files only.

#include <map>
#include <string>
#include <vector>

#include "engine/settings/config.h"
#include "engine/settings/toml.h"

namespace holdfast::engine {

/// The file's document with what the environment put over it.
struct Sources {
  Toml document;
  std::map<std::string, std::string> from_env;  // path of a value → the variable that set it

  /// The variable, or the place in the file, that a path's value comes from.
  std::string where(const std::string& path) const;
};

/// The account families, as the file writes them.
const std::vector<std::string>& families();

/// The connectors of a family.
const std::vector<Kind>& kinds_of(const Kinds& kinds, const std::string& family);

/// The connector of a kind, or nullptr.
const Kind* find_kind(const Kinds& kinds, const std::string& family, const std::string& kind);

/// Keys of a section or of an entry of a list such as "tenant", "offer" or "supplier"; an entry's
/// keys depend on its kind. Empty for a name that is neither.
std::vector<std::string> keys_of(const std::string& name, const Json& entry, const Kinds& kinds);

/// Keys of those that hold secrets: they may also be written KEY_file and KEY_env.
std::vector<std::string> secrets_of(const std::string& name, const Json& entry, const Kinds& kinds);

/// Names of everything that may stand at a configuration's outermost level.
std::vector<std::string> top_names();

/// Lays every HOLDFAST_…__… variable over the document. Invalid naming the nearest for one that
/// means nothing.
Status lay_over(Sources& sources, const Environment& env, const Kinds& kinds);

}  // namespace holdfast::engine
