#include <algorithm>

#include "store/rows.h"
#include "store/sqlite/database.h"
#include "store/sqlite/read.h"
#include "store/sqlite/rows_of.h"

// A search reads one word's rows and looks each stream up under the other words. A rare word is
// read whole. When every word is common, a page of matches mostly stands among the newest streams,
// so those are looked at first; when it does not, the rarest word is read whole after all.

namespace holdfast::store {
namespace {

using namespace ports;

constexpr std::int64_t rare = 5000;
constexpr std::int64_t all_countable = 1'000'000;
constexpr std::string_view newest_rows = "20000";

struct Word {
  std::string from;
  std::string until;  // exclusive; only for a prefix
  bool prefix = false;
  std::int64_t rows = 0;  // counted up to a bound
};

Word word_of(std::string_view token) {
  const auto said = search_word(token);
  Word word{std::string(said.text), {}, said.prefix, 0};
  if (!word.prefix) return word;
  // No UTF-8 text holds the byte 0xff, so nothing that begins with the prefix sorts behind this.
  word.until = word.from + '\xff';
  return word;
}

void bind_word(Query& query, const Word& word) {
  query.bind(word.from);
  if (word.prefix) query.bind(word.until);
}

Status count_rows(Database& db, TenantId tenant, Word& word, std::int64_t most) {
  auto count =
      db.query(text_of({"select count(*) from (select 1 from search"
                        " indexed by search_by_token where tenant_id = ? and ",
                        word.prefix ? "token >= ? and token < ?" : "token = ?", " limit ?)"}));
  count.with(tenant.value);
  bind_word(count, word);
  count.bind(most);
  const auto row = count.next();
  if (!row) return fail(row.error());
  word.rows = count.integer();
  return {};
}

// Puts the rarest first; of equals a whole word, whose rows stand newest first already.
Status order_by_rarity(Database& db, TenantId tenant, std::vector<Word>& words, std::int64_t most) {
  for (auto& word : words) {
    if (auto counted = count_rows(db, tenant, word, most); !counted) return counted;
  }
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) {
    return a.rows != b.rows ? a.rows < b.rows : !a.prefix && b.prefix;
  });
  return {};
}

// Streams that hold all of `words` from index `first` on, as conditions on s.
std::string holding(const std::vector<Word>& words, std::size_t first) {
  std::string sql;
  for (std::size_t i = first; i < words.size(); ++i) {
    sql +=
        text_of({" and exists (select 1 from search o where o.tenant_id = s.tenant_id"
                 " and o.stream_id = s.stream_id and o.kind = s.kind and o.",
                 words[i].prefix ? "token >= ? and o.token < ?" : "token = ?", ")"});
  }
  return sql;
}

std::string among_the_newest(const std::vector<Word>& words) {
  return text_of(
      {"select distinct s.stream_id, s.kind from"
       " (select tenant_id, stream_id, kind from search where tenant_id = ?"
       " order by stream_id desc, kind desc limit ",
       newest_rows, ") s where true", holding(words, 0),
       " order by s.stream_id desc, s.kind desc limit ?"});
}

std::string led_by_the_first(const std::vector<Word>& words) {
  return text_of(
      {"select distinct s.stream_id, s.kind from search s indexed by search_by_token"
       " where s.tenant_id = ? and s.",
       words.front().prefix ? "token >= ? and s.token < ?" : "token = ?", holding(words, 1),
       " order by s.stream_id desc, s.kind desc limit ?"});
}

Result<std::vector<StreamKey>> found_by(Database& db, const std::string& sql, TenantId tenant,
                                        const std::vector<Word>& words, std::size_t limit) {
  auto query = db.query_once(sql);
  query.with(tenant.value);
  for (const auto& word : words) bind_word(query, word);
  query.bind(bounded(limit));
  return all_rows<StreamKey>(query, [&](Query& row) -> Result<StreamKey> {
    const auto id = row.integer();
    return StreamKey{tenant, static_cast<StreamKind>(row.integer()), id};
  });
}

}  // namespace

Result<std::vector<StreamKey>> read_search(Database& db, TenantId tenant,
                                           const std::vector<std::string>& tokens,
                                           std::size_t limit) {
  if (tokens.empty()) return std::vector<StreamKey>();
  if (tokens.size() > most_search_words) return too_many_words(tokens.size());
  std::vector<Word> words;
  for (const auto& token : tokens) words.push_back(word_of(token));
  if (auto done = order_by_rarity(db, tenant, words, rare); !done) return fail(done.error());
  if (words.front().rows == 0) return std::vector<StreamKey>();
  const auto page = page_length(limit);
  const bool in_order = words.size() == 1 && !words.front().prefix;
  if (words.front().rows >= rare && !in_order) {
    auto newest = found_by(db, among_the_newest(words), tenant, words, page);
    if (!newest || newest->size() == page) return newest;
    if (auto done = order_by_rarity(db, tenant, words, all_countable); !done) {
      return fail(done.error());
    }
  }
  return found_by(db, led_by_the_first(words), tenant, words, page);
}

}  // namespace holdfast::store
