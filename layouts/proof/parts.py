"""The pieces every proof is made of: heading, box, lines, lineage, earlier values."""

from collections.abc import Sequence
from datetime import date

from data.rows.proof import Lineage, RuleSource
from data.rows.publication import SnapshotInfo
from data.store.meetings import Decision
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.parts.demonstration import demonstration_words
from layouts.parts.frame import to_meeting_button
from layouts.parts.glyph import glyph

Line = tuple[str, list[Node]]


def drawer(
    title: str,
    level: str,
    box: Sequence[list[Node]],
    lines: Sequence[Line],
    actions: Sequence[Node],
    close: str,
    picture: Node = None,
) -> list[Node]:
    """The whole panel; the heading takes the focus when it opens."""
    return [
        h(
            "section",
            {"className": "proof", "aria-label": text("proof.label")},
            h(
                "div",
                {"className": "proof-head"},
                h("span", {"className": "d"}, text("proof.label")),
                h("a", {"href": close, "data-nav": "1", "className": "plain", "data-close": "1"}, text("proof.close")),
            ),
            h("h2", {"tabIndex": -1, "className": f"t-{level}"}, glyph(level, 14), title),
            h("div", {"className": "formula"}, *[h("p", {}, *line) for line in box]),
            picture,
            h(
                "dl",
                {"className": "facts"},
                *[node for name, value in lines for node in (h("dt", {}, name), h("dd", {}, *value))],
            ),
            h("div", {"className": "notice-actions"}, *actions, to_meeting_button()),
        )
    ]


def rule_line(row: RuleSource) -> Line:
    """Document, number, and since when; said where a reading is not confirmed."""
    if row.source_title is None or row.valid_from is None:
        return text("proof.rule"), [text("proof.no_rule")]
    words = text(
        "proof.rule_words", title=row.source_title, number=row.document_number, since=formatting.day(row.valid_from)
    )
    if row.valid_to is not None:
        words += text("proof.rule_until", until=formatting.day(row.valid_to))
    if row.is_confirmed is False:
        words += text("proof.unconfirmed")
    return text("proof.rule"), [words]


def lineage_lines(row: Lineage, columns: Sequence[str], snapshot: SnapshotInfo, kinds: Sequence[str]) -> list[Line]:
    """File, sheet, row, columns; batch, time, who; the snapshot, and what of `kinds` is 演示."""
    lines: list[Line] = []
    if row.file_name is not None and row.imported_at is not None:
        place = text("proof.place", file=row.file_name, sheet=row.source_sheet, row=row.source_row)
        if columns:
            place += text("proof.columns", columns="、".join(columns))
        batch = text(
            "proof.batch_words", batch=row.batch_id, who=row.imported_by, time=formatting.moment(row.imported_at)
        )
        lines += [(text("proof.source"), [place]), (text("proof.batch"), [batch])]
    words = text("proof.snapshot_words", snapshot=snapshot.snapshot_id, rules=snapshot.rules_version)
    words = demonstration_words(snapshot, kinds) + words
    lines.append((text("proof.snapshot"), [words]))
    return lines


def history_line(points: Sequence[tuple[str, str, bool | None]]) -> Line:
    """Earlier values: period, printed value, verdict (colour and word for the last change)."""
    tones = {True: "c-ok", False: "c-fail", None: "c-na"}
    return text("proof.history"), [
        h("span", {"className": "past", "key": period}, period + " ", h("b", {"className": tones[met]}, value))
        for period, value, met in points
    ]


def page_link(label: str, href: str) -> Node:
    """A button that goes to another page."""
    return h("a", {"className": "button", "href": href, "data-nav": "1"}, label)


def copy_button() -> Node:
    """Copies the address, which opens this proof again."""
    return h("button", {"className": "button", "data-action": "copy-link", "type": "button"}, text("app.copy"))


def decided_block(decided: Sequence[tuple[str, date, Decision]]) -> list[Node]:
    """What meetings decided about this verdict; nothing where none did."""
    if not decided:
        return []
    return [
        h(
            "section",
            {"className": "proof decided"},
            h("h3", {}, text("proof.decided")),
            h(
                "ul",
                {"className": "files"},
                *[
                    h(
                        "li",
                        {"key": str(d.decision_id)},
                        h("span", {"className": "d"}, formatting.day(held_on), " ", title),
                        " ",
                        d.resolution,
                        " ",
                        h("b", {}, text(f"meetings.progress_{d.progress}")),
                        " " + d.responsible_unit if d.responsible_unit else None,
                    )
                    for title, held_on, d in decided
                ],
            ),
        )
    ]
