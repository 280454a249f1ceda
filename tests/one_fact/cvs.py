"""How differences between schools are read from their places."""

import re
from decimal import Decimal

from data.rows.context import cv_name
from data.rows.overview import UnitCvRow
from data.text import text
from layouts import formatting
from tests.one_fact.register_standing import league
from tests.one_fact.surfaces import Asked, found

CV = r"(\d\.\d{3,4})"
NAME = r"((?:小学|初中)[^\d|\s，]+?)"
LIMIT = r"上限(\d\.\d+)"
COURSE = r"(?:\d年(?:下降[\d.]+|上升[\d.]+|持平|起伏)|数据不足)"
DIRECTION = f"({COURSE})"
CHANGE = r"([↓↑][\d.]+ 变[好差]|→ 持平|不可比)"
WHY = r'data-tip="(不可比：[^"]+)"'
SUBJECT = NAME + CV + "，" + LIMIT + "(?:，上年" + CV + ")?"


def published(a: Asked) -> dict[str, UnitCvRow]:
    """The published CVs by unit and name."""
    short = {u.district_code: u.short_name for u in a.rows.units}
    return {
        f"{short[c.district_code]} {cv_name(c, a.rows.indicator_names)}": c
        for c in a.rows.cvs
        if c.district_code in short
    }


def own(a: Asked, said: dict[str, str]) -> dict[str, str]:
    """What is said of the unit's CVs by their names."""
    return {f"{a.row.short_name} {name}": answer for name, answer in said.items()}


def worst_rows(a: Asked) -> list[list[str]]:
    """Unit, CV, picture, value and change in the overview's list of large CVs."""
    return [r for t in a.page("/").tables for r in t.rows if len(r) == 5 and re.fullmatch(CV, r[3])]


def league_cvs(a: Asked) -> dict[str, tuple[str, str]]:
    """Value and change of each unit's largest CV."""
    said: dict[str, tuple[str, str]] = {}
    for row in league(a):
        match = re.fullmatch(CV + "(.+)", row[6])
        if match:
            said[f"{row[1]} {match[2]}"] = (match[1], row[8])
    return said


def alone(said: str, cv: float | None, limit: float | None) -> str:
    """A CV as it is printed alone, if what stands there rounds to it; else what stands there."""
    printed = formatting.cv(cv, limit)
    fewer = min(printed, said, key=len)
    return printed if f"{Decimal(max(printed, said, key=len)):.{len(fewer) - 2}f}" == fewer else said


def double_red_rows(a: Asked) -> dict[str, tuple[str, str, str]]:
    """Value before, value now and change of the double reds that the league lists.

    Values stand there with the digits that show the change; the fact is the value as it is printed
    alone, where it rounds to that.
    """
    said: dict[str, tuple[str, str, str]] = {}
    for row in a.page("/league").rows("未达标又变差") or next(
        (t.rows for t in a.page("/league").tables if "未达标又变差" in t.title), []
    ):
        before, _, now = row[2].partition(" → ")
        found = published(a)[f"{row[0]} {row[1]}"]
        said[f"{row[0]} {row[1]}"] = (
            alone(before, found.previous_cv, None),
            alone(now, found.cv, found.cv_limit),
            row[3],
        )
    return said


def strips(a: Asked) -> dict[str, str]:
    """Every CV of the unit that its own page prints."""
    return own(
        a,
        {
            stage + name: value
            for stage, name, value in re.findall(
                r'aria-label="(小学|初中)([^"]+?)差异系数([\d.]+|—)，判定依据"', a.district.html
            )
        },
    )


def slide_bars(a: Asked, group: int) -> dict[str, str]:
    """Value (1) or limit (2) of the CVs on the unit's slide."""
    said: dict[str, str] = {}
    for bar in a.slides["cv"].bars:
        match = re.fullmatch(CV + "，" + LIMIT, bar.words)
        if match:
            said[bar.name] = match[group]
    return own(a, said)


def city_bars(a: Asked) -> dict[str, str]:
    return {b.name: b.words.split("，")[0] for b in a.slides["trend"].bars}


def subjects(a: Asked, words: str, group: int) -> dict[str, str]:
    """Value (2), limit (3) or previous value (4) of the CVs that the unit is warned of.

    A value beside the previous one has its digits; the fact is the value as it is printed alone.
    """
    if a.basis != "as_was":
        return {}  # warnings are always of the units as they were
    said = own(a, {m[1]: m[group] for m in re.finditer(SUBJECT, words) if m[group]})
    if group == 3:
        return said
    return {
        name: alone(words, c.cv, c.cv_limit) if group == 2 else alone(words, c.previous_cv, None)
        for name, words in said.items()
        for c in [published(a)[name]]
    }


def form_3(a: Asked) -> dict[str, str]:
    """The CVs of 表Ⅲ by indicator, in the order in which the page lists them."""
    sheet = next((rows for name, rows in a.forms.items() if "Ⅲ" in name or name == "3"), [])
    said: dict[str, str] = {}
    names = list(a.rows.indicator_names.values())
    for row in sheet:
        if len(row) > 2 and row[1] == "差异系数":
            for name, cell in zip(names, row[2:], strict=False):
                if re.fullmatch(r"\d\.\d+", cell):
                    said[row[0] + name] = cell
    return own(a, said)


def trend_name(a: Asked) -> str:
    """The CV that the trend page shows of every unit."""
    return found(NAME + "差异系数", a.page("/trend").heading) or ""


def cv_page(a: Asked) -> str:
    """The words of the page about the unit's largest CV."""
    worst = a.row.worst
    if worst is None:
        return ""
    return a.page(f"/cv/{a.unit}/{worst.stage}/{worst.indicator_code}").words


def share_words(words: str) -> str | None:
    return found(r"(差异系数由[\d.]+变为[\d.]+)", words)


def above_words(words: str) -> str | None:
    return found(r"高于均值，占差异的([\d.]+%)", words)


def outlier(a: Asked, words: str) -> dict[str, str]:
    """The share of a school that is named as the one that stands out."""
    return {
        f"{a.row.short_name} {school}": share
        for school, share in re.findall(r"([^。；|\n]+?)一所占差异的([\d.]+%)", words)
    }


def group_medians(a: Asked) -> dict[str, str]:
    """The median of the unit's group by period, beside its largest CV on its own page."""
    name = text("district.trend_group", group=a.row.group_name)
    return own(a, {r[0]: r[2] for r in a.district.rows(name)})


def trend_medians(a: Asked) -> dict[str, str]:
    """The same in the table of the trend page."""
    return own(
        a,
        {
            period: value
            for t in a.page("/trend").tables
            for r in t.rows
            if r[0] == text("trend.col_peer")
            for period, value in zip(t.rows[0][1:], r[1:], strict=True)
        },
    )
