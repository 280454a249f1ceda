"""整改通知书: the open issues of one unit with value, responsible party and deadline, as a Word draft."""

from collections.abc import Sequence

from data.rows.ledger import LedgerRow
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.documents.word import add_heading, add_right, add_table, add_text, new_document, to_bytes
from layouts.pages.ledger.rows import LedgerView
from layouts.pages.ledger.table import item_words, responsible_words, value_words

COLUMNS_CM = (2.6, 3.0, 5.0, 2.4, 2.2)
COLUMNS = ("code", "place", "problem", "who", "due")


def rectification_notice(view: LedgerView, unit: UnitStatusRow, issues: Sequence[LedgerRow]) -> bytes:
    """The draft; number, signature and seal are left to the office."""
    rows = view.rows
    version = text(
        "document.version",
        period=formatting.month(rows.period.snapshot_date),
        snapshot=rows.snapshot.snapshot_id,
        rules=rows.snapshot.rules_version,
    )
    is_invented = any(row.issue.is_demonstration for row in issues)
    mark = text("document.demo") if is_invented else text("letter.draft")
    document = new_document(text("rectification.title"), mark, version)
    add_text(document, text("letter.number"), indent=False)
    add_text(document, text("letter.to", name=unit.name), indent=False)
    late = sum(1 for row in issues if view.days(row))
    opening = text("rectification.opening", count=formatting.count(len(issues)))
    add_text(
        document,
        opening
        + (text("rectification.late", count=formatting.count(late)) if late else "")
        + text("rectification.stop"),
    )
    add_heading(document, text("rectification.list"))
    heads = [text(f"rectification.column_{name}") for name in COLUMNS]
    add_table(document, heads, [_line(view, row) for row in issues], COLUMNS_CM)
    add_heading(document, text("rectification.asks"))
    for number in (1, 2):
        add_text(document, text(f"rectification.ask_{number}"), with_next=number == 2)  # noqa: PLR2004 - the last one
    add_right(document, text("letter.signature"))
    add_right(document, formatting.day(view.today))
    return to_bytes(document)


def _line(view: LedgerView, row: LedgerRow) -> list[str]:
    issue = row.issue
    item = item_words(view, row)
    place = " ".join([row.school_name or text("rectification.of_unit"), *([item] if item != formatting.NONE else [])])
    _, _, gap = value_words(view, row)
    days = view.days(row)
    due = formatting.day(issue.due_on) if issue.due_on else text("matter.no_day")
    return [
        issue.issue_code,
        place,
        issue.problem + (text("rectification.now", gap=gap) if gap else ""),
        responsible_words(issue),
        due + (text("rectification.days", count=formatting.count(days)) if days else ""),
    ]
