"""Papers for download: the warning letter of a unit, and the material of a meeting."""

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import DOCX, PDF, PPTX, demonstration_mark, download
from callbacks.pages.meeting_mode import slides_of
from callbacks.pages.warn import warning_rows
from callbacks.rendering.page_context import load_unit_context, own_issues, read_state
from data.text import text
from layouts.documents.brief import brief_title, word_brief
from layouts.documents.letter import warning_letter
from layouts.documents.pdf import pdf_brief
from layouts.documents.presentation import presentation
from layouts.meeting.slide import kinds_of
from layouts.routes import WARN, address_of
from queries.ledger import ledger


def letter_file(deps: Dependencies, district: str, path: str | None, search: str | None) -> dict[str, object] | None:
    """The letter to a unit about its warnings that are not lifted; None where there are none."""
    address = address_of(path, search)
    if address is None:
        return None
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    unit = next((u for u in rows.units if u.district_code == district), None)
    warnings = [
        w
        for w in warning_rows(deps, snapshot, rows, ledger(snapshot, deps.store))
        if w.district_code == district and w.state != "lifted"
    ]
    if unit is None or not warnings:
        return None
    rows = own_issues(deps, snapshot, rows)
    content = warning_letter(rows, unit, warnings, deps.today())
    name = text("letter.file", name=unit.name, period=rows.period.snapshot_date.isoformat())
    return download(f"{name}{demonstration_mark(rows.snapshot, WARN.draws)}.docx", content, DOCX)


MATERIAL = {"docx": (word_brief, DOCX), "pptx": (presentation, PPTX), "pdf": (pdf_brief, PDF)}


def material_file(deps: Dependencies, kind: str, path: str | None, search: str | None) -> dict[str, object] | None:
    """The slides of the address's filters as a paper or a presentation, of both stages as units are judged."""
    address = address_of(path, search)
    if address is None:
        return None
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address).whole)
    write, mime = MATERIAL[kind]
    slides = slides_of(deps, snapshot, rows)
    rows = own_issues(deps, snapshot, rows)
    content = write(rows, slides)
    name = f"{brief_title(rows)}_{rows.period.snapshot_date.isoformat()}"
    mark = demonstration_mark(rows.snapshot, kinds_of(slides))
    return download(f"{name}{mark}.{kind}", content, mime)
