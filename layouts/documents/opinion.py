"""初步督导意见 and 督导意见书: a Word draft with what was found, by when it is mended, and the issues of the ledger."""

from collections.abc import Sequence
from datetime import date

from data.rows.matters import MatterRow
from data.text import text
from layouts import formatting
from layouts.documents.word import add_heading, add_right, add_table, add_text, new_document, to_bytes

COLUMNS_CM = (3.4, 7.6, 3.7)
ISSUED = ("issued", "received", "reported", "closed")
"""States in which the 意见书 is out; before, the letter is that of the first opinion."""


def opinion_letter(
    row: MatterRow, issues: Sequence[tuple[str, str, str]], terms: Sequence[tuple[str, date]], today: date
) -> bytes:
    """The letter of the state that an opinion has reached.

    Args:
        row: The opinion.
        issues: Number, words and deadline of the party's open issues.
        terms: Names and days of the terms that run.
        today: The day on the letter.
    """
    matter = row.matter
    kind = "issued" if matter.state in ISSUED else "first"
    mark = text("document.demo") if matter.is_demonstration else text("letter.draft")
    document = new_document(text(f"opinion_letter.title_{kind}"), mark, matter.matter_code)
    add_text(document, matter.document_number or text("letter.number"), indent=False)
    add_text(document, text("opinion_letter.to", name=row.party), indent=False)
    add_text(document, text(f"opinion_letter.opening_{kind}", subject=matter.subject))
    add_heading(document, text("opinion_letter.findings"))
    add_text(document, matter.note)
    add_heading(document, text("opinion_letter.issues"))
    if issues:
        heads = [text(f"opinion_letter.column_{name}") for name in ("code", "problem", "due")]
        add_table(document, heads, [list(issue) for issue in issues], COLUMNS_CM)
    else:
        add_text(document, text("opinion_letter.no_issues"))
    add_heading(document, text("opinion_letter.asks"))
    for name, day in terms:
        add_text(document, text("opinion_letter.term", name=name, day=formatting.day(day)))
    add_text(document, text(f"opinion_letter.ask_{kind}"), with_next=True)
    add_right(document, text("letter.signature"))
    add_right(document, formatting.day(today))
    return to_bytes(document)
