"""What is published on the page of returns: publish, go back, withdraw, and the last of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.text import text
from layouts import formatting
from layouts.components.cells import moment_words
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import disclosure, paragraph
from layouts.components.forms import hidden_field, long_field, post_form, submit_button, tick_field
from layouts.components.sections import heading
from layouts.document import alert_line
from layouts.markup import Node
from layouts.office.table import COLUMN, long_words, office_table


@dataclass(frozen=True)
class Undone:
    """Who took something back, when (UTC) and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class PublicationRow:
    """One publication; `state` is in_force, earlier, taken_back or damaged."""

    snapshot_id: str
    created_at: datetime | None
    batch_count: int
    state: str
    undone: Undone | None
    may_return: bool


@dataclass(frozen=True)
class BatchRow:
    """One batch; `state` is published, waiting, undecided, withdrawn or missing."""

    batch_id: str
    file_name: str
    imported_at: datetime | None
    imported_by: str
    state: str
    undone: Undone | None


@dataclass(frozen=True)
class Publications:
    """What is in force and since when (UTC), what waits, and the last publications and batches."""

    snapshot_id: str
    since: datetime | None
    returned: Undone | None
    waits: bool
    catalogue_waits: bool
    """Whether rows of the catalogue hold by which the publication in force was not judged."""
    waits_to_follow: bool
    held: str
    problem: str
    publications: Sequence[PublicationRow]
    batches: Sequence[BatchRow]


def publication_panels(shown: Publications, token: str, *, is_next_step: bool) -> list[Node]:
    """The line of what is in force, the button, and two tables with what may be taken back.

    The button stands out where publishing `is_next_step`.
    """
    return [
        alert_line(shown.problem, is_failure=True) if shown.problem else None,
        paragraph(_in_force(shown), look="src"),
        alert_line(text("publications.waits_to_follow")) if shown.waits_to_follow else None,
        _publish_form(shown, token, "button filled" if is_next_step else "button")
        if shown.waits or shown.catalogue_waits
        else None,
        disclosure(
            text("publications.title"),
            heading(text("publications.last_publications")),
            _publications(shown, token),
            heading(text("publications.last_batches")),
            _batches(shown, token),
            look="taken-back",
        ),
    ]


def _in_force(shown: Publications) -> str:
    if not shown.snapshot_id or shown.since is None:
        return text("publications.nothing")
    since = formatting.moment(shown.since)
    if shown.returned is None:
        return text("publications.in_force", snapshot=shown.snapshot_id, time=since)
    return text(
        "publications.in_force_again",
        snapshot=shown.snapshot_id,
        time=since,
        by=shown.returned.by,
        reason=shown.returned.reason,
    )


def _publish_form(shown: Publications, token: str, look: str) -> Node:
    held = [paragraph(shown.held), tick_field("again", text("publications.again"))] if shown.held else []
    return post_form(
        "/data/publish",
        token,
        hidden_field("after", shown.snapshot_id),
        paragraph(text("returns.waits")) if shown.waits else None,
        paragraph(text("publications.catalogue_waits")) if shown.catalogue_waits else None,
        *held,
        submit_button(text("returns.publish"), look=look),
        look="in-row notice",
    )


def _publications(shown: Publications, token: str) -> Node:
    def act(row: PublicationRow) -> Cell:
        return cell(_take_back("rollback", "snapshot_id", row.snapshot_id, token) if row.may_return else None)

    columns: list[Column[PublicationRow]] = [
        column(COLUMN, "snapshot", lambda p: p.snapshot_id),
        column(COLUMN, "at", lambda p: moment_words(p.created_at), Kind.MOMENT),
        column(COLUMN, "batches", lambda p: str(p.batch_count), Kind.COUNT),
        column(COLUMN, "state", lambda p: long_words(_state("publications.state", p.state, p.undone))),
        column(COLUMN, "act", act),
    ]
    name = text("publications.last_publications")
    return office_table(columns, shown.publications, name=name, key=lambda p: p.snapshot_id)


def _batches(shown: Publications, token: str) -> Node:
    def act(row: BatchRow) -> Cell:
        return cell(None if row.state == "withdrawn" else _take_back("withdraw", "batch_id", row.batch_id, token))

    columns: list[Column[BatchRow]] = [
        column(COLUMN, "batch", lambda b: b.batch_id),
        column(COLUMN, "file", lambda b: long_words(b.file_name)),
        column(COLUMN, "at", lambda b: moment_words(b.imported_at), Kind.MOMENT),
        column(COLUMN, "by", lambda b: b.imported_by),
        column(COLUMN, "state", lambda b: long_words(_state("publications.batch_state", b.state, b.undone))),
        column(COLUMN, "act", act),
    ]
    name = text("publications.last_batches")
    return office_table(columns, shown.batches, name=name, key=lambda b: b.batch_id)


def _state(key: str, state: str, undone: Undone | None) -> str:
    if undone is None:
        return text(f"{key}.{state}")
    return text(f"{key}.{state}", by=undone.by, time=formatting.moment(undone.at), reason=undone.reason)


def _take_back(action: str, name: str, value: str, token: str) -> Node:
    """A form that opens on request: a reason and a tick before anything happens."""
    label = text(f"publications.{action}")
    return disclosure(
        label,
        post_form(
            f"/data/{action}",
            token,
            hidden_field(name, value),
            paragraph(text(f"publications.{action}_means")),
            long_field("reason", text("publications.reason")),
            tick_field("confirmed", text(f"publications.{action}_confirm")),
            submit_button(label, look="button"),
            look="stacked",
        ),
    )
