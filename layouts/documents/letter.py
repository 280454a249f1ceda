"""预警提醒函: one unit's warnings with value, line and deadline, as a Word draft."""

from collections.abc import Sequence
from datetime import date

from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from data.rows.warn import WarningRow
from data.text import text
from layouts import formatting
from layouts.documents.word import add_heading, add_right, add_table, add_text, new_document, to_bytes
from layouts.pages.warn.detail import subject_words
from layouts.pages.warn.summary import scope_words
from layouts.parts.demonstration import is_invented
from layouts.routes import WARN

COLUMNS_CM = (1.2, 3.2, 6.3, 2.0, 2.0)


def warning_letter(rows: UnitContext, unit: UnitStatusRow, warnings: Sequence[WarningRow], today: date) -> bytes:
    """The draft; number, signature and seal are left to the office."""
    version = text(
        "document.version",
        period=formatting.month(rows.period.snapshot_date),
        snapshot=rows.snapshot.snapshot_id,
        rules=rows.snapshot.rules_version,
    )
    mark = text("document.demo") if is_invented(rows.snapshot, WARN.draws) else ""
    document = new_document(text("letter.title"), mark or text("letter.draft"), version)
    add_text(document, text("letter.number"), indent=False)
    add_text(document, text("letter.to", name=unit.name), indent=False)
    month = formatting.month(rows.period.snapshot_date)
    levels = [(level, [w for w in warnings if w.level == level]) for level in ("red", "orange", "yellow")]
    counts = "、".join(
        text("letter.count", level=text(f"warn.level_{level}"), count=len(at_level))
        for level, at_level in levels
        if at_level
    )
    key = "opening" if unit.is_reported else "opening_unreported"
    opening = text(f"letter.{key}", month=month, counts=counts, total=len(warnings))
    raised = sum(1 for w in warnings if w.escalation)
    silent = text("letter.raised", count=raised) if raised else ""
    add_text(document, opening + silent + scope_words(rows))
    add_heading(document, text("letter.list"))
    add_table(
        document,
        [text(f"letter.column_{c}") for c in ("level", "rule", "subject", "since", "days")],
        [_line(rows, warning) for warning in warnings],
        COLUMNS_CM,
    )
    days = min(w.rule.days_to_answer for w in warnings)
    add_heading(document, text("letter.asks"))
    for number in (1, 2, 3):
        last = number == 3  # noqa: PLR2004 - the signature does not stand alone on a page
        add_text(document, text(f"letter.ask_{number}", days=days), with_next=last)
    add_right(document, text("letter.signature"))
    add_right(document, formatting.day(today))
    return to_bytes(document)


def _line(rows: UnitContext, warning: WarningRow) -> list[str]:
    about = "；".join(subject_words(rows, warning, s) for s in warning.subjects)
    return [
        text(f"warn.level_{warning.level}"),
        warning.rule.name,
        about,
        formatting.month(warning.since),
        text("warn.days_to_answer", days=warning.rule.days_to_answer),
    ]
