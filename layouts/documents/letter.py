"""预警提醒函: one unit's warnings with value, line and deadline, as a Word draft."""

from collections.abc import Sequence
from datetime import date, timedelta

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


def warning_letter(
    rows: UnitContext, unit: UnitStatusRow, warnings: Sequence[WarningRow], today: date, number: str = ""
) -> bytes:
    """The letter that is sent under a number, with the days by which it is answered; without one its draft.

    Signature and seal are left to the office.
    """
    version = text(
        "document.version",
        period=formatting.month(rows.period.snapshot_date),
        snapshot=rows.snapshot.snapshot_id,
        rules=rows.snapshot.rules_version,
    )
    mark = text("document.demo") if is_invented(rows.snapshot, WARN.draws) else ""
    standing = text("letter.sent") if number else text("letter.draft")
    document = new_document(text("letter.title"), mark or standing, version)
    add_text(document, number or text("letter.number"), indent=False)
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
        [_line(rows, warning, today if number else None) for warning in warnings],
        COLUMNS_CM,
    )
    days = min(w.rule.days_to_answer for w in warnings)
    add_heading(document, text("letter.asks"))
    until = text("letter.until", day=formatting.day(today + timedelta(days=days))) if number else ""
    within = until or text("letter.within", days=days)
    for ask in (1, 2, 3):
        last = ask == 3  # noqa: PLR2004 - the signature does not stand alone on a page
        add_text(document, text(f"letter.ask_{ask}", within=within), with_next=last)
    add_right(document, text("letter.signature"))
    add_right(document, formatting.day(today))
    return to_bytes(document)


def _line(rows: UnitContext, warning: WarningRow, sent_on: date | None) -> list[str]:
    """One warning; of a letter that is sent with the day of its answer."""
    days = warning.rule.days_to_answer
    until = text("warn.days_to_answer", days=days) if sent_on is None else formatting.day(sent_on + timedelta(days))
    about = "；".join(subject_words(rows, warning, s) for s in warning.subjects)
    return [text(f"warn.level_{warning.level}"), warning.rule.name, about, formatting.month(warning.since), until]
