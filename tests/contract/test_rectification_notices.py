"""整改通知书: each unit of the list gets its own open issues, and nobody those of another."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.files.notices import notices_file
from data.access import Viewer
from data.settings import Settings
from tests.people import UNIT, person
from tests.small_demo import copied
from tests.stores import an_issue, put

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
OTHER = "500153"


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    app = create_app(copied(small_settings, tmp_path))
    put(
        app.deps.store,
        an_issue("LATE", due_on=date(2026, 11, 13), responsible_unit="县财政局", responsible_person=None),
        an_issue("TIMELY", due_on=date(2026, 12, 31)),
        an_issue("DONE", "closed", closed_on=date(2026, 10, 1)),
        an_issue("ELSEWHERE", district_code=OTHER, school_code=None, stage=None, item_code=None),
    )
    return replace(app.deps, now=lambda: NOW)


def notices(deps: Dependencies, who: Viewer, search: str = "?only=all") -> dict[str, str]:
    """The words of each letter by its file's name."""
    made = notices_file(replace(deps, current_viewer=lambda: who).for_viewer(), "/ledger", search)
    assert made is not None
    content, name = b64decode(str(made["content"])), str(made["filename"])
    files = {name: content}
    if name.endswith(".zip"):
        with ZipFile(BytesIO(content)) as archive:
            files = {inner: archive.read(inner) for inner in archive.namelist()}
    return {name: _words(letter) for name, letter in files.items()}


def _words(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_each_unit_of_the_list_gets_its_own_open_issues(deps: Dependencies) -> None:
    letters = notices(deps, person("municipal_supervisor1"))
    (own,) = [words for name, words in letters.items() if "酉阳" in name]
    (other,) = [words for name, words in letters.items() if "荣昌" in name]
    assert "你单位下列2条问题须整改，现通知如下；其中1条已经逾期。" in own
    assert "已逾期10天" in own, "2026-11-13 to 2026-11-23"
    assert "县财政局" in own
    assert "DONE" not in own
    assert "ELSEWHERE" in other
    assert "LATE" not in other


def test_a_list_of_one_unit_is_one_letter_and_a_unit_gets_no_other(deps: Dependencies) -> None:
    """`你单位有1条问题须整改` stood in the letter of the late ones, where the unit had more to mend."""
    ((name, words),) = notices(deps, person("municipal_supervisor1"), f"?district={UNIT}&only=overdue").items()
    assert "TIMELY" not in words
    assert "你单位有" not in words
    assert "你单位下列1条问题须整改" in words
    assert name.startswith("整改通知书_酉阳")
    assert name.endswith(".docx")
    (mine,) = notices(deps, person("district_supervisor1")).values()
    assert "ELSEWHERE" not in mine


def test_where_nothing_is_open_there_is_no_letter(deps: Dependencies) -> None:
    city = replace(deps, current_viewer=lambda: person("municipal_supervisor1")).for_viewer()
    assert notices_file(city, "/ledger", f"?district={UNIT}&only=closed") is None
    assert notices_file(city, "/warn", "") is None


def test_what_waits_for_review_is_not_asked_for_again(deps: Dependencies) -> None:
    """The unit handed it in: whoever reviews is the one who owes something."""
    put(deps.store, an_issue("HANDED-IN", "awaiting_review"))
    (own,) = [w for name, w in notices(deps, person("municipal_supervisor1")).items() if "酉阳" in name]
    assert "HANDED-IN" not in own
    assert "你单位下列2条问题须整改" in own


def test_an_issue_about_no_item_names_the_unit_alone(deps: Dependencies) -> None:
    (other,) = [w for name, w in notices(deps, person("municipal_supervisor1")).items() if "荣昌" in name]
    assert "全区县" in other.splitlines(), "it said `全区县 —`"


@pytest.mark.parametrize("name", ["school_office1", "municipal_leader1"])
def test_who_opens_no_issue_writes_no_notice(deps: Dependencies, name: str) -> None:
    """A school would have written to its county's government that it has three problems: those of the school."""
    mine = replace(deps, current_viewer=lambda: person(name)).for_viewer()
    assert notices_file(mine, "/ledger", "?only=all") is None
