"""Differences between schools: CVs, limits, what changed, direction, what makes them large."""

import re

from data.proof_key import cv_key
from data.rows.context import cv_name
from data.text import text
from layouts import formatting
from layouts.pages.overview.worst import change_words
from tests.one_fact.cvs import (
    COURSE,
    CV,
    DIRECTION,
    LIMIT,
    NAME,
    SUBJECT,
    WHY,
    city_bars,
    cv_page,
    double_red_rows,
    form_3,
    group_medians,
    league_cvs,
    own,
    published,
    slide_bars,
    strips,
    subjects,
    trend_medians,
    trend_name,
    worst_rows,
)
from tests.one_fact.fact import Fact
from tests.one_fact.register_standing import league
from tests.one_fact.surfaces import found

FACTS: dict[str, Fact] = {
    "value of a CV": Fact(
        city={
            "published": lambda a: {
                k: formatting.cv(c.cv, c.cv_limit) for k, c in published(a).items() if c.cv is not None
            },
            "overview": lambda a: {f"{r[0]} {r[1]}": r[3] for r in worst_rows(a)},
            "league": lambda a: {k: v for k, (v, _) in league_cvs(a).items()},
            "league, xlsx": lambda a: {
                f"{row[1]} {row[9]}": row[8]
                for row in a.export("/league")
                if len(row) > 9 and re.fullmatch("小学.+|初中.+", row[9])
            },
            "league, double red": lambda a: {k: now for k, (_, now, _) in double_red_rows(a).items()},
            "slides": city_bars,
            "trend": lambda a: {
                f"{unit} {trend_name(a)}": value
                for unit, value in re.findall(r'data-tip="(\S+) ([\d.]+)\n', a.page("/trend").html)
            },
        },
        unit={
            "district": strips,
            "overview": lambda a: {f"{r[0]} {r[1]}": r[3] for r in worst_rows(a)},
            "slides": lambda a: slide_bars(a, 1),
            "form 3": form_3,
            "warn": lambda a: subjects(a, a.page("/warn").words, 2),
            "letter": lambda a: subjects(a, a.letter, 2),
            "its own page": lambda a: own(
                a, dict(re.findall(NAME + r"差异系数\|" + CV + r"，(?:在上限|超过上限)", cv_page(a)))
            ),
            "trend": lambda a: own(a, dict(re.findall(NAME + "差异系数" + CV, a.page("/trend").heading))),
            "proof": lambda a: own(
                a,
                dict(
                    re.findall(
                        NAME + r"差异系数" + CV + r"\|",
                        a.view(
                            f"/district/{a.unit}",
                            "&why=" + cv_key(a.unit, a.row.worst.stage, a.row.worst.indicator_code)
                            if a.row.worst
                            else "",
                        ).words,
                    )
                ),
            ),
        },
    ),
    "which CV is the largest": Fact(
        city={
            "league": lambda a: dict(k.split(" ") for k in league_cvs(a)),
            "overview": lambda a: {r[0]: r[1] for r in worst_rows(a)},
            "slides": lambda a: dict(k.split(" ") for k in city_bars(a)),
            "published": lambda a: {
                u.short_name: cv_name(c, a.rows.indicator_names)
                for u in a.rows.units
                for c in a.rows.cvs
                if u.worst
                and (c.district_code, c.stage, c.indicator_code)
                == (u.district_code, u.worst.stage, u.worst.indicator_code)
            },
        },
        unit={
            "overview": lambda a: worst_rows(a)[0][1] if worst_rows(a) else None,
            "overview, course": lambda a: found(
                re.escape(a.row.short_name) + NAME + "差异系数" + COURSE, "|".join(a.page("/").section_titles)
            ),
            "district, course": lambda a: found(NAME + "差异系数：", a.district.plain),
            "district, shares": lambda a: found(
                NAME + "差异的", "".join(t for t in a.district.section_titles if "差异的" in t)
            ),
            "slides": lambda a: a.slides["cv"].bars[0].name if a.slides["cv"].bars else None,
            "trend": lambda a: found(NAME + "差异系数", a.page("/trend").heading),
        },
    ),
    "limit of a CV": Fact(
        city={
            "published": lambda a: {k: formatting.rounded(c.cv_limit, 2) for k, c in published(a).items()},
            "overview": lambda a: {
                k: limit
                for stage, limit in re.findall(
                    r"(小学|初中)(0\.\d\d)[，）]", found(r"黑线为差异系数的(上限（[^）]+）)", a.page("/").plain) or ""
                )
                for k in published(a)
                if f" {stage}" in k
            },
            "slides": lambda a: {
                k: limit
                for stage, limit in re.findall(r"(小学|初中)上限(0\.\d+)", a.slides["trend"].sentence)
                for k in published(a)
                if f" {stage}" in k
            },
            "trend": lambda a: {
                k: limit
                for limit in [found(LIMIT, a.page("/trend").words)]
                if limit
                for k in published(a)
                if k.endswith(f" {trend_name(a)}")
            },
        },
        unit={
            "district": lambda a: {
                k: limit
                for stage, limit in re.findall(r"\|(小学|初中)\|" + LIMIT, a.district.words)
                for k in published(a)
                if k.startswith(f"{a.row.short_name} {stage}")
            },
            "slides": lambda a: slide_bars(a, 2),
            "warn": lambda a: subjects(a, a.page("/warn").words, 3),
            "letter": lambda a: subjects(a, a.letter, 3),
            "overview, course": lambda a: own(
                a, dict(re.findall(NAME + r"差异系数\d年[^|]*\|看数据表.*?\|" + LIMIT + r"\|", a.page("/").words))
            ),
            "its own page": lambda a: own(
                a, dict(re.findall(NAME + r"差异系数\|[\d.]+，(?:在|超过)" + LIMIT, cv_page(a)))
            ),
        },
    ),
    "whether a CV is over its limit": Fact(
        city={
            "published": lambda a: {
                k: str(c.is_within_limit is False) for k, c in published(a).items() if c.cv is not None
            },
            "slides": lambda a: {b.name: str(b.tone == "unmet") for b in a.slides["trend"].bars},
            "league": lambda a: {
                k: str("系数超上限" in re.sub(r"(?!^)差异系数超上限", "", row[9]))  # named beside its value, not again
                for row in league(a)
                for k in league_cvs(a)
                if k.split()[0] == row[1]
            },
        },
        unit={
            "slides": lambda a: own(a, {b.name: str(b.tone == "unmet") for b in a.slides["cv"].bars}),
            "its own page": lambda a: own(
                a,
                {
                    name: str(word == "超过")
                    for name, word in re.findall(NAME + r"差异系数\|[\d.]+，(在|超过)上限", cv_page(a))
                },
            ),
        },
    ),
    "how many CVs are over their limits": Fact(
        unit={
            "district": lambda a: (
                found(r"\|(\d+)个差异系数超过上限", a.district.words)
                or ("0" if "各学段差异系数都在上限以内" in a.district.plain else None)
            ),
            "overview": lambda a: found(r"：(\d+)项差异系数超过上限", a.page("/").plain) if a.row.is_reported else None,
            "slides": lambda a: (
                found(r"(\d+)项差异系数超上限", a.slides["cv"].title_words)
                or ("0" if "差异系数都在上限以内" in a.slides["cv"].title_words else None)
                if a.row.is_reported
                else None
            ),
            "published": lambda a: (
                str(
                    sum(
                        c.is_within_limit is False
                        for k, c in published(a).items()
                        if k.startswith(a.row.short_name + " ")
                    )
                )
                if a.row.worst
                else None
            ),
        }
    ),
    "change of a CV in words": Fact(
        city={
            "published": lambda a: {k: change_words(c)[0] for k, c in published(a).items() if c.cv is not None},
            "overview": lambda a: {f"{r[0]} {r[1]}": r[4] for r in worst_rows(a)},
            "league": lambda a: {k: change for k, (_, change) in league_cvs(a).items()},
            "league, double red": lambda a: {k: f"{change} 变差" for k, (_, _, change) in double_red_rows(a).items()},
        },
        unit={"overview": lambda a: {f"{r[0]} {r[1]}": r[4] for r in worst_rows(a)}},
    ),
    "value of a CV a year before": Fact(
        city={
            "published": lambda a: {
                k: formatting.cv(c.previous_cv) for k, c in published(a).items() if c.previous_cv is not None
            },
            "league, double red": lambda a: {k: before for k, (before, _, _) in double_red_rows(a).items()},
        },
        unit={"warn": lambda a: subjects(a, a.page("/warn").words, 4), "letter": lambda a: subjects(a, a.letter, 4)},
    ),
    "why a CV is not compared": Fact(
        city={
            "published": lambda a: {
                k: text(f"incomparable.{c.incomparable_reason}")
                for k, c in published(a).items()
                if c.incomparable_reason
            },
            "league": lambda a: {
                f"{row[1]} {name}": why
                for row, part in zip(league(a), a.page("/league").html.split("<tr>")[1:], strict=False)
                for why in re.findall(WHY, part)[:1]
                for name in [found(CV + "(.+)", row[6], 2)]
                if name
            },
        },
        unit={
            "overview": lambda a: dict(
                zip(
                    [f"{r[0]} {r[1]}" for r in worst_rows(a) if r[4] == "不可比"],
                    re.findall(WHY, a.page("/").html),
                    strict=False,
                )
            )
        },
    ),
    "direction of the largest CV": Fact(
        unit={
            "overview": lambda a: found(
                re.escape(a.row.short_name) + "[^|]+差异系数" + DIRECTION, "|".join(a.page("/").section_titles)
            ),
            "district": lambda a: found("差异系数：" + DIRECTION, a.district.plain),
            "trend": lambda a: found("，" + DIRECTION, a.page("/trend").heading),
        }
    ),
    "median of the group": Fact(unit={"district": group_medians, "trend": trend_medians}),
    "double reds": Fact(
        city={
            "published": lambda a: {k: "未达标又变差" for k, c in published(a).items() if c.is_double_red},
            "league": lambda a: dict.fromkeys(double_red_rows(a), "未达标又变差"),
        },
        unit={
            "warn": lambda a: (
                dict.fromkeys(
                    own(
                        a,
                        {
                            m[1]: ""
                            for words in re.findall(r"差异系数超上限且变差\|([^|]+)\|", a.page("/warn").words)
                            for m in re.finditer(SUBJECT, words)
                        },
                    ),
                    "未达标又变差",
                )
                if a.basis == "as_was"
                else {}
            )
        },
    ),
}
