"""A header says what it is for, and each of its functions what it gives.

Rules, for every .h in src/ and connectors/:
1. Line 1 is `#pragma once`; the next line that is not blank starts a `//` comment of at least
   one sentence (30 characters or more, with a full stop).
2. A function declared or defined at namespace scope has a `///` docstring right above it.
   Declarations that follow each other without a blank line share the first one's, and so do the
   later overloads of a name in one header. Operators, definitions of members (`Type::name`),
   namespaces called detail or *_detail or nothing, and headers named *_impl.h are exempt.
3. The docstring of a function that returns Result<…> says when it fails: it holds one of
   FAILURE_WORDS.
4. Units stand last in names: a parameter of plain arithmetic type whose name ends in one of
   UNIT_NEEDED lacks its unit (`timeout_ms`, `amount_minor`).
Members of classes are left to review: what a type's members mean is said at the type.
"""

import re

from _project import files, finish, text_of

FAILURE_WORDS = re.compile(
    r"error|fail|refuse|reject|invalid|unless|unknown|not[ _]found|conflict|missing|malformed"
    r"|unavailable|denied|out of range|overflow|too (?:long|large|deep|many)|unclear|cannot"
    r"|when\b|if\b", re.I)
UNIT_NEEDED = ("timeout", "delay", "window", "age", "interval", "duration", "ttl", "weight",
               "amount", "price", "elapsed", "latency", "retention")
ARITHMETIC = (r"(?:const\s+)?(?:unsigned\s+|std::)?"
              r"(?:int|long|short|double|float|size_t|u?int(?:8|16|32|64)_t)")
RETURNS_RESULT = re.compile(r"(?:inline |static |constexpr |\[\[nodiscard\]\] )*Result<")
BARE_UNIT = re.compile(
    rf"{ARITHMETIC}(?:\s+long|\s+int)*\s+((?:\w+_)?(?:{'|'.join(UNIT_NEEDED)}))\s*(?:[,)=]|$)")
EXEMPT_NAMESPACE = re.compile(
    r"(?:inline\s+)?namespace\s*(?:(?:[\w:]+::)?(?:\w+_)?detail)?\s*$")
NOT_FUNCTION = re.compile(
    r"^(?:class|struct|enum|union|using|typedef|namespace|static_assert|concept|extern\s+template|friend)\b")


def blank_code(text: str) -> str:
    """The text with comments, literals and preprocessor lines blanked, every position kept."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\''
        r"|^[ \t]*#(?:\\\n|[^\n])*", re.S | re.M)

    def blank(match: re.Match) -> str:
        return re.sub(r"[^\n]", " ", match.group(0))

    return pattern.sub(blank, text)


def skip_block(code: str, start: int) -> int:
    """The position after the brace that closes the one at `start`."""
    depth = 0
    for position in range(start, len(code)):
        if code[position] == "{":
            depth += 1
        elif code[position] == "}":
            depth -= 1
            if depth == 0:
                return position + 1
    return len(code)


def without_template(statement: str) -> str:
    """The statement without its `template <…>` heads and attributes."""
    while True:
        statement = re.sub(r"^\s*(?:\[\[[^\]]*\]\]\s*)*", "", statement)
        match = re.match(r"template\s*<", statement)
        if not match:
            return statement
        depth, position = 1, match.end()
        while position < len(statement) and depth:
            depth += {"<": 1, ">": -1}.get(statement[position], 0)
            position += 1
        statement = statement[position:]


def is_function(statement: str) -> bool:
    statement = without_template(statement)
    if NOT_FUNCTION.match(statement) or re.search(r"\boperator\b", statement):
        return False
    paren = statement.find("(")
    if paren < 0 or "=" in statement[:paren] or "requires" in statement[:paren].split():
        return False
    return re.search(r"[\w>&*\]]\s+[&*]*[\w:]+\s*$", statement[:paren]) is not None


def namespace_functions(code: str):
    """Yields (position, statement) of every function at namespace scope."""
    position, start = 0, 0
    hidden_until = 0
    while position < len(code):
        char = code[position]
        if char == ";" or (char == "}" and not code[start:position].strip()):
            if char == ";" and is_function(code[start:position]) and start >= hidden_until:
                yield start, code[start:position]
            position += 1
            start = position
        elif char == "{":
            statement = code[start:position]
            head = statement.strip()
            if re.match(r"(?:inline\s+)?namespace\b", head) or head.startswith("extern"):
                if EXEMPT_NAMESPACE.match(head):
                    hidden_until = max(hidden_until, skip_block(code, position))
                position += 1
                start = position
            elif is_function(statement):
                if start >= hidden_until:
                    yield start, statement
                position = skip_block(code, position)
                start = position
            else:
                # A type, an initialiser: go on after it; its `;` ends the statement.
                position = skip_block(code, position)
                following = code[position:position + 80]
                if following and not re.match(r"\s*[;,\w]", following):
                    start = position
        else:
            position += 1


def docstring_above(lines: list[str], line: int) -> str | None:
    """The docstring over line number `line` (from 0), or over the declarations right above it."""
    above = line - 1
    while above >= 0 and lines[above].strip() and not lines[above].lstrip().startswith("//"):
        if lines[above].rstrip().endswith("{"):
            return None
        above -= 1
    doc = []
    while above >= 0 and lines[above].lstrip().startswith("///"):
        doc.insert(0, lines[above].strip().lstrip("/").strip())
        above -= 1
    return " ".join(doc) or None


def check_header(name: str, text: str) -> list[str]:
    lines = text.split("\n")
    problems = []
    if lines[0].strip() != "#pragma once":
        problems.append(f"{name}:1: the first line is #pragma once")
    opening = ""
    for line in lines[1:]:
        if not line.strip() and not opening:
            continue
        if not line.startswith("//"):
            break
        opening += line.lstrip("/") + " "
    if len(opening.strip()) < 30 or "." not in opening:
        problems.append(f"{name}:2: after #pragma once comes a // sentence: "
                        "what it is for, what it must never do")
    if name.endswith("_impl.h"):
        return problems
    code = blank_code(text)
    documented = set()
    for start, statement in namespace_functions(code):
        first = start + len(statement) - len(statement.lstrip())
        line = code.count("\n", 0, first)
        signature = " ".join(statement.split())
        called = re.search(r"([\w:]+)\s*\(", without_template(signature))
        label = called.group(1) if called else signature[:40]
        doc = docstring_above(lines, line)
        if "::" in label or (doc is None and label in documented):
            continue
        if doc is None:
            problems.append(
                f"{name}:{line + 1}: {label} has no /// docstring: what it gives, units, errors")
            continue
        documented.add(label)
        if RETURNS_RESULT.match(without_template(signature)) and not FAILURE_WORDS.search(doc):
            problems.append(f"{name}:{line + 1}: {label} returns a Result; "
                            "its docstring does not say when it fails")
        for bare in BARE_UNIT.finditer(signature):
            problems.append(f"{name}:{line + 1}: {label}: "
                            f"parameter `{bare.group(1)}` has no unit in its name")
    return problems


def main() -> None:
    names = [n for n in files(".h") if n.startswith(("src/", "connectors/"))]
    problems = []
    for name in names:
        problems += check_header(name, text_of(name) or "")
    finish("headers", len(names), problems)


main()
