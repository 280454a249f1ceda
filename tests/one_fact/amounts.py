"""How amounts, and the sections that need them, are read from their places."""

import re
from collections.abc import Sequence

from layouts import formatting
from tests.one_fact.register_standing import matrix
from tests.one_fact.surfaces import Asked, found

AMOUNT = r"([\d,.]+(?:人|㎡|万元|元|间))"
SECTIONS = r"(\d+)所（部）"


def named(a: Asked) -> dict[str, str]:
    """Code of an indicator by its short name."""
    return {name: code for code, name in a.rows.indicator_names.items()}


def own(a: Asked, said: dict[str, str]) -> dict[str, str]:
    """What is said of the unit's indicators, by the unit and the indicator's code."""
    codes = named(a)
    return {f"{a.row.short_name} {codes.get(n, n)}": v for n, v in said.items() if codes.get(n, n) in codes.values()}


def published(a: Asked, what: str) -> dict[str, str]:
    """Amounts, or how many sections need something, by unit and indicator."""
    sums: dict[str, float] = {}
    units: dict[str, str] = {}
    for gap in a.rows.gaps:
        if gap.section_count:
            key = f"{gap.short_name} {gap.indicator_code}"
            value = gap.gap if what == "gap" else gap.section_count
            sums[key] = sums.get(key, 0) + value
            units[key] = gap.gap_unit
    return {k: formatting.gap(v, units[k]) if what == "gap" else str(int(v)) for k, v in sums.items()}


def short_or_spare(a: Asked) -> dict[str, str]:
    """Sections that need an item, and those that fail while it is the one they may leave out."""
    sums: dict[str, int] = {}
    for gap in a.rows.gaps:
        key = f"{gap.short_name} {gap.indicator_code}"
        sums[key] = sums.get(key, 0) + gap.section_count + gap.spare_section_count
    return {k: str(v) for k, v in sums.items() if v}


def matrix_cells(a: Asked) -> dict[str, str]:
    """What the cells of the matrix say is missing."""
    return cells_of(matrix(a))


def cells_of(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """The same of any rows that begin with a unit."""
    return {
        f"{row[0]} {code}": amount
        for row in rows
        for cell in row
        for code, amount in re.findall(r"^\S+ (L\d) .*未达标，差" + AMOUNT, cell)
    }


def largest(a: Asked, words: dict[str, str]) -> dict[str, str]:
    """骨干教师43人 as the amount of L2 of each unit."""
    codes = named(a)
    return {
        f"{unit} {codes[name]}": amount
        for unit, said in words.items()
        for name, amount in re.findall(r"([^\d\s·，]+?)" + AMOUNT, said)
        if name in codes
    }


def pairs(pattern: str, words: str, group: int) -> dict[str, str]:
    """Indicator (first group) and another group of every match."""
    return {m[1]: m[group] for m in re.finditer(pattern, words)}


def bill(a: Asked, group: int) -> dict[str, str]:
    """Sections (1) or amount (2) of the unit's bill."""
    said: dict[str, str] = {}
    for part in a.district.html.split('<div class="bill-row">')[1:]:
        words = re.sub(r"<[^>]*>", "|", part)
        match = re.match(r"\|*([^|]+)\|+(\d+)所（部）；.*?\|" + AMOUNT + r"\|", words)
        if match:
            said[match[1]] = match[group + 1]
    return own(a, said)


def heads(a: Asked, group: int) -> dict[str, str]:
    """Sections or amount in the heads of the matrix of schools."""
    table = a.page("/matrix").tables
    said: dict[str, str] = {}
    for cell in table[0].rows[0] if table else []:
        match = re.fullmatch(r"(\S+) .* (\d+)个差" + AMOUNT, cell)
        if match:
            said[match[1]] = match[group + 1]
    return own(a, said)


def items_of_overview(a: Asked, group: int) -> dict[str, str]:
    return own(a, pairs(r"(L\d) [^|]+\|(\d+)所（部）差" + AMOUNT, a.page("/").words, group + 1))


def failing_list(a: Asked, group: int) -> dict[str, str]:
    return own(a, pairs(r"\|(L\d)\|[^|]*?(\d+)所（部）须补，共" + AMOUNT, a.district.words, group + 1))


def slide_bill(a: Asked, group: int) -> dict[str, str]:
    said: dict[str, str] = {}
    for bar in a.slides["matrix"].bars:
        match = re.fullmatch(SECTIONS + "，共差" + AMOUNT, bar.words)
        if match:
            said[bar.name] = match[group]
    return own(a, said)


def slide_items(a: Asked, group: int) -> dict[str, str]:
    said: dict[str, str] = {}
    for bar in a.slides["overview"].bars:
        match = re.search(SECTIONS + "补" + AMOUNT, bar.words)
        if match:
            said[bar.name.split()[0]] = match[group]
    return own(a, said)


def overview_table(a: Asked) -> list[list[str]]:
    return [r for t in a.page("/").tables if "还差" in t.title for r in t.rows]


def small_print(a: Asked) -> list[tuple[str, str, str]]:
    """School, stage and what it lacks of each indicator in the matrix of schools."""
    tables = a.page("/matrix").tables
    if not tables:
        return []
    names = [cell.split(" ")[0] for cell in tables[0].rows[0]]
    return [
        (f"{row[0]} {row[1]} {name}", name, amount)
        for row in tables[0].rows[1:]
        for name, cell in zip(names, row, strict=False)
        for amount in re.findall("^◆差" + AMOUNT, cell)
    ]


def ledger_amounts(a: Asked) -> dict[str, str]:
    """What open issues say their school lacks; the ledger knows the latest return alone."""
    if (a.period, a.basis) != ("2026", "as_was"):
        return {}
    said: dict[str, str] = {}
    for row in a.page("/ledger", "&only=open&measure=all").rows("办理进度"):
        item = re.fullmatch(r"L\d (小学|初中)(.+)", row[2])
        amount = found("差" + AMOUNT, row[5])
        if item and amount and " " in row[1]:
            said[f"{row[1].split(' ')[1]} {item[1]} {item[2]}"] = amount
    return said


def slide_schools(a: Asked) -> str | None:
    return found(r"(\d+)所学校有缺口", a.slides["school"].title_words)


def form_total(a: Asked, column: int) -> str | None:
    """A number in the last line of 表Ⅱ-1."""
    sheet = next((rows for name, rows in a.forms.items() if "Ⅱ-1" in name), [])
    return next((r[column] for r in sheet if r and r[0] == "合计"), None)


def first_short(a: Asked) -> str:
    """The first indicator that the unit must supply; empty where there is none."""
    return next((g.indicator_code for g in a.rows.gaps if g.district_code == a.unit and g.section_count), "")


def item_proof(a: Asked) -> str:
    """The words of the proof of that item."""
    code = first_short(a)
    return a.view(f"/district/{a.unit}", f"&why=item.{a.unit}.{code}").plain if code else ""


def primary_bill(a: Asked) -> dict[str, str]:
    said: dict[str, str] = {}
    page = a.view(f"/district/{a.unit}", "&stage=primary")
    for part in page.html.split('<div class="bill-row">')[1:]:
        words = re.sub(r"<[^>]*>", "|", part)
        match = re.match(r"\|*([^|]+)\|+\d+所（部）；.*?\|" + AMOUNT + r"\|", words)
        if match:
            said[match[1]] = match[2]
    return said


def school_page(a: Asked) -> dict[str, str]:
    """What the page of the unit's first failing school says it lacks."""
    link = re.search(
        r'href="(/school/[^"?]+)[^"]*"[^>]*>([^<]+)</a>', "".join(a.district.html.split('class="heat-mini"')[1:])
    )
    if link is None:
        return {}
    said: dict[str, str] = {}
    for table in a.page(link[1]).tables:
        stage = table.title[:2]
        for row in table.rows[table.head_rows :]:
            name = re.match(r"L\d (\S+)", row[0])
            amount = re.fullmatch("◆? ?差?" + AMOUNT, row[-1].strip())
            if name and amount and stage in ("小学", "初中"):
                said[f"{link[2]} {stage} {name[1]}"] = amount[1]
    return said
