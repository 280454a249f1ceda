"""kill -9, full disks and damaged files: nothing lost, nothing half done, nothing silently wrong."""

import random
import shutil
import time
from pathlib import Path

import pytest

from data.atomic_files import DamagedFileError
from data.importing.batch_records import check_batch, list_batches
from data.settings import Settings
from data.warehouse.publish import PublicationError, content_hash
from data.warehouse.snapshots import POINTER
from queries import common_dimensions
from queries.reader import NoSnapshotError
from queries.warehouse import Warehouse
from tests.depth import record, times
from tests.faults.arrangement import CONTEXT, in_child, prepared, publish_at, small_disk, take, without_room

KILLS = times(8, 200)
FULL_DISKS = times(4, 20)
DAMAGES = times(30, 500)
CHANCE = random.Random(20261124)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(var_folder=tmp_path / "var")
    take(made, prepared(tmp_path / "in"))
    publish_at(made, 0)
    return made


def whole_batches(settings: Settings) -> int:
    found = list_batches(settings.batches_folder)
    for batch in found:
        check_batch(settings.batches_folder, batch.batch_id)
    return len(found)


def answer(settings: Settings) -> tuple[str, bool]:
    """What a new reader sees: the snapshot, read to its last block, and whether it is a fallback."""
    snapshot = Warehouse(settings.snapshots_folder, "128MB").current()
    assert common_dimensions.periods(snapshot)
    return snapshot.info.snapshot_id, snapshot.info.is_fallback


def test_kill_9_in_the_middle_of_an_import(settings: Settings, tmp_path: Path) -> None:
    files = [prepared(tmp_path / "in", rooms=40 + n, schools=120) for n in range(2)]
    count, taken = whole_batches(settings), 0
    started = time.monotonic()
    child = in_child(take, settings, files[0])
    child.join()
    longest, count = time.monotonic() - started, count + 1
    for n in range(KILLS):
        child = in_child(take, settings, files[n % 2])
        time.sleep(CHANCE.uniform(0, longest))
        child.kill()
        child.join()
        now = whole_batches(settings)
        assert now in (count, count + 1)
        taken, count = taken + now - count, now
    take(settings, files[0])
    assert not list(settings.batches_folder.glob(".*.tmp")), "the next import sweeps what was left"
    record("kill_import", kills=KILLS, completed=taken, lost=0, half=0)


def test_kill_9_in_the_middle_of_a_publication(settings: Settings) -> None:
    before, _ = answer(settings)
    started = time.monotonic()
    child = in_child(publish_at, settings, 1)
    child.join()
    longest = time.monotonic() - started
    last, moved = answer(settings)[0], 0
    assert last != before
    for n in range(KILLS):
        child = in_child(publish_at, settings, n + 2)
        time.sleep(CHANCE.uniform(0, longest))
        child.kill()
        child.join()
        now, is_fallback = answer(settings)
        assert not is_fallback
        moved += now != last
        last = now
        for old in sorted(settings.snapshots_folder.glob("snapshot_*.duckdb"))[:-3]:
            old.unlink()
    publish_at(settings, KILLS + 2)
    assert not list(settings.snapshots_folder.glob(".building-*"))
    record("kill_publication", kills=KILLS, completed=moved, half_published=0)


@pytest.mark.parametrize("work", ["import", "publish"])
def test_a_full_disk_leaves_everything_as_it_was(work: str, settings: Settings, tmp_path: Path) -> None:
    file = prepared(tmp_path / "in", rooms=77, schools=120)
    more = (file,) if work == "import" else (5,)
    batches, (published, _) = whole_batches(settings), answer(settings)
    said = CONTEXT.Queue()
    failed = 0
    for n in range(FULL_DISKS):
        limit = CHANCE.randrange(2_000, 9_000 if work == "import" else 900_000)
        in_child(without_room, settings, work, limit, said, *more).join()
        failed += said.get(timeout=30) in ("OSError", "IOException", "PublicationError")
        assert answer(settings) == (published, False), n
        assert whole_batches(settings) == batches
    assert failed == FULL_DISKS
    take(settings, file)
    publish_at(settings, 6)
    record(f"full_disk_{work}", trials=FULL_DISKS, refused=failed, lost=0)


def test_a_publication_on_a_disk_without_room(settings: Settings, tmp_path: Path) -> None:
    content = content_hash(next(settings.snapshots_folder.glob("*.duckdb")))
    tight = Settings(var_folder=tmp_path / "disk")
    with small_disk(tight.var_folder, 64) as is_mounted:
        if not is_mounted:
            pytest.skip("this machine lets nobody mount a small disk")
        shutil.copytree(settings.batches_folder, tight.batches_folder)
        shutil.copytree(settings.snapshots_folder, tight.snapshots_folder)
        free = shutil.disk_usage(tight.var_folder).free
        (tight.var_folder / "filler").write_bytes(b"x" * (free - 1_500_000))
        said = CONTEXT.Queue()
        in_child(without_room, tight, "publish", None, said, 9).join()
        assert said.get(timeout=30) == "PublicationError"
        name = (tight.snapshots_folder / POINTER).read_text()
        assert content_hash(tight.snapshots_folder / name) == content
        assert answer(tight)[1] is False


def damage(path: Path) -> str:
    """Flip a bit, cut the end, or empty a file; says which."""
    content = bytearray(path.read_bytes())
    kind = CHANCE.choice(("flip", "flip", "cut", "empty"))
    if kind == "flip":
        content[CHANCE.randrange(len(content))] ^= 1 << CHANCE.randrange(8)
    path.chmod(0o644)
    path.write_bytes({"flip": content, "cut": content[: CHANCE.randrange(len(content))], "empty": b""}[kind])
    return kind


def test_a_damaged_publication_is_never_shown(settings: Settings, tmp_path: Path) -> None:
    first = answer(settings)[0]
    take(settings, prepared(tmp_path / "in", rooms=50))
    second = publish_at(settings, 1)
    counts = {"fallback": 0, "refused": 0}
    for n in range(DAMAGES):
        trial = Settings(var_folder=tmp_path / f"trial{n}")
        shutil.copytree(settings.snapshots_folder, trial.snapshots_folder)
        folder = trial.snapshots_folder
        target = CHANCE.choice(
            (f"snapshot_{second}.duckdb", f"snapshot_{second}.duckdb", f"snapshot_{second}.json", POINTER)
        )
        damage(folder / target)
        seen = answer(trial)
        if target == POINTER:
            assert seen[0] == second, "the newest whole one, whatever the pointer says"
        else:
            assert seen == (first, True)
        counts["fallback"] += 1
        damage(folder / f"snapshot_{first}.duckdb")
        if target != POINTER:
            with pytest.raises(NoSnapshotError):
                answer(trial)
            counts["refused"] += 1
        shutil.rmtree(trial.var_folder)
    record("damaged_snapshots", trials=DAMAGES, silently_wrong=0, **counts)


def test_a_file_damaged_while_it_is_open_is_left(settings: Settings, tmp_path: Path) -> None:
    take(settings, prepared(tmp_path / "in", rooms=50))
    second = publish_at(settings, 1)
    warehouse = Warehouse(settings.snapshots_folder, "128MB")
    snapshot = warehouse.current()
    assert snapshot.info.snapshot_id == second
    path = snapshot.path
    path.chmod(0o644)
    size = path.stat().st_size
    with path.open("r+b") as stream:
        for place in range(12_288, size, 4_096):
            stream.seek(place)
            stream.write(b"\xff" * 64)
    with pytest.raises(DamagedFileError):
        common_dimensions.periods(snapshot)
    assert warehouse.current().info.is_fallback
    assert common_dimensions.periods(warehouse.current())


def test_a_damaged_batch_is_never_published(settings: Settings, tmp_path: Path) -> None:
    published = answer(settings)
    kept = tmp_path / "kept"
    shutil.copytree(settings.batches_folder, kept)
    names = [p.name for p in next(p for p in kept.iterdir() if p.is_dir()).iterdir()]
    for n in range(DAMAGES // 5):
        folder = next(p for p in settings.batches_folder.iterdir() if p.is_dir())
        kind = damage(folder / CHANCE.choice(names))
        with pytest.raises(PublicationError, match="批次文件已损坏"):
            publish_at(settings, n + 10)
        assert answer(settings) == published, kind
        shutil.rmtree(settings.batches_folder)
        shutil.copytree(kept, settings.batches_folder)
    publish_at(settings, DAMAGES + 10)
    record("damaged_batches", trials=DAMAGES // 5, published=0)
