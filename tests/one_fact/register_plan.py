"""The plan and its forecast: expected units, time left, dates, chances, what changed."""

import re

from data.rows.plan import plan_outlook
from layouts.parts.forecast import chance_words, is_dated, short_words
from queries.plan import passive_closings
from tests.one_fact.fact import Fact, of_units, whole
from tests.one_fact.register_standing import board
from tests.one_fact.surfaces import Asked, found

DATE = r"(\d{4}年前后|不早于\d{4}年秋季|照现在的速度到不了|数据期不足|有项目无法判定|边界变更|未报送|不再推算)"
CHANCE = r"(10个里(?:约\d个|\d个多?|不到\d个)|不到5%|95%以上)"


def changed(a: Asked, overview: str, plan: str) -> dict[str, dict[str, str]]:
    """The units that the overview and the plan name for a change."""
    block = found(overview + r"\| ?\d+\|([^|]+)\|", a.page("/").words)
    names = found(plan + r"\d+：([^|]+)", a.page("/plan").words)
    return {"overview": whole(block if block != "—" else None), "plan": whole(names)}


def dates(a: Asked) -> dict[str, str]:
    """The words for the day when all items hold, of units that do not comply."""
    return {
        u.short_name: short_words(u)
        for u in a.rows.units
        if u.progress not in ("met", "not_reported", "undecidable") and u.verdict != "met"
    }


def chances(a: Asked) -> dict[str, str]:
    return {
        u.short_name: chance_words(u.chance, a.rows.chance_lines)
        for u in a.rows.units
        if u.chance is not None and u.progress != "met"
    }


def board_words(a: Asked) -> dict[str, str]:
    """What stands beside the mark of each unit on the board."""
    said: dict[str, str] = {}
    for row in a.page("/plan").html.split("<tr")[1:]:
        words = re.sub(r"<[^>]*>", "|", row)
        name = found(r"\|([^|>]+)\|+(?:按计划|落后|已逾期|不确定|一票否决)\|", words)
        label = found(DATE + r"(?: →)?\|", words)
        if name and label:
            said[name] = label
    return said


def expected_less(a: Asked) -> str | None:
    """Planned, from what the overview says of the expected beside it."""
    match = re.search(r"预计(\d+)个达标，(?:比规划(少|多)(\d+)个|与规划持平)", a.page("/").plain)
    if match is None:
        return None
    change = int(match[3] or 0) * {"少": 1, "多": -1}.get(match[2], 0)
    return str(int(match[1]) + change)


def passive(a: Asked) -> str | None:
    """Closed shortages that fewer pupils alone closed, as published."""
    snapshot = a.deps.warehouse.current()
    closings = passive_closings(snapshot, a.period, a.basis, a.unit)
    said = a.row.progress != "met" and is_dated(a.row) and closings.closed_count
    return str(closings.passive_count) if said else None


FACTS: dict[str, Fact] = {
    "units expected to comply": Fact(
        city={
            "overview": lambda a: whole(found(r"预计(\d+)个达标", a.page("/").plain)),
            "plan": lambda a: whole(found(r"(?:只能|可)达标(\d+)个", a.page("/plan").heading)),
            "slides": lambda a: whole(
                found(
                    r"(\d+)个", next((n.value + n.unit for n in a.slides["overview"].numbers if "预计" in n.label), "")
                )
            ),
            "slides, plan": lambda a: whole(found(r"预计(\d+)个", a.slides["plan"].title_words)),
            "docx": lambda a: whole(found(r"应达标\d+个，预计(\d+)个", a.paper("docx"))),
        }
    ),
    "units planned to comply": Fact(
        city={
            "published": lambda a: whole(str(plan_outlook(a.rows).planned[plan_outlook(a.rows).coming.target_year])),
            "plan": lambda a: whole(found(r"应达标(\d+)个", a.page("/plan").heading)),
            "slides": lambda a: whole(found(r"应达标(\d+)个", a.slides["plan"].title_words)),
            "slides, overview": lambda a: whole(
                found(r"规划(\d+)个", "".join(n.words for n in a.slides["overview"].numbers))
            ),
            "overview": lambda a: whole(expected_less(a)),
        }
    ),
    "year of the coming phase": Fact(
        city={
            "overview": lambda a: whole(found(r"到(\d{4})年(?:，预计|能否)", a.page("/").plain)),
            "plan": lambda a: whole(found(r"到(\d{4})年底应达标", a.page("/plan").heading)),
            "slides": lambda a: whole(found(r"^(\d{4})年应达标", a.slides["plan"].title_words)),
        }
    ),
    "time left of a phase": Fact(
        city={
            "overview": lambda a: dict(re.findall(r"日距(\d{4})年\S+?期限([\d.]+(?:个月|年))", a.page("/").plain)),
            "plan": lambda a: (
                dict(re.findall(r"距(\d{4})年底([\d.]+(?:个月|年))", a.page("/plan").words))
                | dict.fromkeys(re.findall(r"(\d{4})年底已到期", a.page("/plan").words), "已到期")
            ),
            "slides": lambda a: {
                y: left
                for y in [found(r"^(\d{4})年", a.slides["plan"].title_words)]
                for left in [
                    found(r"距目标还有([\d.]+(?:个月|年))|(?=x)y", a.slides["plan"].sentence)
                    or found("(已到期)", a.slides["plan"].sentence)
                ]
                if y and left
            },
        }
    ),
    "newly complying": Fact(
        city={
            "overview": lambda a: changed(a, "新达标", "新达标")["overview"],
            "plan": lambda a: changed(a, "新达标", "新达标")["plan"],
        }
    ),
    "newly overdue": Fact(
        city={
            "overview": lambda a: changed(a, "新逾期", "新逾期")["overview"],
            "plan": lambda a: changed(a, "新逾期", "新逾期")["plan"],
        }
    ),
    "when all items hold": Fact(
        city={
            "published": dates,
            "plan": board_words,
            "overview, to do": lambda a: {
                name: word
                for name, word in re.findall(
                    r'act-name">([^<]+)</b>(?:(?!act-name).)*?<b>(?:逾期|按期)[^<]*</b><small>' + DATE + "</small>",
                    a.page("/").html,
                )
                if word
            },
        },
        unit={
            "district": lambda a: found("，" + DATE + "$", a.district.heading),
            "plan": lambda a: found("，" + DATE + "$", a.page("/plan").heading),
            "slides": lambda a: found("^" + DATE, a.number("overview", "何时全部达标") or ""),
            "docx": lambda a: found("何时全部达标" + DATE, a.paper("docx")),
        },
    ),
    "chance to be in time": Fact(
        city={
            "published": chances,
            "overview, to do": lambda a: dict(
                re.findall(r'act-name">([^<]+)</b>.*?<b>按期：([^<]+)</b>', a.page("/").html)
            ),
            "plan": lambda a: of_units(board(a), 3, r"像本区县这样的情况，到\d{4}年秋季，" + CHANCE + ".*"),
        },
        unit={
            "district": lambda a: found(CHANCE + "能全部达标", a.district.heading),
            "plan": lambda a: found(CHANCE + "能全部达标", a.page("/plan").heading),
            "slides": lambda a: found(
                "^" + CHANCE, "".join(n.value for n in a.slides["overview"].numbers if "秋季全部达标" in n.label)
            ),
            "warn": lambda a: found("秋季全部达标：" + CHANCE, a.page("/warn").plain) if a.basis == "as_was" else None,
            "letter": lambda a: found("秋季全部达标：" + CHANCE, a.letter) if a.basis == "as_was" else None,
            "pdf": lambda a: found("秋季全部达标" + CHANCE, a.paper("pdf")),
        },
    ),
    "slowest item": Fact(
        city={
            "published": lambda a: {
                u.short_name: u.slowest_item
                for u in a.rows.units
                if u.slowest_item
                and u.progress != "met"
                and u.slowest_chance is not None
                and u.slowest_item in (u.failing_items or "").split()
            }
        },
        unit={
            "plan": lambda a: found(r"最慢的一项：([A-Z]\d+)", a.page("/plan").plain),
            "slides": lambda a: found(
                r"最慢的一项：([A-Z]\d+)", "".join(n.words for n in a.slides["overview"].numbers)
            ),
            "warn": lambda a: found(r"最慢的一项([A-Z]\d+)", a.page("/warn").plain) if a.basis == "as_was" else None,
            "plan, table": lambda a: (
                found(r"^([A-Z]\d+)", (a.page("/plan").rows("各项何时达标") or [[""]])[0][0])
                if "最慢的一项" in a.page("/plan").plain
                else None
            ),
        },
    ),
    "chance of the slowest item": Fact(
        unit={
            "plan": lambda a: found(r"最慢的一项：[^（]+（到\d+年：" + CHANCE, a.page("/plan").plain),
            "slides": lambda a: found(
                r"最慢的一项：[^（]+（到\d+年：" + CHANCE, "".join(n.words for n in a.slides["overview"].numbers)
            ),
            "plan, table": lambda a: (
                found(CHANCE, (a.page("/plan").rows("各项何时达标") or [[""]])[0][-1])
                if "最慢的一项" in a.page("/plan").plain
                else None
            ),
        }
    ),
    "passive": Fact(
        unit={"plan": lambda a: found(r"短缺中，(\d+)处是因学生减少", a.page("/plan").plain), "published": passive}
    ),
}
