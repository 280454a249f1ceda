"""Whoever edits the audit past the application is found, also where the end is cut off."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from data.access import Actor
from data.backups import backup, restore
from data.safekeeping import verify
from data.settings import Settings
from data.store import audit
from data.store.engine import Store, open_at, open_store
from data.store.schema import audit_entry, audit_head
from tests.backed_up import object_of
from tests.depth import record, times
from tests.stores import NOW

ENTRIES = 40
TEXTS = ("at", "actor", "action", "subject_kind", "subject_id", "before", "after", "reason")
Edit = Callable[[Connection, random.Random], None]


def write(store: Store, count: int) -> None:
    for number in range(count):
        act = audit.AuditEvent(Actor(f"甲{number % 3}"), "x", "issue", str(number), NOW, "理由")
        with store.write() as connection:
            audit.record(store, connection, act, {"a": number}, {"a": number + 1})


def unlocked(store: Store) -> None:
    with store.write() as connection:
        for change in ("update", "delete"):
            connection.execute(text(f"drop trigger audit_entry_no_{change}"))


def change_a_word(connection: Connection, chance: random.Random) -> None:
    """Words of an entry are changed to others."""
    at = audit_entry.c.sequence == chance.randint(1, ENTRIES)
    changed = update(audit_entry).where(at)
    connection.execute(changed.values(**{chance.choice(TEXTS): str(chance.random())}))


def drop_one(connection: Connection, chance: random.Random) -> None:
    """One entry is taken out and the later ones are numbered anew."""
    number = chance.randint(1, ENTRIES)
    connection.execute(delete(audit_entry).where(audit_entry.c.sequence == number))
    for later in range(number + 1, ENTRIES + 1):
        moved = update(audit_entry).where(audit_entry.c.sequence == later)
        connection.execute(moved.values(sequence=later - 1))
    connection.execute(update(audit_head).values(sequence=ENTRIES - 1))


def cut_the_end(connection: Connection, chance: random.Random) -> None:
    """The last entries are taken out, and the head says what the last one left says."""
    kept = chance.randint(1, ENTRIES - 1)
    connection.execute(delete(audit_entry).where(audit_entry.c.sequence > kept))
    last = select(audit_entry.c.hash).where(audit_entry.c.sequence == kept)
    found = connection.execute(last).scalar_one()
    connection.execute(update(audit_head).values(sequence=kept, hash=found))


def hash_the_end_anew(connection: Connection, chance: random.Random) -> None:
    """An entry is changed and all after it are chained anew, with another key."""
    start = chance.randint(1, ENTRIES)
    rows = connection.execute(select(audit_entry).order_by(audit_entry.c.sequence)).mappings().all()
    previous = rows[start - 1]["previous_hash"]
    for row in map(dict, rows[start - 1 :]):
        row |= {"actor": "他人"} if row["sequence"] == start else {}
        digest = audit._digest(b"another key", previous, row)
        at = audit_entry.c.sequence == row["sequence"]
        connection.execute(
            update(audit_entry).where(at).values(actor=row["actor"], previous_hash=previous, hash=digest)
        )
        previous = digest
    head = audit._head_of(b"another key", ENTRIES, previous)
    connection.execute(update(audit_head).values(hash=head))


def add_one(connection: Connection, chance: random.Random) -> None:
    """An entry that the application never wrote is put at the end."""
    last = connection.execute(select(audit_entry).where(audit_entry.c.sequence == ENTRIES)).mappings().one()
    digest = f"{chance.getrandbits(256):064x}"
    made = {**last, "sequence": ENTRIES + 1, "previous_hash": last["hash"], "hash": digest}
    connection.execute(insert(audit_entry).values(**made))
    connection.execute(update(audit_head).values(sequence=ENTRIES + 1, hash=digest))


EDITS: tuple[Edit, ...] = (change_a_word, drop_one, cut_the_end, hash_the_end_anew, add_one)


def test_every_edit_past_the_application_is_found(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path / "var")
    store = open_store(settings)
    write(store, ENTRIES)
    assert audit.check_chain(store).first_broken is None
    unlocked(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("rollback")
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    store.engine.dispose()
    whole, trials = settings.var_folder / "operations.db", times(60, 1000)
    chance, found = random.Random(20261127), 0
    for number in range(trials):
        path = tmp_path / "edited.db"
        for rest in tmp_path.glob("edited.db*"):
            rest.unlink()
        shutil.copy2(whole, path)
        edited = open_at(f"sqlite:///{path}", store.audit_key, tmp_path)
        with edited.write() as connection:
            EDITS[number % len(EDITS)](connection, chance)
        found += audit.check_chain(edited).first_broken is not None
        edited.engine.dispose()
    assert found == trials
    record("audit_edits", edits=trials, found=found)


def test_a_whole_database_of_an_earlier_day_is_found(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path / "var")
    for folder in (settings.batches_folder, settings.snapshots_folder):
        folder.mkdir(parents=True)
    store = open_store(settings)
    write(store, 3)
    early = backup(settings, tmp_path / "early")
    write(store, 2)
    later = backup(settings, tmp_path / "later")
    assert (early.audit_entries, later.audit_entries) == (3, 5)
    copied = shutil.copy(object_of(tmp_path / "early", "operations.db"), tmp_path / "old.db")
    old = open_at(f"sqlite:///{copied}", store.audit_key, tmp_path)
    assert audit.check_chain(old).first_broken is None
    assert any("第 4 条" in words for words in verify(settings, old).damaged)
    number, digest = audit.parse_head(later.audit_head)
    assert audit.check_chain(old, {number: digest}).first_broken == 4
    assert audit.check_chain(store, {3: "0" * 64}).first_broken == 3


def test_a_restored_chain_is_whole_and_goes_on(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path / "var")
    store = open_store(settings)
    for folder in (settings.batches_folder, settings.snapshots_folder):
        folder.mkdir(parents=True)
    write(store, 3)
    backup(settings, tmp_path / "early")
    write(store, 2)
    audit.append_head(store, settings.audit_heads_file)
    store.engine.dispose()
    for rest in settings.var_folder.glob("operations.db*"):
        rest.unlink()
    assert restore(tmp_path / "early", settings).damaged == []
    again = open_store(settings)
    write(again, 1)
    assert verify(settings, again).damaged == []


def test_an_audit_that_was_emptied_is_found_by_a_head_noted_outside(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path / "var")
    store = open_store(settings)
    write(store, 3)
    audit.append_head(store, settings.audit_heads_file)
    unlocked(store)
    with store.write() as connection:
        connection.execute(delete(audit_entry))
        connection.execute(update(audit_head).values(sequence=0, hash=audit.START))
    assert audit.check_chain(store, audit.read_heads(settings.audit_heads_file)).first_broken == 1


@pytest.mark.parametrize("words", ["", "x", "3:abc", "a:" + "0" * 64])
def test_a_head_is_a_number_and_a_hash(words: str) -> None:
    with pytest.raises(ValueError, match=words[:1] or "^"):
        audit.parse_head(words)
