"""Taking a return over: kill -9 and a lost store at every step, send-back at once, on both stores.

Whatever happens, the return is published exactly where it stands as taken over.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from data import acceptance
from data.acceptance import accept, settle
from data.access import Permission, Viewer
from data.atomic_files import sha256_of
from data.catching_up import catch_up
from data.importing import batches
from data.importing.batch_records import list_batches, valid_batches
from data.settings import Settings
from data.store.engine import Store, StoreDownError, open_store
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.submission import APPROVED, RETURNED, SUBMITTED, Step, files_of
from data.store.submissions import add_submission, find_submission, send_back, submit
from data.warehouse.publish import PublicationError, publish
from tests.depth import IS_FULL
from tests.faults.arrangement import AT
from tests.postgres import postgres
from tests.returns import school, write_csv
from tests.stores import NOW

OFFICE = Viewer("区督导", frozenset({Permission.RETURNS_SUBMIT}))
CITY = Viewer("市督导", frozenset({Permission.RETURNS_APPROVE}))
STEPS = ("reserve", "check_in_subprocess", "approve", "take_over")
Steps = list[tuple[str, str]]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"] if IS_FULL else ["sqlite"])
def store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    with postgres() as url:
        yield url


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    return Settings(var_folder=tmp_path / "var", store_url=store_url)


def handed_in(settings: Settings, store: Store, folder: Path) -> int:
    """A district's return as the office submitted it; returns its number."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [school(学校代码=f"S{n}", 学校名称=f"示例{n}小") for n in range(8)]
    path = write_csv(folder / "报表.csv", rows)
    wanted = {
        "district_code": "500103",
        "period": "2026",
        "file_name": path.name,
        "sha256": sha256_of(path),
        "result": {"findings": []},
    }
    number = add_submission(store, OFFICE, wanted, NOW)
    one = find_submission(store, OFFICE, number)
    assert one is not None
    kept = next(iter(files_of(settings.submissions_folder, one)))
    kept.parent.mkdir(parents=True)
    kept.write_bytes(path.read_bytes())
    submit(store, OFFICE, Step(number, 1, ""), {}, NOW, is_correction=False)
    return number


def status_of(store: Store, number: int) -> str:
    one = find_submission(store, CITY, number)
    assert one is not None
    return one.status


def is_published(settings: Settings) -> bool:
    """Whether a publication of now holds the schools of the return."""
    try:
        made = publish(settings, AT)
    except PublicationError:
        return False
    path = settings.snapshots_folder / f"snapshot_{made.snapshot_id}.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("select count(*) from stg_school").fetchone() == (8,)


def interrupted(name: str, when: str, what: Callable[[], None]) -> Callable[..., object]:
    """The step of this name, with something happening before or after it."""
    whole = getattr(acceptance, name)

    def step(*given: object, **named: object) -> object:
        if when == "before":
            what()
        found = whole(*given, **named)
        if when == "after":
            what()
        return found

    return step


def in_killed_fork(work: Callable[[], object]) -> None:
    """Do the work in a fork that has to die of kill -9."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(7)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the work ended before it was killed"
    assert os.WTERMSIG(status) == signal.SIGKILL


def kill_self() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", STEPS)
def test_kill_9_at_every_step(
    name: str, when: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(settings)
    number = handed_in(settings, store, tmp_path / "in")
    store.engine.dispose()

    def work() -> None:
        own = open_store(settings)
        monkeypatch.setattr(acceptance, name, interrupted(name, when, kill_self))
        accept(settings, own, CITY, Step(number, 2, ""), NOW)

    in_killed_fork(work)
    # published as it was left, before anybody could end it: nothing that is not decided
    assert not is_published(settings) or status_of(store, number) == APPROVED
    catch_up(settings, store, NOW)
    has_batch = (name, when) not in (("reserve", "before"), ("reserve", "after"), ("check_in_subprocess", "before"))
    assert status_of(store, number) == (APPROVED if has_batch else SUBMITTED)
    assert is_published(settings) == has_batch
    one = find_submission(store, CITY, number)
    assert one is not None
    if has_batch:
        assert (one.decided_by, one.batch_id) == ("市督导", valid_batches(settings.batches_folder)[0].batch_id)
    else:
        accept(settings, store, CITY, Step(number, one.version, ""), NOW)
        assert status_of(store, number) == APPROVED
        assert is_published(settings)
    assert len(list_batches(settings.batches_folder)) == 1
    store.engine.dispose()


@pytest.mark.parametrize("name", STEPS)
def test_the_store_is_lost_at_every_step(
    name: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(settings)
    number = handed_in(settings, store, tmp_path / "in")

    def lose() -> None:
        raise StoreDownError("lost")

    with monkeypatch.context() as broken:
        broken.setattr(acceptance, name, interrupted(name, "before", lose))
        with pytest.raises(StoreDownError):
            accept(settings, store, CITY, Step(number, 2, ""), NOW)
    assert not is_published(settings), "the decision, or its line in the register, was never made"
    if name != "reserve":
        with pytest.raises(RefusedError):
            send_back(store, CITY, Step(number, 2, "不对"), NOW)
    settle(settings, store, NOW)
    has_batch = name in ("approve", "take_over")
    assert status_of(store, number) == (APPROVED if has_batch else SUBMITTED)
    assert is_published(settings) == has_batch
    store.engine.dispose()


@pytest.mark.parametrize("during", STEPS)
def test_send_back_while_it_is_taken_over(
    during: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(settings)
    number = handed_in(settings, store, tmp_path / "in")
    said: list[str] = []

    def another() -> None:
        try:
            send_back(store, CITY, Step(number, 2, "不对"), NOW)
            said.append("done")
        except (RefusedError, ChangedMeanwhileError) as error:
            said.append(type(error).__name__)

    monkeypatch.setattr(acceptance, during, interrupted(during, "before", another))
    if during == "reserve":
        with pytest.raises((RefusedError, ChangedMeanwhileError)) as late:
            accept(settings, store, CITY, Step(number, 2, ""), NOW)
        if isinstance(late.value, ChangedMeanwhileError):
            assert late.value.by == CITY.name, "who came first, not who handed in"
        assert (said, status_of(store, number)) == (["done"], RETURNED)
        assert not is_published(settings), "a return that stands as 已退回"
    else:
        accept(settings, store, CITY, Step(number, 2, ""), NOW)
        assert said == ["RefusedError"]
        assert status_of(store, number) == APPROVED
        assert is_published(settings)
    store.engine.dispose()


def test_a_look_does_not_disturb_who_is_taking_over(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(settings)
    number = handed_in(settings, store, tmp_path / "in")

    def look() -> None:
        other = threading.Thread(target=settle, args=(settings, store, NOW))
        other.start()
        other.join(timeout=20)
        assert not other.is_alive()

    monkeypatch.setattr(acceptance, "check_in_subprocess", interrupted("check_in_subprocess", "before", look))
    accept(settings, store, CITY, Step(number, 2, ""), NOW)
    assert status_of(store, number) == APPROVED
    store.engine.dispose()


@pytest.mark.parametrize("name", ["add_entry", "fsync_path", "write_synced"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_kill_9_while_a_batch_is_registered(name: str, when: str, tmp_path: Path) -> None:
    """The line comes first and the name after it; a batch is there whole, or not at all."""
    from tests.faults.arrangement import prepared, take

    settings = Settings(var_folder=tmp_path / "var")
    take(settings, prepared(tmp_path / "in"))
    file = prepared(tmp_path / "in", rooms=55)

    def work() -> None:
        whole = getattr(batches, name)

        def step(*given: object) -> None:
            if when == "before":
                kill_self()
            whole(*given)
            kill_self()

        setattr(batches, name, step)
        take(settings, file)

    in_killed_fork(work)
    assert is_published(settings)
    assert len(valid_batches(settings.batches_folder)) == (2 if (name, when) == ("add_entry", "after") else 1)
    take(settings, file)
    assert len(valid_batches(settings.batches_folder)) == 2
    assert not list(settings.batches_folder.glob(".*.tmp"))
