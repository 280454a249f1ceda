"""How a unit stands: verdict, progress, plan, items, recognition, place."""

import re

from data.text import text
from tests.one_fact.fact import Fact, of_units
from tests.one_fact.standing_readings import (
    LATE,
    LEVELS,
    PLACE,
    PROGRESS,
    VERDICT,
    board,
    failing_codes,
    league,
    matrix,
    own_account,
    phase_rows,
    progress_of,
    published,
    recognised,
)
from tests.one_fact.surfaces import found

FACTS: dict[str, Fact] = {
    "verdict": Fact(
        city={"published": lambda a: {u.short_name: LEVELS[u.standing] for u in a.rows.units}},
        unit={
            "district": lambda a: found(VERDICT, a.district.heading.removeprefix(a.row.name)),
            "overview": lambda a: found(r"：" + VERDICT, a.page("/").heading),
            "plan": lambda a: found(VERDICT, a.page("/plan").heading.removeprefix(a.row.name)),
            "league": lambda a: found(r"：" + VERDICT, a.page("/league").heading),
            "proof": lambda a: found(
                re.escape(a.row.name) + "：" + VERDICT, a.view(f"/district/{a.unit}", f"&why=unit.{a.unit}").plain
            ),
        },
    ),
    "progress": Fact(
        city={
            "plan": lambda a: of_units(board(a), 1, PROGRESS),
            "league": lambda a: of_units(league(a), 3, PROGRESS, name=1),
            "matrix": lambda a: {
                name: text(f"level.{level}")
                for level, name in re.findall(
                    r'class="t-(\w+)"[^>]*><svg.*?</svg>([^<]+)</a></th>', a.page("/matrix").html
                )
            },
            "overview list": lambda a: dict(
                re.findall(r'aria-label="([^"：]+)：([^"]+)"[^>]*data-district', a.page("/").html)
            ),
            "funds": lambda a: of_units(a.page("/funds").rows("现状"), 6, PROGRESS, name=1),
        },
        unit={
            "overview": lambda a: progress_of(
                found(r"..?\d{4}，" + "(" + LATE.replace("(", "(?:", 1) + "|" + PROGRESS[1:-1] + ")", a.page("/").plain)
            ),
            "district": lambda a: progress_of(
                found(
                    r"目标\d{4}年（[^）]+），(" + LATE.replace("(", "(?:", 1) + "|" + PROGRESS[1:-1] + ")",
                    a.district.plain,
                )
            ),
            "plan": lambda a: found(r"\|" + PROGRESS + r"；\d+项中达标", a.page("/plan").words),
            "slides": lambda a: found("进度：" + PROGRESS, a.slides["overview"].sentence),
            "docx": lambda a: found("进度：" + PROGRESS, a.paper("docx")),
            "pptx": lambda a: found("进度：" + PROGRESS, a.paper("pptx")),
            "pdf": lambda a: found("进度：" + PROGRESS, a.paper("pdf")),
        },
    ),
    "how long overdue": Fact(
        city={
            "overview, to do": lambda a: dict(
                (m[0], m[1])
                for m in re.findall(r'class="act-name">([^<]+)</b>.*?act-due[^>]*><b>逾期([^<]+)</b>', a.page("/").html)
            ),
            "overview": lambda a: {
                name: m[0]
                for m in re.findall(r"\d+个逾期([\d.]+(?:个月|年))未达标（([^）]+)）", a.page("/").plain)
                for name in m[1].split("、")
            },
        },
        unit={
            "district": lambda a: found(LATE, a.district.plain),
            "overview": lambda a: found(LATE, a.page("/").plain),
        },
    ),
    "target year": Fact(
        city={
            "plan": lambda a: {n: p[1] for n, p in phase_rows(a).items()},
            "league": lambda a: of_units(league(a), 2, r"\D+(\d{4})", name=1),
        },
        unit={
            "district": lambda a: found(r"，目标(\d{4})年", a.district.plain),
            "overview": lambda a: found(r"(?:试点|整体|攻坚)(\d{4})，", a.page("/").plain),
            "warn": lambda a: found(r"(\d{4})年到期，仍有", a.page("/warn").plain),
            "letter": lambda a: found(r"(\d{4})年到期，仍有", a.letter),
            "slides": lambda a: found(r"(\d{4})年秋季全部达标", "".join(n.label for n in a.slides["overview"].numbers)),
            "plan, last return": lambda a: found(r"见?得?到的是(\d{4})年秋季", a.page("/plan").plain),
        },
    ),
    "phase": Fact(
        city={
            "plan": lambda a: {n: p[0] for n, p in phase_rows(a).items()},
            "league": lambda a: of_units(league(a), 2, r"(\D+)\d{4}", name=1),
        },
        unit={
            "district": lambda a: found(r"(..)，目标\d{4}年", a.district.plain),
            "overview": lambda a: found(r"(试点|整体|攻坚)\d{4}，", a.page("/").plain),
            "slides": lambda a: found(r"；(试点|整体|攻坚)；", a.slides["overview"].sentence),
        },
    ),
    "items met": Fact(
        city={
            "published": lambda a: published(a, "met_count"),
            "league": lambda a: of_units(league(a), 4, r"(\d+)\D*.*", name=1),
            "league, xlsx": lambda a: of_units(a.export("/league"), 4, r"(\d+)\D*.*", name=1),
            "matrix": lambda a: of_units(matrix(a), 1, r"(\d+)/\d+"),
            "plan": lambda a: of_units(board(a), 2, r"达标(\d+)/\d+"),
            "funds": lambda a: of_units(a.page("/funds").rows("现状"), 7, r"\d+ → (\d+)", name=1),
        },
        unit={
            "district": lambda a: found(r"项：达标(\d+)项", a.district.plain),
            "overview": lambda a: found(r"项达标(\d+)项", a.page("/").heading),
            "plan": lambda a: found(r"项中达标(\d+)项", a.page("/plan").plain),
            "league": lambda a: found(r"项达标(\d+)项", a.page("/league").heading),
            "slides": lambda a: found(r"项中(\d+)项达标", a.slides["overview"].title_words),
            "slide number": lambda a: found(r"(\d+)/", a.number("overview", "达标项数") or ""),
            "projector": lambda a: found(r"项中(\d+)项达标", a.projector.heading),
            "docx": lambda a: found(r"项中(\d+)项达标", a.paper("docx")),
            "pptx": lambda a: found(r"项中(\d+)项达标", a.paper("pptx")),
            "pdf": lambda a: found(r"项中(\d+)项达标", a.paper("pdf")),
            "proof": lambda a: found(
                r"项：达标(\d+)项，未达标\d+项，无法判定\d+项\|全部项目",
                a.view(f"/district/{a.unit}", f"&why=unit.{a.unit}").words,
            ),
        },
    ),
    "items unmet": Fact(
        city={
            "published": lambda a: published(a, "failed_count"),
            "slides": lambda a: {b.name: str(int(b.value or 0)) for b in a.slides["league"].bars},
        },
        unit={
            "district": lambda a: found(r"，未达标(\d+)项，", a.district.plain),
            "slides": lambda a: found(r"达标，(\d+)项未达标", a.slides["overview"].title_words),
            "plan": lambda a: found(r"：(\d+)项未达标，各项", a.page("/plan").plain),
            "slide, to decide": lambda a: found(r"(\d+)项未达标的补齐", "".join(a.slides["overview"].decide)),
            "docx": lambda a: found(r"达标，(\d+)项未达标", a.paper("docx")),
            "warn": lambda a: found(r"仍有(\d+)项未达标", a.page("/warn").plain) if a.basis == "as_was" else None,
            "letter": lambda a: found(r"仍有(\d+)项未达标", a.letter) if a.basis == "as_was" else None,
        },
    ),
    "items undecidable": Fact(
        city={
            "published": lambda a: published(a, "undecidable_count"),
            "league": lambda a: of_units(league(a), 4, r"\d+.*（(\d+)项无法判定）", name=1),
        },
        unit={
            "district": lambda a: found(r"，无法判定(\d+)项", a.district.plain),
            "slides": lambda a: found(r"(\d+)项无法判定", a.slides["overview"].sentence),
            "docx": lambda a: found(r"(\d+)项无法判定", a.paper("docx")),
        },
    ),
    "which items are unmet": Fact(
        city={
            "published": lambda a: {
                u.short_name: " ".join(sorted((u.failing_items or "").split())) for u in a.rows.units if u.failing_items
            },
            "matrix": lambda a: {
                row[0]: " ".join(
                    sorted(
                        re.findall(r"^\S+ (\w\d+) .*未达标", cell)[0]
                        for cell in row
                        if re.match(r"\S+ [A-U]\w* .*未达标", cell) and not re.match(r"\S+ V", cell)
                    )
                )
                for row in matrix(a)
                if any("未达标" in c for c in row)
            },
        },
        unit={
            "overview": lambda a: failing_codes(a, found(r"未达标项：([A-Z\d ]+)", a.page("/").plain)),
            "overview, to do": lambda a: failing_codes(
                a, " ".join(re.findall(r"why=item\.[^.]+\.(\w+)", a.page("/").html))
            ),
            "plan": lambda a: failing_codes(a, " ".join(r[0].split()[0] for r in a.page("/plan").rows("各项何时达标"))),
            "slides": lambda a: failing_codes(a, " ".join(b.name.split()[0] for b in a.slides["overview"].bars)),
            "district": lambda a: (
                failing_codes(a, " ".join(re.findall(r'<li><b class="t-unmet">(\w+)</b>', a.district.html)))
                if "另有" not in (found(r'<ul class="failing">(.*?)</ul>', a.district.html) or "")
                else None
            ),
        },
    ),
    "whether it reported": Fact(
        city={
            "published": lambda a: {u.short_name: str(u.is_reported) for u in a.rows.units},
            "league": lambda a: {n: str(w != "本期未报送学校数据") for n, w in of_units(league(a), 9, name=1).items()},
            "matrix": lambda a: {row[0]: str(not all("未报送" in c for c in row[2:9])) for row in matrix(a)},
            "plan": lambda a: {n: str(w != "未报送") for n, w in of_units(board(a), 2).items()},
        },
        unit={
            "district": lambda a: str("本期未报送" not in a.district.plain),
            "overview": lambda a: str("本期未报送" not in a.page("/").plain),
            "plan": lambda a: str("本期未报送" not in a.page("/plan").plain),
            "school matrix": lambda a: str("本期未报送" not in a.page("/matrix").plain),
            "slides": lambda a: str("未报送" not in a.slides["overview"].title_words + a.slides["overview"].sentence),
            "slide on shortages": lambda a: str(bool(a.slides["matrix"].title_words)),
            "slide on schools": lambda a: str(bool(a.slides["school"].title_words)),
        },
    ),
    "recognised": Fact(
        city={
            "published": lambda a: {u.short_name: recognised(u) for u in a.rows.units},
            "plan": lambda a: dict(of_units(board(a), 3, r"(\d{4}年\S+?)国家认定.*").items()),
            "source": lambda a: {
                name: batch
                for names, batch in re.findall(r"公开信息：(.+?)(\d{4}年\D{2})国家认定（", a.page("/").plain)
                for name in names.split("、")
                if not name.startswith("原")
            },
        },
        unit={
            "district": lambda a: found(r" · (\d{4}年\D{2})国家认定", a.district.plain) or "无",
            "overview": lambda a: found(r"；(\d{4}年\D{2})国家认定；", a.page("/").plain) or "无",
            "slides": lambda a: found(r"。(\d{4}年\D{2})国家认定。", a.slides["overview"].sentence) or "无",
            "docx": lambda a: (found(r"。(\d{4}年\D{2})国家认定。", a.paper("docx")) or "无") if a.in_depth else None,
        },
    ),
    "place in its group": Fact(
        city={
            "published": lambda a: {
                u.short_name: ("并列第" if a.rows.ranks[u.district_code].is_group_tied else "第")
                + str(a.rows.ranks[u.district_code].group_place)
                for u in a.rows.units
                if a.rows.ranks[u.district_code].group_place is not None
            }
        },
        unit={
            "district": lambda a: found(PLACE, a.district.plain),
            "district, for its own account": lambda a: (
                found(PLACE, own_account(a).page(f"/district/{a.unit}").plain) if a.in_depth else None
            ),
        },
    ),
    "place in the city": Fact(
        city={
            "published": lambda a: {
                u.short_name: str(a.rows.ranks[u.district_code].city_place)
                for u in a.rows.units
                if a.rows.ranks[u.district_code].city_place is not None
            },
            "league": lambda a: of_units(league(a), 0, r"(?:并列)?(\d+)", name=1),
        },
        unit={"league of the unit": lambda a: found(r"(\d+)", league(a)[0][0])},
    ),
}
