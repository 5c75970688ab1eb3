#include "store/copy.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/hash.h"
#include "store/postgres/arrays.h"
#include "store/postgres/migrations.h"
#include "store/postgres/stored_text.h"
#include "store/sql/rows_of.h"
#include "store/sqlite/database.h"
#include "store/sqlite/lock_file.h"
#include "store/sqlite/migrations.h"

namespace holdfast::store {
namespace {

constexpr std::chrono::milliseconds limit{10 * 60 * 1000};
constexpr std::int64_t rows_between_words = 200'000;

enum class Kind { Integer, Text, Blob };

struct Column {
  std::string name;
  Kind kind = Kind::Integer;
  std::int64_t place_in_key = 0;  // from 1; 0 for none
};

struct Table {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::size_t> key;  // columns, in the key's order
};

struct Value {
  std::int64_t number = 0;
  std::string bytes;  // of texts and blobs
};
using Row = std::vector<Value>;

// A row as bytes that no other row has: lengths stand in front.
void append_row(std::string& out, const Table& table, const Row& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (table.columns[i].kind == Kind::Integer) {
      pg::append_integer(out, row[i].number);
    } else {
      pg::append_integer(out, static_cast<std::int64_t>(row[i].bytes.size()));
      out += row[i].bytes;
    }
  }
}

// The running hash of a table: each page's rows behind the hash so far.
class Tally {
 public:
  void add(const Table& table, const std::vector<Row>& rows) {
    if (rows.empty()) return;
    std::string bytes = hash_;
    for (const auto& row : rows) append_row(bytes, table, row);
    hash_ = hex(sha256(bytes));
    count_ += static_cast<std::int64_t>(rows.size());
  }
  std::int64_t count() const { return count_; }
  const std::string& hash() const { return hash_; }
  bool operator==(const Tally&) const = default;

 private:
  std::int64_t count_ = 0;
  std::string hash_;
};

std::string names(const Table& table, const std::vector<std::size_t>& columns) {
  std::string text;
  for (const auto i : columns) text += (text.empty() ? "" : ", ") + table.columns[i].name;
  return text;
}

std::string all_names(const Table& table) {
  std::string text;
  for (const auto& column : table.columns) text += (text.empty() ? "" : ", ") + column.name;
  return text;
}

// "select … from t where (k1, k2) > (?, ?) order by k1, k2 limit ?"
std::string page_of(const Table& table, bool from_start) {
  const auto key = names(table, table.key);
  std::string sql = "select " + all_names(table) + " from " + table.name;
  if (!from_start) {
    sql += " where (" + key + ") > (";
    for (std::size_t i = 0; i < table.key.size(); ++i) sql += i == 0 ? "?" : ", ?";
    sql += ")";
  }
  return sql + " order by " + key + " limit ?";
}

std::string numbered(std::string sql) {
  int number = 0;
  for (auto at = sql.find('?'); at != std::string::npos; at = sql.find('?')) {
    sql.replace(at, 1, "$" + std::to_string(++number));
  }
  return sql;
}

Result<std::vector<Table>> tables_of(Database& from) {
  std::vector<Table> tables;
  auto list = from.query("select name from sqlite_schema where type = 'table' order by name");
  for (;;) {
    const auto next = list.next();
    if (!next) return fail(next.error());
    if (!*next) break;
    tables.push_back({list.text(), {}, {}});
  }
  for (auto& table : tables) {
    auto info = from.query_once("select name, type, pk from pragma_table_info('" + table.name +
                                "') order by cid");
    for (;;) {
      const auto next = info.next();
      if (!next) return fail(next.error());
      if (!*next) break;
      Column column{info.text(), Kind::Integer, 0};
      const auto type = info.text();
      if (type == "TEXT") column.kind = Kind::Text;
      if (type == "BLOB") column.kind = Kind::Blob;
      column.place_in_key = info.integer();
      table.columns.push_back(std::move(column));
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].place_in_key > 0) table.key.push_back(i);
    }
    std::ranges::sort(table.key, {}, [&](std::size_t i) { return table.columns[i].place_in_key; });
  }
  return tables;
}

class Copier {
 public:
  Copier(Database& from, pg::Connection& to, const CopyWish& wish,
         const std::function<void(const std::string&)>& progress)
      : from_(from), to_(to), wish_(wish), progress_(progress) {}

  Result<Copied> run() {
    auto tables = tables_of(from_);
    if (!tables) return fail(tables.error());
    if (auto ready = prepare(*tables); !ready) return fail(ready.error());
    for (const auto& table : *tables) {
      if (auto done = copy(table); !done) return fail(within(done.error(), table.name));
    }
    for (const auto& table : *tables) {
      if (auto same = compare(table); !same) return fail(same.error());
    }
    copied_.tables = static_cast<std::int64_t>(tables->size());
    copied_.hash = hex(sha256(hashes_));
    // A file begins its periods of delivery keys when they are needed; this store has them from the
    // start.
    const auto done = to_.script(
        "begin; insert into delivery_period values (0, -9223372036854775808),"
        " (1, -9223372036854775808) on conflict (slot) do nothing; drop table store_copy; commit;"
        " analyze",
        limit);
    return done ? Result<Copied>(copied_) : fail(done.error());
  }

 private:
  // The table store_copy says how far each table came, and to every server that a copy is not
  // finished.
  Status prepare(const std::vector<Table>& tables) {
    auto begun = to_.script("select 1 where to_regclass('store_copy') is not null", limit);
    if (!begun) return fail(begun.error());
    if (begun->rows() > 0) return {};
    auto served = to_.script("select 1 from lease", limit);
    if (!served) return fail(served.error());
    bool empty = served->rows() == 0;
    for (const auto& table : tables) {
      if (table.name == "delivery_period") continue;
      auto row = to_.script("select 1 from " + table.name + " limit 1", limit);
      if (!row) return fail(row.error());
      empty = empty && row->rows() == 0;
    }
    if (!empty) {
      return fail(ErrorCode::Conflict, "the database holds rows of its own", "--to",
                  "name an empty database");
    }
    auto made = to_.script(
        "begin; create table store_copy (name text not null primary key, rows bigint not null,"
        " last_key bytea[] not null); delete from delivery_period; commit",
        limit);
    return made ? Status() : fail(made.error());
  }

  Status copy(const Table& table) {
    auto after = reached(table);
    if (!after) return fail(after.error());
    for (;;) {
      const auto rows = page_from_file(table, *after);
      if (!rows) return fail(rows.error());
      if (rows->empty()) return {};
      *after = rows->back();
      if (auto done = write(table, *rows); !done) return done;
      const auto before = copied_.rows;
      copied_.rows += static_cast<std::int64_t>(rows->size());
      if (before / rows_between_words != copied_.rows / rows_between_words) {
        progress_(std::to_string(copied_.rows) + " rows copied, in " + table.name);
      }
    }
  }

  // The last row of an earlier attempt, as far as its key goes.
  Result<std::optional<Row>> reached(const Table& table) {
    pg::Parameters parameters;
    parameters.add(std::string_view(table.name));
    auto found = to_.ask(
        "select c.rows, k.part from store_copy c, unnest(c.last_key)"
        " with ordinality as k(part, place) where c.name = $1 order by k.place",
        parameters, limit);
    if (!found) return fail(found.error());
    if (found->rows() == 0) return std::optional<Row>();
    Row row(table.columns.size());
    for (std::size_t i = 0; i < table.key.size(); ++i) {
      const auto part = found->bytes(static_cast<int>(i), 1);
      auto& value = row[table.key[i]];
      if (table.columns[table.key[i]].kind == Kind::Integer) {
        value.number = std::stoll(std::string(part));
      } else {
        value.bytes = part;
      }
    }
    copied_.rows_before += found->integer(0, 0);
    copied_.rows += found->integer(0, 0);
    return std::optional<Row>(std::move(row));
  }

  Result<std::vector<Row>> page_from_file(const Table& table, const std::optional<Row>& after) {
    auto query = from_.query(page_of(table, !after));
    query.with();
    if (after) {
      for (const auto i : table.key) {
        const auto& value = (*after)[i];
        switch (table.columns[i].kind) {
          case Kind::Integer:
            query.bind(value.number);
            break;
          case Kind::Text:
            query.bind(value.bytes);
            break;
          case Kind::Blob:
            query.bind(Blob{value.bytes});
            break;
        }
      }
    }
    query.bind(wish_.rows_at_once);
    return all_rows<Row>(query, [&](Query& found) -> Result<Row> {
      Row row;
      for (const auto& column : table.columns) {
        row.emplace_back();
        if (column.kind == Kind::Integer)
          row.back().number = found.integer();
        else
          row.back().bytes = found.text();
      }
      return row;
    });
  }

  // A page and how far it came, in one transaction.
  Status write(const Table& table, const std::vector<Row>& rows) {
    std::vector<pg::Array> columns(table.columns.size());
    for (const auto& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        switch (table.columns[i].kind) {
          case Kind::Integer:
            columns[i].add(row[i].number);
            break;
          case Kind::Text:
            columns[i].add(std::string_view(row[i].bytes));
            break;
          case Kind::Blob:
            columns[i].add(Blob{row[i].bytes});
            break;
        }
      }
    }
    std::string marks;
    pg::Parameters parameters;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      parameters.add_array(columns[i].type(), columns[i].bytes());
      marks += i == 0 ? "?" : ", ?";
    }
    pg::Array key;
    for (const auto i : table.key) {
      const auto& value = rows.back()[i];
      const bool number = table.columns[i].kind == Kind::Integer;
      const auto text = number ? std::to_string(value.number) : value.bytes;
      key.add(Blob{text});
    }
    pg::Parameters how_far;
    how_far.add(std::string_view(table.name));
    how_far.add(static_cast<std::int64_t>(rows.size()));
    how_far.add_array(key.type(), key.bytes());
    to_.queue("begin", {});
    to_.queue(numbered("insert into " + table.name + " (" + all_names(table) +
                       ") select * from unnest(" + marks + ")"),
              parameters);
    to_.queue(
        "insert into store_copy values ($1, $2, $3) on conflict (name) do update set"
        " rows = store_copy.rows + excluded.rows, last_key = excluded.last_key",
        how_far);
    to_.queue("commit", {});
    const auto done = to_.run_queue(limit);
    return done ? Status() : fail(done.error());
  }

  Result<std::vector<Row>> page_from_server(const Table& table, const std::optional<Row>& after) {
    pg::Parameters parameters;
    if (after) {
      for (const auto i : table.key) {
        const auto& value = (*after)[i];
        switch (table.columns[i].kind) {
          case Kind::Integer:
            parameters.add(value.number);
            break;
          case Kind::Text:
            parameters.add(std::string_view(value.bytes));
            break;
          case Kind::Blob:
            parameters.add_blob(value.bytes);
            break;
        }
      }
    }
    parameters.add(wish_.rows_at_once);
    const auto found = to_.ask(numbered(page_of(table, !after)), parameters, limit);
    if (!found) return fail(found.error());
    std::vector<Row> rows(static_cast<std::size_t>(found->rows()), Row(table.columns.size()));
    for (int r = 0; r < found->rows(); ++r) {
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        auto& value = rows[static_cast<std::size_t>(r)][i];
        const int c = static_cast<int>(i);
        switch (table.columns[i].kind) {
          case Kind::Integer:
            value.number = found->integer(r, c);
            break;
          case Kind::Text:
            value.bytes = pg::from_stored(found->bytes(r, c));
            break;
          case Kind::Blob:
            value.bytes = found->bytes(r, c);
            break;
        }
      }
    }
    return rows;
  }

  Status compare(const Table& table) {
    progress_("comparing " + table.name);
    Tally here, there;
    std::optional<Row> after_here, after_there;
    for (bool more = true; more;) {
      const auto ours = page_from_file(table, after_here);
      if (!ours) return fail(ours.error());
      const auto theirs = page_from_server(table, after_there);
      if (!theirs) return fail(theirs.error());
      here.add(table, *ours);
      there.add(table, *theirs);
      more = !ours->empty() || !theirs->empty();
      if (!ours->empty()) after_here = ours->back();
      if (!theirs->empty()) after_there = theirs->back();
      if (here != there) {
        return fail(ErrorCode::Internal,
                    "the copy differs after " + std::to_string(here.count()) + " rows", table.name,
                    "drop the database's schema and copy again");
      }
    }
    hashes_ += table.name + " " + std::to_string(here.count()) + " " + here.hash() + "\n";
    return {};
  }

  Database& from_;
  pg::Connection& to_;
  const CopyWish& wish_;
  const std::function<void(const std::string&)>& progress_;
  Copied copied_;
  std::string hashes_;
};

}  // namespace

Result<Copied> copy_store(const CopyWish& wish,
                          const std::function<void(const std::string&)>& progress) {
  if (!std::filesystem::exists(wish.from)) {
    return fail(ErrorCode::NotFound, "there is no such store", wish.from, "name its file");
  }
  const auto lock = LockFile::take(wish.from + ".lock");
  if (!lock) return fail(lock.error());
  auto from = Database::open(wish.from, Access::Write, {});
  if (!from) return fail(from.error());
  // An older file is brought to this program's schema first, as serving it would.
  auto ready = migrate(**from, wish.from, schema_migrations());
  if (!ready) return fail(ready.error());
  auto to = pg::Connection::open({wish.to, wish.password}, "holdfast copy",
                                 "-c statement_timeout=600000");
  if (!to) return fail(to.error());
  if (auto schema = pg::migrate(**to); !schema) return fail(schema.error());
  return Copier(**from, **to, wish, progress).run();
}

}  // namespace holdfast::store
