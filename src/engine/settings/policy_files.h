#pragma once
// PolicyFiles: policy/*.toml as one Policy. What is misspelt, doubled or left out is refused with
// its place, because a policy read differently than it was meant loosens a rule without a word.

#include <map>
#include <string>

#include "engine/settings/toml.h"
#include "model/policy.h"

namespace holdfast::engine {

/// The policy of a folder or of one file. A folder's files each hold some of the lists of Policy;
/// the folder's name becomes the policy's. A file with a `name` of its own is a whole policy: it is
/// loaded by its path and never as part of a folder. Invalid with file, line and key; NotFound when
/// there is nothing. Only the form is checked here; check_policy asks whether it makes sense.
Result<Policy> load_policy(const std::string& path);

/// A policy as people write it: file name, such as "gates.toml", to its TOML.
using PolicyText = std::map<std::string, std::string>;

/// The texts that load_policy would read from a folder or a file. NotFound when there is nothing;
/// Unavailable when one cannot be read.
Result<PolicyText> read_policy_text(const std::string& path);

/// What a folder's policy is called: the folder's own name.
std::string policy_name(const std::string& path);

/// The policy of such texts, called `name` unless its one file is a whole policy. Invalid with
/// file, line and key.
Result<Policy> policy_of_text(const PolicyText& text, const std::string& name);

/// One file's part of a policy, read strictly: unknown keys and missing required ones are Invalid.
Result<Policy> read_policy_part(const Toml& document);

/// SHA-256 of the policy's canonical bytes, lower-case hexadecimal; every decision names it.
std::string policy_hash(const Policy& policy);

}  // namespace holdfast::engine
