"""What is published on the page of returns: publish, go back, withdraw, and the last of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.text import text
from layouts import formatting
from layouts.document import hidden
from layouts.markup import Node, h
from layouts.office.return_board import board_table

LONGEST_REASON = 500


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
    waits_to_follow: bool
    held: str
    problem: str
    publications: Sequence[PublicationRow]
    batches: Sequence[BatchRow]


def publication_panels(shown: Publications, token: str) -> list[Node]:
    """The line of what is in force, the button, and two tables with what may be taken back."""
    return [
        h("p", {"className": "told told-fail"}, shown.problem) if shown.problem else None,
        h("p", {"className": "src"}, _in_force(shown)),
        h("p", {"className": "told"}, text("publications.waits_to_follow")) if shown.waits_to_follow else None,
        _publish_form(shown, token) if shown.waits else None,
        h(
            "details",
            {"className": "taken-back"},
            h("summary", {}, text("publications.title")),
            h("h2", {}, text("publications.last_publications")),
            _publications(shown, token),
            h("h2", {}, text("publications.last_batches")),
            _batches(shown, token),
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


def _publish_form(shown: Publications, token: str) -> Node:
    held = [h("p", {}, shown.held), _confirm("again", "publications.again")]
    return h(
        "form",
        {"method": "post", "action": "/data/publish", "className": "in-row notice"},
        hidden("csrf_token", token),
        hidden("after", shown.snapshot_id),
        h("p", {}, text("returns.waits")),
        *(held if shown.held else ()),
        h("button", {"className": "button filled", "type": "submit"}, text("returns.publish")),
    )


def _publications(shown: Publications, token: str) -> Node:
    rows = [
        h(
            "tr",
            {"key": p.snapshot_id},
            h("td", {}, p.snapshot_id),
            h("td", {"className": "num"}, _moment(p.created_at)),
            h("td", {"className": "num"}, str(p.batch_count)),
            h("td", {"className": "wrap"}, _state("publications.state", p.state, p.undone)),
            h("td", {}, _take_back("rollback", "snapshot_id", p.snapshot_id, token) if p.may_return else None),
        )
        for p in shown.publications
    ]
    return board_table(("snapshot", "at", "batches", "state", "act"), rows)


def _batches(shown: Publications, token: str) -> Node:
    rows = [
        h(
            "tr",
            {"key": b.batch_id},
            h("td", {}, b.batch_id),
            h("td", {"className": "wrap"}, b.file_name),
            h("td", {"className": "num"}, _moment(b.imported_at)),
            h("td", {}, b.imported_by),
            h("td", {"className": "wrap"}, _state("publications.batch_state", b.state, b.undone)),
            h("td", {}, None if b.state == "withdrawn" else _take_back("withdraw", "batch_id", b.batch_id, token)),
        )
        for b in shown.batches
    ]
    return board_table(("batch", "file", "at", "by", "state", "act"), rows)


def _state(key: str, state: str, undone: Undone | None) -> str:
    if undone is None:
        return text(f"{key}.{state}")
    return text(f"{key}.{state}", by=undone.by, time=formatting.moment(undone.at), reason=undone.reason)


def _take_back(action: str, name: str, value: str, token: str) -> Node:
    """A form that opens on request: a reason and a tick before anything happens."""
    return h(
        "details",
        {},
        h("summary", {}, text(f"publications.{action}")),
        h(
            "form",
            {"method": "post", "action": f"/data/{action}", "className": "stacked"},
            hidden("csrf_token", token),
            hidden(name, value),
            h("p", {}, text(f"publications.{action}_means")),
            h(
                "label",
                {},
                h("span", {}, text("publications.reason")),
                h("textarea", {"name": "reason", "rows": "2", "required": True, "maxLength": LONGEST_REASON}, ""),
            ),
            _confirm("confirmed", f"publications.{action}_confirm"),
            h("button", {"className": "button", "type": "submit"}, text(f"publications.{action}")),
        ),
    )


def _confirm(name: str, key: str) -> Node:
    return h("label", {}, h("input", {"type": "checkbox", "name": name, "value": "1", "required": True}), text(key))


def _moment(at: datetime | None) -> str:
    return formatting.NONE if at is None else formatting.moment(at)
