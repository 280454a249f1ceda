"""Which test reaches which function: one run of the tests, unchanged, with every call to the project's code recorded.

What a fixture of a module or of the whole run calls belongs to every test that uses it, also those that find it built.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from tests.mutants.changes import ROOT

EVERY_SECONDS = 60
PACKAGES = ("data", "queries", "layouts", "callbacks", "app.py")


class Recorder:
    """A plugin: seconds and functions (`file:first line`) of each test that passes."""

    def __init__(self, root: Path, path: Path) -> None:
        self.root = f"{root}/"
        self.path = path
        self.kept_at = time.monotonic()
        self.codes: set[CodeType] = set()
        self.of_test: dict[str, set[str]] = {}
        self.of_fixture: dict[str, set[str]] = {}
        self.of_module: dict[str, set[str]] = {}
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def trace(self, frame: FrameType, event: str, arg: Any) -> None:
        """Called at every call of a function, never at its lines."""
        self.codes.add(frame.f_code)

    def watch(self) -> None:
        sys.settrace(self.trace)
        threading.settrace(self.trace)

    def functions(self) -> set[str]:
        """What was called since the last time, as `file:first line`."""
        called, self.codes = self.codes, set()
        places = (f"{c.co_filename}:{c.co_firstlineno}" for c in called if c.co_filename.startswith(self.root))
        inside = (place[len(self.root) :] for place in places)
        return {place for place in inside if place.startswith(PACKAGES)}

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Iterator[None]:
        self.functions()
        self.watch()
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.of_module.setdefault(collector.nodeid, set()).update(self.functions())

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        before, self.codes = self.codes, set()
        try:
            return (yield)
        finally:
            self.of_fixture.setdefault(fixturedef.argname, set()).update(self.functions())
            self.codes = before

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.functions()
        self.watch()
        begun = time.perf_counter()
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.seconds[item.nodeid] = time.perf_counter() - begun
            names = getattr(item, "fixturenames", ())
            shared = [self.of_fixture.get(name, set()) for name in names]
            shared.append(self.of_module.get(item.nodeid.partition("::")[0], set()))
            self.of_test[item.nodeid] = self.functions().union(*shared)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        if time.monotonic() - self.kept_at > EVERY_SECONDS:
            self.write()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome != "passed":
            self.failed.add(report.nodeid)

    def write(self) -> None:
        """Keep it, functions by number; also now and then, since a run is long."""
        known = sorted(set().union(*self.of_test.values()))
        number = {name: n for n, name in enumerate(known)}
        tests = {
            test: {"seconds": round(self.seconds[test], 3), "functions": sorted(number[f] for f in functions)}
            for test, functions in self.of_test.items()
            if test not in self.failed
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = {"functions": known, "failed": sorted(self.failed), "tests": tests}
        self.path.write_text(json.dumps(kept), encoding="utf-8")
        self.kept_at = time.monotonic()


def main() -> int:
    """`python -m tests.mutants.reach KEPT.json TESTS…`."""
    path, *tests = sys.argv[1:]
    recorder = Recorder(ROOT, Path(path))
    code = pytest.main(["-q", "--no-header", *tests], plugins=[recorder])
    recorder.write()
    return int(code)


if __name__ == "__main__":
    raise SystemExit(main())
