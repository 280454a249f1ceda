"""`/look-back`: the report of the look-backs of a period, as a page, as a Word draft and as a list."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import DOCX, XLSX, attachment
from callbacks.files.export import note_export
from callbacks.pages.ledger import look_back_rule, unreported_codes
from callbacks.rendering.binding import for_reader
from callbacks.rendering.issue_counts import issue_board
from callbacks.rendering.page_context import load_unit_context
from callbacks.web.account_bar import office_strip
from callbacks.web.quotas import check_quota
from callbacks.web.rate_limits import check_rate_limit
from data.rows.duties import term_of_day
from data.rows.look_back_report import Report, closings_by_unit, report_lines
from data.settings import Settings
from data.store.look_back_record import list_look_backs
from data.store.names import account_names
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.documents.look_back import look_back_paper
from layouts.export.template import template_workbook
from layouts.office.look_back import ReportView, look_back_page, sheet_heads, sheet_rows
from layouts.parts.demonstration import is_invented
from layouts.routes import LEDGER, LOOK_BACKS


def add_look_back_report(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page and its two files."""

    @server.get(LOOK_BACKS.path)
    def show_look_backs() -> str:
        scoped = for_reader(deps)
        return look_back_page(_view(scoped), office_strip(scoped, settings))

    @server.get(f"{LOOK_BACKS.path}/report.docx")
    def give_look_back_report() -> Response:
        return _file(for_reader(deps), "docx")

    @server.get(f"{LOOK_BACKS.path}/list.xlsx")
    def give_look_back_list() -> Response:
        return _file(for_reader(deps), "xlsx")


def _file(deps: Dependencies, ending: str) -> Response:
    """The paper, or the list that its figures count."""
    viewer = deps.current_viewer()
    check_rate_limit("export", viewer.account or flask.request.remote_addr or "")
    check_quota(deps, "exports", viewer)
    view = _view(deps)
    mark = f"_{text('app.demo')}" if view.is_demonstration else ""
    title = text("look_back_report.title")
    name = f"{title}_{view.report.since.isoformat()}_{view.report.until.isoformat()}{mark}.{ending}"
    note_export(deps, "look_back", flask.request.full_path)
    if ending == "docx":
        return attachment(look_back_paper(view.report, view.place, is_demonstration=view.is_demonstration), name, DOCX)
    note = text("visit.file_note", day=formatting.day(deps.today()))
    return attachment(template_workbook(title, sheet_heads(), sheet_rows(view.report), note), name, XLSX)


def _view(deps: Dependencies) -> ReportView:
    """The report of what the address asks for: since the term began until today, where it says no days."""
    snapshot, today, args = deps.warehouse.current(), deps.today(), flask.request.args
    rows = load_unit_context(deps, snapshot, ViewState())
    units = sorted((u.district_code, u.short_name) for u in rows.units if snapshot.scope.allows(u.district_code))
    district = args.get("district", "") if args.get("district", "") in dict(units) else ""
    autumn, spring = (int(deps.catalogue.parameter(f"term_{term}_month", today)) for term in ("autumn", "spring"))
    since = _day(args.get("since", "")) or term_of_day(today, autumn, spring).begins_on
    until = max(since, _day(args.get("until", "")) or today)
    names = account_names(deps.store)
    records = [names.told_apart(record, "looked_by") for record in list_look_backs(deps.store)]
    board = issue_board(deps, snapshot, units=frozenset({district}) if district else None)
    rule, recorded = look_back_rule(deps), {record.issue_code for record in records}
    due = board.due_look_backs(rule)
    shown = [
        replace(r, issue=names.told_apart(r.issue, "look_assignee"))
        for r in board.of_look_backs(recorded | {d.issue_code for d in due})
    ]
    report = Report(
        since,
        until,
        today,
        report_lines(shown, records, due, (since, until)),
        closings_by_unit(board.closings(since, until, recorded), records, (since, until)),
        dict(units),
        board.unjudged_look_backs(rule, unreported_codes(rows)),
    )
    query = urlencode({"since": since.isoformat(), "until": until.isoformat(), "district": district})
    place = dict(units).get(district, "") or rows.scope_name or text("look_back_report.whole_city")
    is_demonstration = is_invented(snapshot.info, LEDGER.draws)
    return ReportView(report, place, district, units, query, is_demonstration)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
