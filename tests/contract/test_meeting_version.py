"""A meeting's link shows the same figures after a later import, to the byte (task 12)."""

import base64
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from app import create_app
from callbacks.files.export import export_page
from callbacks.rendering import meeting_context
from data.access import LOCAL_VIEWER
from data.importing.batches import record_batch
from data.importing.prepare import prepare_file
from data.settings import Settings
from data.store.audit import history
from data.store.meetings import create_meeting
from data.warehouse.publish import publish
from data.warehouse.snapshots import POINTER
from queries.changes import changes
from queries.reader import OutdatedSnapshotError
from queries.warehouse import Warehouse
from tests.present import present
from tests.small_demo import copied

LEFT = ("/plan", "/meeting")
PATHS = ("/", "/league", "/matrix", "/district/500242", "/plan", "/trend")


def test_pinned_figures_do_not_change_after_a_correction(small_settings: Settings, tmp_path: Path) -> None:
    settings = copied(small_settings, tmp_path)
    pointer = settings.snapshots_folder / POINTER
    pinned = pointer.read_text(encoding="utf-8").removeprefix("snapshot_").removesuffix(".duckdb")
    with duckdb.connect(str(settings.snapshots_folder / f"snapshot_{pinned}.duckdb"), read_only=True) as connection:
        (passing,) = present(
            connection.execute(
                "select count(*) from section_indicator as i join stg_school as s using (return_id)"
                " where s.period = '2026' and s.district_code = '500242' and i.stage = 'primary'"
                " and i.indicator_code = 'L2' and i.is_in_scope and i.is_met"
            ).fetchone()
        )
        complying, name = present(
            connection.execute(
                "select district_code, short_name from unit_status where period = '2026'"
                " and basis = 'as_was' and verdict = 'met' order by district_code"
            ).fetchone()
        )
    app = create_app(settings)
    client = app.server.test_client()
    before = {path: page(client, path, pinned) for path in PATHS}

    source = settings.var_folder / "sources" / "学校基础数据表_2026.csv"
    head, *lines = source.read_text(encoding="utf-8").splitlines()
    column = head.split(",").index("小学骨干教师数")
    corrected = []
    for line in lines:
        cells = line.split(",")
        if cells[1] in ("500242", complying) and cells[column]:
            cells[column] = "0"
        if cells[1] in ("500242", complying):
            corrected.append(",".join(cells))
    later = tmp_path / "更正.csv"
    later.write_text("\n".join([head, *corrected]) + "\n", encoding="utf-8")
    prepared = prepare_file(later)
    assert not prepared.is_blocked, prepared.findings[:3]
    now = datetime(2026, 12, 1, tzinfo=UTC)
    record_batch(
        settings.batches_folder, prepared, imported_at=now, imported_by="test", is_demonstration=True, reason="更正"
    )
    publish(settings, now)

    latest = pointer.read_text(encoding="utf-8").removeprefix("snapshot_").removesuffix(".duckdb")
    assert pinned not in pointer.read_text(encoding="utf-8")
    changed = [p for p in PATHS if page(client, p, "") != re.sub(r"snapshot=[^&\"]+", "", before[p])]
    assert "/district/500242" in changed
    assert {path: page(client, path, pinned) for path in PATHS} == before
    assert "会议版本" in before["/"]

    warehouse = Warehouse(settings.snapshots_folder, settings.reader_memory)
    then, now = (present(warehouse.pinned(i)).current() for i in (pinned, latest))
    told = changes(then, now)
    assert {(r.period, r.district_code) for r in told.corrected} == {("2026", "500242"), ("2026", complying)}
    assert {(c.cell.indicator_code, c.direction) for c in told.cells} <= {("L2", "lost"), ("L2", "value")}
    lost = sum(c.direction == "lost" for c in told.cells)
    own = [c for c in told.cells if c.district_code == "500242"]
    assert sum(c.direction == "lost" for c in own) == passing > 0
    back = changes(now, then)
    assert sum(c.direction == "gained" for c in back.cells) == lost
    assert f"{lost}格由达标变为未达标" in page(client, f"/changes?since={pinned}", "")
    assert f"{lost}格由达标变为未达标" in page(client, "/changes", ""), "by itself with the last that was corrected"
    assert f"{lost}格由达标变为未达标" in page(client, "/changes", latest), "pinned for the wall to the one in force"
    assert f"{lost}格由达标变为未达标" in page(client, "/changes?mode=meeting", latest)
    assert "以来没有更正" in page(client, f"/changes?until={pinned}", "")
    backwards = page(client, f"/changes?since={latest}&until={pinned}", "")
    assert f"{lost}格由达标变为未达标" in backwards, "what is earlier is the earlier, however it is asked"
    assert "没有数据版本" in client.get("/changes?since=20200101-000000-00000000").text

    deps = replace(app.deps, current_viewer=lambda: LOCAL_VIEWER)
    with app.server.test_request_context():
        (paper,) = export_page(deps, {"kind": "csv"}, "/changes", f"?since={pinned}")
    assert isinstance(paper, dict)
    assert f"{lost}格由达标变为未达标" in base64.b64decode(str(paper["content"])).decode("utf-8-sig")
    (taken,) = history(app.deps.store, "address", f"/changes?since={pinned}")
    assert (taken.actor, taken.action, taken.reason) == (LOCAL_VIEWER.name, "export", "csv")

    assert "还没有会议记录" in page(client, "/plan", "")
    day = date(2026, 10, 1)
    written = datetime.fromisoformat("2026-10-01")
    meeting = create_meeting(app.deps.store, LOCAL_VIEWER, "十月例会", day, pinned, written)
    words = page(client, "/plan", "")
    assert "自上次会议（2026年10月1日）以来" in words
    assert f"转为未达标1：{name}" in words
    assert "转为未达标" not in page(client, f"/plan?district={complying}&snapshot={pinned}", "")

    fixed = f"snapshot={pinned}&amp;meeting={meeting}"
    walls = {path: client.get(f"{path}?mode=meeting&snapshot={pinned}&meeting={meeting}").text for path in LEFT}
    assert f'href="/plan?{fixed}"' in walls["/plan"]
    assert f'href="/meeting?meeting={meeting}"' in walls["/meeting"], "its desk is of today"
    assert f'href="/meeting?{fixed}"' not in walls["/meeting"]


def test_a_meeting_of_an_older_program_leaves_the_plan_readable(
    small_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade the plan page of every office failed until the next meeting was held."""
    settings = copied(small_settings, tmp_path)
    app = create_app(settings)
    pinned = (settings.snapshots_folder / POINTER).read_text(encoding="utf-8")
    code = pinned.removeprefix("snapshot_").removesuffix(".duckdb")
    held = datetime.fromisoformat("2026-10-01")
    create_meeting(app.deps.store, LOCAL_VIEWER, "十月例会", held.date(), code, held)

    def without_a_column(*_: object) -> None:
        raise OutdatedSnapshotError(code)

    monkeypatch.setattr(meeting_context, "changes_since_meeting", without_a_column)
    words = page(app.server.test_client(), "/plan", "")
    assert "上次会议所用的发布由旧版本程序发布，或已不在，不能与它比较" in words
    assert "整体推进" in words


def page(client, path: str, snapshot: str) -> str:
    response = client.get(path + (f"{'&' if '?' in path else '?'}snapshot={snapshot}" if snapshot else ""))
    assert response.status_code == 200
    return present(re.search(r'<div id="first-paint">.*?<footer>', response.text, re.DOTALL))[0]


def test_an_unknown_or_hostile_version_is_a_message(small_settings: Settings) -> None:
    client = create_app(small_settings).server.test_client()
    for wanted in ("20200101-000000-aaaaaaaa", "../../etc/passwd", "current", "x" * 500):
        response = client.get("/", query_string={"snapshot": wanted})
        assert response.status_code == 404
        assert "没有数据版本" in response.text
