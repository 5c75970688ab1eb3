"""clang-tidy over the sources named, JOBS at a time, with the compile commands of build/dev:
tidy.py JOBS FILE…. What it finds is printed where it is found, progress goes to standard error. A
source that was clean is not looked at again until its text after preprocessing, the checks or the
tool change: marks of what was clean lie in build/tidy. Exits with 1 when something was found.
"""

import hashlib
import json
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "dev"
MARKS = ROOT / "build" / "tidy"
TOOL = "clang-tidy-19"


def commands() -> dict[str, list[str]]:
    """The compile command of every source, by its path from the root."""
    entries = json.loads((BUILD / "compile_commands.json").read_text("utf-8"))
    found = {}
    for entry in entries:
        path = Path(entry["file"])
        if path.is_relative_to(ROOT):
            found[str(path.relative_to(ROOT))] = shlex.split(entry["command"])
    return found


def text_with_headers(command: list[str]) -> bytes | None:
    """What the compiler sees, comments included (they may silence a check); None if it fails."""
    words = command[:command.index("-o")] + ["-E", "-P", "-C", command[-1]]
    if "-include-pch" in words:
        at = words.index("-include-pch")
        del words[at - 1:at + 3]
    seen = subprocess.run(words, cwd=BUILD, capture_output=True, check=False)
    return seen.stdout if seen.returncode == 0 else None


class Tidy:
    def __init__(self, jobs: int, files: list[str]) -> None:
        self.jobs, self.files, self.done = jobs, files, 0
        self.commands = commands()
        version = subprocess.run([TOOL, "--version"], capture_output=True, check=True).stdout
        self.base = version + (ROOT / ".clang-tidy").read_bytes()

    def look_at(self, name: str) -> bool:
        """Whether the source is clean."""
        mark = None
        if name in self.commands:
            text = text_with_headers(self.commands[name])
            if text is not None:
                mark = MARKS / hashlib.sha256(self.base + text).hexdigest()
        clean, known, said = True, mark is not None and mark.exists(), ""
        if not known:
            seen = subprocess.run(
                [TOOL, "-p", str(BUILD), "--quiet", "--warnings-as-errors=*", name],
                cwd=ROOT, capture_output=True, check=False, text=True, errors="replace")
            clean = seen.returncode == 0
            said = "" if clean else seen.stdout or seen.stderr
            if clean and mark is not None:
                mark.touch()
        self.done += 1
        if said:
            print(said, end="", flush=True)
        print(f"tidy: {self.done} of {len(self.files)}, {name}{' as before' if known else ''}",
              file=sys.stderr, flush=True)
        return clean

    def run(self) -> bool:
        MARKS.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(self.jobs) as pool:
            return all(list(pool.map(self.look_at, self.files)))


if __name__ == "__main__":
    sys.exit(0 if Tidy(int(sys.argv[1]), sys.argv[2:]).run() else 1)
