"""A run of chosen tests in a process that has the libraries loaded and the project's code not yet."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

OURS = {"app", "callbacks", "data", "layouts", "queries", "tests"}
ALREADY_LOADED = "ignore::pytest.PytestAssertRewriteWarning"
HANGS = 99
CROWDED = 30
BROKEN = 2  # pytest: a file of tests could not be read; 4: nor conftest.py


@dataclass(frozen=True)
class Outcome:
    """What a run came to: which test failed first, or none."""

    code: int
    failed: str
    words: str

    @property
    def noticed(self) -> bool:
        """A test failed, the code could not be imported, or the run had no end."""
        return self.code in (1, BROKEN, 4, HANGS)


class Only:
    """A plugin: of all that is collected, the chosen tests in the chosen order; the first failure is written down."""

    def __init__(self, tests: Sequence[str], report: Path) -> None:
        self.place = {test: n for n, test in enumerate(tests)}
        self.report = report

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.place), key=lambda item: self.place[item.nodeid]
        )

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            with self.report.open("a", encoding="utf-8") as stream:
                crash = getattr(report.longrepr, "reprcrash", None)
                words = str(getattr(crash, "message", "")).splitlines() or [""]
                stream.write(f"{report.nodeid}\t{words[0][:200]}\n")


def load_libraries() -> None:
    """All that is not ours of what the tests import, so that each run need not; the plugins of pytest are its own matter."""
    listed = subprocess.run(
        [sys.executable, "-c", "import sys, tests.conftest, tests.published_pages; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.split():
        if name.partition(".")[0] not in OURS:
            with contextlib.suppress(Exception):
                import_module(name)


def run(copy: Path, tests: Sequence[str], limit: float, env: Mapping[str, str], stops: bool = True) -> Outcome:
    """Run these tests in the copy until one fails, or all of them."""
    if not tests:
        return Outcome(0, "", "")
    base = copy.parent / "tmp"
    report = copy.parent / "failed.tsv"
    report.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
        _child(copy, tests, base, report, env, stops)
    code = _wait(child, limit)
    if code not in (0, 1, BROKEN, 4, HANGS):
        raise RuntimeError((copy.parent / "log").read_text(encoding="utf-8", errors="replace")[-2000:])
    shutil.rmtree(base, ignore_errors=True)
    lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else [""]
    failed, _, words = lines[0].partition("\t")
    return Outcome(code, "\n".join(line.partition("\t")[0] for line in lines) if not stops else failed, words)


def _child(copy: Path, tests: Sequence[str], base: Path, report: Path, env: Mapping[str, str], stops: bool) -> None:
    code = 3
    try:
        os.setsid()
        log = os.open(copy.parent / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(copy)
        os.environ.update(env)
        sys.dont_write_bytecode = "OVERSIGHT_TEST_WRITES" not in env
        for name in [n for n in sys.modules if n.partition(".")[0] in OURS]:
            del sys.modules[name]
        sys.path[:] = [str(copy), *(p for p in sys.path if p not in ("", str(Path(__file__).parents[2])))]
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        options = ["-x"] if stops else []
        code = int(
            pytest.main([*options, "-W", ALREADY_LOADED, f"--basetemp={base}", *files], plugins=[Only(tests, report)])
        )
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(child: int, limit: float) -> int:
    """The child's code; HANGS where it used up its processor time, whatever else the machine does.

    Raises:
        TimeoutError: the machine is too crowded to tell.
    """
    until = time.monotonic() + CROWDED * limit
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            _end(child)
            if os.WIFEXITED(status):
                return os.waitstatus_to_exitcode(status)
            return HANGS if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL) else BROKEN
        time.sleep(0.02)
    _end(child)
    os.waitpid(child, 0)
    raise TimeoutError(f"{CROWDED * limit:.0f} s on the clock and not {limit:.0f} s of the processor")


def _end(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
