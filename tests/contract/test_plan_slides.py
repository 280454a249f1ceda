"""The plan's slide counts, lists and names the same units; its page says what is counted where."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from callbacks.dependencies import Dependencies
from data.access import LOCAL_VIEWER
from data.settings import Settings
from data.store.engine import open_store
from data.store.meetings import create_meeting
from data.text import text
from layouts.meeting.slide import MOST_BARS, Slide
from layouts.parts.forecast import is_dated
from layouts.parts.glyph import MISSING_LEVELS
from tests.one_fact.surfaces import Asked
from tests.stores import an_issue, put

STATES = [("2026", "as_was"), ("2026", "current"), ("2025", "current"), ("2025", "as_was"), ("2026-03", "as_was")]
BEHIND = ("late", "overdue", "veto")
NEVER = 9999


def plain(words: str) -> str:
    return re.sub(r"\s", "", words)


def year_of(words: str) -> int:
    """The year that is printed for a unit; beyond all years where none is."""
    match = re.match(r"(?:不早于)?(\d{4})年", words)
    return int(match[1]) if match else NEVER


@pytest.mark.parametrize(("period", "basis"), STATES)
def test_bar_label_and_order_are_of_the_year_that_is_printed(deps: Dependencies, period: str, basis: str) -> None:
    """黔江 `不早于2033` had a longer bar than 万州 `不早于2035`; 云阳 and 酉阳 were not listed."""
    a = Asked(deps, period, basis)
    slide = a.slides["plan"]
    years = [year_of(b.words) for b in slide.bars]
    assert len(years) > 10
    assert years == sorted(years, reverse=True)
    base = int(next(iter(re.findall(r"距(\d{4})年", slide.picture_title))))
    for bar, year in zip(slide.bars, years, strict=True):
        assert year == NEVER or bar.value == year - base, bar
    units = {u.short_name: u for u in a.rows.units}
    by_year: dict[int, list[int]] = {}
    for bar, year in zip(slide.bars, years, strict=True):
        by_year.setdefault(year, []).append(units[bar.name].middle_year or NEVER)
    assert all(middles == sorted(middles, reverse=True) for middles in by_year.values())
    if (period, basis) == ("2026", "as_was"):
        assert {b.name for b in slide.bars[:3]} == {"云阳", "酉阳", "开州"}


@pytest.mark.parametrize(("period", "basis"), STATES)
def test_every_unit_that_is_counted_behind_is_listed_or_named(deps: Dependencies, period: str, basis: str) -> None:
    """`24个区县落后或已逾期` stood over 10 bars and `另有11个`."""
    a = Asked(deps, period, basis)
    slide = a.slides["plan"]
    behind = [u for u in a.rows.units if u.progress in BEHIND]
    silent = [u.short_name for u in behind if not is_dated(u)]
    assert f"{len(behind)}个区县落后或已逾期" in slide.sentence
    assert {b.name for b in slide.bars} | set(silent) == {u.short_name for u in behind}
    said = f"其中{len(silent)}个没有推算：{'、'.join(silent)}。"
    assert (said in slide.sentence) == bool(silent)
    rest = "、".join(b.name for b in slide.bars[MOST_BARS:])
    left_out = f"另有{len(slide.bars) - MOST_BARS}个：{rest}。"
    assert left_out in a.page("/", "&mode=meeting").plain
    assert left_out in a.paper("pptx")
    for kind in ("pptx", "docx", "pdf"):
        paper = plain(a.paper(kind))
        assert all(name in paper for name in silent)
        assert not silent or said in paper
    for kind in ("docx", "pdf"):
        paper = plain(a.paper(kind))
        for bar in slide.bars:
            assert plain(bar.words) in paper, (kind, bar)


@pytest.mark.parametrize(("period", "basis"), STATES)
def test_what_is_not_projected_is_counted_once(deps: Dependencies, period: str, basis: str) -> None:
    """Of one of `试点4个已逾期` it was said that it is none of them; of 41, beside no number, `其余41个`."""
    a = Asked(deps, period, basis)
    page = a.page("/plan").plain
    apart = [u for u in a.rows.units if u.progress in MISSING_LEVELS]
    named = re.findall(r"另有(\d+)个(?:无法判定|不推算|未编入规划|未报送)（", page)
    assert sum(int(n) for n in named) == len(apart)
    overview = re.findall(r"另有\d+个(?:无法判定|不推算|未编入规划|未报送)（[^）]*）", a.page("/").plain)
    assert all(words in page for words in overview)
    assert len(overview) == len(named)
    unknown = [
        t
        for t in a.rows.plan_targets
        if t.progress != "met" and (t.chances is None or t.progress in ("not_reported", "undecidable"))
    ]
    said = f"，另有{len(unknown)}个没有推算"
    assert (said in a.page("/plan").heading) == bool(unknown)
    assert (said in a.slides["plan"].title_words) == bool(unknown)
    assert (said in "".join(n.words for n in a.slides["overview"].numbers)) == bool(unknown)
    assert (said in a.page("/").plain) == bool(unknown)


def red_zeros(slide: Slide) -> list[str]:
    """Numbers and parts of a title that say none of something and are red."""
    numbers = [n.label for n in slide.numbers if n.tone == "fail" and n.value in ("0", "0.0%")]
    return numbers + [w for tone, w in slide.title if tone == "fail" and re.match(r"0\D", w)]


@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_a_period_before_a_target_ended_says_nothing_of_who_missed_it(deps: Dependencies, basis: str) -> None:
    """Of 2019: `目标已到期；0个区县落后或已逾期`, a red 0, and two halves of a sentence."""
    a = Asked(deps, "2019", basis)
    plan, overview = a.slides["plan"], a.slides["overview"]
    assert "2019年9月的数据不能推算，不判断落后" in plan.sentence
    assert "0个区县" not in plan.sentence
    assert "0个" not in overview.sentence
    for word in ("按计划", "落后或逾期"):
        assert word not in overview.title_words
    assert not [n for s in (plan, overview) for n in s.numbers if n.label == "到期未达标"]
    for slide in a.slides.values():
        assert red_zeros(slide) == []
    heading = a.page("/plan").heading
    assert "应达标" in heading
    assert heading.endswith("个，现有数据不能推算到时达标几个")
    assert "照现在的速度现有" not in a.page("/plan").plain


@pytest.mark.parametrize("period", ["2025", "2026-03", "2026"])
def test_no_slide_says_none_in_red(deps: Dependencies, period: str) -> None:
    for unit in ("", "500118", "P50LJ2" if period == "2026" else "500103"):
        for slide in Asked(deps, period, "as_was", unit).slides.values():
            assert red_zeros(slide) == [], (period, unit)


@pytest.mark.parametrize(("period", "is_held"), [("2019", False), ("2025", False), ("2026-03", False), ("2026", True)])
def test_the_last_meeting_was_held_before_the_period(
    deps: Dependencies, tmp_path: Path, period: str, is_held: bool
) -> None:
    """That of 18 June 2026 was the last one of the period of March; of 2019 there was `none yet`."""
    store = open_store(Settings(var_folder=tmp_path))
    put(store, an_issue())
    held = replace(deps, store=store)
    assert "还没有会议记录" in Asked(held, period, "as_was").page("/plan").plain
    create_meeting(
        store, LOCAL_VIEWER, "例会", date(2026, 6, 18), deps.warehouse.current().info.snapshot_id, deps.now()
    )
    page = Asked(held, period, "as_was").page("/plan").plain
    ledger = Asked(held, period, "as_was").page("/ledger").plain
    assert ("自上次会议（2026年6月18日）以来" in page) == is_held
    assert ("较上次会议（2026年6月18日）" in ledger) == is_held
    assert "还没有会议记录" not in page
    assert ("这个数据期之前没有开过会议" in page) != is_held


@pytest.mark.parametrize(("period", "years"), [("2025", 5.25), ("2026", 4.25)])
def test_the_pace_that_is_needed_counts_from_the_day_that_its_note_names(
    deps: Dependencies, period: str, years: float
) -> None:
    """Beside 距2030年底4.0年 it said `到目标年底的年数` of a pace that takes a distance of 0.109 in 4.25 years."""
    asked = Asked(deps, period, "as_was", "500242")
    [row] = asked.page("/plan").rows(text("plan.pace_columns"))
    needed = float(row[1].split("→")[1])
    cv, limit = asked.row.worst_cv, asked.row.worst_cv_limit
    assert cv is not None
    assert limit is not None
    assert needed == pytest.approx((cv - limit) / years, abs=0.0005)
    assert "从本数据期到目标年底的年数" in asked.page("/plan").plain
