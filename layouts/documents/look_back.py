"""回头看情况报告 in Word: what the period came to, unit by unit, and the list that the figures count."""

from data.rows.look_back_report import Report
from data.text import text
from layouts import formatting
from layouts.documents.word import DENSE_PT, add_heading, add_right, add_table, add_text, new_document, to_bytes
from layouts.office.look_back import reason_words, report_notes, report_sentence, standing_words

UNIT_COLUMNS_CM = (3.7, 1.8, 1.8, 1.8, 1.8, 1.8, 1.8)
LINE_COLUMNS_CM = (2.6, 3.2, 2.4, 1.9, 1.9, 2.5)


def look_back_paper(report: Report, place: str, *, is_demonstration: bool) -> bytes:
    """The draft; signature and seal are left to the office."""
    mark = text("document.demo") if is_demonstration else text("letter.draft")
    days = text("look_back_report.period", since=formatting.day(report.since), until=formatting.day(report.until))
    document = new_document(text("look_back_report.title"), mark, days, body_pt=DENSE_PT)
    add_text(document, report_sentence(report, place))
    for note in report_notes(report):
        add_text(document, note)
    add_heading(document, text("look_back_report.units"))
    counts = ("unit", "closed_count", "due", "looked_count", "stable", "rebounded", "left")
    add_table(
        document,
        [text(f"look_back_report.column_{name}") for name in counts],
        [
            [name, *(formatting.count(n) for n in (f.closed, f.due, f.looked, f.stable, f.rebounded, f.left))]
            for name, f in report.by_unit
        ],
        UNIT_COLUMNS_CM,
    )
    add_heading(document, text("look_back_report.list", count=len(report.lines)))
    add_table(
        document,
        [text(f"look_back_report.column_{name}") for name in ("code", "unit", "day", "reason", "standing", "person")],
        [
            [
                line.row.issue.issue_code,
                report.unit_names.get(line.row.district_code, line.row.district_code),
                formatting.day(line.day),
                reason_words(line),
                standing_words(line),
                line.person or formatting.NONE,
            ]
            for line in report.lines
        ],
        LINE_COLUMNS_CM,
    )
    add_right(document, text("letter.signature"))
    add_right(document, formatting.day(report.today))
    return to_bytes(document)
