"""How many units stand how, of the city as a whole."""

import re

from layouts.parts.double_red import DOUBLE_RED
from tests.one_fact.city_readings import (
    grouped_league,
    legend_counts,
    of_parents,
    phase_counts,
    published_progress,
    strip_counts,
    verdicts_by_group,
    verdicts_in_league,
    within,
)
from tests.one_fact.fact import Fact, whole
from tests.one_fact.register_standing import board, league
from tests.one_fact.surfaces import Asked, found


def missed(a: Asked) -> str | None:
    """Who is overdue still and who was until a later return, in the order of units."""
    said = re.findall(r"(?:未|此后已)达标（([^）]+)）", a.page("/").plain)
    names = {name for part in said for name in part.split("、")}
    return "、".join(u.short_name for u in a.rows.scoped if u.short_name in names) or None


FACTS: dict[str, Fact] = {
    "units by progress": Fact(
        city={
            "published": published_progress,
            "overview, strip": strip_counts,
            "overview, legend": legend_counts,
            "plan": phase_counts,
            "slides": lambda a: {b.name: found(r"(\d+)个", b.words) or "" for b in a.slides["overview"].bars},
            "docx": lambda a: dict(
                re.findall(r"\n(达标|按计划|不确定|落后|已逾期|不推算|未报送)\|(\d+)个：", a.paper("docx"))
            ),
        }
    ),
    "units that comply": Fact(
        city={
            "overview": lambda a: whole(found(r"，(\d+)个达标", a.page("/").heading)),
            "slides": lambda a: whole(found(r"，(\d+)个达标", a.slides["overview"].title_words)),
            "projector": lambda a: whole(found(r"，(\d+)个达标", a.projector.heading)),
            "parents": lambda a: whole(found(r"(\d+)个全部项目达标", a.parents.heading)),
            "docx": lambda a: whole(found(r"个区县中，(\d+)个达标", a.paper("docx"))),
            "pptx": lambda a: whole(found(r"个区县中，(\d+)个达标", a.paper("pptx"))),
            "pdf": lambda a: whole(found(r"个区县中，?(\d+)个达标", a.paper("pdf"))),
            "league": lambda a: whole(verdicts_in_league(a).get("达标")),
            "overview, course": lambda a: (
                whole(found(f"\\|{a.rows.period.snapshot_date.year}年9月\\|实际\\|(\\d+)个\\|", a.page("/").words))
                if a.rows.period.is_annual
                else {}
            ),  # a course is of autumns
            "published": lambda a: whole(str(sum(u.progress == "met" for u in a.rows.scoped))),
        }
    ),
    "units that are behind or overdue": Fact(
        city={
            "overview": lambda a: whole(found(r"(\d+)个落后或逾期", a.page("/").heading)),
            "overview, map": lambda a: whole(
                "0"
                if "没有区县落后或逾期" in a.page("/").plain
                else found(r"落后或逾期的(\d+)个区县(?:中，|都在)", a.page("/").plain)
            ),
            "slides": lambda a: whole(found(r"(\d+)个落后或逾期", a.slides["overview"].title_words)),
            "slides, sentence": lambda a: whole(found(r"落后或逾期的(\d+)个中", a.slides["overview"].sentence)),
            "slides, plan": lambda a: whole(found(r"(\d+)个区县落后或已逾期", a.slides["plan"].sentence)),
            "docx": lambda a: whole(found(r"、(\d+)个落后或逾期", a.paper("docx"))),
            "published": lambda a: whole(str(sum(u.progress in ("late", "overdue", "veto") for u in a.rows.scoped))),
        }
    ),
    "units of which it is uncertain": Fact(
        city={
            "overview": lambda a: whole(found(r"(\d+)个不确定", a.page("/").heading)),
            "slides": lambda a: whole(found(r"(\d+)个不确定", a.slides["overview"].title_words)),
            "projector": lambda a: whole(found(r"(\d+)个不确定", a.projector.heading)),
            "overview, key": lambda a: whole(legend_counts(a).get("不确定")),
        }
    ),
    "units that are behind": Fact(
        city={
            "published": lambda a: whole(published_progress(a).get("落后", "0")),
            "slides": lambda a: whole(found(r"(\d+)个", a.number("overview", "落后") or "")),
            "overview": lambda a: whole(legend_counts(a).get("落后", "0")),
            "plan": lambda a: whole(
                str(sum(int(n) for n in re.findall(r"(?:试点|整体|攻坚)(\d+)个落后", a.page("/plan").plain)))
            ),
            "slides, to decide": lambda a: whole(found(r"(\d+)个落后区县", "".join(a.slides["overview"].decide))),
        }
    ),
    "units that are overdue": Fact(
        city={
            "published": lambda a: whole(published_progress(a).get("已逾期", "0")),
            "overview": lambda a: whole(
                str(
                    sum(
                        int(n)
                        for n in re.findall(
                            r"(\d+)个(?:逾期[\d.]+(?:个月|年)未达标|当时逾期、此后已达标)", a.page("/").plain
                        )
                    )
                )
            ),
            "slides": lambda a: whole(found(r"(\d+)个", a.number("overview", "到期未达标") or "")),
            "slides, plan": lambda a: whole(found(r"(\d+)个", a.number("plan", "到期未达标") or "")),
            "plan": lambda a: whole(found(r"(\d+)个已逾期", a.page("/plan").plain)),
            "parents": lambda a: whole(of_parents(a).get("逾期", "0") if not a.group else None),
        }
    ),
    "which units did not report": Fact(
        city={
            "overview": lambda a: whole(found(r"个未报送（([^）]+)）", a.page("/").plain)),
            "slides": lambda a: whole(found(r"个未报送（([^）]+)）", a.slides["overview"].sentence)),
            "published": lambda a: whole("、".join(u.short_name for u in a.rows.scoped if not u.is_reported) or None),
        }
    ),
    "which units cannot be judged": Fact(
        city={
            "overview": lambda a: whole(found(r"个无法判定（([^）]+)）", a.page("/").plain)),
            "slides": lambda a: whole(found(r"个无法判定（([^）]+)）", a.slides["overview"].sentence)),
        }
    ),
    "which units are overdue": Fact(
        city={
            "overview": lambda a: whole(missed(a)),
            "slides": lambda a: whole(
                next(
                    (
                        n.words.partition("；")[0]
                        for n in a.slides["overview"].numbers
                        if n.label == "到期未达标" and n.words != "没有"
                    ),
                    None,
                )
            ),
            "published": lambda a: whole(
                "、".join(u.short_name for u in a.rows.scoped if u.progress == "overdue") or None
            ),
        }
    ),
    "units by verdict": Fact(
        city={
            "league": verdicts_in_league,
            "league, groups": verdicts_by_group,
            "league, headings": grouped_league,
            "parents": lambda a: {v: n for v, n in of_parents(a).items() if v in ("达标", "临近", "未达标")},
        }
    ),
    "units": Fact(
        city={
            "published": lambda a: whole(str(len(a.rows.scoped))),
            "parents": lambda a: whole(found(r"^(\d+)个区县", a.parents.heading)),
            "parents, rows": lambda a: whole(of_parents(a).get("区县")),
            "method": lambda a: (
                whole(found(r"日共(\d+)个区县", a.page("/method").plain)) if a.period == "2026" and not a.group else {}
            ),
            "overview": lambda a: whole(found(r"(\d+)个区县中", a.page("/").heading)),
            "overview, filter": lambda a: whole(found(r"\|全市(\d+)个\|", a.page("/").words)) if not a.group else {},
            "overview, all": lambda a: whole(found(r"查看全部(\d+)个", a.page("/").plain)),
            "league": lambda a: whole(found(r"共(\d+)个；", a.page("/league").plain)),
            "matrix": lambda a: whole(found(r"(\d+)个区县", a.page("/matrix").heading)),
            "trend": lambda a: whole(found(r"：(\d+)个区县中", a.page("/trend").heading)),
            "slides": lambda a: whole(found(r"(\d+)个区县中", a.slides["overview"].title_words)),
            "slides, rounds": lambda a: whole(
                found(r"全部(\d+)个", "".join(n.words for n in a.slides["rounds"].numbers))
            ),
        }
    ),
    "recognised by the state": Fact(
        city={
            "overview": lambda a: whole(found(r"国家认定(\d+)个", a.page("/").plain)),
            "slides": lambda a: whole(found(r"国家认定(\d+)个", a.slides["overview"].sentence)),
            "docx": lambda a: whole(found(r"国家认定(\d+)个", a.paper("docx"))),
            "plan, board": lambda a: (
                whole(str(sum(bool(re.match(r"\d{4}年\D\D国家认定", r[3])) for r in board(a))))
                if "国家认定" in a.page("/").plain
                else {}
            ),
            "published": lambda a: (
                whole(str(sum(r.is_present and a.group in ("", r.group_code) for r in a.rows.recognitions)))
                if a.rows.recognitions
                else {}
            ),
        }
    ),
    "units over a CV limit": Fact(
        city={
            "slides": lambda a: whole(found(r"^(\d+)个区县差异系数超", a.slides["trend"].title_words)),
            "slide number": lambda a: whole(found(r"(\d+)个", a.number("trend", "超上限") or "")),
            "league": lambda a: whole(str(sum("系数超上限" in row[9] for row in league(a)))),
            "slides, bars": lambda a: whole(str(sum(b.tone == "unmet" for b in a.slides["trend"].bars))),
        }
    ),
    "units within the limit of an indicator": Fact(
        city={
            "overview": lambda a: whole(
                found(r"，(\d+)个骨干教师差异系数在上限内", a.page("/", "&indicator=L2").heading)
            ),
            "overview, course": lambda a: whole(
                found(r"骨干教师：(\d+)个区县在上限内", a.page("/", "&indicator=L2").plain)
            ),
            "published": lambda a: whole(str(len(within(a)))),
        }
    ),
    "units over the limit of an indicator": Fact(
        city={
            "overview": lambda a: whole(found(r"(\d+)个超过", a.page("/", "&indicator=L2").heading)),
            "overview, largest": lambda a: whole(
                found(r"骨干教师差异系数：(\d+)个区县超过上限", a.page("/", "&indicator=L2").plain)
            ),
            "overview, map": lambda a: whole(
                found(r"骨干教师差异系数超过上限的(\d+)个区县(?:中，|都在)", a.page("/", "&indicator=L2").plain)
            ),
        }
    ),
    "units with a double red": Fact(
        city={
            "overview": lambda a: whole(
                "0"
                if "没有未达标又变差的" in a.page("/").plain
                else found(r"最大差异系数：未达标又变差(\d+)个区县", a.page("/").plain)
            ),
            "league": lambda a: whole(found(r"较上年变差(\d+)个区县", a.page("/league").plain)),
            "matrix": lambda a: whole(found(r"变差）(\d+)个区县\d+项", a.page("/matrix").plain)),
            "slides": lambda a: whole(found(r"(\d+)个", a.number("trend", "未达标又变差：超上限，且较上年变差") or "")),
            "docx": lambda a: whole(found(r"未达标又变差：超上限，且较上年变差(\d+)个", a.paper("docx"))),
        }
    ),
    "double red CVs": Fact(
        city={
            "overview": lambda a: whole(
                "0" if "没有未达标又变差的" in a.page("/").plain else found(r"变差\d+个区县(\d+)项", a.page("/").plain)
            ),
            "league": lambda a: whole(found(r"较上年变差\d+个区县(\d+)项", a.page("/league").plain)),
            "matrix": lambda a: whole(found(r"变差）\d+个区县(\d+)项", a.page("/matrix").plain)),
            "published": lambda a: whole(str(len(a.rows.double_red))),
        }
    ),
    "double red cells of the matrix": Fact(
        city={
            "matrix": lambda a: whole(found(r"个区县\d+项，在(\d+)格", a.page("/matrix").plain)),
            "matrix, key": lambda a: whole(found(r"◆↑\|未达标又变差\|(\d+)", a.page("/matrix").words)),
            "matrix, shown": lambda a: whole(
                str(len(re.findall(r'class="m-[a-z]+(?: m-cv)?"', a.page("/matrix", f"&only={DOUBLE_RED}").html)))
            ),
        }
    ),
    "unmet cells of the matrix": Fact(
        city={
            "matrix": lambda a: whole(found(r"共(\d+)格未达标", a.page("/matrix").plain)),
            "matrix, key": lambda a: whole(found(r"◆\|未达标\|(\d+)", a.page("/matrix").words)),
        }
    ),
}
