#pragma once
// Words: what people typed and partners sent as free text. A command's words are replaced by
// references before the core sees them, and lie sealed beside the stream; so events, views and
// effects hold references only, and erasing the order's key leaves nothing to read anywhere.
// It must never put a text back where something is stored.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/vault.h"
#include "model/command.h"

namespace holdfast::engine {

/// What stands where words were erased, or came after the erasure.
inline constexpr std::string_view erased_words = "[erased]";
/// What stands where words cannot be opened because no master key is at hand.
inline constexpr std::string_view closed_words = "[sealed]";
/// The sealed rows that hold words are of kinds that begin so.
inline constexpr std::string_view words_kind = "words:";

/// A text with the value that ties it to its reference.
struct Word {
  std::string text;
  std::string salt;  // 32 bytes, known only with the order's key or from a pack that shows the text
};

/// Words by their references.
using Words = std::map<std::string, Word>;

/// The word of a text under a stream's word key: the same text has the same reference, so that the
/// core can tell a repetition.
Word word_of(std::string_view word_key, std::string_view text);
/// "sealed:" and 32 hexadecimal digits of an HMAC-SHA-256 of the text under its salt.
std::string reference_of(const Word& word);

/// Calls `hide` for every free text of a command and puts what it gives in its place. Times,
/// numbers, names of partners and of our own people are no free text; an address is not touched,
/// because it is sealed as a whole.
void hide_words(Command& command, const std::function<std::string(const std::string&)>& hide);

/// Whether a text holds a reference.
bool has_reference(std::string_view text);

/// The text with each reference replaced by its words, or by `otherwise` when they are not there.
std::string opened(std::string_view text, const Words& words,
                   std::string_view otherwise = erased_words);
/// The same within JSON bytes, where words are written as JSON text.
std::string opened_json(std::string_view json, const Words& words,
                        std::string_view otherwise = erased_words);

/// Bytes of a sealed row that holds these words, and back. Invalid when it is none.
std::string encode_words(const Words& words);
Status decode_words(std::string_view bytes, std::string_view word_key, Words& into);

/// A stream's words as far as they can be read.
struct WordBook {
  Words words;
  std::string_view otherwise = erased_words;

  std::string open(std::string_view text) const { return opened(text, words, otherwise); }
  std::string open_json(std::string_view json) const { return opened_json(json, words, otherwise); }
};

/// Reads a stream's words; without a vault every reference reads "[sealed]". Errors are the
/// store's; rows that do not open read as erased.
Result<WordBook> read_words(ports::Store& store, const Vault* vault,
                            const ports::StreamKey& stream);

/// Opens what rows of the queue say. Errors are the store's.
Status open_rows(ports::Store& store, const Vault* vault, std::vector<ports::ExceptionRow>& rows);

}  // namespace holdfast::engine
