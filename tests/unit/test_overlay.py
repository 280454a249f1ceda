"""An installation's own rows over the project's: dated rows cut others, what an upgrade adds is filled in."""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.atomic_files import DamagedFileError
from data.catalogue import loader
from data.catalogue.loader import CatalogueError, CatalogueInUse, read_catalogue
from data.catalogue.overlay import Overlay, OverlayRow, Overridden, write_overlay
from data.catalogue.tables import CvLimit, District, Threshold
from data.text import all_texts, use_words

LIMIT = {"regime": "quality_balanced", "indicator_code": "L1", "stage": "primary", "cv_limit": "0.55"}
LIMIT |= {"valid_from": "2027-09-01", "valid_to": "", "source_code": "office_parameter", "is_confirmed": "false"}


def own(number: int = 1, table: str = "cv_limits", **cells: str) -> OverlayRow:
    return OverlayRow(number, table, tuple(sorted((LIMIT | cells if table == "cv_limits" else cells).items())))


def limits(rows: Overlay, folder: Path = loader.FOLDER) -> list[tuple[str, date, date | None]]:
    found = read_catalogue(folder, rows).rows(CvLimit)
    return [
        (str(r.cv_limit), r.valid_from, r.valid_to)
        for r in sorted(found, key=lambda r: r.valid_from)
        if (r.indicator_code, r.stage) == ("L1", "primary")
    ]


FIRST = date(2017, 4, 19)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), [("0.50", FIRST, None)]),
        ((own(),), [("0.50", FIRST, date(2027, 8, 31)), ("0.55", date(2027, 9, 1), None)]),
        (
            (own(valid_to="2028-08-31"),),
            [
                ("0.50", FIRST, date(2027, 8, 31)),
                ("0.55", date(2027, 9, 1), date(2028, 8, 31)),
                ("0.50", date(2028, 9, 1), None),
            ],
        ),
        ((own(), own(2, cv_limit="0.6")), [("0.50", FIRST, date(2027, 8, 31)), ("0.6", date(2027, 9, 1), None)]),
        ((own(valid_from="2010-01-01"),), [("0.55", date(2010, 1, 1), None)]),
        (
            (own(), own(2, valid_from="2026-01-01", cv_limit="0.4")),
            [("0.50", FIRST, date(2025, 12, 31)), ("0.4", date(2026, 1, 1), None)],
        ),
    ],
)
def test_a_dated_row_holds_on_its_days_and_leaves_the_others(
    rows: Overlay, expected: list[tuple[str, date, date | None]]
) -> None:
    assert limits(rows) == expected


@pytest.mark.parametrize("begin", [date(2016, 1, 1), FIRST, date(2020, 5, 5), date(2031, 1, 1)])
@pytest.mark.parametrize("days", [None, 0, 1, 400, 9000])
def test_on_every_day_exactly_one_row_is_in_force(begin: date, days: int | None) -> None:
    """An independent walk over days: the own row within its days, the project's on all others since it began."""
    end = None if days is None else begin + timedelta(days=days)
    catalogue = read_catalogue(
        loader.FOLDER, (own(valid_from=begin.isoformat(), valid_to=end.isoformat() if end else ""),)
    )
    near = [begin, end or begin, FIRST, date(2040, 1, 1)]
    for day in {d + timedelta(days=n) for d in near for n in (-1, 0, 1)}:
        found = [
            str(r.cv_limit)
            for r in catalogue.in_force(CvLimit, day)
            if (r.indicator_code, r.stage) == ("L1", "primary")
        ]
        is_own = begin <= day and (end is None or day <= end)
        assert found == (["0.55"] if is_own else ["0.50"] if day >= FIRST else []), day


def test_what_is_overridden_is_named() -> None:
    path = loader.FOLDER / "cv_limits.csv"
    line = next(
        n
        for n, words in enumerate(path.read_text("utf-8").splitlines(), 1)
        if words.startswith(f"{LIMIT['regime']},L1,p")
    )
    assert read_catalogue(loader.FOLDER, (own(),)).overridden == (Overridden("cv_limits", line, 1),)
    later = own(2, indicator_code="L1", stage="junior", valid_from="2000-01-01", valid_to="2000-12-31")
    assert read_catalogue(loader.FOLDER, (later,)).overridden == ()


def unit(number: int, **cells: str) -> OverlayRow:
    with (loader.FOLDER / "districts.csv").open(encoding="utf-8", newline="") as stream:
        row = next(r for r in csv.DictReader(stream) if r["district_code"] == "500119")
    return own(number, "districts", **row | cells)


def test_a_unit_stays_one_row_whatever_its_dates() -> None:
    catalogue = read_catalogue(loader.FOLDER, (unit(1, name="南川新区", valid_from="2026-01-01"),))
    rows = [d for d in catalogue.rows(District) if d.district_code == "500119"]
    assert [(d.name, d.valid_from) for d in rows] == [("南川新区", date(2026, 1, 1))]
    assert len(catalogue.rows(District)) == len(read_catalogue(loader.FOLDER).rows(District))


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        (own(cv_limit="abc"), "value", "cv_limit"),
        (own(cv_limit="NaN"), "value", "cv_limit"),
        (own(cv_limit="Infinity"), "value", "cv_limit"),
        (own(valid_to="2026-09-01"), "dates", "valid_to"),
        (own(valid_from=""), "empty", "valid_from"),
        (own(source_code="nowhere"), "reference", "source_code"),
        (own(1, "nothing", a="b"), "no_table", ""),
        (own(1, "words", word_key="state.back", words="到{nowhere}去"), "disagree", ""),
        (own(1, "words", word_key="no.such.key", words="x"), "disagree", ""),
        (own(1, "school_rules", regime="quality_balanced", allowed_shortfalls="2"), "row", ""),
    ],
)
def test_a_row_that_the_loader_refuses_says_which_cell(row: OverlayRow, kind: str, column: str) -> None:
    with pytest.raises(CatalogueError, match="change 1") as refused:
        read_catalogue(loader.FOLDER, (row,))
    assert (refused.value.kind, refused.value.column) == (kind, column)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(loader.FOLDER, copy)
    return copy


def test_own_rows_survive_an_upgrade_that_adds_a_column(folder: Path) -> None:
    """A row from before the column takes the project's value; a column that is gone is left out."""
    cells = dict(own().cells)
    del cells["is_confirmed"]
    old = OverlayRow(1, "cv_limits", tuple(sorted((cells | {"long_gone": "x"}).items())))
    catalogue = read_catalogue(folder, (old,))
    row = next(r for r in catalogue.rows(CvLimit) if str(r.cv_limit) == "0.55")
    assert row.is_confirmed is True
    new = OverlayRow(1, "thresholds", (("indicator_code", "L9"), ("stage", "primary"), ("threshold", "1")))
    with pytest.raises(CatalogueError, match="change 1") as refused:
        read_catalogue(folder, (new,))
    assert refused.value.kind == "empty"


def test_the_version_changes_with_own_rows_and_comes_back_without_them() -> None:
    plain = read_catalogue(loader.FOLDER).version
    changed = read_catalogue(loader.FOLDER, (own(),)).version
    assert plain != changed
    assert read_catalogue(loader.FOLDER, ()).version == plain


def test_a_process_takes_own_rows_up_when_it_is_told_to(tmp_path: Path) -> None:
    path = tmp_path / "overlay" / "catalogue.json"
    in_use = CatalogueInUse(loader.FOLDER, path)

    def limit() -> str:
        return str(
            next(
                t.threshold
                for t in in_use.current().rows(Threshold)
                if (t.indicator_code, t.stage) == ("L1", "primary")
            )
        )

    row = OverlayRow(
        7,
        "thresholds",
        (("indicator_code", "L1"), ("stage", "primary"), ("threshold", "9"), ("valid_from", "2000-01-01")),
    )
    said = OverlayRow(8, "words", (("word_key", "state.back"), ("words", "回首页")))
    assert limit() == "4.2"
    write_overlay(path, (row, said))
    assert limit() == "4.2"
    in_use.follow()
    try:
        assert limit() == "9"
        assert all_texts()["state.back"] == "回首页"
        path.write_text("{}")
        in_use.follow()
        assert limit() == "9"
        with pytest.raises(DamagedFileError):
            CatalogueInUse(loader.FOLDER, path).current()
        write_overlay(path, ())
        in_use.follow()
        assert limit() == "4.2"
        assert all_texts()["state.back"] != "回首页"
    finally:
        use_words({})
