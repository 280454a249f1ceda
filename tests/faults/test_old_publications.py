"""A publication that was left is closed as soon as nobody reads it; meanwhile no question fails."""

import gc
import shutil
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from callbacks.rendering.prewarm import LOOK_S
from data.settings import Settings
from data.warehouse.publish import publish
from data.warehouse.snapshots import POINTER, newest_first
from queries import common_dimensions
from queries.reader import Snapshot
from queries.warehouse import MOST_PINNED, Warehouse
from tests.depth import IS_FULL, record, times
from tests.faults.arrangement import AT, prepared, publish_at, take
from tests.faults.test_load import memory_of_workers
from tests.resident import open_snapshots, resident_mb
from tests.serving import served

PUBLICATIONS = times(6, 20)
MOST_MB = 30
MEMORY = "64MB"
PAUSE_S = 0.02


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(var_folder=tmp_path / "var")
    take(made, prepared(tmp_path / "in"))
    publish_at(made, 0)
    return made


@pytest.fixture(autouse=True)
def _without_collector() -> Iterator[None]:
    """A web process collects garbage rarely: closing must not wait for it."""
    gc.disable()
    yield
    gc.enable()


def ask(snapshot: Snapshot) -> None:
    assert snapshot.answers()
    assert common_dimensions.periods(snapshot)


def test_over_many_publications_only_the_current_and_the_pinned_stay_open(settings: Settings) -> None:
    """Readers ask meanwhile, for what is in force and for the publications of all earlier meetings."""
    warehouse = Warehouse(settings.snapshots_folder, MEMORY)
    ids, ended, failed = [warehouse.current().info.snapshot_id], threading.Event(), list[str]()
    known, asked, most = len(open_snapshots(folder=settings.snapshots_folder)), list[int](), 0

    def read(seed: int) -> None:
        number = seed
        try:
            while not ended.wait(PAUSE_S):
                number += 1
                asked.append(number)
                ask(warehouse.current())
                pinned = warehouse.pinned(ids[number % len(ids)])
                assert pinned is not None
                ask(pinned.current())
        except Exception as error:
            failed.append(repr(error))

    readers = [threading.Thread(target=read, args=(n,)) for n in range(4)]
    for reader in readers:
        reader.start()
    sizes: list[float] = []
    for minute in range(1, PUBLICATIONS + 1):
        ids.append(publish_at(settings, minute))
        ask(warehouse.current())
        sizes.append(resident_mb())
        most = max(most, len(open_snapshots(folder=settings.snapshots_folder)))
    ended.set()
    for reader in readers:
        reader.join()
    left = len(open_snapshots(folder=settings.snapshots_folder))
    for one in ids[: MOST_PINNED + 2]:
        pinned = warehouse.pinned(one)
        assert pinned is not None
        ask(pinned.current())
    del pinned
    assert failed == []
    assert known == 1
    assert open_snapshots(folder=settings.snapshots_folder) == {
        warehouse.current().path.name,
        *(f"snapshot_{one}.duckdb" for one in ids[2 : MOST_PINNED + 2]),
    }
    assert left <= 1 + MOST_PINNED
    assert most <= 1 + MOST_PINNED + len(readers)
    assert len(asked) > 5 * PUBLICATIONS
    settled = sizes[len(sizes) // 4]
    record(
        "old_publications",
        publications=PUBLICATIONS,
        questions=len(asked),
        failed=0,
        open_while_read=most,
        open_at_the_end=left,
        grown_mb=round(sizes[-1] - settled, 1),
    )
    assert sizes[-1] - settled < MOST_MB


def test_a_reader_of_a_publication_that_was_left_reads_on(settings: Settings) -> None:
    """The file is there as long as a snapshot of it, whatever is in force, and closed with it."""
    warehouse = Warehouse(settings.snapshots_folder, MEMORY)
    reader = warehouse.current()
    publish_at(settings, 1)
    publish_at(settings, 2)
    assert warehouse.current().info.snapshot_id != reader.info.snapshot_id
    assert reader.path.name in open_snapshots(folder=settings.snapshots_folder)
    assert reader.answers()
    assert common_dimensions.periods(reader)
    left = reader.path.name
    del reader
    assert left not in open_snapshots(folder=settings.snapshots_folder)
    assert open_snapshots(folder=settings.snapshots_folder) == {warehouse.current().path.name}


def test_a_pinned_publication_is_closed_when_others_take_its_place(settings: Settings) -> None:
    warehouse = Warehouse(settings.snapshots_folder, MEMORY)
    ids = [warehouse.current().info.snapshot_id]
    ids += [publish_at(settings, minute) for minute in range(1, MOST_PINNED + 3)]
    reader = warehouse.pinned(ids[0])
    assert reader is not None
    for one in ids[1:-1]:
        assert warehouse.pinned(one) is not None
    assert reader.current().answers()
    del reader
    names = {f"snapshot_{one}.duckdb" for one in ids[-1 - MOST_PINNED : -1]}
    warehouse.current()
    assert open_snapshots(folder=settings.snapshots_folder) == names | {f"snapshot_{ids[-1]}.duckdb"}


def test_what_was_kept_of_a_publication_that_was_left_is_given_up(settings: Settings) -> None:
    warehouse = Warehouse(settings.snapshots_folder, MEMORY)
    ask(warehouse.current())
    warehouse.current().cached("a page", lambda: "drawn")
    before = len(warehouse.answers)
    assert (before, len(warehouse.pages)) == (before, 1)
    assert before
    publish_at(settings, 1)
    warehouse.current()
    assert (len(warehouse.answers), len(warehouse.pages)) == (0, 0)
    ask(warehouse.current())
    assert len(warehouse.answers) == before


def test_the_publication_in_force_is_not_opened_a_second_time_for_a_meeting(settings: Settings) -> None:
    warehouse = Warehouse(settings.snapshots_folder, MEMORY)
    pinned = warehouse.pinned(warehouse.current().info.snapshot_id)
    assert pinned is not None
    assert pinned.current() is warehouse.current()


@pytest.mark.skipif(not IS_FULL, reason="the city's own size: in `make faults`")
def test_workers_of_the_city_do_not_grow_with_publications(demo_settings: Settings, tmp_path: Path) -> None:
    """The pointer moves twenty times between two publications of the whole city, under readers."""
    made = Settings(var_folder=tmp_path / "var")
    for name in ("batches", "snapshots"):
        shutil.copytree(demo_settings.var_folder / name, made.var_folder / name)
    pointer, first = made.snapshots_folder / POINTER, newest_first(made.snapshots_folder)[0].name
    publish(made, AT + timedelta(days=1))
    names, sizes, most = (first, pointer.read_text().strip()), list[float](), 0
    assert names[0] != names[1]
    with served(made, 2, OVERSIGHT_PREWARMS_PAGES="true") as address:
        workers = [n for n in memory_of_workers(address) if open_snapshots(n)]
        for number in range(PUBLICATIONS):
            pointer.with_name("next").write_text(names[number % 2])
            pointer.with_name("next").replace(pointer)
            for path in ("/", "/league", "/matrix", "/leads", "/district/500242") * 4:
                urllib.request.urlopen(address + path, timeout=60).read()
            time.sleep(LOOK_S + 10)  # until what is asked first has been drawn ahead
            most = max(most, *(len(open_snapshots(n)) for n in workers))
            sizes.append(max(map(resident_mb, workers)))
    record("old_publications_city", publications=PUBLICATIONS, most_open=most, after_mb=[round(size) for size in sizes])
    print(sizes, most)
    assert len(workers) == 2
    assert most <= 2, "the one in force, and the one before it, which 线索 compares with"
    assert sizes[-1] - sizes[PUBLICATIONS // 4] < MOST_MB
