"""Warnings, the ledger, rounds, funds and leads, wherever they are counted."""

import re

from tests.one_fact.fact import Fact, of_units, whole
from tests.one_fact.supervision_readings import (
    LEVEL_NAMES,
    LIFTED,
    districts_paid,
    in_words,
    keyed,
    none_is_zero,
    paid_in_rows,
    paid_in_title,
    rounds,
    slide_warnings,
    standing_rows,
    summary_rows,
    summed,
    tab,
    visits_of,
    warned,
    warning_rows,
)
from tests.one_fact.surfaces import Asked, found


def ledger(name: str, slide: str, title: str = "") -> Fact:
    """A count of the ledger: on its tab, in its sentence, on the slide and in the paper."""

    def tab_of(a: Asked) -> dict[str, str]:
        return whole(tab(a, name))

    def title_of(a: Asked) -> dict[str, str]:
        return whole(found(title, a.page("/ledger").plain))

    def slide_of(a: Asked) -> dict[str, str]:
        shown = a.slides["ledger"]
        return whole(
            found(
                slide,
                shown.title_words
                + "|"
                + shown.sentence
                + "|"
                + "|".join(n.label + n.value + n.unit + n.words for n in shown.numbers),
            )
        )

    def paper_of(a: Asked) -> dict[str, str]:
        return whole(found(slide, a.paper("docx")))

    places = {"ledger, tab": tab_of, "slides": slide_of, "docx": paper_of}
    if title:
        places["ledger"] = title_of
    return Fact(city=places, unit={n: lambda a, p=p: p(a).get("") for n, p in places.items()})


FACTS: dict[str, Fact] = {
    "warnings by level": Fact(
        city={
            "warn": lambda a: in_words(a.page("/warn").heading),
            "warn, choices": lambda a: warned(a.page("/warn").words, r"\|"),
            "warn, rows": warning_rows,
            "warn, xlsx": lambda a: {
                level: str(n)
                for level in LEVEL_NAMES
                if (
                    n := sum(
                        r[0] == level and len(r) > 6 and r[6] != "" and not r[5].startswith(LIFTED)
                        for r in a.export("/warn")
                    )
                )
            },
            "ledger": lambda a: warned(found(r"本期预警：([^|]+)", a.page("/ledger").words) or "", r"(?:^|、)"),
            "ledger, rules": summary_rows,
            "slides": slide_warnings,
            "slides, words": lambda a: in_words(a.slides["warn"].title_words + a.slides["warn"].sentence),
            "docx": lambda a: {
                level: n for level, n in re.findall(r"([红橙黄])色预警(\d+)项(?:（|；|。)", a.paper("docx")) if n != "0"
            },
        },
        unit={
            "warn": lambda a: keyed(a, in_words(a.page("/warn").heading)),
            "warn, rows": lambda a: keyed(a, warning_rows(a)),
            "ledger": lambda a: keyed(
                a, warned(found(r"本期预警：([^|]+)", a.page("/ledger").words) or "", r"(?:^|、)")
            ),
            "slides": lambda a: keyed(a, slide_warnings(a)),
            "letter": lambda a: keyed(a, dict(re.findall(r"([红橙黄])色预警(\d+)项", a.letter))),
            "letter, rows": lambda a: keyed(
                a, {level: str(n) for level in LEVEL_NAMES if (n := len(re.findall(rf"\n{level}\|", a.letter)))}
            ),
        },
    ),
    "warnings not yet reminded": Fact(
        city={
            "warn": lambda a: whole(found(r"其中待提醒(\d+)项", a.page("/warn").plain)),
            "slides": lambda a: whole(found(r"(\d+)项尚未提醒", a.slides["warn"].sentence)),
        },
        unit={
            "warn": lambda a: found(r"其中待提醒(\d+)项", a.page("/warn").plain),
            "slides": lambda a: found(r"(\d+)项尚未提醒", a.slides["warn"].sentence),
        },
    ),
    "units with a red warning": Fact(
        city={
            "warn": lambda a: whole(found(r"红色预警\d+项，涉及(\d+)个", a.page("/warn").heading)),
            "slides": lambda a: whole(found(r"涉及\D*(\d+)个", a.slides["warn"].title_words)),
            "warn, rows": lambda a: whole(str(len({r[1] for r in standing_rows(a) if r[0] == "红"})) or None),
        }
    ),
    "open issues": ledger("在办", r"在办问题([\d,]+)条", r"在办问题([\d,]+)条"),
    "overdue issues": ledger("逾期", r"条，([\d,]+)条逾期", r"条，([\d,]+)条逾期"),
    "issues overdue for long": ledger("问责清单", r"其中([\d,]+)条逾期超过"),
    "issues closed on paper": ledger("销了号但仍不达标", r"；([\d,]+)条销了号但仍不达标"),
    "closed issues": ledger("已销号", r"条中([\d,]+)条"),
    "all issues": ledger("全部", r"([\d,]+)条中"),
    "share of issues closed": Fact(
        city={
            "ledger": lambda a: whole(found(r"销号进度：([\d.]+%)", a.page("/ledger").plain)),
            "slides": lambda a: whole(a.number("ledger", "已销号")),
        },
        unit={
            "ledger": lambda a: found(r"销号进度：([\d.]+%)", a.page("/ledger").plain),
            "slides": lambda a: number if (number := a.number("ledger", "已销号") or "—") != "—" else None,
        },
    ),
    "rebounded issues": Fact(
        city={
            "ledger, tab": lambda a: whole(tab(a, "反弹")),
            "ledger, after closing": lambda a: whole(
                next((r[1] for t in a.page("/ledger").tables for r in t.rows if r[0].strip() == "反弹"), None)
            ),
        },
        unit={
            "ledger, tab": lambda a: tab(a, "反弹"),
            "ledger, after closing": lambda a: next(
                (r[1] for t in a.page("/ledger").tables for r in t.rows if r[0].strip() == "反弹"), None
            ),
        },
    ),
    "overdue issues of a unit": Fact(
        city={
            "ledger": lambda a: of_units(
                [r for t in a.page("/ledger").tables if "逾期集中" in t.title for r in t.rows], 2, r"(\d+)条"
            ),
            "slides": lambda a: {b.name: found(r"(\d+)条", b.words) or "" for b in a.slides["ledger"].bars},
        },
        unit={
            "ledger": lambda a: number if (number := tab(a, "逾期")) != "0" else None,
            "slides": lambda a: found(r"条，([1-9]\d*)条逾期", a.slides["ledger"].title_words),
        },
    ),
    "rounds": Fact(
        city={
            "rounds": lambda a: whole(found(r"^(\d+)轮督导走访", a.page("/rounds").heading)),
            "slides": lambda a: whole(found(r"^(\d+)轮走访", a.slides["rounds"].title_words)),
        }
    ),
    "visits of all rounds": Fact(
        city={
            "rounds": lambda a: whole(found(r"个区县(\d+)所，", a.page("/rounds").heading)),
            "slides": lambda a: whole(found(r"轮走访(\d+)所", a.slides["rounds"].title_words)),
            "docx": lambda a: whole(found(r"轮走访(\d+)所", a.paper("docx"))),
            "rounds, rows": lambda a: summed(visits_of(r) for r in rounds(a)),
            "rounds, captions": lambda a: summed(re.findall(r"个区县([\d,]+)所，督学", a.page("/rounds").plain)),
            "rounds, by kind of inspector": lambda a: summed(
                re.findall(r"人：\d+个区县，走访([\d,]+)所", a.page("/rounds").plain)
            ),
        }
    ),
    "what all visits found": Fact(
        city={
            "rounds": lambda a: none_is_zero(found(r"走访共发现问题([\d,]+)个", a.page("/rounds").plain)),
            "rounds, by kind of inspector": lambda a: summed(
                re.findall(r"走访[\d,]+所，发现问题([\d,]+)个", a.page("/rounds").plain)
            ),
        }
    ),
    "visits of a unit": Fact(
        city={"rounds": lambda a: {r[0]: str(visits_of(r)) for r in rounds(a)}},
        unit={"rounds of the unit": lambda a: found(r"督导走访(\d+)所", a.page("/rounds").heading)},
    ),
    "weak schools never visited": Fact(
        city={
            "rounds": lambda a: whole(found(r"，(\d+)所薄弱学校各轮都未走到", a.page("/rounds").heading)),
            "slides": lambda a: whole(found(r"，(\d+)所薄弱", a.slides["rounds"].title_words)),
            "slide number": lambda a: whole(found(r"(\d+)所", a.number("rounds", "各轮未走到的薄弱学校") or "")),
            "rounds, rows": lambda a: whole(str(sum(int(r[-1].replace(",", "")) for r in rounds(a) if r[-1] != "—"))),
            "rounds, list": lambda a: whole(found(r"\|(\d+)所薄弱学校各轮都未走到，先走访", a.page("/rounds").words)),
        }
    ),
    "weak schools of a unit never visited": Fact(
        city={"rounds": lambda a: of_units(rounds(a), 7 if a.period >= "2026" else 99, r"(\d+)")},
        unit={
            "rounds of the unit": lambda a: (
                found(r"，(\d+)所薄弱学校各轮都未走到", a.page("/rounds").heading) if a.row.is_reported else None
            )
        },
    ),
    "units not visited": Fact(
        city={
            "rounds": lambda a: whole(found(r"(\d+)个区县各轮都未走到", a.page("/rounds").plain)),
            "slides": lambda a: whole(found(r"(\d+)个区县各轮都未走到", a.slides["rounds"].sentence)),
            "rounds, rows": lambda a: whole(str(sum(not r[-3] for r in rounds(a)))),
        }
    ),
    "share of schools visited": Fact(
        city={
            "rounds": lambda a: {r[0]: r[-3] for r in rounds(a) if r[-3]},
            "slides": lambda a: {b.name: b.words.split("，")[0] for b in a.slides["rounds"].bars},
        }
    ),
    "what was paid": Fact(
        city={"funds": paid_in_title, "funds, rows": paid_in_rows},
        unit={"funds": lambda a: keyed(a, paid_in_title(a)), "funds, rows": lambda a: keyed(a, paid_in_rows(a))},
    ),
    "units that were paid": Fact(
        city={
            "funds": lambda a: dict(
                re.findall(r"(奖励|专项转移支付)[\d.,]+[亿万]元（(\d+)个区县", a.page("/funds").heading)
            ),
            "funds, rows": districts_paid,
        }
    ),
    "leads": Fact(
        city={
            "leads": lambda a: whole(found(r"有(\d+)条线索", a.page("/leads").heading)),
            "leads, tests": lambda a: whole(
                str(sum(int(r[-1]) for r in a.page("/leads").rows("列为线索")))
                if "没有需要到校核实" not in a.page("/leads").heading
                else None
            ),
            "leads, lists": lambda a: whole(
                str(sum(int(n) for n in re.findall(r"\|[^|]+：(\d+)条\|", a.page("/leads").words)))
                if "没有需要到校核实" not in a.page("/leads").heading
                else None
            ),
        }
    ),
}
