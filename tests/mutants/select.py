"""Which tests should see a change: those that reach its function, cheap files first."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path

from tests.mutants.changes import ROOT, Mutant, function_of

FEW = 3  # of the examples of one test in the first go
QUICK_FILES, QUICK_SECONDS = 2, 4.0
MOST_SECONDS = 8.0  # what a test took beyond this was the building of a demonstration
RULES = "data/warehouse/rules.py:"
READING = "queries/reader.py:"
SQL_BY_PYTHON = {
    "data/warehouse/staging.sql": "data/warehouse/staging.py:",
    "data/warehouse/integrity_checks.sql": "data/warehouse/integrity.py:",
}


@dataclass(frozen=True)
class Go:
    """Tests that are run together, and whether on a demonstration that is built anew with the change."""

    tests: list[str]
    is_built_anew: bool


class Reach:
    """What `tests.mutants.reach` recorded, of every folder of tests."""

    def __init__(self, folder: Path) -> None:
        self.seconds: dict[str, float] = {}
        self.tests: dict[str, set[str]] = defaultdict(set)
        self.building: set[str] = set()
        for path in sorted(folder.glob("*.json")):
            kept = json.loads(path.read_text(encoding="utf-8"))
            names = kept["functions"]
            self.building.update(names[n] for n in kept.get("building", ()))
            for test, seen in kept["tests"].items():
                self.seconds[test] = min(seen["seconds"], MOST_SECONDS)
                for n in seen["functions"]:
                    self.tests[names[n]].add(test)

    @cached_property
    def files(self) -> dict[str, set[str]]:
        """Functions by file."""
        found: dict[str, set[str]] = defaultdict(set)
        for function in self.tests:
            found[function.rpartition(":")[0]].add(function)
        return found

    def choose(self, mutant: Mutant, budget: float) -> list[Go]:
        """The tests to run, as many as the budget of seconds allows: those that reach the change, then those that read
        what is published with it, then those that reach the rest of its file.
        """
        name = re.sub(r"^\d+[a-z]?_", "", Path(mutant.file).stem)
        functions = self._functions(mutant)
        reached = self._tests(functions)
        others = self._tests(self.files.get(mutant.file, set())) - reached
        readers: set[str] = set()
        if functions & self.building:
            readers = self._tests({f for f in self.tests if f.startswith(READING)}) - reached
        goes: list[Go] = []
        for tests, is_built_anew in ((reached, False), (readers, True), (others, False)):
            for part in self._split(tests, name):
                chosen = self._within(part, budget, name)
                budget -= sum(self.seconds[t] for t in chosen)
                quick = self._quick(chosen)
                parts = [quick, [t for t in chosen if t not in set(quick)]]
                goes += [Go(part, is_built_anew) for part in parts if part]
        return goes

    def seconds_of(self, goes: Iterable[Go]) -> float:
        """What they took when they were recorded."""
        return sum(self.seconds[t] for go in goes for t in go.tests)

    def _functions(self, mutant: Mutant) -> set[str]:
        if mutant.file.startswith("queries/rules/"):
            return {f for f in self.tests if f.startswith(RULES)}
        if mutant.file.endswith(".sql"):
            return self._askers(mutant.file)
        line = function_of(mutant)
        if line is None or f"{mutant.file}:{line}" not in self.tests:
            beside = f"{Path(mutant.file).parent}/"
            return set(self.files.get(mutant.file, ())) or {f for f in self.tests if f.startswith(beside)}
        return {f"{mutant.file}:{line}"}

    def _askers(self, file: str) -> set[str]:
        """The functions that ask a question, or those of the file that reads this one."""
        if file in SQL_BY_PYTHON:
            return {f for f in self.tests if f.startswith(SQL_BY_PYTHON[file])}
        name = file.removeprefix("queries/").removesuffix(".sql")
        askers: set[str] = set()
        for path in sorted((ROOT / "queries").glob("*.py")):
            lines = path.read_text(encoding="utf-8").splitlines()
            for number, line in enumerate(lines, 1):
                if f'"{name}"' in line:
                    place = function_of(Mutant(str(path.relative_to(ROOT)), number, line, line))
                    askers.add(f"{path.relative_to(ROOT)}:{place}")
        known = askers & self.tests.keys()
        return known or {f for f in self.tests if f.startswith(f"queries/{name.partition('/')[0]}.py:")}

    def _tests(self, functions: Iterable[str]) -> set[str]:
        return set().union(*(self.tests[f] for f in functions))

    def _split(self, tests: set[str], name: str) -> tuple[set[str], set[str]]:
        """A few examples of each test, those named after the module or relation first, and the others."""
        by_test: dict[str, list[str]] = defaultdict(list)
        for test in sorted(tests, key=lambda t: (f"{name}/" not in t, self.seconds[t], t)):
            by_test[re.sub(r"\[.*", "", test)].append(test)
        few = {t for examples in by_test.values() for t in examples[:FEW]}
        return few, tests - few

    def _quick(self, tests: list[str]) -> list[str]:
        """Those of the first files, so that the others need not even be read."""
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))[:QUICK_FILES]
        mine = [test for test in tests if test.partition("::")[0] in files]
        used = accumulate(self.seconds[test] for test in mine)
        return [test for test, at in zip(mine, used, strict=True) if at <= QUICK_SECONDS]

    def _within(self, tests: set[str], budget: float, name: str) -> list[str]:
        """Files that name the module first, then cheap ones, until the budget is spent."""
        cost: dict[str, float] = defaultdict(float)
        for test in tests:
            cost[test.partition("::")[0]] += self.seconds[test]
        named = {file: bool(re.search(rf"\b{name}\b", _text(file))) for file in cost}
        chosen: list[str] = []
        used = 0.0

        def place(test: str) -> tuple[bool, bool, float, str]:
            file = test.partition("::")[0]
            return f"{name}/" not in test, not named[file], cost[file], test

        for test in sorted(tests, key=place):
            if used + self.seconds[test] <= budget:
                used += self.seconds[test]
                chosen.append(test)
        return chosen


@cache
def _text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")
