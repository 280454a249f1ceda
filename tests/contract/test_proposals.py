"""No sentence of the demonstration proposes to take from a school; what it promises is computed here."""

import math
import re
from collections.abc import Sequence

import pytest

from callbacks.dependencies import Dependencies
from callbacks.pages.cv import show_cv
from callbacks.pages.district import show_district
from callbacks.pages.meeting_mode import slides_of
from callbacks.rendering.page_context import load_unit_context, read_state
from data.rows.proof import CvShareRow
from data.rows.spread import OutlierLimits
from layouts import formatting
from layouts.markup import to_html
from layouts.page import AnyPanel, Panel
from layouts.parts.spread import spread_words
from layouts.routes import CV, DISTRICT, Address
from queries import overview, proof, spread
from queries.reader import Snapshot

PROMISE = re.compile(r"低于均值、影响最大的(\d)所补到现在的区县均值，差异系数由([\d.]+)变为([\d.]+)")
ABOVE = re.compile(r"影响最大的(\d)所(?:中(\d)所|都)高于均值，占差异的([\d.]+)%：不能从这些学校调减")


@pytest.mark.parametrize("period", ["2025", "2026"])
def test_every_promise_is_kept_by_raising_low_schools_alone(snapshot: Snapshot, period: str) -> None:
    promised = 0
    for cell in overview.unit_cv(snapshot, period, "as_was"):
        if cell.cv is None:
            continue
        place = (cell.district_code, cell.stage, cell.indicator_code)
        own = proof.cv_shares(snapshot, period, "as_was", *place)
        row = proof.district_cv(snapshot, period, "as_was", *place)
        assert row is not None
        found = spread.spread_of(own, row.district_mean, LIMITS)
        assert found is not None
        words = spread_words(cell.cv, cell.cv_limit, found, is_within=cell.is_within_limit)
        promised += _kept("".join(words), own, cell.cv_limit)
    assert promised > 300


LIMITS = OutlierLimits(outlier_share=0.75, outlier_times=3, outlier_sections=10)


def _kept(words: str, own: Sequence[CvShareRow], limit: float) -> int:
    pupils = [float(s.pupils) for s in own]
    values = [s.section_value or 0.0 for s in own]
    mean = _mean(pupils, values)
    largest = sorted(range(len(own)), key=lambda n: -pupils[n] * (values[n] - mean) ** 2)
    above = [n for n in largest[:3] if values[n] > mean]
    said = ABOVE.search(words)
    assert (said is not None) == bool(above), words
    if said is not None:
        squares = [p * (v - mean) ** 2 for p, v in zip(pupils, values, strict=True)]
        share = sum(squares[n] for n in above) / sum(squares)
        assert int(said[2] or said[1]) == len(above)
        assert said[3] + "%" == formatting.share(share)
    promise = PROMISE.search(words)
    if promise is None:
        assert "仍约为" in words
        return 0
    low = [n for n in largest if values[n] < mean][: int(promise[1])]
    raised = [mean if n in low else v for n, v in enumerate(values)]
    assert all(new >= old for new, old in zip(raised, values, strict=True))
    assert promise[3] == formatting.cv(_cv(pupils, raised), limit)
    assert float(promise[3]) < float(promise[2]), "raising the low ones brings schools together"
    return 1


def _mean(pupils: Sequence[float], values: Sequence[float]) -> float:
    return math.fsum(p * v for p, v in zip(pupils, values, strict=True)) / math.fsum(pupils)


def _cv(pupils: Sequence[float], values: Sequence[float]) -> float:
    mean = _mean(pupils, values)
    squares = math.fsum(p * (v - mean) ** 2 for p, v in zip(pupils, values, strict=True))
    return math.sqrt(squares / math.fsum(pupils)) / mean


def test_page_slide_and_cv_page_say_the_same_of_every_unit(deps: Dependencies, snapshot: Snapshot) -> None:
    named = 0
    for unit in overview.unit_status(snapshot, "2026", "as_was"):
        if unit.worst_cv is None:
            continue
        code = unit.district_code
        address = Address(DISTRICT, {"district": code}, f"?period=2026&district={code}")
        page = _drawn(show_district(deps, address))
        anatomy = re.findall(r'class="what-if">([^<]*)<', page)
        assert len(anatomy) == 1, code
        on_cv = _drawn(show_cv(deps, _cv_address(code, unit.worst_stage, unit.worst_indicator_code)))
        assert anatomy[0] in on_cv, code
        rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
        [slide] = [s for s in slides_of(deps, snapshot, rows) if s.page == "cv"]
        assert slide.sentence in anatomy[0], code
        asks = "请先核对" in anatomy[0]
        assert ("请先核对" if asks else "补到现在的区县均值") in slide.sentence, code
        for words in (page, on_cv, slide.sentence):
            assert "达到区县均值" not in words, code
        named += asks
    assert named > 0


def _cv_address(code: str, stage: str | None, indicator: str | None) -> Address:
    assert stage is not None
    assert indicator is not None
    values = {"district": code, "stage": stage, "indicator": indicator}
    return Address(CV, values, f"?period=2026&district={code}")


def _drawn(shown: tuple[str, list[AnyPanel]]) -> str:
    return "".join(to_html(panel.tree) for panel in shown[1] if isinstance(panel, Panel))


def test_the_school_with_most_of_a_spread_is_named_with_the_question(deps: Dependencies) -> None:
    """酉阳: one primary school has 86.7 % of S² of backbone teachers, at 4.6 times the mean."""
    words = _drawn(show_cv(deps, _cv_address("500242", "primary", "L2")))
    assert "一所占差异的86.7%，其值为区县均值的4.6倍：请先核对这个数是否属实" in words
