"""What every lint needs: the project's files and one way to report. Standard library only, so that
a bare machine runs the lints.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*suffixes: str) -> list[str]:
    """Tracked and new files, as paths from the root; with suffixes, only those that end in one."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z",
         "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True)
    names = sorted({name for name in listed.stdout.split("\0") if name})
    return [n for n in names if (not suffixes or n.endswith(suffixes)) and (ROOT / n).is_file()]


def text_of(name: str) -> str | None:
    """The file's text, or None when it is not UTF-8 text."""
    try:
        text = (ROOT / name).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def finish(lint: str, looked_at: int, problems: list[str]) -> None:
    """Prints the problems, one a line, then the lint's own line; ends the process."""
    for problem in problems:
        print(problem)
    print(f"{lint}: {len(problems)} problems" if problems else f"{lint}: ok, {looked_at} files")
    sys.exit(1 if problems else 0)
