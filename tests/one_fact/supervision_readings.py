"""What warnings, issues, visits and payments are read from."""

import re
from collections.abc import Iterable

from data.text import text
from tests.one_fact.fact import whole
from tests.one_fact.surfaces import Asked, found

LEVELS = {"red": "红", "orange": "橙", "yellow": "黄"}


LEVEL_NAMES = tuple(LEVELS.values())


LIFTED = text("warn.state_lifted")


def warned(words: str, opening: str = r"(?:^|\|)") -> dict[str, str]:
    """红8、橙69 as counts by level, none that is 0."""
    return {level: n for level, n in re.findall(opening + r"([红橙黄])(\d+)", words) if n != "0"}


def in_words(words: str) -> dict[str, str]:
    """红色预警8项 … 橙色69项 … 黄色4项."""
    said = dict(re.findall(r"([红橙黄])色(?:预警)?(\d+)项", words))
    return {level: n for level, n in said.items() if n != "0"}


def standing_rows(a: Asked) -> list[list[str]]:
    """The warnings that are listed and not lifted."""
    return [r for r in a.page("/warn").rows("回复期限") if not r[5].startswith(LIFTED)]


def warning_rows(a: Asked) -> dict[str, str]:
    rows = standing_rows(a)
    return {level: str(n) for level in LEVEL_NAMES if (n := sum(r[0] == level for r in rows))}


def summary_rows(a: Asked) -> dict[str, str]:
    """The rules beside the ledger, summed by level."""
    sums: dict[str, int] = {}
    for table in a.page("/ledger").tables:
        for row in table.rows if "本期预警" in table.title else []:
            sums[row[0]] = sums.get(row[0], 0) + int(row[2].replace(",", ""))
    return {level: str(n) for level, n in sums.items()}


def keyed(a: Asked, said: dict[str, str]) -> dict[str, str]:
    """Counts of the unit by level."""
    return {f"{a.row.short_name} {level}": n for level, n in said.items()}


def slide_warnings(a: Asked) -> dict[str, str]:
    numbers = {level: found(r"(\d+)项", a.number("warn", f"{level}色预警") or "") for level in LEVEL_NAMES}
    return {level: n for level, n in numbers.items() if n and n != "0"}


def tab(a: Asked, name: str) -> str | None:
    """The number on a tab of the ledger."""
    return found(r">" + name + r"([\d,]+)</a>", a.page("/ledger").html)


def rounds(a: Asked) -> list[list[str]]:
    """A row per unit, without the titles above those that were visited and those that were not."""
    return [row for row in a.page("/rounds").rows("薄弱未走访") if row[1]]


def visits_of(row: list[str]) -> int:
    """A unit's visits over the rounds, which stand between schools and 覆盖."""
    return sum(int(c.replace(",", "")) for c in row[2:-3] if c)


def summed(counts: Iterable[int | str]) -> dict[str, str]:
    """What the parts add up to; nothing where there is none."""
    return none_is_zero(str(sum(int(str(n).replace(",", "")) for n in counts)))


def none_is_zero(count: str | None) -> dict[str, str]:
    """A count of everybody, if it is one."""
    return whole(None if count in (None, "0") else count)


def money(words: str) -> float:
    """1.05亿元 and 100万元 in 万元."""
    number, unit = re.match(r"([\d,.]+)(亿|万)元", words).groups()  # pyright: ignore[reportOptionalMemberAccess]
    return float(number.replace(",", "")) * (10000 if unit == "亿" else 1)


def payments(a: Asked) -> list[list[str]]:
    return a.page("/funds").rows("现状")


def paid_in_rows(a: Asked) -> dict[str, str]:
    sums: dict[str, float] = {}
    for row in payments(a):
        sums[row[2]] = sums.get(row[2], 0) + money(row[3])
    return {category: f"{n:.0f}" for category, n in sums.items()}


def paid_in_title(a: Asked) -> dict[str, str]:
    return {
        category: f"{money(words):.0f}"
        for category, words in re.findall(r"(奖励|专项转移支付)([\d.,]+[亿万]元)（", a.page("/funds").heading)
    }


def districts_paid(a: Asked) -> dict[str, str]:
    units: dict[str, set[str]] = {}
    for row in payments(a):
        units.setdefault(row[2], set()).add(row[1])
    return {category: str(len(own)) for category, own in units.items()}
