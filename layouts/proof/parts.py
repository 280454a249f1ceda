"""The pieces every proof is made of: heading, box, lines, lineage, earlier values."""

from collections.abc import Mapping, Sequence
from datetime import date

from data.rows.proof import Lineage, RuleSource
from data.rows.publication import SnapshotInfo
from data.store.meetings import TakenDecision
from data.text import text
from layouts import formatting
from layouts.components.elements import action_button, block, bullet_list, link_to, list_item, paragraph, run, strong
from layouts.components.sections import fact_list, heading, region
from layouts.markup import Node
from layouts.parts.demonstration import demonstration_words
from layouts.parts.frame import to_meeting_button
from layouts.parts.glyph import glyph

Line = tuple[str, list[Node]]
LEVELS = {True: "met", False: "unmet", None: "undecidable"}
TONES = {True: "c-ok", False: "c-fail", None: "c-na"}


def drawer(
    title: str,
    level: str,
    box: Sequence[list[Node]],
    lines: Sequence[Line],
    actions: Sequence[Node],
    close: str,
    picture: Node = None,
) -> list[Node]:
    """The whole panel."""
    bar = block(
        run(text("proof.label"), look="d"),
        link_to(text("proof.close"), href=close, look="plain", data_close="1"),
        look="proof-head",
    )
    return [
        region(
            bar,
            heading(glyph(level, 14), title, look=f"t-{level}"),
            block(*[paragraph(*line) for line in box], look="formula"),
            picture,
            fact_list(lines),
            block(*actions, to_meeting_button(), look="notice-actions"),
            look="proof",
        )
    ]


def rule_line(row: RuleSource) -> Line:
    """Document, number, and since when; said where a reading is not confirmed."""
    if row.source_title is None or row.valid_from is None:
        return text("proof.rule"), [text("proof.no_rule")]
    rule = text(
        "proof.rule_words", title=row.source_title, number=row.document_number, since=formatting.day(row.valid_from)
    )
    if row.valid_to is not None:
        rule += text("proof.rule_until", until=formatting.day(row.valid_to))
    if row.is_confirmed is False:
        rule += text("proof.unconfirmed")
    return text("proof.rule"), [rule]


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
    version = text("proof.snapshot_words", snapshot=snapshot.snapshot_id, rules=snapshot.rules_version)
    version = demonstration_words(snapshot, kinds) + version
    lines.append((text("proof.snapshot"), [version]))
    return lines


def history_line(points: Sequence[tuple[date, str, bool | None]], breaks: Mapping[date, date] | None = None) -> Line:
    """Values so far: day, printed value, verdict (colour); where `breaks` has its day, boundaries changed before it."""
    line: list[Node] = []
    for day, value, met in points:
        period = formatting.month(day)
        if breaks and day in breaks:
            break_note = text("proof.history_break", month=formatting.month(breaks[day]))
            line.append(run(break_note, look="past", key=f"{period} break"))
        line.append(run(period + " ", strong(value, look=TONES[met]), look="past", key=period))
    return text("proof.history"), line


def past_link(*label: Node, href: str, key: str = "", tone: str = "") -> Node:
    """A link in a line of several."""
    return link_to(*label, href=href, look=f"past {tone}" if tone else "past", key=key)


def page_link(label: str, href: str) -> Node:
    """A button that goes to another page."""
    return link_to(label, href=href, look="button")


def copy_button() -> Node:
    """Copies the address, which opens this proof again."""
    return action_button(text("app.copy"), action="copy-link")


def open_block(addresses: Sequence[str]) -> list[Node]:
    """The way to an issue about this verdict; nothing where none may be opened."""
    return [block(page_link(text("opening.in_words"), href), look="notice-actions") for href in addresses]


def decided_block(decisions: Sequence[TakenDecision]) -> list[Node]:
    """What meetings decided about this verdict; nothing where none did."""
    if not decisions:
        return []
    items = [
        list_item(
            run(formatting.day(taken.held_on), " ", taken.meeting_title, look="d"),
            f" {taken.decision.resolution} ",
            strong(text(f"meetings.progress_{taken.decision.progress}")),
            f" {taken.decision.responsible_unit}" if taken.decision.responsible_unit else None,
            key=str(taken.decision.decision_id),
        )
        for taken in decisions
    ]
    title = heading(text("proof.decided"), level=3)
    return [region(title, bullet_list(items, look="files"), look="proof decided")]
