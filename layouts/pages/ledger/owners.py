"""Who is responsible: of each unit or department how many issues stand, are late, wait for review, were closed."""

from collections import Counter
from dataclasses import dataclass, field

from data.rows.issue_board import IssueGroupRow
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Column, Kind, TableLook, column, data_table
from layouts.components.elements import disclosure
from layouts.components.rest import rest_note
from layouts.markup import Node
from layouts.pages.ledger.rows import AWAITS_REVIEW, LedgerView

MOST_OWNERS = 40
Owner = tuple[str, str]
"""The unit that an issue is of, and who is responsible there; empty where nobody is named."""


@dataclass(frozen=True)
class OwnerTotals:
    """How many issues of an owner stand, are late, wait for review and were closed."""

    owner: Owner
    counts: Counter[str] = field(default_factory=Counter[str])


def owners(view: LedgerView) -> Node:
    """A table that opens: those with most late issues first."""
    totals = totals_by_owner(view)
    if not totals:
        return None
    columns: list[Column[OwnerTotals]] = [
        column("ledger.owner_", "name", lambda o: _name(view, o.owner), Kind.NAME),
        column("ledger.owner_", "open", lambda o: count_cell(o.counts["open"], look="b"), Kind.COUNT),
        column("ledger.owner_", "late", lambda o: count_cell(o.counts["late"], look=_late(o)), Kind.COUNT),
        column("ledger.owner_", "awaiting", lambda o: count_cell(o.counts["awaiting"]), Kind.COUNT),
        column("ledger.owner_", "closed", lambda o: count_cell(o.counts["closed"]), Kind.COUNT),
    ]
    shown = totals if view.rows.state.measure == "all" else totals[:MOST_OWNERS]
    table = data_table(columns, shown, name=text("ledger.owner_name"), look=TableLook(table="mini"))
    title = text("ledger.owners", count=formatting.count(len(totals)))
    return disclosure(title, table, rest_note("ledger.owners_more", len(totals) - len(shown)))


def totals_by_owner(view: LedgerView) -> list[OwnerTotals]:
    """Every owner of an issue of the filter, those with most late ones first, then with most that stand."""
    totals: dict[Owner, OwnerTotals] = {}
    for group in view.groups:
        owner = (group.district_code, group.owner)
        counts = totals.setdefault(owner, OwnerTotals(owner)).counts
        counts.update(dict.fromkeys(_standing(group), group.issue_count))
    return sorted(totals.values(), key=lambda o: (-o.counts["late"], -o.counts["open"], o.owner))


def _standing(group: IssueGroupRow) -> list[str]:
    if group.is_closed:
        return ["closed"]
    return ["open", *(["late"] if group.is_late else []), *(["awaiting"] if group.status == AWAITS_REVIEW else [])]


def _name(view: LedgerView, owner: Owner) -> str:
    code, name = owner
    unit = view.unit_names.get(code, code)
    return " ".join(w for w in (unit, name or text("ledger.owner_none")) if w)


def _late(totals: OwnerTotals) -> str:
    return "t-unmet" if totals.counts["late"] else ""
