"""What is missing: schools, sections, amounts in natural units, counted once and alike."""

import re

from layouts import formatting
from tests.one_fact.amounts import (
    AMOUNT,
    SECTIONS,
    bill,
    cells_of,
    failing_list,
    first_short,
    form_total,
    heads,
    item_proof,
    items_of_overview,
    largest,
    ledger_amounts,
    matrix_cells,
    overview_table,
    own,
    pairs,
    primary_bill,
    published,
    school_page,
    short_or_spare,
    slide_bill,
    slide_items,
    slide_schools,
    small_print,
)
from tests.one_fact.fact import Fact, of_units, whole
from tests.one_fact.register_standing import league
from tests.one_fact.surfaces import found

FACTS: dict[str, Fact] = {
    "schools": Fact(
        city={
            "published": lambda a: {u.short_name: str(u.school_count) for u in a.rows.units if u.is_reported},
            "league": lambda a: of_units(league(a), 5, r"\d+/(\d+)", name=1),
            "rounds": lambda a: of_units(a.page("/rounds").rows("薄弱未走访"), 1, r"(\d+)"),
        },
        unit={
            "district": lambda a: found(r"(\d+)所学校中\d+所达标", a.district.plain),
            "overview": lambda a: found(r"学校达标\d+/(\d+)", a.page("/").plain),
            "league of the unit": lambda a: found(r"/(\d+)", league(a)[0][5]),
        },
    ),
    "schools that comply": Fact(
        city={
            "published": lambda a: {u.short_name: str(u.compliant_school_count) for u in a.rows.units if u.is_reported},
            "league": lambda a: of_units(league(a), 5, r"(\d+)/\d+", name=1),
        },
        unit={
            "district": lambda a: found(r"所学校中(\d+)所达标", a.district.plain),
            "overview": lambda a: found(r"学校达标(\d+)/\d+", a.page("/").plain),
            "slides": lambda a: found(
                r"^(\d+)所达标", "".join(n.words for n in a.slides["matrix"].numbers if n.value != "—")
            ),
            "docx": lambda a: found(r"学校达标率[\d.]+%（(\d+)所达标", a.paper("docx")),
        },
    ),
    "schools that do not comply": Fact(
        city={
            "overview, to do": lambda a: dict(
                re.findall(
                    r'act-name">([^<]+)</b><span class="act-what">[^<]*<small>[^<]*?(\d+)所学校未达标', a.page("/").html
                )
            ),
            "published": lambda a: {
                u.short_name: str(u.school_count - u.compliant_school_count) for u in a.rows.units if u.is_reported
            },
        },
        unit={},
    ),
    "pupils": Fact(
        city={
            "published": lambda a: {u.short_name: formatting.people(u.pupils) for u in a.rows.units if u.is_reported}
        },
        unit={"district": lambda a: found(r"在校生([\d.,]+万?人)", a.district.plain)},
    ),
    "sections that are judged": Fact(
        unit={
            "schools' matrix": lambda a: (
                found(r"参评的(\d+)所（部）中", a.page("/matrix").heading) if a.row.is_reported else None
            ),
            "form II-1": lambda a: form_total(a, 1) if a.row.is_reported else None,
            "form II-2": lambda a: (
                str(sum(r[0].isdigit() for name, rows in a.forms.items() if "Ⅱ-2" in name for r in rows))
                if a.forms and a.row.is_reported
                else None
            ),
        }
    ),
    "sections that do not comply": Fact(
        unit={
            "schools' matrix": lambda a: found(r"(\d+)所（部）未达标", a.page("/matrix").heading),
            "schools' matrix, rows": lambda a: (
                str(count) if (count := len(a.view("/matrix", "&only=failing").rows("学段"))) else None
            ),
            "form II-1": lambda a: (
                str(int(form_total(a, 1) or 0) - int(form_total(a, 2) or 0) - int(form_total(a, 4) or 0))
                if a.forms and found(r"(\d+)所（部）未达标", a.page("/matrix").heading)
                else None
            ),
            "form II-2": lambda a: (
                str(
                    sum(
                        "未达标" in r[len(r) - 2]
                        for name, rows in a.forms.items()
                        if "Ⅱ-2" in name
                        for r in rows
                        if r[0].isdigit()
                    )
                )
                if a.forms and found(r"(\d+)所（部）未达标", a.page("/matrix").heading)
                else None
            ),
        }
    ),
    "sections that must be supplied": Fact(
        unit={
            "district": lambda a: found(r"补齐清单：(\d+)所（部）", a.district.plain),
            "slides": lambda a: found(r"(?:^|：)([1-9]\d*)所（部）有必须补齐的缺口", a.slides["matrix"].title_words),
            "docx": lambda a: found(r"[．：]([1-9]\d*)所（部）有必须补齐的缺口", a.paper("docx")),
        }
    ),
    "amount of an item": Fact(
        city={
            "published": lambda a: published(a, "gap"),
            "matrix": matrix_cells,
            "matrix, xlsx": lambda a: cells_of(a.export("/matrix")),
            "league": lambda a: largest(a, of_units(league(a), 9, name=1)),
            "overview, to do": lambda a: largest(
                a,
                dict(re.findall(r'act-name">([^<]+)</b><span class="act-what">须补([^<，]+)，卡住', a.page("/").html)),
            ),
            "slides": lambda a: largest(a, {b.name: b.words.split("　")[-1] for b in a.slides["league"].bars}),
        },
        unit={
            "district": lambda a: bill(a, 2),
            "district, items": lambda a: failing_list(a, 2),
            "overview": lambda a: own(a, {r[0]: r[1] for r in overview_table(a)}),
            "overview, items": lambda a: items_of_overview(a, 2),
            "schools' matrix": lambda a: heads(a, 2),
            "schools' matrix, to supply": lambda a: own(
                a,
                dict(
                    re.findall(
                        r"(?:补齐|、)([^\d、|。]+?)" + AMOUNT,
                        found(r"(补齐[^|]+)，即可|(?=x)y", a.page("/matrix").words) or "",
                    )
                ),
            ),
            "slides": lambda a: slide_bill(a, 2),
            "slides, items": lambda a: slide_items(a, 2),
            "docx": lambda a: own(a, pairs(r"\n([^\n|]+)\|\d+所（部），共差" + AMOUNT, a.paper("docx"), 2)),
            "proof": lambda a: (
                own(a, {first_short(a): found(r"所（部）须补，学校共补" + AMOUNT, item_proof(a)) or ""})
                if item_proof(a)
                else {}
            ),
        },
    ),
    "how many sections need an item": Fact(
        city={"published": lambda a: published(a, "sections")},
        unit={
            "district": lambda a: bill(a, 1),
            "district, items": lambda a: failing_list(a, 1),
            "overview": lambda a: own(a, {r[0]: found(SECTIONS, r[2]) or "" for r in overview_table(a)}),
            "overview, items": lambda a: items_of_overview(a, 1),
            "schools' matrix": lambda a: heads(a, 1),
            "slides": lambda a: slide_bill(a, 1),
            "slides, items": lambda a: slide_items(a, 1),
            "proof": lambda a: (
                own(a, {first_short(a): found(r"(\d+)所（部）须补，学校共补", item_proof(a)) or ""})
                if item_proof(a)
                else {}
            ),
        },
    ),
    "how many sections fail and are short of an item": Fact(
        city={"published": lambda a: short_or_spare(a)},
        unit={
            "plan": lambda a: own(
                a,
                {
                    r[0].split()[0]: found(r"缺此项(\d+)所", r[1]) or ""
                    for r in a.page("/plan").rows("各项何时达标")
                    if "缺此项" in r[1]
                },
            )
        },
    ),
    "amount in primary schools": Fact(
        unit={
            "district": lambda a: own(a, primary_bill(a)),
            "overview": lambda a: own(
                a, {r[0]: r[1] for t in a.view("/", "&stage=primary").tables if "还差" in t.title for r in t.rows}
            ),
        }
    ),
    "amount of an item in all": Fact(
        city={
            "overview": lambda a: {r[0]: r[1] for r in overview_table(a)},
            "matrix": lambda a: {
                a.rows.indicator_names[code[:2]]: amount
                for code, cell in zip(
                    a.page("/matrix").tables[0].rows[1], a.page("/matrix").tables[0].rows[-1], strict=True
                )
                for amount in re.findall(r"^\d+ " + AMOUNT, cell)
                if code[:2] in a.rows.indicator_names
            },
            "slides": lambda a: {
                b.name.split()[-1]: found("共差" + AMOUNT, b.words) or ""
                for b in a.slides["matrix"].bars
                if "共差" in b.words
            },
            "slide numbers": lambda a: {n.label: n.value + n.unit for n in a.slides["matrix"].numbers},
            "docx": lambda a: {
                m[1]: m[2] for m in re.finditer(r"\nL\d ([^\n|]+)\|\d+个区县，共差" + AMOUNT, a.paper("docx"))
            },
        }
    ),
    "units that fail an item": Fact(
        city={
            "matrix": lambda a: {
                code: number
                for code, cell in zip(
                    a.page("/matrix").tables[0].rows[1], a.page("/matrix").tables[0].rows[-1], strict=True
                )
                for number in re.findall(r"^(\d+)(?: .*)?$", cell)
                if re.fullmatch(r"[LGQS]\d+", code) and number != "0"
            },
            "matrix, sentence": lambda a: dict(
                re.findall(r"(?:是|、)([LGQS]\d+)[^\d（]+（(\d+)个）", a.page("/matrix").heading)
            ),
            "slides": lambda a: {
                b.name.split()[0]: found(r"(\d+)个区县", b.words) or "" for b in a.slides["matrix"].bars
            },
        }
    ),
    "items that most units fail": Fact(
        city={
            "matrix": lambda a: whole(found(r"未达标最多的是([LGQS]\d+)", a.page("/matrix").heading)),
            "slides": lambda a: whole(found(r"，([LGQS]\d+) [^，]*最多", a.slides["matrix"].title_words)),
        }
    ),
    "what a school lacks": Fact(
        unit={
            "schools' matrix": lambda a: {key: amount for key, _, amount in small_print(a)},
            "ledger": ledger_amounts,
            "school": lambda a: school_page(a),
        }
    ),
    "schools that lack something": Fact(
        unit={
            "slides": lambda a: slide_schools(a) if slide_schools(a) != "0" else None,
            "slide number": lambda a: found(r"^([1-9]\d*)所", a.number("school", "有缺口的学校") or ""),
            "docx": lambda a: found(r"[．：]([1-9]\d*)所学校有缺口", a.paper("docx")),
        }
    ),
}
