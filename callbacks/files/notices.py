"""整改通知书 of the ledger's list: one to each unit that has an open issue in it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import DOCX, ZIP, demonstration_mark, download
from callbacks.pages.ledger import ledger_view
from callbacks.rendering.page_context import load_unit_context, read_state
from data.access import Permission
from data.text import text
from layouts.documents.rectification_notice import rectification_notice
from layouts.pages.ledger.rows import open_by_unit
from layouts.routes import LEDGER, address_of


def notices_file(deps: Dependencies, path: str | None, search: str | None) -> dict[str, object] | None:
    """The letter to the unit of the list, or a folder of them where there are several; None where nothing is open.

    Who opens no issues writes none.
    """
    address = address_of(path, search)
    if (
        address is None
        or address.route is not LEDGER
        or Permission.LEDGER_OPEN not in deps.current_viewer().permissions
    ):
        return None
    snapshot = deps.warehouse.current()
    view = ledger_view(deps, snapshot, load_unit_context(deps, snapshot, read_state(snapshot, address)))
    by_unit = open_by_unit(view)
    mark = demonstration_mark(view.rows.snapshot, ("issue",))
    letters: list[tuple[str, bytes]] = []
    for unit in view.rows.units:
        if unit.district_code in by_unit:
            name = text("rectification.file", name=unit.name, day=view.today.isoformat())
            letter = rectification_notice(view, unit, by_unit[unit.district_code])
            letters.append((f"{name}{mark}.docx", letter))
    if not letters:
        return None
    if len(letters) == 1:
        ((name, letter),) = letters
        return download(name, letter, DOCX)
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, letter in letters:
            archive.writestr(name, letter)
    return download(f"{text('rectification.title')}_{view.today.isoformat()}{mark}.zip", content.getvalue(), ZIP)
