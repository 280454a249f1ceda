"""Letters as they were sent: one by its number, or those of a list in one archive."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import DOCX, ZIP, attachment
from callbacks.files.export import note_export
from callbacks.files.matter_lists import check_export
from callbacks.rendering.binding import for_reader
from data.store.warning_letters import SentLetter, list_letters
from data.text import text
from layouts.pages.warn.letters import MOST_LETTERS
from layouts.routes import LETTERS


def add_letter_routes(server: Flask, deps: Dependencies) -> None:
    """Add `GET /letters/<year>/<number>` and `GET /letters/<year>/<first>-<last>.zip`: all of them or none."""

    @server.get(f"{LETTERS}/<int:year>/<int:number>")
    def give_sent_letter(year: int, number: int) -> Response:
        scoped = _exporting(deps)
        letters = [x for x in letters_in_scope(scoped) if (x.year, x.number) == (year, number)]
        if not letters:
            flask.abort(404)
        note_export(scoped, "letter", flask.request.path)
        return attachment(scoped.store.evidence_folder / letters[0].sha256, letters[0].file_name, DOCX)

    @server.get(f"{LETTERS}/<int:year>/<int:first>-<int:last>.zip")
    def give_sent_letters(year: int, first: int, last: int) -> Response:
        scoped = _exporting(deps)
        letters = [x for x in letters_in_scope(scoped) if x.year == year and first <= x.number <= last]
        if not 0 < len(letters) <= MOST_LETTERS:
            flask.abort(404)
        content = BytesIO()
        with ZipFile(content, "w", ZIP_DEFLATED) as archive:
            for letter in letters:
                archive.write(scoped.store.evidence_folder / letter.sha256, letter.file_name)
        note_export(scoped, "letters", flask.request.path)
        return attachment(content.getvalue(), f"{text('reminding.file')}_{year}_{first}-{last}.zip", ZIP)


def letters_in_scope(deps: Dependencies) -> list[SentLetter]:
    """The letters to units of which the viewer sees the whole, the latest first."""
    scope = deps.warehouse.current().scope
    return [letter for letter in list_letters(deps.store) if scope.may_change(letter.district_code)]


def _exporting(deps: Dependencies) -> Dependencies:
    """The viewer's own dependencies, if he reads figures and has not asked for too many files."""
    scoped = for_reader(deps)
    check_export(scoped)
    return scoped
