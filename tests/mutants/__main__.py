"""Do the tests notice? `python -m tests.mutants queries/rules --sample 40 --seed 1`.

A random change (`changes.py`) is made in a copy of the project and the tests that reach it (`select.py`) are run there,
cheap ones first, until one fails. `var/mutants` keeps the demonstration, what the tests reach (`--reach` records it anew)
and the results, from which `docs/evidence/mutants.json` is written. `--again` tries survivors once more.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from tests.mutants.changes import ROOT, Mutant, equivalents, files_of, mutants_of
from tests.mutants.runs import BROKEN, HANGS, Outcome, load_libraries, run
from tests.mutants.select import Go, Reach

KEPT = ROOT / "var" / "mutants"
EVIDENCE = ROOT / "docs" / "evidence" / "mutants.json"
TESTS = ("rules", "unit", "contract", "property", "faults")
FOLDERS = {
    "queries/rules": ((), 0.95),
    "data/store": ((), 0.95),
    "queries": (("queries/rules/",), 0.85),
    "data/forecasting": ((), 0.85),
    "data/warehouse": ((), 0.85),
    "data/importing": ((), 0.85),
    "data/.": ((), 0.85),
    "layouts": ((), 0.85),
    "callbacks": ((), 0.85),
}
HANGS_AFTER, SLOWER = 90, 4
"""A run without an end is one that takes so many seconds of the processor, and so many times what its tests took."""
LEFT_OUT = ("var", ".venv", "node_modules", ".hypothesis")


def record_reach() -> None:
    """Build the demonstration and record which test reaches what; about a quarter of an hour."""
    from tests.mutants.demonstrations import build

    build(KEPT)
    for folder in TESTS:
        command = [
            sys.executable,
            "-m",
            "tests.mutants.reach",
            str(KEPT / "reach" / f"{folder}.json"),
            f"tests/{folder}",
        ]
        subprocess.run(command, cwd=ROOT, check=False)


def copied(folder: Path) -> Path:
    """The project as it is, to be changed; with its code compiled, since a run writes none."""
    copy = folder / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    for name in (".venv", "node_modules"):
        (copy / name).symlink_to((ROOT / name).resolve())
    subprocess.run(
        [sys.executable, "-m", "compileall", "-q", *("app.py", "data", "queries", "layouts", "callbacks")],
        cwd=copy,
        check=True,
    )
    return copy


def tried(mutant: Mutant, copy: Path, goes: list[Go], seconds: float) -> dict[str, Any]:
    """What came of one change; the copy is as it was afterwards."""
    target = copy / mutant.file
    text, stat = target.read_text(encoding="utf-8"), target.stat()
    target.write_text(mutant.applied(text), encoding="utf-8")
    begun = time.monotonic()
    outcome = Outcome(0, "", "")
    try:
        for go in goes:
            name = "OVERSIGHT_TEST_IMPORTED" if go.is_built_anew else "OVERSIGHT_TEST_BUILT"
            kept = KEPT / ("imported" if go.is_built_anew else "built")
            outcome = run(copy, go.tests, HANGS_AFTER + SLOWER * seconds, {name: str(kept)})
            if outcome.noticed:
                break
    finally:
        target.write_text(text, encoding="utf-8")
        os.utime(target, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return {
        "noticed": outcome.noticed,
        "by": outcome.failed or {HANGS: "no end", BROKEN: "import", 4: "import"}.get(outcome.code, ""),
        "words": outcome.words,
        "tests": sum(len(go.tests) for go in goes),
        "seconds": round(time.monotonic() - begun, 1),
    }


def noticing_case(mutant: Mutant) -> str:
    """The case of a changed rule that comes out otherwise; asked here, since the rule is all that is read anew."""
    from tests.rules.test_rule_cases import CASES, RULES, answer

    sql = mutant.applied((ROOT / mutant.file).read_text(encoding="utf-8"))
    relation = next(rule.relation for rule in RULES.values() if rule.file_name == Path(mutant.file).name)
    for case in CASES:
        if case.parent.name == relation:
            try:
                made, expected = answer(case, sql)
            except duckdb.Error:
                return f"{relation}/{case.name}"
            if made != expected:
                return f"{relation}/{case.name}"
    return ""


def sample(folder: str, number: int, seed: int) -> list[Mutant]:
    """Random changes of a folder, without those known to change no answer."""
    left_out, _ = FOLDERS[folder]
    set_aside = equivalents()
    every = [m for file in files_of(folder, left_out) for m in mutants_of(file)]
    chosen = random.Random(seed).sample(every, len(every))
    return [m for m in chosen if m.key not in set_aside][:number]


def unsound(copy: Path, results: list[dict[str, Any]]) -> list[str]:
    """Tests that are said to have noticed and fail without any change as well."""
    tests = sorted({r["by"] for r in results if r["noticed"] and "::" in r["by"]})
    outcome = run(copy, tests, 1200, {"OVERSIGHT_TEST_BUILT": str(KEPT / "built")}, stops=False)
    return [line for line in outcome.failed.splitlines() if line]


def write_evidence(folder: str, seed: int, results: list[dict[str, Any]]) -> None:
    """This folder's figures among those of the others."""
    told = json.loads(EVIDENCE.read_text(encoding="utf-8")) if EVIDENCE.exists() else {}
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    survived = [r for r in results if not r["noticed"]]
    told[f"{folder} seed {seed}"] = {
        "machine": machine,
        "sample": len(results),
        "noticed": len(results) - len(survived),
        "survivors": [r["name"] for r in survived],
    }
    EVIDENCE.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def work(given: argparse.Namespace, tell: Callable[[str], object]) -> float:
    """Try the sample; the share that was noticed."""
    path = KEPT / "results" / f"{given.folder.replace('/', '-')}-{given.seed}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    known: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    reach = Reach(KEPT / "reach")
    results: list[dict[str, Any]] = []
    load_libraries()
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        for mutant in sample(given.folder, given.sample, given.seed):
            name = f"{mutant.file}:{mutant.line} {mutant.before.strip()} -> {mutant.after.strip()}"
            key = " | ".join(mutant.key)
            result = known.get(key)
            if result is None or (given.again and not result["noticed"]):
                case = noticing_case(mutant) if mutant.file.startswith("queries/rules/") else ""
                if case:
                    result = {"noticed": True, "by": f"tests/rules/{case}", "words": "", "tests": 1, "seconds": 0}
                else:
                    goes = reach.choose(mutant, given.seconds)
                    result = tried(mutant, copy, goes, reach.seconds_of(goes))
                known[key] = {"name": name, **result}
                path.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
                tell(
                    f"{'noticed ' if result['noticed'] else 'SURVIVED'} {result['seconds']:6} s {name}  {result['by']}\n"
                )
            results.append(known[key])
        for test in unsound(copy, results):
            tell(f"FAILS WITHOUT A CHANGE: {test}\n")
            for result in results:
                result["noticed"] &= result["by"] != test
    noticed = sum(r["noticed"] for r in results)
    tell(f"{noticed} of {len(results)} noticed ({noticed / len(results):.0%}) in {given.folder}, seed {given.seed}\n")
    write_evidence(given.folder, given.seed, results)
    return noticed / len(results)


def main() -> int:
    """Print each change and the share that was noticed; 1 where it is below the folder's target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", choices=FOLDERS)
    parser.add_argument("--sample", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=45, help="of tests, for one change")
    parser.add_argument("--reach", action="store_true", help="record anew which test reaches what")
    parser.add_argument("--again", action="store_true", help="try survivors of an earlier run once more")
    given = parser.parse_args()
    if given.reach or not (KEPT / "reach").exists():
        record_reach()

    def tell(line: str) -> None:
        sys.stdout.write(line)
        sys.stdout.flush()

    return 0 if work(given, tell) >= FOLDERS[given.folder][1] else 1


if __name__ == "__main__":
    raise SystemExit(main())
