"""A file fits a head, a line fits a screen.

Rules: at most 800 lines a file and 100 columns a line (code points), in .h .cpp .ts .tsx .mjs
.py .sh .cmake and ./x. A line that is one unbroken word (an address, a hash) may be longer.
Generated files do not lie in the tree.
"""

from _project import files, finish, text_of

LINES_MOST = 800
COLUMNS_MOST = 100


def main() -> None:
    names = files(".h", ".cpp", ".ts", ".tsx", ".mjs", ".py", ".sh", ".cmake") + ["x"]
    problems = []
    for name in names:
        lines = (text_of(name) or "").split("\n")
        if len(lines) > LINES_MOST + 1:
            problems.append(f"{name}:{LINES_MOST}: {len(lines) - 1} lines; at most {LINES_MOST}")
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS_MOST and len(line.strip(" /*#").split()) > 1:
                problems.append(f"{name}:{number}: {len(line)} columns; at most {COLUMNS_MOST}")
    finish("size", len(names), problems)


main()
