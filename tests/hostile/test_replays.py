"""Imports replayed, saved anew, corrected and raced (1,000 steps in `make faults`): no row is there twice.

The model is said in words of its own: a file is in force for its units until another takes one of them over;
what is in force is not taken a second time.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import openpyxl
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from data.importing.batch_records import list_batches
from data.importing.batches import record_batch
from data.importing.prepare import PreparedReturn, prepare_file
from data.importing.previous_return import returned_counts, returned_rows
from data.settings import Settings
from data.warehouse.publish import publish
from tests.depth import NO_HEALTH_CHECKS, record, times
from tests.faults.arrangement import AT
from tests.returns import school, write_csv

FILES = {"甲": ("500101",), "乙": ("500103",), "甲乙": ("500101", "500103")}
SCHOOLS = 3
Version = tuple[str, int]
EXAMPLES, STEPS = times(2, 20), times(12, 50)
counted = {"steps": 0, "imports": 0, "replays": 0, "races": 0}


def rows_of(name: str, version: int) -> list[dict[str, object]]:
    return [
        school(区县代码=unit, 学校代码=f"{unit}-{n}", 学校名称=f"{unit}第{n}小学", 网络多媒体教室数=30 + version + n)
        for unit in FILES[name]
        for n in range(SCHOOLS)
    ]


def files(folder: Path) -> dict[tuple[str, int, bool], PreparedReturn]:
    """Every version of every file, as it was written and as saved anew: other bytes, equal rows."""
    found: dict[tuple[str, int, bool], PreparedReturn] = {}
    for name in FILES:
        for version in range(3):
            rows = rows_of(name, version)
            path = write_csv(folder / f"{name}{version}.csv", rows)
            book = openpyxl.Workbook()
            book.worksheets[0].append(list(rows[0]))
            for row in rows:
                book.worksheets[0].append([str(v) for v in row.values()])
            book.save(folder / f"{name}{version}.xlsx")
            for is_anew, one in ((False, path), (True, folder / f"{name}{version}.xlsx")):
                found[name, version, is_anew] = prepare_file(one)
                assert not found[name, version, is_anew].is_blocked
    return found


PREPARED = files(Path(tempfile.mkdtemp()))


class ReplayMachine(RuleBasedStateMachine):
    """Offices and retries hand in the versions of three files in any order, alone and at once."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = Settings(var_folder=Path(tempfile.mkdtemp()))
        self.batch_of: dict[Version, str] = {}
        self.force: dict[str, Version] = {}  # unit → the version that holds it
        self.batches = 0

    def take(self, name: str, version: int, *, is_anew: bool) -> str:
        return record_batch(
            self.settings.batches_folder, PREPARED[name, version, is_anew], imported_at=AT, imported_by="甲"
        ).batch_id

    def expect(self, name: str, version: int, batch_ids: list[str]) -> None:
        wanted = (name, version)
        assert len(set(batch_ids)) == 1
        counted["imports"] += len(batch_ids)
        if all(self.force.get(unit) == wanted for unit in FILES[name]):
            counted["replays"] += 1
            assert batch_ids[0] == self.batch_of[wanted]
            return
        assert batch_ids[0] not in self.batch_of.values()
        self.batch_of[wanted] = batch_ids[0]
        self.batches += 1
        for unit in FILES[name]:
            self.force[unit] = wanted

    @rule(name=st.sampled_from(list(FILES)), version=st.integers(0, 2), is_anew=st.booleans())
    def hand_in(self, name: str, version: int, is_anew: bool) -> None:
        self.expect(name, version, [self.take(name, version, is_anew=is_anew)])

    @rule(name=st.sampled_from(list(FILES)), version=st.integers(0, 2))
    def at_once(self, name: str, version: int) -> None:
        with ThreadPoolExecutor(2) as pool:
            taken = list(pool.map(lambda anew: self.take(name, version, is_anew=anew), (False, True)))
        counted["races"] += 1
        self.expect(name, version, taken)

    @invariant()
    def rows_are_those_of_the_distinct_batches(self) -> None:
        counted["steps"] += 1
        folder = self.settings.batches_folder
        assert len(list_batches(folder)) == self.batches
        assert returned_counts(folder) == {("2026", unit): SCHOOLS for unit in self.force}
        for unit, (_, version) in self.force.items():
            rows = returned_rows(folder, "2026", unit)
            assert rows is not None
            assert sorted(rows["multimedia_rooms"].astype(int)) == [30 + version + n for n in range(SCHOOLS)]

    def teardown(self) -> None:
        if not self.batches:
            return
        publish(self.settings, AT)
        name = (self.settings.snapshots_folder / "current").read_text(encoding="utf-8").strip()
        with duckdb.connect(str(self.settings.snapshots_folder / name), read_only=True) as connection:
            found = connection.execute("select school_code, count(*) from stg_school group by all").fetchall()
        assert sorted(found) == sorted((f"{unit}-{n}", 1) for unit in self.force for n in range(SCHOOLS))
        record("replayed_imports", **counted, duplicates=0)


TestReplayMachine = ReplayMachine.TestCase
TestReplayMachine.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=NO_HEALTH_CHECKS,
)
