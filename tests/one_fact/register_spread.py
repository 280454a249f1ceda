"""Differences between schools: CVs, limits, what changed, direction, what makes them large."""

import re

from data.rows.context import cv_name
from data.rows.overview import UnitCvRow
from data.text import text
from layouts import formatting
from layouts.pages.overview.worst import change_words
from layouts.proof.key import cv_key
from tests.one_fact.fact import Fact
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
    return {f"{short[c.district_code]} {cv_name(c, a.rows.indicator_names)}": c
            for c in a.rows.cvs if c.district_code in short}  # fmt: skip


def own(a: Asked, said: dict[str, str]) -> dict[str, str]:
    """What is said of the unit's CVs by their names."""
    return {f"{a.row.short_name} {name}": answer for name, answer in said.items()}


def worst_rows(a: Asked) -> list[list[str]]:
    """Unit, CV, picture, value and change in the overview's list of large CVs."""
    return [r for t in a.page("/").tables for r in t.rows
            if len(r) == 5 and re.fullmatch(CV, r[3])]  # fmt: skip


def league_cvs(a: Asked) -> dict[str, tuple[str, str]]:
    """Value and change of each unit's largest CV."""
    said: dict[str, tuple[str, str]] = {}
    for row in league(a):
        match = re.fullmatch(CV + "(.+)", row[6])
        if match:
            said[f"{row[1]} {match[2]}"] = (match[1], row[8])
    return said


def double_red_rows(a: Asked) -> dict[str, tuple[str, str, str]]:
    """Value before, value now and change of the double reds that the league lists."""
    said: dict[str, tuple[str, str, str]] = {}
    for row in a.page("/league").rows("双红") or next(
        (t.rows for t in a.page("/league").tables if "双红" in t.title), []):  # fmt: skip
        before, _, now = row[2].partition(" → ")
        said[f"{row[0]} {row[1]}"] = (before, now, row[3])
    return said


def strips(a: Asked) -> dict[str, str]:
    """Every CV of the unit that its own page prints."""
    return own(a, {stage + name: value for stage, name, value in re.findall(
        r'aria-label="(小学|初中)([^"]+?)差异系数([\d.]+|—)，判定依据"', a.district.html)})  # fmt: skip


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
    """Value (2), limit (3) or previous value (4) of the CVs that the unit is warned of."""
    if a.basis != "as_was":
        return {}  # warnings are always of the units as they were
    return own(a, {m[1]: m[group] for m in re.finditer(SUBJECT, words) if m[group]})


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


FACTS: dict[str, Fact] = {
    "value of a CV": Fact(
        city={
            "published": lambda a: {k: formatting.cv(c.cv, c.cv_limit)
                                    for k, c in published(a).items() if c.cv is not None},
            "overview": lambda a: {f"{r[0]} {r[1]}": r[3] for r in worst_rows(a)},
            "league": lambda a: {k: v for k, (v, _) in league_cvs(a).items()},
            "league, double red": lambda a: {k: now for k, (_, now, _) in double_red_rows(a).items()},
            "slides": city_bars,
            "trend": lambda a: {f"{unit} {trend_name(a)}": value for unit, value in re.findall(
                r'data-tip="(\S+) ([\d.]+)\n', a.page("/trend").html)},
        },
        unit={
            "district": strips,
            "overview": lambda a: {f"{r[0]} {r[1]}": r[3] for r in worst_rows(a)},
            "slides": lambda a: slide_bars(a, 1),
            "form 3": form_3,
            "warn": lambda a: subjects(a, a.page("/warn").words, 2),
            "letter": lambda a: subjects(a, a.letter, 2),
            "its own page": lambda a: own(a, dict(re.findall(
                NAME + r"差异系数\|" + CV + r"，(?:在上限|超过上限)", cv_page(a)))),
            "trend": lambda a: own(a, dict(re.findall(
                NAME + "差异系数" + CV, a.page("/trend").heading))),
            "proof": lambda a: own(a, dict(re.findall(
                NAME + r"差异系数" + CV + r"\|", a.page(
                    f"/district/{a.unit}",
                    "&why=" + cv_key(a.unit, a.row.worst.stage, a.row.worst.indicator_code)
                    if a.row.worst else "").words))),
        },
    ),
    "which CV is the largest": Fact(
        city={
            "league": lambda a: dict(k.split(" ") for k in league_cvs(a)),
            "overview": lambda a: {r[0]: r[1] for r in worst_rows(a)},
            "slides": lambda a: dict(k.split(" ") for k in city_bars(a)),
            "published": lambda a: {u.short_name: cv_name(c, a.rows.indicator_names)
                                    for u in a.rows.units for c in a.rows.cvs
                                    if u.worst and (c.district_code, c.stage, c.indicator_code)
                                    == (u.district_code, u.worst.stage, u.worst.indicator_code)},
        },
        unit={
            "overview": lambda a: worst_rows(a)[0][1] if worst_rows(a) else None,
            "overview, course": lambda a: found(
                re.escape(a.row.short_name) + NAME + "差异系数" + COURSE,
                "|".join(a.page("/").section_titles)),
            "district, course": lambda a: found(NAME + "差异系数：", a.district.plain),
            "district, shares": lambda a: found(
                NAME + "差异的", "".join(t for t in a.district.section_titles if "差异的" in t)),
            "slides": lambda a: a.slides["cv"].bars[0].name if a.slides["cv"].bars else None,
            "trend": lambda a: found(NAME + "差异系数", a.page("/trend").heading),
        },
    ),
    "limit of a CV": Fact(
        city={
            "published": lambda a: {k: formatting.rounded(c.cv_limit, 2)
                                    for k, c in published(a).items()},
            "overview": lambda a: {
                k: limit for stage, limit in re.findall(r"(小学|初中)(0\.\d\d)[，）]", found(
                    r"黑线=(上限（[^）]+）)", a.page("/").plain) or "")
                for k in published(a) if f" {stage}" in k},
            "slides": lambda a: {
                k: limit for stage, limit in re.findall(
                    r"(小学|初中)上限(0\.\d+)", a.slides["trend"].sentence)
                for k in published(a) if f" {stage}" in k},
            "trend": lambda a: {k: limit for limit in [found(LIMIT, a.page("/trend").words)]
                                if limit for k in published(a) if k.endswith(f" {trend_name(a)}")},
        },
        unit={
            "district": lambda a: {
                k: limit for stage, limit in re.findall(
                    r"\|(小学|初中)\|" + LIMIT, a.district.words)
                for k in published(a) if k.startswith(f"{a.row.short_name} {stage}")},
            "slides": lambda a: slide_bars(a, 2),
            "warn": lambda a: subjects(a, a.page("/warn").words, 3),
            "letter": lambda a: subjects(a, a.letter, 3),
            "overview, course": lambda a: own(a, dict(re.findall(
                NAME + r"差异系数\d年[^|]*\|看数据表.*?\|" + LIMIT + r"\|", a.page("/").words))),
            "its own page": lambda a: own(a, dict(re.findall(
                NAME + r"差异系数\|[\d.]+，(?:在|超过)" + LIMIT, cv_page(a)))),
        },
    ),
    "whether a CV is over its limit": Fact(
        city={
            "published": lambda a: {k: str(c.is_within_limit is False)
                                    for k, c in published(a).items() if c.cv is not None},
            "slides": lambda a: {b.name: str(b.tone == "unmet") for b in a.slides["trend"].bars},
            "league": lambda a: {k: str(f"{k.split()[1]}差异系数超上限" in row[9])
                                 for row in league(a) for k in league_cvs(a) if k.split()[0] == row[1]},
        },
        unit={
            "slides": lambda a: own(a, {b.name: str(b.tone == "unmet") for b in a.slides["cv"].bars}),
            "its own page": lambda a: own(a, {name: str(word == "超过") for name, word in re.findall(
                NAME + r"差异系数\|[\d.]+，(在|超过)上限", cv_page(a))}),
        },
    ),
    "how many CVs are over their limits": Fact(
        unit={
            "district": lambda a: found(r"(\d+)个差异系数超过上限", a.district.plain)
            or ("0" if "各学段差异系数都在上限以内" in a.district.plain else None),
            "overview": lambda a: found(r"：(\d+)项差异系数超过上限", a.page("/").plain)
            if a.row.is_reported else None,
            "slides": lambda a: found(r"(\d+)项差异系数超上限", a.slides["cv"].title_words)
            if a.row.is_reported else None,
            "published": lambda a: str(sum(
                c.is_within_limit is False for k, c in published(a).items()
                if k.startswith(a.row.short_name + " "))) if a.row.worst else None,
        },
    ),
    "change of a CV in words": Fact(
        city={
            "published": lambda a: {k: change_words(c)[0] for k, c in published(a).items()
                                    if c.cv is not None},
            "overview": lambda a: {f"{r[0]} {r[1]}": r[4] for r in worst_rows(a)},
            "league": lambda a: {k: change for k, (_, change) in league_cvs(a).items()},
            "league, double red": lambda a: {k: f"{change} 变差" for k, (_, _, change)
                                             in double_red_rows(a).items()},
        },
        unit={
            "overview": lambda a: {f"{r[0]} {r[1]}": r[4] for r in worst_rows(a)},
        },
    ),
    "value of a CV a year before": Fact(
        city={
            "published": lambda a: {k: formatting.cv(c.previous_cv) for k, c in published(a).items()
                                    if c.previous_cv is not None},
            "league, double red": lambda a: {k: before for k, (before, _, _)
                                             in double_red_rows(a).items()},
        },
        unit={
            "warn": lambda a: subjects(a, a.page("/warn").words, 4),
            "letter": lambda a: subjects(a, a.letter, 4),
        },
    ),
    "why a CV is not compared": Fact(
        city={
            "published": lambda a: {k: text(f"incomparable.{c.incomparable_reason}")
                                    for k, c in published(a).items() if c.incomparable_reason},
            "league": lambda a: {
                f"{row[1]} {name}": why for row, part in zip(
                    league(a), a.page("/league").html.split("<tr>")[1:], strict=False)
                for why in re.findall(WHY, part)[:1]
                for name in [found(CV + "(.+)", row[6], 2)] if name},
        },
        unit={
            "overview": lambda a: dict(zip(
                [f"{r[0]} {r[1]}" for r in worst_rows(a) if r[4] == "不可比"],
                re.findall(WHY, a.page("/").html), strict=False)),
        },
    ),
    "direction of the largest CV": Fact(
        unit={
            "overview": lambda a: found(
                re.escape(a.row.short_name) + "[^|]+差异系数" + DIRECTION,
                "|".join(a.page("/").section_titles)),
            "district": lambda a: found("差异系数：" + DIRECTION, a.district.plain),
            "trend": lambda a: found("，" + DIRECTION, a.page("/trend").heading),
        },
    ),
    "double reds": Fact(
        city={
            "published": lambda a: {k: "双红" for k, c in published(a).items() if c.is_double_red},
            "league": lambda a: dict.fromkeys(double_red_rows(a), "双红"),
        },
        unit={
            "warn": lambda a: dict.fromkeys(own(a, {m[1]: "" for words in re.findall(
                r"差异系数超上限且变差\|([^|]+)\|", a.page("/warn").words)
                for m in re.finditer(SUBJECT, words)}), "双红") if a.basis == "as_was" else {},
        },
    ),
    "what raising low schools would do": Fact(
        unit={
            "district": lambda a: share_words(a.district.plain),
            "its own page": lambda a: share_words(cv_page(a)),
            "slides": lambda a: share_words(a.slides["cv"].sentence),
            "docx": lambda a: share_words(a.paper("docx")),
        },
    ),
    "share of the schools above the mean": Fact(
        unit={
            "district": lambda a: above_words(a.district.plain),
            "its own page": lambda a: above_words(cv_page(a)),
        },
    ),
}  # fmt: skip
