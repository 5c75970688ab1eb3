"""The schema distributes by tenant unchanged.

Rules, for every .sql in src/store:
1. Every table's first column is tenant_id, and its primary key and every index begin with it, or
   the comment right above it says that it is a `reference` table.
2. No triggers, no sequences, no foreign keys, no MERGE, no advisory locks, no SKIP LOCKED.
And for every statement in src/store/sql and src/store/postgres that names a table with a tenant:
3. No MERGE, no advisory locks, no SKIP LOCKED.
"""

import re

from _project import files, finish, text_of

TABLE = re.compile(
    r"((?:^--[^\n]*\n)*)^create table (?:if not exists )?(\w+) \((.*?)^\)", re.M | re.S)
INDEX = re.compile(r"create (?:unique )?index (\w+)\s+on (\w+) \(\s*(\w+)")
FORBIDDEN = re.compile(
    r"\b(create trigger|create sequence|references \w|merge into|pg_(?:try_)?advisory\w*"
    r"|skip locked|generated always as identity|bigserial)\b", re.I)


def line_of(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def without_comments(text: str) -> str:
    return re.sub(r"--[^\n]*|//[^\n]*", lambda found: " " * len(found[0]), text)


def main() -> None:
    problems = []
    reference = set()
    schemas = [name for name in files(".sql") if name.startswith("src/store/")]
    code = [name for name in files(".cpp", ".h")
            if name.startswith(("src/store/sql/", "src/store/postgres/"))]
    for name in schemas:
        text = text_of(name) or ""
        for found in TABLE.finditer(text):
            comment, table, body = found.groups()
            where = f"{name}:{line_of(text, found.start(2))}: table {table}"
            if "reference:" in comment:
                reference.add(table)
                continue
            columns = without_comments(body)
            if columns.split()[0] != "tenant_id":
                problems.append(f"{where}: the first column is not tenant_id")
            if not re.search(r"primary key \(tenant_id\b", columns):
                problems.append(f"{where}: the primary key does not begin with tenant_id")
    for name in schemas:
        text = text_of(name) or ""
        for found in INDEX.finditer(text):
            index, table, first = found.groups()
            if first != "tenant_id" and table not in reference:
                problems.append(f"{name}:{line_of(text, found.start())}: index {index} does not "
                                "begin with tenant_id")
    for name in schemas + code:
        text = without_comments(text_of(name) or "")
        for found in FORBIDDEN.finditer(text):
            problems.append(f"{name}:{line_of(text, found.start())}: no {found[1].lower()}")
    finish("schema", len(schemas) + len(code), problems)


main()
