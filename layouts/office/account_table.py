"""A part of the accounts: those whose line holds the words that are searched for, a hundred at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from data.store.accounts import Account
from data.text import text
from layouts import formatting
from layouts.components.elements import link_to, paragraph
from layouts.components.forms import bare_field, query_form, submit_button
from layouts.markup import Node

ADDRESS = "/accounts"
ROWS_OF_A_PART = 100
LONGEST_SEARCH = 80


@dataclass(frozen=True)
class AccountPart:
    """Accounts of one part, and where it stands among all that hold the words searched for."""

    accounts: Sequence[Account]
    search: str
    number: int
    parts: int
    count: int
    all_count: int


def scope_words(account: Account, units: Mapping[str, str]) -> str:
    """The units by name and the schools by code; a dash where it is for the whole city."""
    names = [*(units.get(code, code) for code in account.district_codes), *account.school_codes]
    return "、".join(names) or formatting.NONE


def part_of(
    accounts: Sequence[Account],
    roles: Mapping[str, str],
    units: Mapping[str, str],
    search: str = "",
    number: int = 1,
    holding: str = "",
) -> AccountPart:
    """The part of that number, or the one that holds the account `holding`."""

    def line(account: Account) -> str:
        return " ".join((account.account_name, account.person, roles[account.role_code], scope_words(account, units)))

    pieces = search.casefold().split()
    matching = [a for a in accounts if all(piece in line(a).casefold() for piece in pieces)]
    names = [a.account_name for a in matching]
    if holding in names:
        number = names.index(holding) // ROWS_OF_A_PART + 1
    parts = max(1, -(-len(matching) // ROWS_OF_A_PART))
    number = min(max(1, number), parts)
    start = (number - 1) * ROWS_OF_A_PART
    return AccountPart(matching[start : start + ROWS_OF_A_PART], search, number, parts, len(matching), len(accounts))


def part_head(part: AccountPart) -> list[Node]:
    """The search, how many there are, and the ways to the parts before and after."""
    search = query_form(
        ADDRESS,
        bare_field("search", text("accounts.search"), type="search", value=part.search, maxLength=LONGEST_SEARCH),
        submit_button(text("accounts.search_button"), look="button"),
        look="in-row",
    )
    if not part.count:
        said = text("accounts.none_match", all=formatting.count(part.all_count))
    elif part.parts > 1:
        first = (part.number - 1) * ROWS_OF_A_PART + 1
        last = first + len(part.accounts) - 1
        said = text("accounts.part", first=first, last=last, count=formatting.count(part.count))
    else:
        said = text("accounts.count", count=formatting.count(part.count))
    steps = [
        link_to(text(f"accounts.{word}"), href=_address(part, number), look="button", stays=False)
        for word, number in (("part_before", part.number - 1), ("part_after", part.number + 1))
        if 1 <= number <= part.parts
    ]
    every = link_to(text("accounts.all"), href=ADDRESS, stays=False) if part.search else None
    return [search, paragraph(said, " ", every, *steps, look="src")]


def _address(part: AccountPart, number: int) -> str:
    return f"{ADDRESS}?{urlencode({'search': part.search, 'part': number})}"
