"""Lists of matters as files and in the search: all of what is asked for, nothing beyond the scope, and who took it."""

import io
import re
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from data.clock import day_of
from data.settings import Settings
from data.store import audit
from data.store.matters import Matter, NewMatter, Writing, add_matter
from data.text import text
from layouts.office.audit_log import word
from tests.people import person
from tests.visitors import CATALOGUE, OWN, SCHOOL, body, get, guarded_app, now, plain, post, signed_in

CITY = person("municipal_supervisor1")
OTHER, SECOND = "500153", "S500242-002"
TODAY = day_of(now())
KINDS = ("visit", "opinion", "complaint")
PREFIX = {"visit": "ZF", "opinion": "YJ", "complaint": "RD"}


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    """Of each kind: one of a school of the unit, one of another school there, one of another unit."""
    app = guarded_app(small_settings, tmp_path)
    for kind in KINDS:
        for district, school in ((OWN, SCHOOL), (OWN, SECOND), (OTHER, f"S{OTHER}-001")):
            added(app, kind, district, school)
    return app


def added(app: ServerRenderedDash, kind: str, district: str, school: str) -> Matter:
    with app.deps.store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(app.deps.store, connection, CATALOGUE, CITY, now())
        words = "=HYPERLINK(1)" if district == OWN else "外县"
        due = TODAY + timedelta(days=9)
        new = NewMatter(kind, district, words, school_code=school, note=words, due_on=due, round=3)
        return add_matter(writing, new, is_demonstration=True)


def taken(app: ServerRenderedDash, who: str, path: str) -> openpyxl.Workbook:
    client, _ = signed_in(app, who)
    answer = get(client, path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert "attachment" in answer.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def rows(book: openpyxl.Workbook) -> list[tuple[object, ...]]:
    return [row for sheet in book for row in sheet.iter_rows(values_only=True) if re.match("[A-Z]{2}50", str(row[0]))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_is_a_workbook_with_days_and_numbers(app: ServerRenderedDash, kind: str) -> None:
    book = taken(app, "city", f"/{kind}s/list.xlsx?district={OWN}")
    listed = rows(book)
    assert [str(r[0])[:10] for r in listed] == [f"{PREFIX[kind]}{OWN}-2"] * 2
    days = [c.date() for c in listed[0] if isinstance(c, datetime)]
    assert TODAY + timedelta(days=9) in days
    assert not any(isinstance(c, str) and re.fullmatch(r"\d{4}年.*|\d+", c) for c in listed[0])
    if kind == "visit":
        assert 3 in listed[0]
    else:
        assert "'=HYPERLINK(1)" in listed[0], "words are never a formula"
    said = [str(c) for row in book.worksheets[0].iter_rows(values_only=True) for c in row if c]
    assert "酉阳" in said
    assert text("visit.all_states") in said
    assert text("app.demo") in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_holds_what_is_the_viewers(app: ServerRenderedDash, kind: str) -> None:
    """An opinion or complaint that is still on its desk is not the school's yet."""
    own = {"visit": (2, 1), "opinion": (0, 0), "complaint": (0, 0)}[kind]
    counts = {"city": 3, "leader": 3, "district": 2, "inspector": own[0], "office": own[1]}
    for who, count in counts.items():
        path = f"/{kind}s/list.xlsx"
        found = rows(taken(app, who, path))
        assert len(found) == count, who
        of_other = rows(taken(app, who, f"{path}?district={OTHER}&state=zzz"))
        assert len(of_other) == (1 if who in ("city", "leader") else count), "an unknown value filters nothing"
        state = {"visit": "cancelled", "opinion": "closed", "complaint": "closed"}[kind]
        assert rows(taken(app, who, f"{path}?state={state}")) == []
    for who in ("clerk", "auditor"):
        client, _ = signed_in(app, who)
        assert get(client, f"/{kind}s/list.xlsx").status_code == 403, who


def test_who_took_a_list_stands_in_the_audit_with_its_filter(app: ServerRenderedDash) -> None:
    taken(app, "city", f"/complaints/list.xlsx?district={OWN}&state=recorded")
    entry = audit.entries(app.deps.store, action="export", before=None, most=1)[0]
    assert entry.row.actor == "市督导"
    assert entry.subject_id == f"/complaints?district={OWN}&state=recorded"
    client, _ = signed_in(app, "auditor")
    page = get(client, "/audit").text
    assert word("action", "export") in page
    assert "/complaints?district=" in page


def found(app: ServerRenderedDash, who: str, words: str) -> set[str]:
    client, token = signed_in(app, who)
    shapes = app.server.config["CALLBACK_SHAPES"]
    output = next(o for o in shapes if "search-results" in o)
    answer = plain(post(client, token, body(shapes, output, [words])))
    return set(re.findall(r"/(?:visits|opinions|complaints)/([A-Z]{2}[0-9A-Z]{6}-\d{4}-\d{4})", answer))


def test_a_number_finds_its_matter_within_the_scope(app: ServerRenderedDash) -> None:
    year = TODAY.year
    for kind in KINDS:
        number = f"{PREFIX[kind]}{OWN}-{year}-0001"
        assert found(app, "city", number) == {number}
        assert found(app, "district", number.lower()) == {number}
        assert found(app, "office", number) == ({number} if kind == "visit" else set())
        other = f"{PREFIX[kind]}{OTHER}-{year}-0001"
        assert found(app, "city", other) == {other}
        assert found(app, "city", f" {PREFIX[kind]}{OWN} ") == {number, number[:-1] + "2"}
        for who in ("district", "inspector", "office"):
            assert found(app, who, other) == set(), who
            assert all(OWN in code for code in found(app, who, PREFIX[kind] + "5")), who
    for words in ("RD", "R%", "RD%", "RD_00242", "", "zf'", "500242"):
        assert found(app, "city", words) == set(), words
