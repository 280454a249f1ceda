"""`/duties`: how far the visits of a term are and what is past its day, and as a file; the calendar of visits."""

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, attachment
from callbacks.files.export import note_export
from callbacks.files.matter_lists import check_export
from callbacks.pages.duties import duties_view
from callbacks.pages.visit_calendar import calendar_view
from callbacks.rendering.binding import for_reader
from callbacks.web.account_bar import office_strip
from data.settings import Settings
from data.text import text
from layouts.export.files import Caption, to_xlsx
from layouts.export.tables import heading_of, tables_of
from layouts.ids import ShellId
from layouts.office.duties import duties_filter, duties_head, duties_page, duties_tables
from layouts.office.supervision_ways import CALENDAR
from layouts.office.visit_calendar import calendar_page
from layouts.page import Panel
from layouts.routes import DUTIES

EVERY_ROW = 1_000_000


def add_duties(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page and its file, and the calendar."""

    @server.get(DUTIES.path)
    def show_duties() -> str:
        scoped = for_reader(deps)
        return duties_page(duties_view(scoped, flask.request.args), office_strip(scoped, settings))

    @server.get(CALENDAR)
    def show_calendar() -> str:
        scoped = for_reader(deps)
        return calendar_page(calendar_view(scoped, flask.request.args), office_strip(scoped, settings))

    @server.get(f"{DUTIES.path}/file.xlsx")
    def give_duties() -> Response:
        scoped = for_reader(deps)
        check_export(scoped)
        view = duties_view(scoped, flask.request.args)
        panels = [Panel(ShellId.MESSAGE, "", [*duties_head(view), *duties_tables(view, EVERY_ROW, is_file=True)])]
        marks = [text("app.demo")] if view.is_demonstration else []
        caption = Caption(heading_of(panels), duties_filter(view), marks)
        content = to_xlsx(caption, tables_of(panels, text("duties.title")))
        note_export(scoped, "duties", view.asked.address())
        name = "_".join([text("duties.title"), view.today.isoformat(), *marks])
        return attachment(content, f"{name}.xlsx", XLSX)
