"""What a warning is about in time: since when it stands, which period it belongs to, which basis."""

import re
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from callbacks.pages.ledger import ledger_view
from data.rows.warn import SubjectRow
from queries import common_dimensions
from queries.reader import Snapshot
from tests.one_fact.surfaces import Asked
from tests.present import present

OVERDUE = "整改逾期"
OLDER = "整改逾期按今天计，见最新数据期"
BASIS = "预警按当年区划"


def subjects(snapshot: Snapshot, period: str) -> dict[str, SubjectRow]:
    """The warnings that a unit will not be in time, by unit."""
    found = snapshot.ask("warn/warnings", SubjectRow, period=period)
    return {s.district_code: s for s in found if s.warning_code == "target_unlikely"}


def test_a_unit_that_will_be_late_has_been_so_since_its_first_warning(snapshot: Snapshot) -> None:
    """酉阳 was said to be warned since 2026, when another item became its slowest."""
    periods = common_dimensions.periods(snapshot)
    warned = [(p, subjects(snapshot, p.period)) for p in periods]
    changed = 0
    for place, (_, own) in enumerate(warned):
        for code, subject in own.items():
            run = [p for p, _ in warned[: place + 1]]
            while run and code in warned[len(run) - 1][1]:
                run.pop()
            first = warned[len(run)]
            assert subject.since == first[0].snapshot_date, (code, subject)
            changed += first[1][code].item_code != subject.item_code
    assert changed > 5


@pytest.mark.parametrize("period", ["2019", "2025", "2026-03"])
def test_what_is_overdue_today_is_no_warning_of_an_older_period(deps: Dependencies, period: str) -> None:
    city = Asked(deps, period, "as_was")
    page = city.page("/warn")
    assert OLDER in page.plain
    assert not [r for r in page.rows("回复期限") if r[2] == OVERDUE]
    view = ledger_view(deps, deps.warehouse.current(), city.rows)
    assert view.by_tab["accountable"], "there are such issues today"
    assert "issue_overdue" not in {w.rule.warning_code for w in view.warnings}
    slide = city.slides["warn"]
    assert OLDER in slide.sentence
    assert OVERDUE not in "".join(b.name for b in slide.bars)
    for kind in ("docx", "pptx", "pdf"):
        assert OLDER in city.paper(kind).replace("\n", ""), kind


def test_the_letter_of_an_older_period_names_no_issue_of_today(deps: Dependencies) -> None:
    now, then = (replace(Asked(deps, p, "as_was", "500238")) for p in ("2026", "2025"))
    assert "逾期超过" in now.letter
    assert OLDER not in now.letter
    assert "逾期超过" not in then.letter
    assert OLDER in then.letter
    counted = sum(int(n) for n in re.findall(r"色预警(\d+)项", then.letter))
    assert re.search(rf"共{counted}项", then.letter)
    rows = [line for line in then.letter.splitlines() if line[:2] in ("红|", "橙|", "黄|")]
    assert len(rows) == counted


def test_the_newest_period_has_the_warnings_of_today(deps: Dependencies) -> None:
    page = Asked(deps, "2026", "as_was").page("/warn")
    assert [r for r in page.rows("回复期限") if r[2] == OVERDUE]
    assert OLDER not in page.plain
    assert not page.plain.count(BASIS) > 1


@pytest.mark.parametrize("unit", ["", "P50LJ2"])
def test_warnings_shown_under_the_present_basis_say_that_they_are_by_the_former(deps: Dependencies, unit: str) -> None:
    """A deck said `6个到期未达标` and `目标年到期未达标 4个` without a word."""
    current, former = (Asked(deps, "2025", b, unit) for b in ("current", "as_was"))
    assert BASIS in current.slides["warn"].sentence
    for kind in ("docx", "pptx", "pdf"):
        assert BASIS in current.paper(kind).replace("\n", ""), kind
    assert BASIS in current.page("/ledger").plain
    if not unit:
        assert BASIS not in former.slides["warn"].sentence


def test_what_is_over_its_limit_has_been_so_since_its_first_period(facts: duckdb.DuckDBPyConnection) -> None:
    """渝中's sports CV, over its limit since 2018, was said to be so since 2023: in 2022 it had grown too."""
    order = [p for (p,) in facts.sql("select period from stg_snapshot order by snapshot_date").fetchall()]
    days = dict(facts.sql("select period, snapshot_date from stg_snapshot").fetchall())
    over = {
        tuple(row)
        for row in facts.sql(
            "select period, district_code, stage, indicator_code from unit_cv"
            " where basis = 'as_was' and is_within_limit = false"
        ).fetchall()
    }
    said = facts.sql(
        "select period, district_code, stage, item_code, since from warning where warning_code = 'over_limit'"
    ).fetchall()
    assert len(said) > 100
    for period, unit, stage, item, since in said:
        place = order.index(period)
        while place and (order[place - 1], unit, stage, item) in over:
            place -= 1
        assert since == days[order[place]], (period, unit, stage, item)


def test_what_is_overdue_has_been_warned_of_since_it_was_past_the_line(deps: Dependencies) -> None:
    """`11条逾期超过30天` of 酉阳 was said to be so since the deadline of its oldest issue, 2026-07-09."""
    city = Asked(deps, "2026", "as_was")
    view = ledger_view(deps, deps.warehouse.current(), city.rows)
    said = {row[1]: row[4] for row in city.export("/warn") if row[2:3] == [OVERDUE] and row[4]}
    assert len(said) > 5
    for unit, day in said.items():
        due = [
            present(row.issue.due_on) for row in view.by_tab["overdue"] if view.unit_names[row.district_code] == unit
        ]
        warned = date.fromisoformat(day)
        late = [(warned - d).days for d in due]
        assert max(late) == 31, (unit, day)


def test_letter_and_page_count_the_days_to_answer_from_one_day(deps: Dependencies) -> None:
    """The letter asked for an answer within days of its receipt, the page counted them from the noted reminder."""
    own = Asked(deps, "2026", "as_was", "500242")
    page = own.page("/warn").plain
    assert "时限从提醒之日起算" in page
    assert "请于提醒之日起15天内书面回复" in own.letter
    assert "收到本函之日" not in own.letter
