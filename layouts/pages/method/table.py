"""A table of the 口径 page, and the words of a dated row."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.parts.frame import section

SHORT = 24  # characters that stay on one line


class Dated(Protocol):
    """A row that holds from a day on, and until another unless it is open."""

    @property
    def valid_from(self) -> date:
        """The first day."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day; None where it is open."""
        ...


class Sourced(Protocol):
    """A row that its source confirms, or does not yet."""

    @property
    def is_confirmed(self) -> bool:
        """Whether the source confirms it."""
        ...


def catalogue_table(name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, lead: str = "") -> Node:
    """A section of the page: its title, a sentence before it, and one line per row."""
    head = h("tr", {}, *[h("th", {"key": c, "scope": "col"}, text(f"method.col_{c}")) for c in columns])
    body = [
        h(
            "tr",
            {"key": str(n)},
            *[
                h("td", {"key": c, "className": "tight" if len(cell) < SHORT else None}, cell)
                for c, cell in zip(columns, row, strict=True)
            ],
        )
        for n, row in enumerate(rows)
    ]
    note = h("p", {"className": "d"}, lead) if lead else None
    return section(
        text(f"method.{name}"),
        *([note] if note else []),
        h(
            "div",
            {"className": "scroll-table", "tabIndex": 0, "role": "region", "aria-label": text(f"method.{name}")},
            h("table", {"className": "mini method-table"}, h("thead", {}, head), h("tbody", {}, *body)),
        ),
        identity=f"method-{name}",
    )


def span(row: Dated) -> str:
    """From when until when a dated row holds."""
    since = formatting.day(row.valid_from)
    until = text("method.open") if row.valid_to is None else formatting.day(row.valid_to)
    return f"{since}–{until}"


def confirmed(row: Sourced) -> str:
    """Whether a row is confirmed by its source."""
    return text("method.confirmed" if row.is_confirmed else "method.unconfirmed")
