"""One spelling each, nothing left undone, no machine's paths. The words are in words.toml.

Rules: no word of [spelling], whole or as a part of a snake_case or PascalCase name, outside
partners' files; no pattern of [never] anywhere. LICENSE and lock files are not ours and are
left out.
"""

import re
import tomllib

from _project import ROOT, files, finish, text_of

NOT_OURS = ("LICENSE", "package-lock.json", "tools/lint/words.toml")


def main() -> None:
    table = tomllib.loads((ROOT / "tools/lint/words.toml").read_text(encoding="utf-8"))
    words = table["spelling"]
    longest_first = sorted(words, key=len, reverse=True)
    low, high = "|".join(longest_first), "|".join(word.capitalize() for word in longest_first)
    spelling = re.compile(
        rf"(?<![A-Za-z])(?i:{low})(?![A-Za-z])|(?<=[a-z])(?:{high})(?![a-z])"
        rf"|(?<![A-Za-z])(?:{high}|{low})(?=[A-Z])")
    never = [(re.compile(pattern), reason) for pattern, reason in table["never"].items()]
    partners = table["partners"]
    problems, looked_at = [], 0
    for name in files():
        text = None if name.endswith(NOT_OURS) else text_of(name)
        if text is None:
            continue
        looked_at += 1
        partner = (name.endswith(tuple(partners["suffixes"]))
                   or any(path in name for path in partners["paths"]))
        for number, line in enumerate(text.split("\n"), 1):
            for match in () if partner else spelling.finditer(line):
                before, after = line[:match.start()][-1:], line[match.end():][:1]
                if before and before in "\"'`" and before == after:
                    continue
                right = words[match.group(0).lower()]
                problems.append(f"{name}:{number}: {match.group(0)}: here it is spelled {right}")
            for pattern, reason in never:
                if match := pattern.search(line):
                    problems.append(f"{name}:{number}: {match.group(0)}: {reason}")
    finish("words", looked_at, problems)


main()
