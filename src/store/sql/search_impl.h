#pragma once
// A search reads one word's rows and looks each stream up under the other words. A word of a
// bounded number of rows is read whole, and the answer is exact. When every word is common, a page
// of matches mostly stands among the newest streams, so those are looked at first; when it does
// not, a bounded number of one word's rows is looked at too. No search reads more than these
// bounds.

#include <algorithm>
#include <limits>

#include "store/rows.h"
#include "store/sql/rows_of.h"

namespace holdfast::store::sql {

using namespace ports;

inline constexpr std::int64_t most_candidates = 20'000;  // rows of one word that are read
inline constexpr std::int64_t newest_rows = 20'000;      // rows of the newest streams
inline constexpr std::size_t most_spellings =
    32;  // tokens that begin with a prefix, walked one by one

struct Word {
  std::string from;
  std::string until;  // exclusive; only for a prefix
  bool prefix = false;
  std::int64_t rows = 0;  // counted up to a bound
};

template <class Db>
Word word_of(std::string_view token) {
  const auto said = search_word(token);
  Word word{std::string(said.text), {}, said.prefix, 0};
  if (!word.prefix) return word;
  word.until = word.from + Db::last_text;
  return word;
}

template <class Query>
void bind_word(Query& query, const Word& word) {
  query.bind(word.from);
  if (word.prefix) query.bind(word.until);
}

template <class Db>
Status count_rows(Db& db, TenantId tenant, Word& word) {
  auto count = db.query(
      text_of({"select count(*) from (select 1 from search"
               " indexed by search_by_token where tenant_id = ? and ",
               word.prefix ? "token >= ? and token < ?" : "token = ?", " limit ?) as few"}));
  count.with(tenant.value);
  bind_word(count, word);
  count.bind(most_candidates);
  const auto row = count.next();
  if (!row) return fail(row.error());
  word.rows = count.integer();
  return {};
}

// Puts the rarest first; of equals a whole word, whose rows stand newest first already, and of
// prefixes the longest.
template <class Db>
Status order_by_rarity(Db& db, TenantId tenant, std::vector<Word>& words) {
  for (auto& word : words) {
    if (auto counted = count_rows(db, tenant, word); !counted) return counted;
  }
  std::ranges::sort(words, [](const Word& a, const Word& b) {
    if (a.rows != b.rows) return a.rows < b.rows;
    if (a.prefix != b.prefix) return b.prefix;
    return a.from.size() > b.from.size();
  });
  return {};
}

// Streams that hold all of `words` from index `first` on, as conditions on s.
template <class Db>
std::string holding(const std::vector<Word>& words, std::size_t first) {
  std::string sql;
  for (std::size_t i = first; i < words.size(); ++i) {
    sql += text_of(
        {" and exists (select 1 from search o where o.tenant_id = s.tenant_id"
         " and o.stream_id = s.stream_id and o.kind = s.kind and ",
         Db::token_of_o,
         words[i].prefix ? text_of({" >= ? and ", Db::token_of_o, " < ?"}) : std::string(" = ?"),
         ")"});
  }
  return sql;
}

template <class Db>
std::string among_the_newest(const std::vector<Word>& words) {
  return text_of(
      {"select s.stream_id, s.kind from (select distinct tenant_id, stream_id, kind from",
       " (select tenant_id, stream_id, kind from search where tenant_id = ? and stream_id < ?",
       " order by stream_id desc, kind desc limit ", std::to_string(newest_rows),
       ") as newest) s where true", holding<Db>(words, 0),
       " order by s.stream_id desc, s.kind desc limit ?"});
}

template <class Db>
std::string led_by_the_first(const std::vector<Word>& words) {
  // A whole word's rows stand in the order asked for; those of a prefix are few, and taken first.
  const std::string rows =
      words.front().prefix
          ? text_of({"(select tenant_id, stream_id, kind from search indexed by search_by_token"
                     " where tenant_id = ? and token >= ? and token < ?",
                     Db::taken_first, ") s where s.stream_id < ?"})
          : std::string(
                "search s indexed by search_by_token where s.tenant_id = ?"
                " and s.token = ? and s.stream_id < ?");
  return text_of({"select distinct s.stream_id, s.kind from ", rows, holding<Db>(words, 1),
                  " order by s.stream_id desc, s.kind desc limit ?"});
}

// The same over a bounded number of the first word's rows: a whole word's newest; of a prefix the
// last by spelling, since numbers that grow stand there.
template <class Db>
std::string led_by_some_of_the_first(const std::vector<Word>& words, std::int64_t most) {
  const bool prefix = words.front().prefix;
  return text_of({"select distinct s.stream_id, s.kind from",
                  " (select tenant_id, stream_id, kind from search indexed by search_by_token",
                  " where tenant_id = ? and ",
                  prefix ? "token >= ? and token < ? and stream_id < ?"
                           " order by token desc, stream_id desc"
                         : "token = ? and stream_id < ? order by stream_id desc, kind desc",
                  " limit ", std::to_string(most), ") s where true", holding<Db>(words, 1),
                  " order by s.stream_id desc, s.kind desc limit ?"});
}

using Streams = std::vector<StreamKey>;

// What is asked for, and where the page begins.
struct Wanted {
  TenantId tenant;
  std::vector<Word> words;
  std::int64_t below = std::numeric_limits<std::int64_t>::max();  // ids the page may hold
  std::size_t page = 0;
};

// `leading` words stand in the statement before the bound on ids, the others after it.
template <class Db>
Result<Streams> found_by(Db& db, const std::string& sql, const Wanted& wanted,
                         std::size_t leading) {
  auto query = db.query_once(sql);
  query.with(wanted.tenant.value);
  for (std::size_t i = 0; i <= wanted.words.size(); ++i) {
    if (i == leading) query.bind(wanted.below);
    if (i < wanted.words.size()) bind_word(query, wanted.words[i]);
  }
  query.bind(bounded(wanted.page));
  return all_rows<StreamKey>(query, [&](auto& row) -> Result<StreamKey> {
    const auto id = row.integer();
    return StreamKey{wanted.tenant, static_cast<StreamKind>(row.integer()), id};
  });
}

// The tokens that begin with a prefix, each found by one seek; one more than the bound when there
// are more.
template <class Db>
Result<std::vector<std::string>> spellings_of(Db& db, TenantId tenant, const Word& word) {
  std::vector<std::string> tokens;
  auto first = db.query(
      "select min(token) from search indexed by search_by_token"
      " where tenant_id = ? and token >= ? and token < ?");
  auto next = db.query(
      "select min(token) from search indexed by search_by_token"
      " where tenant_id = ? and token > ? and token < ?");
  while (tokens.size() <= most_spellings) {
    auto& seek = tokens.empty() ? first : next;
    const auto after = tokens.empty() ? word.from : tokens.back();
    const auto row = seek.with(tenant.value, after, word.until).next();
    if (!row) return fail(row.error());
    auto token = seek.text();
    if (token.empty()) break;  // of nothing the least is null
    tokens.push_back(std::move(token));
  }
  return tokens;
}

// What bounded reading finds when every word is common; the newest of what was looked at.
template <class Db>
Result<Streams> found_among_common(Db& db, Wanted wanted) {
  auto& words = wanted.words;
  const auto page = wanted.page;
  auto found = found_by(db, among_the_newest<Db>(words), wanted, 0);
  if (!found || found->size() == page) return found;
  auto leads = std::vector{words.front()};
  if (words.front().prefix) {
    auto tokens = spellings_of(db, wanted.tenant, words.front());
    if (!tokens) return fail(tokens.error());
    if (tokens->size() <= most_spellings) {
      leads.clear();
      for (auto& token : *tokens) leads.push_back({std::move(token), {}, false, 0});
    }
  }
  const auto each = most_candidates / static_cast<std::int64_t>(leads.size());
  for (auto& lead : leads) {
    words.front() = std::move(lead);
    auto more = found_by(db, led_by_some_of_the_first<Db>(words, each), wanted, 1);
    if (!more) return more;
    found->insert(found->end(), more->begin(), more->end());
  }
  std::ranges::sort(*found, [](const StreamKey& a, const StreamKey& b) {
    return a.id != b.id ? a.id > b.id : a.kind > b.kind;
  });
  const auto twice = std::ranges::unique(*found);
  found->erase(twice.begin(), twice.end());
  found->resize(std::min(found->size(), page));
  return found;
}

template <class Db>
Result<std::vector<StreamKey>> read_search(Db& db, TenantId tenant,
                                           const std::vector<std::string>& tokens,
                                           std::size_t limit, std::int64_t before) {
  if (tokens.empty()) return std::vector<StreamKey>();
  if (tokens.size() > most_search_words) return too_many_words(tokens.size());
  Wanted wanted;
  wanted.tenant = tenant;
  wanted.page = page_length(limit);
  if (before != 0) wanted.below = before;
  for (const auto& token : tokens) wanted.words.push_back(word_of<Db>(token));
  if (auto done = order_by_rarity(db, tenant, wanted.words); !done) return fail(done.error());
  const auto& rarest = wanted.words.front();
  if (rarest.rows == 0) return Streams();
  const bool in_order = wanted.words.size() == 1 && !rarest.prefix;
  if (rarest.rows >= most_candidates && !in_order) {
    return found_among_common(db, std::move(wanted));
  }
  return found_by(db, led_by_the_first<Db>(wanted.words), wanted, 1);
}

}  // namespace holdfast::store::sql
