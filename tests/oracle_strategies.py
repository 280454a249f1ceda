"""Hypothesis strategies for districts: valid rows of template §1, rich in edge cases.

`districts()` mixes the others. Each amount is chosen as `multiple × threshold + delta units`, so
thresholds and 85 % floors are met exactly, just missed and just passed for any pupil number.
Counts are int, areas and money are str with at most 2 (万元: 4) decimals, a missing cell is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.oracle_amounts import (
    DISTRICT,
    JUDGED,
    KINDS,
    MIXED,
    NEED,
    NUMBER_COLUMNS,
    OTHER_COLUMNS,
    OWN_NEED,
    PLACES,
    SHARED_NEED,
    STAGES,
    ZH,
    Row,
    decimal_text,
    need_of,
    stages_present,
    units_of,
)

Draw = Any
JUDGED_COLUMN = st.sampled_from(JUDGED)
Level = tuple[Fraction, int]  # multiple of the need, units added


def _level(multiple: str, delta: int = 0) -> Level:
    return Fraction(multiple), delta


GOOD = tuple(_level(m, d) for m, d in (("1", 0), ("1", 1), ("1.2", 0), ("1.5", 0), ("2", 0)))
SHORT = tuple(_level(m, d) for m, d in (("0.85", 0), ("0.85", 1), ("0.9", 0), ("1", -1)))
LOW = tuple(_level(m, d) for m, d in (("0.85", -1), ("0.84", 0), ("0.5", 0), ("0", 0)))
WILD = (*GOOD, *SHORT, *LOW, _level("4"), _level("9.5"))
GOOD_LEVEL, SHORT_LEVEL, LOW_LEVEL, ANY_LEVEL = map(st.sampled_from, (GOOD, SHORT, LOW, WILD))
PROFILE = st.sampled_from(["good", "good", "one", "one", "two", "low", "wild"])
INDOOR = st.sampled_from([0, 0, 1, 12345, 80000, 10**9])
EXTRA = st.integers(0, 60)

# 1000, 2500, 20000: numbers at which counts hit thresholds and floors without rounding.
PUPILS = st.one_of(
    st.sampled_from([0, 1, 49, 50, 51, 100, 110, 500, 1000, 2000, 2500, 10000, 20000]),
    st.integers(1, 60),
    st.integers(60, 3000),
    st.integers(1, 200).map(lambda n: 11 * n),  # a primary part that 1.1 divides
)


def _build(index: int, kind: str, pupils: dict[str, int], units: dict[str, int], indoor: int, extra: int) -> Row:
    """A complete valid row from amounts in last-place units; `extra` feeds what is not judged."""
    indoor = min(indoor, units["sports"])
    row: Row = {
        "数据期": "2026",
        "区县代码": DISTRICT,
        "学校代码": f"S{index:03d}",
        "学校名称": f"第{index}{kind}",
        "办学类型": kind,
        "举办者类型": 7,
        "城乡类型": "城区",
        "建校年份": 1950 + extra,
        "寄宿制": ("是", "否")[extra % 2],
    }
    present, classes = stages_present(kind, pupils), 0
    for stage, zh in ZH.items():
        row[zh + "在校生数"] = pupils.get(stage, 0 if extra % 3 == 0 else None)
        if stage == "senior":
            continue
        if stage not in present:
            names = ("班级数", "最大班额", "专任教师数", *OWN_NEED, "持证教师数", "培训达标教师数")
            row.update(dict.fromkeys(zh + name for name in names))
            continue
        stage_classes = -(-pupils[stage] // 45)
        classes += stage_classes
        row[zh + "班级数"] = stage_classes
        row[zh + "最大班额"] = -(-pupils[stage] // stage_classes) if stage_classes else 0
        teachers = max(units[stage + name] for name in OWN_NEED) + units.get(stage, extra % 7)
        row[zh + "专任教师数"] = teachers
        row.update({zh + name: units[stage + name] for name in OWN_NEED})
        row[zh + "持证教师数"] = max(0, teachers - extra % 2)
        row[zh + "培训达标教师数"] = max(0, teachers - extra % 5)
    row["教学及辅助用房面积"] = decimal_text(units["rooms"] + indoor, 2)
    row["室内体育用房面积"] = decimal_text(indoor, 2)
    row["运动场地面积"] = decimal_text(units["sports"] - indoor, 2)
    row["教学仪器设备值"] = decimal_text(units["教学仪器设备值"], 4)
    for name in ("网络多媒体教室数", "计算机台数", "图书册数"):
        row[name] = units[name]
    row["达标音乐教室数"], row["达标美术教室数"] = -(-classes // 12), classes // 12
    budget = 1000 * sum(pupils.values()) + extra
    row["公用经费预算"] = decimal_text(100 * budget, 2)
    row["教师培训经费"] = decimal_text((4 + extra % 3) * budget, 2)
    return row


@st.composite
def pupil_numbers(draw: Draw, kind: str) -> dict[str, int]:
    """Pupils of the stages a kind may have."""
    if kind == "教学点":
        total = draw(st.sampled_from([0, 1, 49, 50, 51, 120]))
        junior = draw(st.sampled_from([0, 0, 0, 1, total // 2, total]))
        return {"primary": total - min(junior, total), "junior": min(junior, total)}
    return {stage: draw(PUPILS) for stage in STAGES[kind]}


@st.composite
def schools(draw: Draw, index: int = 1, kinds: Sequence[str] = KINDS) -> Row:
    """One complete school: compliant, one or two items short, or anything."""
    kind = draw(st.sampled_from(kinds))
    pupils = draw(pupil_numbers(kind))
    return draw(_school(index, kind, pupils))


@st.composite
def _school(draw: Draw, index: int, kind: str, pupils: dict[str, int]) -> Row:
    profile = draw(PROFILE)
    usual: Level = draw(GOOD_LEVEL)
    choice = dict.fromkeys(NEED, usual)
    if profile == "wild":
        choice = {name: draw(ANY_LEVEL) for name in NEED}
    elif profile != "good":
        for _ in range(2 if profile == "two" else 1):
            choice[draw(JUDGED_COLUMN)] = draw(LOW_LEVEL if profile == "low" else SHORT_LEVEL)
    stages = stages_present(kind, pupils)
    # A split total can be exact for one stage only: the needier one, or the one drawn here.
    anchor = draw(st.sampled_from(["", *stages])) if len(stages) > 1 else ""
    units = {}
    for name, (multiple, delta) in choice.items():
        if name in OWN_NEED:
            for stage in stages:
                units[stage + name] = units_of(multiple * NEED[name][stage] * pupils[stage], delta, 0)
            continue
        needs = [need_of(name, s, pupils) for s in stages if anchor in ("", s)]
        amount = multiple * max(needs, default=Fraction(0))
        units[name] = units_of(amount, delta, PLACES.get(name, 0))
    return _build(index, kind, pupils, units, draw(INDOOR), draw(EXTRA))


@st.composite
def free_districts(draw: Draw) -> list[Row]:
    """1-8 schools of any kind."""
    size = draw(st.integers(1, 8))
    return [draw(schools(index)) for index in range(1, size + 1)]


@st.composite
def plain_districts(draw: Draw) -> list[Row]:
    """Middle-sized single-stage and mixed schools near the thresholds: verdicts can be True."""
    size = draw(st.integers(1, 6))
    rows = []
    for index in range(1, size + 1):
        kind = draw(st.sampled_from(["小学", "初级中学", *MIXED]))
        pupils = {stage: draw(st.integers(200, 2000)) for stage in STAGES[kind]}
        rows.append(draw(_school(index, kind, pupils)))
    return rows


@st.composite
def equal_districts(draw: Draw) -> list[Row]:
    """All schools equal: every CV is 0, or undefined when the amounts or pupils are."""
    row = draw(schools())
    size = draw(st.integers(1, 8))
    return [row | {"学校代码": f"S{i:03d}", "学校名称": f"第{i}校"} for i in range(1, size + 1)]


@st.composite
def floor_districts(draw: Draw) -> list[Row]:
    """Everything exactly at the threshold but one or two items at 85 % of it, or a unit beside.

    20,000 pupils make all the thresholds and floors of counted items whole numbers.
    """
    rows: list[Row] = []
    for index in range(1, draw(st.integers(1, 3)) + 1):
        kind = draw(st.sampled_from(["小学", "初级中学"]))
        (stage,) = STAGES[kind]
        pupils = {stage: 20000 * draw(st.integers(1, 2))}
        choice = dict.fromkeys(NEED, GOOD[0])
        for name in draw(st.sets(JUDGED_COLUMN, max_size=2)):
            choice[name] = (Fraction(85, 100), draw(st.sampled_from([0, 0, 1, -1])))
        units = {
            (stage if name in OWN_NEED else "") + name: units_of(
                multiple * need_of(name, stage, pupils), delta, PLACES.get(name, 0)
            )
            for name, (multiple, delta) in choice.items()
        }
        rows.append(_build(index, kind, pupils, units, draw(INDOOR), draw(EXTRA)))
    return rows


@st.composite
def limit_districts(draw: Draw) -> list[Row]:
    """Pairs of schools whose CVs are exactly c in every indicator, or one unit beside it.

    Equal pupils: m(1-c) and m(1+c). Pupils 1:4: m(1+2c) and m(1-c/2). Same CV both times.
    """
    shapes = [("小学",), ("初级中学",), ("小学", "初级中学"), ("小学", "完全中学")]
    kinds = draw(st.sampled_from([*shapes, *((kind,) for kind in MIXED)]))
    limits = {"primary": ["0.5", "0.65"], "junior": ["0.45", "0.55"]}
    rows: list[Row] = []
    for kind in kinds:
        stages = [s for s in STAGES[kind] if s != "senior"]
        level = draw(st.integers(0, 1))
        common = Fraction(draw(st.sampled_from(stages).map(lambda s, n=level: limits[s][n])))
        ratio, pairs = draw(st.sampled_from([1, 4])), draw(st.integers(1, 4 // len(kinds)))
        pupils = {s: draw(st.integers(20, 900)) for s in STAGES[kind]}
        scale = draw(st.sampled_from([1, 1, 1, Fraction(1, 2), 0]))
        parts = [(1, 1 - common), (1, 1 + common)]
        if ratio == 4:
            parts = [(1, 1 + 2 * common), (4, 4 - 2 * common)]
        middle: dict[str, int] = {}
        for name in SHARED_NEED:
            most = max(need_of(name, s, pupils) for s in stages) * scale / (1 - common)
            middle[name] = 20 * units_of(most / 20, 0, PLACES.get(name, 0))
        for name in OWN_NEED:
            for stage in stages:
                most = NEED[name][stage] * pupils[stage] * scale / (1 - common)
                middle[stage + name] = 20 * units_of(most / 20, 0, 0)
        # Teachers beyond the largest sub-count, in proportion too.
        middle |= dict.fromkeys(stages, 20 * draw(st.integers(0, 2)))
        nudged = draw(st.sampled_from([None, None, *middle]))
        step = draw(st.sampled_from([-1, 1]))
        for pair in range(pairs):
            for part, (weight, share) in enumerate(parts):
                units = {name: int(share * value) for name, value in middle.items()}
                if nudged is not None and pair == part == 0:
                    units[nudged] = max(0, units[nudged] + step)
                many = {s: weight * p for s, p in pupils.items()}
                indoor = draw(st.sampled_from([0, 500, 10**9]))
                rows.append(_build(len(rows) + 1, kind, many, units, indoor, 3 * len(rows)))
    return rows


@st.composite
def with_missing(draw: Draw, base: st.SearchStrategy[list[Row]]) -> list[Row]:
    """Blank a few cells and leave out a few columns of a district."""
    rows = [dict(row) for row in draw(base)]
    cells = st.tuples(st.integers(0, 7), st.sampled_from((*NUMBER_COLUMNS, *OTHER_COLUMNS)))
    for place, column in draw(st.lists(cells, max_size=4)):
        rows[place % len(rows)][column] = None
    for column in draw(st.sets(st.sampled_from((*NUMBER_COLUMNS, *OTHER_COLUMNS)), max_size=2)):
        for row in rows:
            row.pop(column, None)
    return rows


def districts() -> st.SearchStrategy[list[Row]]:
    """One district of 1-8 schools, of any of the families above; some with missing cells."""
    free, plain = free_districts(), plain_districts()
    exact = st.one_of(equal_districts(), limit_districts(), floor_districts())
    return st.one_of(free, plain, exact, exact, with_missing(st.one_of(free, plain)))
