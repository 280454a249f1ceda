"""What the trend shows is called what it is, and its axis is in the unit of its values."""

import re

import pytest

from callbacks.dependencies import Dependencies
from tests.one_fact.surfaces import Asked

STATES = [("2026", "as_was", "500109"), ("2025", "current", "P50LJ2"), ("2026-03", "as_was", "500238")]


@pytest.mark.parametrize(("period", "basis", "unit"), STATES)
def test_the_share_of_sections_is_of_a_stage_not_of_an_item(
    deps: Dependencies, period: str, basis: str, unit: str
) -> None:
    """`初中运动场馆小学部、初中部达标占比 76.9%`: 20 of 26 comply in all items, 24 in this one."""
    asked = Asked(deps, period, basis, unit)
    share = next(row[3] for row in asked.forms["表Ⅱ-1"] if row[0] == "初中")
    page = asked.page("/trend", "&measure=share&stage=junior&indicator=L5")
    assert f"初中部达标占比{share}%" in page.heading.replace(" ", "")
    assert "运动场馆小学部" not in page.plain


def axis(page_html: str) -> list[str]:
    return re.findall(r">([\d.,]+%?)</text>", page_html)


def test_an_axis_of_shares_is_in_percent_and_ends_at_all(deps: Dependencies) -> None:
    """`0.90 1.10` beside `90.2%`."""
    words = axis(Asked(deps, "2026", "as_was", "500109").page("/trend", "&measure=share").html)
    shares = [float(w.rstrip("%")) for w in words if w.endswith("%")]
    assert max(shares) <= 100
    assert min(shares) >= 10
    assert not [w for w in words if re.fullmatch(r"[01]\.\d+", w)]


def test_an_axis_of_nothing_owed_has_no_millionths(deps: Dependencies) -> None:
    """`0.0000000 0.0000005` people."""
    page = Asked(deps, "2019", "current", "500109").page("/trend", "&measure=gap")
    assert "0.00000" not in page.plain
