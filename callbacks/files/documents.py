"""Papers for download: the warning letter of a unit, and the material of a meeting."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import DOCX, PDF, PPTX, ZIP, demonstration_mark, download
from callbacks.pages.meeting_mode import agenda_slides, slide_of_view, slides_of
from callbacks.pages.warn import warn_view, warning_rows
from callbacks.rendering.dispatch import show_view
from callbacks.rendering.meeting_context import chosen_meeting, held_before, known_meeting
from callbacks.rendering.page_context import load_unit_context, own_issues, read_state
from callbacks.rendering.pinning import of_meeting
from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from data.rows.warn import WarningRow
from data.store.meetings import Meeting, decisions
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.documents.brief import Material, brief_title, version_words, word_brief
from layouts.documents.letter import warning_letter
from layouts.documents.materials import word_materials
from layouts.documents.minutes import Minutes, word_minutes
from layouts.documents.pdf import pdf_brief
from layouts.documents.presentation import presentation
from layouts.meeting.slide import Slide, kinds_of
from layouts.parts.demonstration import is_invented
from layouts.routes import DISTRICT, MEETING, OVERVIEW, WARN, address_of


def letter_file(deps: Dependencies, district: str, path: str | None, search: str | None) -> dict[str, object] | None:
    """The letter to a unit about its warnings that are not lifted; None where there are none."""
    address = address_of(path, search)
    if address is None:
        return None
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    known = warning_rows(deps, snapshot, rows)
    letters = _letters(deps, rows, [w for w in known if w.district_code == district and w.state != "lifted"])
    if not letters:
        return None
    ((name, content),) = letters
    return download(name, content, DOCX)


def letters_file(deps: Dependencies, path: str | None, search: str | None) -> dict[str, object] | None:
    """Of the list in the address a letter to each unit about what waits for a reminder; None where nothing does."""
    address = address_of(path, search)
    if address is None or address.route is not WARN:
        return None
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    letters = _letters(deps, rows, warn_view(deps, snapshot, rows).waiting)
    if not letters:
        return None
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, letter in letters:
            archive.writestr(name, letter)
    mark = demonstration_mark(snapshot.info, WARN.draws)
    name = text("reminding.file")
    return download(f"{name}_{deps.today().isoformat()}{mark}.zip", content.getvalue(), ZIP)


def warned_units(rows: UnitContext, warnings: Sequence[WarningRow]) -> list[tuple[UnitStatusRow, list[WarningRow]]]:
    """The units that these warnings are of, in the order of units, each with its own."""
    by_unit: dict[str, list[WarningRow]] = {}
    for warning in warnings:
        by_unit.setdefault(warning.district_code, []).append(warning)
    return [(unit, by_unit[unit.district_code]) for unit in rows.units if unit.district_code in by_unit]


def _letters(deps: Dependencies, rows: UnitContext, warnings: Sequence[WarningRow]) -> list[tuple[str, bytes]]:
    """File name and content of the draft of a letter to each unit that these warnings are of."""
    rows = own_issues(deps, deps.warehouse.current(), rows)
    mark = demonstration_mark(rows.snapshot, WARN.draws)
    return [
        (
            f"{text('letter.file', name=unit.name, period=rows.period.snapshot_date.isoformat())}{mark}.docx",
            warning_letter(rows, unit, its, deps.today()),
        )
        for unit, its in warned_units(rows, warnings)
    ]


MATERIAL = {"docx": (word_brief, DOCX), "pptx": (presentation, PPTX), "pdf": (pdf_brief, PDF)}


def material_file(deps: Dependencies, kind: str, path: str | None, search: str | None) -> dict[str, object] | None:
    """A meeting's running order with its notes and decisions, or the view in the address, as a paper or a presentation.

    The view of the whole city or of a unit is the default order: where it stands, on what, who must act.
    """
    address = address_of(path, search)
    if address is None:
        return None
    code = read_state(deps.warehouse.current(), address).meeting
    meeting = chosen_meeting(deps, code) if address.route is MEETING else known_meeting(deps, code)
    if meeting is not None:
        deps = of_meeting(deps, meeting)
    snapshot = deps.warehouse.current()
    rows = own_issues(deps, snapshot, load_unit_context(deps, snapshot, read_state(snapshot, address).whole))
    order = agenda_slides(deps, show_view, meeting.meeting_code) if meeting else []
    if meeting is not None and order:
        material = _meeting_material(deps, rows, meeting, order)
        name = f"{meeting.title}_{meeting.held_on.isoformat()}"
    else:
        is_whole = address.route in (OVERVIEW, DISTRICT, MEETING)
        slides = slides_of(deps, snapshot, rows) if is_whole else [slide_of_view(deps, show_view, address)]
        material = Material(brief_title(rows), slides, version_words(rows), _is_invented(rows, slides))
        name = f"{brief_title(rows)}_{rows.period.snapshot_date.isoformat()}"
    write, mime = MATERIAL[kind]
    mark = demonstration_mark(rows.snapshot, kinds_of(material.slides))
    return download(f"{name}{mark}.{kind}", write(material), mime)


OF_A_MEETING = {"minutes": word_minutes, "materials": word_materials}


def meeting_file(deps: Dependencies, kind: str, path: str | None, search: str | None) -> dict[str, object] | None:
    """The draft of a meeting's minutes, or the list of its papers; None where no meeting is meant."""
    address = address_of(path, search)
    if address is None or address.route is not MEETING:
        return None
    meeting = chosen_meeting(deps, read_state(deps.warehouse.current(), address).meeting)
    if meeting is None:
        return None
    frozen = of_meeting(deps, meeting)
    snapshot = frozen.warehouse.current()
    rows = own_issues(frozen, snapshot, load_unit_context(frozen, snapshot, ViewState()))
    shown = [slide for slide in agenda_slides(frozen, show_view, meeting.meeting_code) if slide.entry]
    earlier = held_before(frozen, deps.today(), meeting.meeting_code)
    content = OF_A_MEETING[kind](
        Minutes(
            meeting=meeting,
            slides=shown,
            decisions=decisions(frozen.store, meeting.meeting_code),
            followed=decisions(frozen.store, earlier.meeting_code) if earlier else [],
            version=_meeting_version(rows, meeting),
            is_demonstration=_is_invented(rows, shown),
        )
    )
    mark = demonstration_mark(rows.snapshot, kinds_of(shown))
    name = text(f"{kind}.file", name=meeting.title, day=meeting.held_on.isoformat())
    return download(f"{name}{mark}.docx", content, DOCX)


def _meeting_version(rows: UnitContext, meeting: Meeting) -> str:
    return text(
        "brief.meeting_version",
        name=meeting.title,
        day=formatting.day(meeting.held_on),
        snapshot=rows.snapshot.snapshot_id,
        rules=rows.snapshot.rules_version,
    )


def _meeting_material(deps: Dependencies, rows: UnitContext, meeting: Meeting, order: list[Slide]) -> Material:
    taken = [
        (d.subject, d.resolution, d.responsible_unit, formatting.day(d.due_on) if d.due_on else "")
        for d in decisions(deps.store, meeting.meeting_code)
    ]
    return Material(meeting.title, order, _meeting_version(rows, meeting), _is_invented(rows, order), taken)


def _is_invented(rows: UnitContext, slides: Sequence[Slide]) -> bool:
    return is_invented(rows.snapshot, kinds_of(slides))
