"""The causes of every change of the demonstration: between the published values, adding up."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from data.rows.causes import SectionStateRow
from data.rows.trend import MeasureRow
from queries import causes, trend
from queries.reader import Snapshot
from tests.one_fact.surfaces import Asked

PERIODS = ("2025", "2026")
INDICATORS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")


def test_causes_stand_between_the_published_values(snapshot: Snapshot) -> None:
    decomposed = 0
    for stage in ("primary", "junior"):
        for indicator in INDICATORS:
            rows = trend.measures(snapshot, "as_was", stage, indicator)
            published = {(r.district_code, r.period): r for r in rows if r.period in PERIODS}
            for code in sorted({code for code, _ in published}):
                states = causes.section_states(snapshot, "as_was", code, (stage, indicator), PERIODS)
                decomposed += _agrees(published, code, states)
    assert decomposed > 400, "most cells of the city have a value in both periods"


def _agrees(published: dict[tuple[str, str], MeasureRow], code: str, states: tuple[SectionStateRow, ...]) -> int:
    ends = [published.get((code, period)) for period in PERIODS]
    found = {m: causes.shares_of_change(states, m, PERIODS) for m in causes.MEASURES}
    for measure, value in found.items():
        field = "cv" if measure == "cv" else "district_mean"
        known = [None if end is None else getattr(end, field) for end in ends]
        assert (value is None) == (None in known), (code, measure)
        if value is None:
            continue
        assert value[:2] == pytest.approx(known, rel=1e-9), (code, measure)
        printed = causes.decompose(states, measure, PERIODS)
        assert printed is not None
        assert sum(c.change for c in printed.causes) == printed.after - printed.before
        step = Decimal(1).scaleb(-printed.decimals)
        change = Decimal(repr(value[1] - value[0])).quantize(step, ROUND_HALF_UP)
        assert printed.change == change, "the rounded change, not that of the rounded values"
    return found["cv"] is not None


def test_the_page_draws_one_row_for_each_cause(deps: Dependencies) -> None:
    drawn = str([p.update_value() for p in page_of(deps, "/trend", "?district=500242&period=2026")[2]])
    for words in ("区划与归属", "混合学校资源在学段间的分摊", "在校生变化", "资源变化", "按各因素的所有先后次序取平均"):
        assert words in drawn


@pytest.mark.parametrize("unit", ["500103", "500242"])
@pytest.mark.parametrize("period", ["2026-03", "2026"])
def test_a_total_is_the_change_that_the_page_says(deps: Dependencies, unit: str, period: str) -> None:
    """`↓0.0126 变好` stood over `合计 −0.012`, and causes of 0.0004 under `没有影响的`."""
    asked = Asked(deps, period, "as_was", unit)
    for stage, indicator in (("primary", "L3"), ("primary", "L2"), ("junior", "L4")):
        page = asked.page("/trend", f"&stage={stage}&indicator={indicator}")
        said = re.search(r"[↓↑]([\d.]+) 变[好差]", page.plain)
        total = next(t for t in page.tables if "差异系数由" in t.title).rows[-1][-1].lstrip("+−-")
        assert said, page.heading
        digits = min(len(said[1]), len(total)) - len("0.")
        shown = [Decimal(v).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) for v in (said[1], total)]
        assert shown[0] == shown[1], (stage, indicator, said[1], total)
        assert "没有影响" not in page.plain


@pytest.mark.parametrize(
    ("period", "unit", "stage", "indicator"),
    [("2025", "500103", "primary", "L2"), ("2026", "500241", "junior", "L3"), ("2026", "500119", "junior", "L6")],
)
def test_what_is_flat_is_not_taken_apart_as_more(
    deps: Dependencies, period: str, unit: str, stage: str, indicator: str
) -> None:
    """`→ 持平`, which is less than 0.002, stood over `合计 −0.002`."""
    page = Asked(deps, period, "as_was", unit).page("/trend", f"&stage={stage}&indicator={indicator}")
    assert "→ 持平" in page.plain
    total = next(t for t in page.tables if "差异系数由" in t.title).rows[-1][-1].lstrip("+−-")
    assert Decimal(total) < Decimal("0.002")
