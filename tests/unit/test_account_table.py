"""Thousands of accounts are searched by the words of their line and shown a hundred at a time."""

from datetime import UTC, datetime

from data.store.accounts import Account
from layouts.markup import to_html
from layouts.office.account_table import AccountPart, part_head, part_of

ROLES = {"school_office": "学校督导办", "municipal_leader": "市级领导"}
UNITS = {"500242": "酉阳土家族苗族自治县（500242）"}


def account(number: int, role: str = "school_office") -> Account:
    units = ("500242",) if role == "school_office" else ()
    name = f"xiao.{number:04}"
    day = datetime(2026, 11, 30, tzinfo=UTC)
    return Account(str(number), name, f"校办{number}", role, units, (), "", day, False, False, None, None, 1)


ACCOUNTS = [*(account(n) for n in range(1, 251)), account(900, "municipal_leader")]


def part(search: str = "", number: int = 1, holding: str = "") -> AccountPart:
    return part_of(ACCOUNTS, ROLES, UNITS, search, number, holding)


def test_a_hundred_at_a_time_and_no_part_beyond_the_last() -> None:
    assert [len(part(number=n).accounts) for n in (1, 2, 3)] == [100, 100, 51]
    assert part(number=9).number == part().parts == 3
    assert part(number=-4).number == 1
    words = to_html(part_head(part(number=2)))
    assert "第101–200个，共251个账号" in words
    assert "part=1" in words
    assert "part=3" in words


def test_every_word_searched_for_stands_in_the_line() -> None:
    assert part("酉阳 校办7").count == 11  # 7, 70–79
    assert [a.account_name for a in part("市级").accounts] == ["xiao.0900"]
    assert [a.account_name for a in part("XIAO.0042").accounts] == ["xiao.0042"]
    assert "251个账号中没有符合的" in to_html(part_head(part("万州")))


def test_what_was_just_made_is_on_the_part_shown() -> None:
    assert part(holding="xiao.0900").number == 3
