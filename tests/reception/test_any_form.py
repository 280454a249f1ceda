"""A return split over sheets and files at random, decorated at random, in any format, is the plain one."""

import random
from pathlib import Path

import pytest

from data.importing import prepare
from data.importing.asked import Asked
from data.reading.model import Sheet
from data.reading.read import read_content
from tests.depth import record, times
from tests.reception.running import rows_of
from tests.reception.writers import ONE_SHEET, SEVERAL_SHEETS, Grid, Value

EXAMPLES = times(500, 20_000)
[PLAIN_SHEET] = read_content((Path(__file__).parent / "cases" / "00_clean.xlsx").read_bytes(), "")
HEADER = [str(v) for v in PLAIN_SHEET.rows[0]]
ROWS: list[list[Value]] = [[*row, *[None] * (len(HEADER) - len(row))] for row in PLAIN_SHEET.rows[1:]]  # type: ignore[list-item]
UNITS = {
    "教学及辅助用房面积": "㎡",
    "运动场地面积": "平方米",
    "图书册数": "册",
    "计算机台数": "台",
    "小学在校生数": "人",
}
STAGES = ("小学", "初中", "高中")
NAMES = ("合计", "全区总计", "武隆区平均", "小 计", "共计：")


def prepared(files: dict[str, bytes], asked: Asked | None = None) -> prepare.PreparedReturn:
    def read(path: Path) -> list[Sheet]:
        return read_content(files[path.name], path.stem)

    return prepare.prepare_return([Path(name) for name in files], asked or Asked(), read)


def decorated(header: str, chance: random.Random) -> str:
    kind = chance.randrange(9)
    unit = UNITS.get(header)
    if kind == 0 and unit:
        return f"{header}{chance.choice(('（{}）', '({})', '【{}】', '/{}', '（单位：{}）')).format(unit)}"
    if kind == 1:
        return f"{chance.choice('*★')}{header}"
    if kind == 2:
        return header[:2] + chance.choice(("\n", " ", "\u3000", "\xa0", "_x000D_\n")) + header[2:]
    if kind == 3:
        return f"{header}（必填）"
    return f"{header}*" if kind == 4 else header


def written(value: Value, header: str, chance: random.Random) -> Value:
    """The same value as offices write it."""
    if value is None or chance.random() < 0.9:
        return value
    if header == "数据期":
        return chance.choice(("2026年", "2026年9月", "2026.9", "2026-09", "202609", "2026/9"))
    if header == "区县代码":
        return chance.choice(("武隆区", "武隆", "500156000000", "'500156"))
    if header == "学校代码":
        return chance.choice((f"'{value}", f" {value}\xa0", int(str(value))))
    if isinstance(value, int) and value >= 1000 and header != "建校年份":
        return chance.choice((f"{value:,}", str(value), f"'{value}", value + 1e-10))
    return str(value) if isinstance(value, int | float) else f" {value} "


def arranged(rows: list[list[Value]], chance: random.Random) -> Grid:
    """One sheet: columns in any order, decorated heads, a title, totals and notes."""
    order = list(range(len(HEADER)))
    if chance.random() < 0.5:
        chance.shuffle(order)
    heads: list[list[Value]] = [[decorated(HEADER[n], chance) for n in order]]
    if chance.random() < 0.3:
        heads = two_rows(order)
    body = [[written(row[n], HEADER[n], chance) for n in order] for row in rows]
    if chance.random() < 0.4:
        body.insert(chance.randrange(len(body) + 1), totals(rows, order, chance))
    if chance.random() < 0.2:
        body.insert(chance.randrange(1, len(body) + 1), list(heads[0]))
    above: list[list[Value]] = [[], ["武隆区学校基础数据表"], ["填报单位：武隆区教委", None, "2026年9月"]]
    below: list[list[Value]] = [[], ["填表说明：按竣工验收数填报。"], ["单位负责人：", "甲", "制表人：", "乙"]]
    numbers: list[list[Value]] = [list(range(1, len(order) + 1))]
    return [
        *above[: chance.randrange(4)],
        *heads,
        *(numbers if chance.random() < 0.2 else []),
        *body,
        *below[: chance.randrange(4)],
    ]


def two_rows(order: list[int]) -> list[list[Value]]:
    """小学 and 初中 below what they count."""
    split = [(HEADER[n][2:], HEADER[n][:2]) if HEADER[n].startswith(STAGES) else (HEADER[n], None) for n in order]
    return [[group for group, _ in split], [leaf for _, leaf in split]]


def totals(rows: list[list[Value]], order: list[int], chance: random.Random) -> list[Value]:
    sums: list[Value] = []
    for n in order:
        numbers = [row[n] for row in rows if isinstance(row[n], int | float)]
        sums.append(sum(numbers) if numbers and n > 8 else None)  # type: ignore[arg-type]
    sums[order.index(chance.choice((0, 2, 3)))] = chance.choice(NAMES)
    return sums


def split(rows: list[list[Value]], chance: random.Random) -> list[list[list[Value]]]:
    parts = chance.choice((1, 1, 2, 3, 4))
    cuts = sorted(chance.sample(range(1, len(rows)), parts - 1))
    return [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


@pytest.fixture
def reading_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the checks of a whole return, which change no row."""
    monkeypatch.setattr(prepare, "check_whole", lambda *_: [])


def test_any_form_of_a_return_is_the_plain_one(reading_alone: None) -> None:
    wanted = rows_of(prepared({"plain.xlsx": SEVERAL_SHEETS["xlsx"]([("表", [HEADER, *ROWS])])}).tables)
    chance = random.Random(20261129)
    differing: list[object] = []
    formats: dict[str, int] = {}
    for example in range(EXAMPLES):
        rows = list(ROWS)
        chance.shuffle(rows)
        grids = [arranged(part, chance) for part in split(rows, chance)]
        files: dict[str, bytes] = {}
        while grids:
            kind = chance.choice([*ONE_SHEET, *SEVERAL_SHEETS])
            count = 1 if kind in ONE_SHEET else chance.randrange(1, len(grids) + 1)
            own, grids = grids[:count], grids[count:]
            write = ONE_SHEET.get(kind) or SEVERAL_SHEETS[kind]
            files[f"{len(files)}.{kind}"] = write([(f"镇{n}", grid) for n, grid in enumerate(own)])
            formats[kind] = formats.get(kind, 0) + 1
        found = prepared(files)
        if found.is_blocked or rows_of(found.tables) != wanted:
            told = [(f.finding_code, f.sheet, f.row, f.column, f.value) for f in found.findings if f.is_blocking][:3]
            differing.append((example, list(files), told))
    record("any_form", examples=EXAMPLES, formats=len(formats), differing=len(differing))
    assert differing[:5] == []
    assert len(formats) == len(ONE_SHEET) + len(SEVERAL_SHEETS)
