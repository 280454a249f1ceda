"""What a unit's standing is read from: boards, lists, words."""

import re
from dataclasses import replace

from data.access import LOCAL_VIEWER, Scope
from data.rows.overview import UnitStatusRow
from tests.one_fact.surfaces import Asked

VERDICT = r"(未报送|达标|临近|未达标|一票否决|无法判定)"


PROGRESS = r"(达标|按计划|落后|已逾期|一票否决|不确定|不推算|未编入规划|未报送)"


LEVELS = {
    "not_reported": "未报送",
    "met": "达标",
    "near": "临近",
    "unmet": "未达标",
    "veto": "一票否决",
    "undecidable": "无法判定",
}


LATE = r"逾期([\d.]+(?:个月|年))"


PLACE = r"\d+个区县中(并列第\d+|第\d+)"


def board(a: Asked) -> list[list[str]]:
    return a.page("/plan").rows("推算的达标时间")


def league(a: Asked) -> list[list[str]]:
    return list(a.page("/league").tables[0].rows)


def matrix(a: Asked) -> list[list[str]]:
    table = a.page("/matrix").tables[0]
    return table.rows[table.head_rows : -1]


def progress_of(words: str | None) -> str | None:
    """A lateness in words is the progress 已逾期."""
    return "已逾期" if words and words.startswith("逾期") else words


def phase_rows(a: Asked) -> dict[str, tuple[str, str]]:
    """Phase and target year of each unit, from the headings of the board."""
    phases: dict[str, tuple[str, str]] = {}
    now: tuple[str, str] | None = None
    for row in board(a):
        heading = re.match(r"(..)推进 \d+个 · 目标(\d{4})年", row[0])
        if heading:
            now = (heading[1], heading[2])
        elif now and row[0]:
            phases[row[0]] = now
    return phases


def published(a: Asked, value: str) -> dict[str, str]:
    """A value of every unit's published row."""
    return {u.short_name: str(getattr(u, value)) for u in a.rows.units if u.is_reported}


def recognised(unit: UnitStatusRow) -> str:
    return unit.recognised_batch or "无"


def failing_codes(a: Asked, words: str | None) -> str | None:
    return " ".join(sorted(re.findall(r"[A-Z]\d+", words))) if words else None


def own_account(a: Asked) -> Asked:
    """The same question from the unit's own account."""
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({a.unit})))
    deps = replace(a.deps, current_viewer=lambda: viewer).for_viewer()
    return replace(a, deps=deps, kept={})
