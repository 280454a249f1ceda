"""A hundred cells of the demonstration: the printed formula, read anew, gives the same verdict.

The reader knows arithmetic only: it takes the text of the proof, not the rows behind it.
"""

import ast
import random
import re
from dataclasses import replace
from fractions import Fraction

import duckdb
import pytest

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.pages.proof import proof_panel
from data.access import LOCAL_VIEWER
from data.proof_key import cv_key, parse_key, section_key
from data.settings import Settings
from data.view_state import BASES
from layouts import formatting
from layouts.routes import MATRIX, Address
from queries import common_dimensions, district, overview
from queries.proof import cv_shares
from tests.one_fact.surfaces import Asked, found

CELLS = 100
FEW_DIGITS, MOST_DIGITS = 5, 12


@pytest.fixture(scope="module")
def deps(demo_settings: Settings) -> Dependencies:
    return replace(create_app(demo_settings).deps, current_viewer=lambda: LOCAL_VIEWER)


def texts(nodes: object, wanted: str) -> list[str]:
    """The text of every node that carries `data-formula="wanted"`."""
    if not isinstance(nodes, list):
        return []
    if len(nodes) == 3 and isinstance(nodes[1], dict):
        own = ["".join(nodes[2])] if nodes[1].get("data-formula") == wanted else []
        return own + texts(nodes[2], wanted)
    return [found for node in nodes for found in texts(node, wanted)]


def words(nodes: object) -> list[str]:
    """Every text of a tree."""
    if isinstance(nodes, str):
        return [nodes]
    if not isinstance(nodes, list):
        return []
    is_element = len(nodes) == 3 and isinstance(nodes[1], dict)
    return [word for node in (nodes[2] if is_element else nodes) for word in words(node)]


def read(formula: str) -> Fraction:
    """Evaluate `(5,200 − 300) × 1 ÷ (1 × 500 + 1.1 × 300)` exactly."""
    plain = formula.replace(",", "").replace("−", "-").replace("×", "*").replace("÷", "/")
    assert re.fullmatch(r"[0-9.+\-*/() ]+", plain), formula
    return value(ast.parse(re.sub(r"\d+\.?\d*", r"'\g<0>'", plain), mode="eval").body)


def value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value))
    assert isinstance(node, ast.BinOp)
    left, right = value(node.left), value(node.right)
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    return left * right if isinstance(node.op, ast.Mult) else left / right


def proof(deps: Dependencies, why: str, period: str) -> list[object]:
    return proof_panel(deps, Address(MATRIX, {}, f"?period={period}&why={why}")).tree


def test_reader_knows_arithmetic() -> None:
    assert read("(5,200 − 300) × 1 ÷ (1 × 500 + 1.1 × 300)") == Fraction(4900, 830)


def test_printed_section_formulas_give_the_stored_verdict(deps: Dependencies) -> None:
    snapshot = deps.warehouse.current()
    pick = random.Random(7)
    periods = [p.period for p in common_dimensions.periods(snapshot)]
    checked = split = 0
    while checked < CELLS:
        period = pick.choice(periods)
        unit = pick.choice(common_dimensions.units(snapshot, period, "as_was"))
        sections = district.sections(snapshot, period, "as_was", unit.district_code)
        if not sections:
            continue
        cell = pick.choice(sections)
        tree = proof(deps, section_key(cell.school_code, cell.stage, cell.indicator_code), period)
        formulas = texts(tree, "value")
        if cell.is_met is None:
            assert not formulas
            continue
        [formula], [line] = formulas, texts(tree, "threshold")
        assert (read(formula) >= read(line)) is cell.is_met, formula
        assert float(read(formula)) == pytest.approx(cell.section_value, rel=1e-9)
        divisor = read(found(r"÷ (\([^)]+\)|[\d,.]+)", formula) or "")
        sides = re.search(r"不四舍五入比较：(\S+) \S+ ([\d,.]+)", "|".join(words(tree)))
        assert sides, formula
        assert [read(side) for side in sides.groups()] == [read(formula) * divisor, read(line) * divisor], formula
        checked += 1
        split += "+" in formula
    assert split, "some of the hundred are sections of mixed schools"


def test_printed_cv_formulas_give_the_stored_verdict(deps: Dependencies) -> None:
    snapshot = deps.warehouse.current()
    pick = random.Random(11)
    cvs = [c for c in overview.unit_cv(snapshot, "2026", "as_was") if c.cv is not None]
    for cv in pick.sample(cvs, CELLS):
        tree = proof(deps, cv_key(cv.district_code, cv.stage, cv.indicator_code), "2026")
        [formula], [limit] = texts(tree, "value"), texts(tree, "limit")
        assert (read(formula) <= read(limit)) is cv.is_within_limit, formula


@pytest.mark.parametrize("why", ["", "x", "unit", "unit.", "cv.500116.primary", "section.primary.L1."])
def test_other_keys_are_none(why: str) -> None:
    assert parse_key(why) is None


@pytest.mark.parametrize(
    "why", ["unit.999999", "cv.500116.senior.L1", "item.500116.Z9", "section.primary.L1.nobody", "junk"]
)
def test_nothing_to_prove_says_so(deps: Dependencies, why: str) -> None:
    assert "找不到这条判定依据" in str(proof(deps, why, "2026"))


def test_a_cv_is_proved_with_digits_that_can_be_read(deps: Dependencies) -> None:
    cvs = [c for c in overview.unit_cv(deps.warehouse.current(), "2026", "as_was") if c.cv]
    lengths: list[int] = []
    for cv in random.Random(13).sample(cvs, CELLS):
        tree = proof(deps, cv_key(cv.district_code, cv.stage, cv.indicator_code), "2026")
        [formula] = texts(tree, "value")
        lengths.append(max(len(number.partition(".")[2]) for number in formula.split(" ÷ ")))
        assert formatting.cv(float(read(formula)), cv.cv_limit) == formatting.cv(cv.cv, cv.cv_limit)
    assert max(lengths) <= MOST_DIGITS
    assert sum(length <= FEW_DIGITS for length in lengths) > CELLS * 0.9


@pytest.mark.parametrize("period", ["2019", "2025", "2026"])
@pytest.mark.parametrize("key", ["cv.500103.primary.L5", "section.primary.L5.S500103-001"])
def test_what_a_proof_calls_past_is_not_later_than_the_period(deps: Dependencies, period: str, key: str) -> None:
    """With 2025 in view 往期 went on to 2026年9月."""
    drawer = Asked(deps, period, "as_was", "500103").page("/district/500103", f"&why={key}").plain
    past = drawer.rsplit("往期", 1)[1]
    assert max(re.findall(r"(\d{4})年\d月", past)) == period


@pytest.mark.parametrize(("basis", "said"), [("as_was", True), ("current", False)])
def test_past_values_of_other_boundaries_are_told_apart(deps: Dependencies, basis: str, said: bool) -> None:
    asked = Asked(deps, "2026", basis, "500109")
    past = asked.page("/district/500109", "&why=cv.500109.primary.L5").words.rsplit("往期", 1)[1]
    assert ("2025年11月边界变更，前后不可比|2026年3月" in past) is said
    assert "边界变更" not in asked.page("/district/500103", "&why=cv.500103.primary.L5").words.rsplit("往期", 1)[1]


@pytest.mark.parametrize(("period", "unit"), [("2019", "500238"), ("2026", "500109"), ("2026", "P50LJ2")])
def test_a_section_has_its_part_of_a_cv_under_either_boundaries(deps: Dependencies, period: str, unit: str) -> None:
    """Where nothing was recut since, the drawer was silent under today's boundaries."""
    largest, *_ = cv_shares(deps.warehouse.current(), period, "as_was", unit, "primary", "L5")
    key = section_key(largest.school_code, "primary", "L5")
    drawers = [Asked(deps, period, basis, unit).page(f"/district/{unit}", f"&why={key}").plain for basis in BASES]
    said = [found(r"占本区县小学运动场馆差异的([\d.]+%)", drawer) for drawer in drawers]
    assert said[0]
    assert said == [said[0]] * len(BASES)


@pytest.mark.parametrize("drives", [True, False])
def test_what_reaches_the_standard_is_not_less_than_what_must_be_supplied(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection, drives: bool
) -> None:
    """`全校须补2,669㎡，由初中决定；作为可留的1项只须补到85%底线，补到标准为2,392㎡`."""
    cells = facts.execute(
        "select v.district_code, v.school_code, g.stage, g.indicator_code from section_gap as g inner join"
        " unit_section as v on v.return_id = g.return_id and v.stage = g.stage where v.period = '2026' and"
        " v.basis = 'as_was' and v.is_in_scope and g.is_exempt and g.required_gap > 0"
        f" and (g.driving_stage = g.stage) is {drives} order by all limit 12"
    ).fetchall()
    assert cells
    for unit, school, stage, item in cells:
        why = f"&why={section_key(school, stage, item)}"
        words = Asked(deps, "2026", "as_was", unit).page(f"/district/{unit}", why).plain.rsplit("缺口", 1)[1]
        owed, enough = (re.search(pattern + r"([\d,.]+)", words) for pattern in ("(?:差|须补)", "补到标准为"))
        assert owed
        assert bool(enough) is drives, (school, stage, item)
        if enough:
            assert float(enough[1].replace(",", "")) >= float(owed[1].replace(",", "")), (school, stage, item)
