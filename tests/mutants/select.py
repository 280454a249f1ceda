"""Which tests should see a change: those that reach its function, cheap files first."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.mutants.changes import ROOT, Mutant, function_of

FEW = 3  # of the examples of one test in the first go
MOST_SECONDS = 8.0  # what a test took beyond this was the building of a demonstration
DEMONSTRATIONS = ("demo_settings", "small_settings")
RULES = "data/warehouse/rules.py:"
SQL_BY_PYTHON = {
    "data/warehouse/staging.sql": "data/warehouse/staging.py:",
    "data/warehouse/integrity_checks.sql": "data/warehouse/publish.py:",
}


@dataclass(frozen=True)
class Choice:
    """The tests of one change, in two goes, and whether the demonstration may be another with it."""

    first: list[str]
    wider: list[str]
    changes_demonstration: bool
    seconds: float


class Reach:
    """What `tests.mutants.reach` recorded, of every folder of tests."""

    def __init__(self, folder: Path) -> None:
        self.seconds: dict[str, float] = {}
        self.tests: dict[str, set[str]] = defaultdict(set)
        self.building: set[str] = set()
        for path in sorted(folder.glob("*.json")):
            kept = json.loads(path.read_text(encoding="utf-8"))
            names = kept["functions"]
            for fixture in DEMONSTRATIONS:
                self.building.update(names[n] for n in kept["fixtures"].get(fixture, ()))
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

    def choose(self, mutant: Mutant, budget: float) -> Choice:
        """The tests to run, as many as the budget of seconds allows."""
        functions = self._functions(mutant)
        reached = self._tests(functions)
        others = self._tests(set(self.files.get(mutant.file, ()))) - reached
        few, many = self._split(reached)
        first = self._within(few, budget)
        used = sum(self.seconds[t] for t in first)
        wider = self._within(many, budget - used)
        used += sum(self.seconds[t] for t in wider)
        wider += self._within(others, min(budget - used, budget / 3))
        seconds = sum(self.seconds[t] for t in (*first, *wider))
        is_read_at_import = mutant.file.endswith(".py") and not functions & self.tests.keys()
        inside = self.files.get(mutant.file, set()) if is_read_at_import else functions
        return Choice(first, wider, bool(inside & self.building), seconds)

    def _functions(self, mutant: Mutant) -> set[str]:
        if mutant.file.startswith("queries/rules/"):
            return {f for f in self.tests if f.startswith(RULES)}
        if mutant.file.endswith(".sql"):
            return self._askers(mutant.file)
        line = function_of(mutant)
        if line is None or f"{mutant.file}:{line}" not in self.tests:
            return set(self.files.get(mutant.file, ()))
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

    def _split(self, tests: set[str]) -> tuple[set[str], set[str]]:
        """A few examples of each test, and the others."""
        by_test: dict[str, list[str]] = defaultdict(list)
        for test in sorted(tests, key=lambda t: (self.seconds[t], t)):
            by_test[re.sub(r"\[.*", "", test)].append(test)
        few = {t for examples in by_test.values() for t in examples[:FEW]}
        return few, tests - few

    def _within(self, tests: set[str], budget: float) -> list[str]:
        """Cheap files first, until the budget is spent."""
        cost: dict[str, float] = defaultdict(float)
        for test in tests:
            cost[test.partition("::")[0]] += self.seconds[test]
        chosen: list[str] = []
        used = 0.0
        for test in sorted(tests, key=lambda t: (cost[t.partition("::")[0]], t)):
            used += self.seconds[test]
            if used > budget:
                break
            chosen.append(test)
        return chosen
