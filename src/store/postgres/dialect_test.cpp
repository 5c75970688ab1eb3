#include "store/postgres/dialect.h"

#include <gtest/gtest.h>

namespace holdfast::store::pg {
namespace {

TEST(Dialect, numbers_parameters_and_drops_hints) {
  EXPECT_EQ(postgres_statement("select a from t indexed by t_by_a where a = ? and b > ? limit ?"),
            "select a from t where a = $1 and b > $2 limit $3");
  EXPECT_EQ(postgres_statement("select 1 where ?2 = '?' and instr(a, ?1) > 0"),
            "select 1 where $2 = '?' and strpos(a, $1) > 0");
  EXPECT_EQ(postgres_statement("select 1 from t indexed by t_by_a"), "select 1 from t");
}

TEST(Dialect, gives_columns_their_types) {
  EXPECT_EQ(postgres_script("create table t (\n  a integer not null,\n  b text not null,\n"
                            "  c blob not null,\n  primary key (a)\n) strict, without rowid;\n"),
            "create table t (\n  a bigint not null,\n  b text collate \"C\" not null,\n"
            "  c bytea not null,\n  primary key (a)\n);\n");
}

}  // namespace
}  // namespace holdfast::store::pg
