"""运行状况: the administrator is told of backup, disk and what has outlived its time; nobody else is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import server_desk
from data.atomic_files import replace_synced, sign_record
from data.backups import LAST_BACKUP
from data.disk_use import DiskUse
from data.settings import Settings
from data.text import text
from layouts import formatting
from layouts.formatting import size
from tests.small_demo import copied
from tests.visitors import get, guarded_app, now, signed_in


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return guarded_app(copied(small_settings, tmp_path / "var"), tmp_path, ("clerk", "city", "auditor"))


def note(app: ServerRenderedDash, hours: int) -> None:
    """A backup that was made so many hours ago."""
    made_at = (now().replace(tzinfo=UTC) - timedelta(hours=hours, minutes=1)).isoformat(timespec="seconds")
    record = {
        "made_at": made_at,
        "folder": "/backup/oversight",
        "files": 120,
        "size_bytes": 3_200_000,
        "is_encrypted": True,
    }
    replace_synced(app.settings.var_folder / LAST_BACKUP, sign_record(record))


def test_the_page_tells_how_old_the_last_good_backup_is(app: ServerRenderedDash) -> None:
    client, _ = signed_in(app, "clerk")
    assert text("server.backup_never") in get(client, "/server").text
    note(app, 3)
    page = get(client, "/server").text
    assert "距今 3 小时。" in page
    assert "/backup/oversight" in page
    assert "3.2 MB，已加密" in page
    assert "told-fail" not in page
    note(app, 27)
    assert "距今 27 小时，超过了 26 小时" in get(client, "/server").text
    (app.settings.var_folder / LAST_BACKUP).write_text("{}")
    assert text("server.backup_never") in get(client, "/server").text


def test_the_page_forecasts_the_disk(app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = signed_in(app, "clerk")
    whole = server_desk.disk_use

    def short(settings: Settings, days: int, at: datetime) -> DiskUse:
        return replace(whole(settings, days, at), days_left=12, full_on=date(2026, 12, 5), bytes_a_day=1e9)

    monkeypatch.setattr(server_desk, "disk_use", short)
    page = get(client, "/server").text
    assert formatting.day(date(2026, 12, 5)) in page
    assert "12 天后" in page
    assert text("server.disk_hurry") in page
    for name in ("batches", "snapshots", "evidence", "submissions", "store"):
        assert text(f"server.folder.{name}") in page


def test_only_the_administrator_opens_it(app: ServerRenderedDash) -> None:
    for name in ("city", "auditor"):
        client, _ = signed_in(app, name)
        assert get(client, "/server").status_code == 403
        assert 'href="/server"' not in get(client, "/data" if name == "city" else "/audit").text
    client, _ = signed_in(app, "clerk")
    assert 'href="/server"' in get(client, "/accounts").text


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 KB"),
        (99_900, "99.9 KB"),
        (850_000, "850 KB"),
        (3_200_000, "3.2 MB"),
        (1.44e9, "1.4 GB"),
        (2e12, "2.0 TB"),
    ],
)
def test_bytes_are_said_in_the_unit_that_people_say(count: float, said: str) -> None:
    assert size(count) == said
