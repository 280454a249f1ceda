"""The bar above the board: period, table, unit and state, each a menu of addresses."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from data.rows.return_board import BoardFilter, ReturnState, Standing
from data.text import text
from layouts.components.elements import block, disclosure, link_to, paragraph, run, strong
from layouts.markup import Node
from layouts.office.board_words import period_words, state_key


def board_address(path: str, period: str, listed: BoardFilter) -> str:
    """The address of a path with the period and what is listed."""
    said = {
        "period": period,
        "district_code": listed.district_code,
        "state": listed.state,
        "input_kind": listed.input_kind,
    }
    return f"{path}?{urlencode({name: value for name, value in said.items() if value})}"


def filter_bar(
    periods: Sequence[str],
    tables: Sequence[tuple[str, str]],
    standing: Standing,
    listed: BoardFilter,
    *,
    has_demonstration: bool,
) -> Node:
    """The menus with what is chosen, and at the end what must be known of the figures."""
    period = standing.period
    menus = [
        _menu(
            "period", period_words(period), [(p, period_words(p), board_address("/data", p, listed)) for p in periods]
        )
    ]
    if standing.is_open and len(standing.units) > 1:
        menus += _choices(tables, standing, listed)
    mark = run(text("app.demo"), look="demo") if has_demonstration else None
    end = block(
        link_to(
            text("board.export"), href=board_address("/data/board.xlsx", period, listed), look="plain", stays=False
        ),
        mark,
        look="filter-end",
    )
    return block(*menus, end, look="filter-bar board-bar")


def listed_line(tables: Sequence[tuple[str, str]], standing: Standing, listed: BoardFilter) -> Node:
    """What alone is listed below, for the page, for paper and for the file; none where all is."""
    names = {
        "input_kind": dict(tables),
        "district_code": {u.district_code: u.name for u in standing.units},
        "state": {s.value: text(f"board.group.{state_key(s, standing)}") for s in ReturnState},
    }
    chosen = {name: getattr(listed, name) for name in names}
    conditions = [text(f"board.filter.{name}") + names[name][value] for name, value in chosen.items() if value]
    return paragraph(text("board.listed", words="、".join(conditions)), look="sub") if conditions else None


def _choices(tables: Sequence[tuple[str, str]], standing: Standing, listed: BoardFilter) -> list[Node]:
    """Table, unit and state: all of each first."""
    states = [s for s in ReturnState if standing.count(s)]
    groups = {
        **({"input_kind": [("", text("board.all_tables")), *tables]} if tables else {}),
        "district_code": [
            ("", text("board.all_units", count=len(standing.units))),
            *[(u.district_code, u.name) for u in standing.units],
        ],
        "state": [
            ("", text("board.all_states")),
            *[(s.value, text(f"board.group.{state_key(s, standing)}")) for s in states],
        ],
    }
    menus: list[Node] = []
    for name, options in groups.items():
        value = getattr(listed, name)
        chosen = next((label for code, label in options if code == value), options[0][1])
        links = [
            (code, label, board_address("/data", standing.period, replace(listed, **{name: code})))
            for code, label in options
        ]
        menus.append(_menu(name, chosen, links, current=value))
    return menus


def _menu(name: str, chosen: str, options: Sequence[tuple[str, str, str]], current: str | None = None) -> Node:
    """A menu of (value, label, address); the summary says its name and what is chosen."""
    links = [
        link_to(
            label,
            href=href,
            look="dropdown-item",
            key=value or "all",
            stays=False,
            aria_current="true" if (label == chosen if current is None else value == current) else None,
        )
        for value, label, href in options
    ]
    summary = run(text(f"board.filter.{name}"), " ", strong(chosen), look="menu-name")
    return disclosure(summary, block(*links, look="dropdown-menu"), look="menu period-menu")
