"""The auditor's log at a million entries: its page, its filters, its file and the look at its end take no longer."""

import csv
import io
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, update
from werkzeug.http import parse_options_header

from data.access import Actor
from data.settings import Settings
from data.store import audit
from data.store.audit_pages import Part, actions, check_recent, entries_of, pages_of
from data.store.engine import Store, open_at
from data.store.schema import audit_entry, audit_head
from tests.depth import record, times
from tests.visitors import get, guarded_app, signed_in

ENTRIES = times(12_000, 1_000_000)
FIRST = datetime.fromisoformat("2025-01-01")
STEP = timedelta(seconds=30)
RARE_EVERY = 5_000
PAGE_SECONDS = 1.0


def fill(store: Store, count: int) -> None:
    """As many entries as asked, chained as the writer chains them; every so often a rare one."""
    with store.write() as connection:
        first = connection.execute(audit_head.select()).one().sequence
        previous = audit.START
        if first:
            last = audit_entry.select().where(audit_entry.c.sequence == first)
            previous = connection.execute(last).one().hash
        rows: list[dict[str, object]] = []
        for number in range(first + 1, first + count + 1):
            entry = {
                "sequence": number,
                "at": (FIRST + number * STEP).isoformat(timespec="microseconds"),
                "actor": f"甲{number % 50}",
                "account_id": "",
                "role": "municipal_supervisor",
                "address_digest": "",
                "request_id": f"{number:016x}",
                "action": "bind" if number % RARE_EVERY == 0 else "login",
                "subject_kind": "account",
                "subject_id": f"x{number % 50}",
                "before": "{}",
                "after": '{"a":1}',
                "reason": "",
            }
            digest = audit._digest(store.audit_key, previous, entry)  # the writer's own, thousands at a time
            rows.append({**entry, "previous_hash": previous, "hash": digest})
            previous = digest
            if len(rows) == 20_000 or number == first + count:
                connection.execute(insert(audit_entry), rows)
                rows = []
        head = audit._head_of(store.audit_key, first + count, previous)
        connection.execute(update(audit_head).values(sequence=first + count, hash=head))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_at(f"sqlite:///{tmp_path_factory.mktemp('long') / 'long.db'}", b"k" * 32, Path())
    fill(store, ENTRIES)
    return store


def timed(name: str, seconds: dict[str, float], begun: float) -> None:
    seconds[name] = round(time.perf_counter() - begun, 3)


def test_a_page_takes_no_longer_however_long_the_log_is(long: Store) -> None:
    seconds: dict[str, float] = {}
    day = (FIRST + ENTRIES * STEP / 2).date()
    parts = {
        "newest": Part(),
        "rare": Part(action="bind"),
        "by_day": Part(since=day, until=day),
        "rare_by_day": Part(action="bind", until=day),
        "oldest": Part(before=150),
    }
    for name, part in parts.items():
        begun = time.perf_counter()
        found = entries_of(long, part, 200)
        timed(name, seconds, begun)
        assert found, name
        if part.action:
            assert {e.row.action for e in found} == {part.action}
    begun = time.perf_counter()
    assert actions(long) == ["bind", "login"]
    timed("actions", seconds, begun)
    begun = time.perf_counter()
    assert check_recent(long, {}, 5_000).first_broken is None
    timed("check_recent", seconds, begun)
    record("long_audit_pages", entries=ENTRIES, seconds=seconds)
    assert max(seconds.values()) < PAGE_SECONDS, seconds


def test_the_whole_log_is_read_once_in_order_and_checked(long: Store) -> None:
    begun = time.perf_counter()
    count, last = 0, ENTRIES + 1
    for page in pages_of(long, Part()):
        assert all(a.sequence == b.sequence + 1 for a, b in pairwise(page))
        assert page[0].sequence == last - 1
        count, last = count + len(page), page[-1].sequence
    assert (count, last) == (ENTRIES, 1)
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    assert audit.check_chain(long).entry_count == ENTRIES
    checked = time.perf_counter() - begun
    record("long_audit_whole", entries=ENTRIES, read_s=round(read, 1), check_s=round(checked, 1))


def test_days_are_those_of_beijing(tmp_path: Path) -> None:
    store = open_at(f"sqlite:///{tmp_path / 's.db'}", b"k" * 32, Path())
    for at in ("2026-03-01T15:59:59", "2026-03-01T16:00:00", "2026-03-02T15:59:59", "2026-03-02T16:00:00"):
        act = audit.AuditEvent(Actor("甲"), "x", "issue", at, datetime.fromisoformat(at))
        with store.write() as connection:
            audit.record(store, connection, act)
    day = date(2026, 3, 2)
    assert [e.subject_id[8:13] for e in entries_of(store, Part(since=day, until=day), 9)] == ["02T15", "01T16"]
    later = day + timedelta(days=9)
    assert entries_of(store, Part(since=later), 9) == []
    assert len(entries_of(store, Part(until=later), 9)) == 4


def test_an_edit_at_the_end_is_seen_at_a_look(long: Store) -> None:
    assert check_recent(long, {ENTRIES: "0" * 64}, 100).first_broken == ENTRIES
    assert check_recent(long, {ENTRIES + 1: "0" * 64}, 100).first_broken == ENTRIES + 1
    assert check_recent(long, {}, ENTRIES * 2).entry_count == ENTRIES


@pytest.fixture(scope="module")
def auditor(small_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Store]]:
    app = guarded_app(small_settings, tmp_path_factory.mktemp("auditor"), ("auditor", "clerk", "leader"))
    fill(app.deps.store, 6_000)
    client, _ = signed_in(app, "auditor")
    yield client, app.deps.store


def test_the_file_holds_every_entry_of_the_filter(auditor: tuple[FlaskClient, Store]) -> None:
    client, store = auditor
    answer = get(client, "/audit/export")
    said = answer.headers["Content-Disposition"]
    assert said.isascii()  # a server sends no other letters in a head
    assert parse_options_header(said)[1]["filename"].startswith("审计日志_")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][:3] == ["序号", "时间", "操作人"]
    assert len(rows) - 1 == entries_of(store, Part(), 1)[0].sequence  # with the entry of this download
    assert {row[7] for row in rows[1:]} >= {"登录", "新建", "绑定统一身份"}
    only = list(csv.reader(io.StringIO(get(client, "/audit/export?action=bind").data.decode("utf-8-sig"))))
    assert [row[7] for row in only[1:]] == ["绑定统一身份"]
    page = get(client, "/audit?action=bind").text
    assert "最近 5,000 条刚逐条核对" in page
    assert page.count("绑定统一身份") >= 2
    assert get(client, "/audit?since=2026-02-30&until=x&before=x").status_code == 200
    assert get(client, "/audit?since=0001-01-01&until=9999-12-31").status_code == 200


def test_the_log_leaves_for_the_auditor_alone(small_settings: Settings, tmp_path: Path) -> None:
    app = guarded_app(small_settings, tmp_path, ("clerk", "leader"))
    for name in ("clerk", "leader"):
        client, _ = signed_in(app, name)
        assert get(client, "/audit/export").status_code == 403
