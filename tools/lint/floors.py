"""Includes go down only.

Rules:
1. A file in src/ROOM or connectors/ includes, by quotes, its own room and the rooms that
   floors.toml grants it.
2. Quoted paths start at src/ ("base/result.h") or at the root ("connectors/KIND/NAME/…"), name
   a file that exists, and contain no "..".
3. A connector includes no other connector; only the apps may include a connector at all.
4. Headers of the `std_only` rooms include by angle brackets only standard headers: names
   without "." and "/".
5. The table itself: a granted room is on a lower floor.
"""

import re
import tomllib

from _project import ROOT, files, finish, text_of

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.M)


def room_of(path: str) -> tuple[str, str]:
    """("engine", "") for src/engine/…; ("connectors", "channels/shopify") for connectors."""
    parts = path.split("/")
    if parts[0] == "src":
        return parts[1], ""
    return "connectors", "/".join(parts[1:3])


def check_table(table: dict) -> list[str]:
    floor = table["floors"]
    return [f"tools/lint/floors.toml: {room} may not include {target}: "
            f"floor {floor[target]} is not below {floor[room]}"
            for room, targets in table["rooms"].items() for target in targets
            if floor[target] >= floor[room]]


def check_quoted(table: dict, path: str, target: str) -> str | None:
    room, folder = room_of(path)
    if ".." in target.split("/"):
        return 'paths start at the root, without ".."'
    in_connectors = target.startswith("connectors/")
    full = target if in_connectors else "src/" + target
    if not (ROOT / full).is_file():
        return f'"{target}" names no file of the project'
    target_room, target_folder = room_of(full)
    if target_room == room and (room != "connectors" or folder == target_folder):
        return None
    if target_room == room:
        return f"the connector {folder} may not include the connector {target_folder}"
    if target_room not in table["rooms"].get(room, []):
        return f"room {room} may not include room {target_room}"
    return None


def shows_library(std_only: dict, path: str, room: str, angled: str) -> bool:
    return (path.endswith(".h") and room in std_only["rooms"]
            and re.search(r"[./]", angled) is not None
            and angled not in std_only["exceptions"].get(path, []))


def main() -> None:
    table = tomllib.loads((ROOT / "tools/lint/floors.toml").read_text(encoding="utf-8"))
    problems = check_table(table)
    names = [n for n in files(".h", ".cpp")
             if n.startswith(("src/", "connectors/")) and n.count("/") > 1]
    for name in names:
        text = text_of(name) or ""
        room, _ = room_of(name)
        if room not in table["rooms"]:
            problems.append(f"{name}:1: room {room} is not in tools/lint/floors.toml")
            continue
        for match in INCLUDE.finditer(text):
            line = text.count("\n", 0, match.start(0) + len(match.group(0))) + 1
            quoted, angled = match.groups()
            if quoted is not None:
                problem = check_quoted(table, name, quoted)
                if problem:
                    problems.append(f"{name}:{line}: {problem}")
            elif shows_library(table["std_only"], name, room, angled):
                problems.append(f"{name}:{line}: <{angled}> is no standard header; "
                                f"a header of {room} hides libraries")
    finish("floors", len(names), problems)


main()
