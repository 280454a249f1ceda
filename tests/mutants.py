"""Do the tests notice? Small changes to the code, one at a time, run against the tests that should see them.

`python -m tests.mutants queries/rules --sample 20 --seed 1` changes a random line of a random file in a copy of the
project (`and` for `or`, `<=` for `<`, `+` for `-` and the like), runs the tests of FOLDERS there until one fails, and
prints what survived. Survivors that change no answer are listed with their reason in EQUIVALENT and left out of the share.
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from data.settings import ROOT

CHANGES = (
    (r"\band\b", "or"),
    (r"\bor\b", "and"),
    (r"<=", "<"),
    (r">=", ">"),
    (r"(?<![<>=-])<(?![=>])", "<="),
    (r"(?<![<>=-])>(?!=)", ">="),
    (r" \+ ", " - "),
    (r" - ", " + "),
    (r" \* ", " / "),
    (r"<>", "="),
    (r"\bmin\(", "max("),
    (r"\bmax\(", "min("),
    (r"\bis not null\b", "is null"),
    (r"\bis not None\b", "is None"),
    (r"\bnot (?=\w)", ""),
    (r"\bTrue\b", "False"),
    (r"\bFalse\b", "True"),
    (r" == ", " != "),
)
FOLDERS = {
    "queries/rules": ("tests/contract", "tests/property", "tests/unit"),
    "data/store": ("tests/unit", "tests/contract", "tests/faults", "tests/property"),
    "data": ("tests/unit", "tests/contract", "tests/property"),
    "queries": ("tests/contract", "tests/unit"),
    "layouts": ("tests/contract", "tests/unit"),
    "callbacks": ("tests/contract", "tests/unit", "tests/journey"),
}
EQUIVALENT: dict[str, str] = {}
"""Changes that no answer can show, as `file:line from -> to`, and why."""
SECONDS = 900


@dataclass(frozen=True)
class Mutant:
    """One change: the text of a line before and after."""

    file: str
    line: int
    before: str
    after: str

    @property
    def name(self) -> str:
        """As EQUIVALENT lists it."""
        return f"{self.file}:{self.line} {self.before.strip()} -> {self.after.strip()}"


def mutants_of(file: Path) -> list[Mutant]:
    """Every change of a file's code, one of each kind in a line; comments, docstrings and texts are left alone."""
    found: list[Mutant] = []
    is_in_words = False
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        quotes = line.count('"""')
        if quotes or is_in_words:
            is_in_words ^= quotes % 2 == 1
            continue
        code = re.split(r"--(?= )|#(?= )", line, maxsplit=1)[0]
        if not code.strip() or re.match(r"\s*(from|import)\b", code):
            continue
        masked = re.sub(r"'[^']*'|\"[^\"]*\"", lambda m: "\0" * len(m[0]), code)
        for pattern, other in CHANGES:
            match = re.search(pattern, masked)
            if match:
                after = code[: match.start()] + other + code[match.end() :] + line[len(code) :]
                found.append(Mutant(str(file.relative_to(ROOT)), number, line, after))
    return found


def is_noticed(mutant: Mutant, copy: Path, tests: tuple[str, ...]) -> bool:
    """Whether a test fails with the change; the copy is as it was afterwards."""
    target = copy / mutant.file
    text = target.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    lines[mutant.line - 1] = mutant.after + "\n"
    target.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "2", "--dist", "loadfile", *tests]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=SECONDS, check=False)
        return done.returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(text, encoding="utf-8")


def main() -> int:
    """Print each mutant and the share that was noticed; 1 where it is below --least."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", choices=FOLDERS)
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=float, default=0.85)
    given = parser.parse_args()
    suffixes = ("*.sql", "*.py")
    files = sorted(f for s in suffixes for f in (ROOT / given.folder).rglob(s))
    every = [m for f in files for m in mutants_of(f) if m.name not in EQUIVALENT]
    chosen = random.Random(given.seed).sample(every, min(given.sample, len(every)))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        left_out = shutil.ignore_patterns("var", ".venv", ".git", "__pycache__", "node_modules")
        shutil.copytree(ROOT, copy, ignore=left_out)
        survivors = []
        for mutant in chosen:
            noticed = is_noticed(mutant, copy, FOLDERS[given.folder])
            sys.stdout.write(f"{'noticed ' if noticed else 'SURVIVED'} {mutant.name}\n")
            sys.stdout.flush()
            survivors += [] if noticed else [mutant]
    share = 1 - len(survivors) / len(chosen)
    sys.stdout.write(f"{len(chosen) - len(survivors)} of {len(chosen)} noticed ({share:.0%}) in {given.folder}\n")
    return 0 if share >= given.least else 1


if __name__ == "__main__":
    raise SystemExit(main())
