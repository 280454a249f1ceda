"""What runs out counts from today, what is measured from its period; a target met later is not met in time."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from callbacks.dependencies import Dependencies
from callbacks.pages.meeting_mode import slides_of
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.page_context import load_unit_context, read_state
from layouts import formatting
from layouts.page import static_page
from layouts.routes import address_of

LATE, OVERDUE, RECOGNISED = "500104", "500103", "500106"
"""大渡口 met its target of 2024 in the return of 2025; 渝中 has not; 沙坪坝 was recognised in 2024."""


def words_of(deps: Dependencies, path: str, search: str = "") -> str:
    name, _, panels = page_of(deps, path, search)
    page = static_page(name, panels)
    tips = " ".join(re.findall(r'data-tip="([^"]*)"', page))
    return re.sub(r"<[^>]*>", "", page) + tips


def places(deps: Dependencies, unit: str) -> Sequence[str]:
    """Every surface that says how a unit stands to its target."""
    address = address_of("/", f"?period=2026&district={unit}")
    snapshot = deps.warehouse.current()
    assert address is not None
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    standing = slides_of(deps, snapshot, rows)[0]
    search = f"?period=2026&district={unit}"
    return (
        words_of(deps, "/", search),
        words_of(deps, f"/district/{unit}", "?period=2026"),
        words_of(deps, "/plan", search),
        standing.title_words + standing.sentence,
    )


def test_a_target_met_by_a_later_return_says_by_which(deps: Dependencies) -> None:
    for words in places(deps, LATE):
        assert "达标（2025年报表才看到，晚于目标年，不算按期）" in words
    for words in places(deps, RECOGNISED):
        assert "才看到" not in words


def test_after_the_last_return_of_the_target_year_it_says_which_return_would_show_it(deps: Dependencies) -> None:
    words = words_of(deps, "/plan", f"?period=2024&district={OVERDUE}")
    assert "2024年内最后一次报表已过，再达标要到2025年秋季报表才看得到，不算按期" in words
    assert "按计划" not in words.split("状态")[0].split("演示数据")[-1]


@pytest.mark.parametrize("today", ["2026-09-30", "2027-01-15", "2029-03-01"])
def test_every_surface_says_one_lateness_from_one_day(deps: Dependencies, today: str) -> None:
    """`大足 was late by 1 year, 6 months and 0.4 years`: one function, one clock."""
    now = replace(deps, now=lambda: datetime.fromisoformat(f"{today}T04:00"))
    late = "逾期" + formatting.span(date(2024, 12, 31), date.fromisoformat(today))
    for words in places(now, OVERDUE):
        said = set(re.findall(r"(?<!目标年到期)逾期(?:[\d.]+)(?:个月|年)(?!未)", words))
        assert said == {late}, said


def test_what_is_measured_does_not_move_with_today(deps: Dependencies) -> None:
    """Verdict, progress and dates of a period are the same whichever day it is looked at."""
    search = "?period=2025&district=500242"
    first, last = (
        words_of(replace(deps, now=lambda d=day: datetime.fromisoformat(d)), "/trend", search)
        for day in ("2026-11-23T02:00", "2029-03-01T02:00")
    )
    assert first == last


def test_what_runs_out_says_from_which_day(deps: Dependencies) -> None:
    now = replace(deps, now=lambda: datetime.fromisoformat("2027-05-04T02:00"))
    assert "2027年5月4日距2028年整体推进期限" in words_of(now, "/", "?period=2019")
    assert "逾期按今日计算" in words_of(now, "/ledger")
    assert "逾期按今日计算" in words_of(now, "/warn")
