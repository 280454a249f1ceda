"""`/audit` for the auditor: the log by pages and days, and all of it as a file that is sent while it is read."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import streamed
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.rate_limits import check_rate_limit
from data.access import Permission, Viewer
from data.catalogue.department_tables import Department
from data.catalogue.matter_tables import MatterKind, MatterState, SurveyGroup
from data.catalogue.supervision_tables import InspectorKind, SupervisionLevel, WarningRule
from data.catalogue.tables import District, Indicator, Parameter, PlanPhase, Source
from data.settings import Settings
from data.spreadsheets import looks_like_formula
from data.store import audit
from data.store.accounts import list_accounts, names_of_roles
from data.store.audit_pages import Part, actions, check_recent, entries_of, pages_of
from data.store.names import Names, account_names
from data.text import text
from layouts.office.audit_log import AuditView, audit_cells, audit_heads, audit_page, names_of_codes

PAGE_ENTRIES = 200
CHECKED_ENTRIES = 5_000
"""How many of the newest entries a look at the page reads anew; all of them are `verify`'s."""
ENTRY = re.compile(r"[0-9]{1,9}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BYTE_ORDER_MARK = "\ufeff"


def add_audit_pages(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the log and its export."""

    def auditor() -> Viewer:
        viewer = deps.current_viewer()
        if Permission.AUDIT_READ not in viewer.permissions:
            raise NotAllowedError(Permission.AUDIT_READ)
        return viewer

    @server.get("/audit")
    def show_audit() -> str:
        auditor()
        known = actions(deps.store)
        part = _part(known)
        shown = _told_apart(entries_of(deps.store, part, PAGE_ENTRIES), account_names(deps.store))
        chain = check_recent(deps.store, audit.read_heads(settings.audit_heads_file), CHECKED_ENTRIES)
        recent = CHECKED_ENTRIES if chain.entry_count > CHECKED_ENTRIES else None
        view = AuditView(list(shown), chain, known, part, recent, _names(deps))
        return audit_page(view, office_strip(deps, settings))

    @server.get("/audit/export")
    def give_audit() -> Response:
        viewer = auditor()
        check_rate_limit("export", viewer.account)
        part = _part(actions(deps.store))
        lines = _lines(deps, part)
        name = f"{text('audit.title')}_{deps.today().isoformat()}.csv"
        return streamed(flask.stream_with_context(lines), name, "text/csv")


def _part(known: Iterable[str]) -> Part:
    """What the address asks for: one action, days of Beijing, entries before one."""
    asked = flask.request.args
    action = next((a for a in known if a == asked.get("action")), "")
    entry = asked.get("before", "")
    return Part(action, _day("since"), _day("until"), int(entry) if ENTRY.fullmatch(entry) else None)


def _day(name: str) -> date | None:
    said = flask.request.args.get(name, "")
    try:
        day = date.fromisoformat(said) if DAY.fullmatch(said) else None
    except ValueError:
        return None
    return day if day is None or date.min + timedelta(1) < day < date.max - timedelta(1) else None


def _told_apart(entries: Iterable[audit.AuditEntry], names: Names) -> Iterator[audit.AuditEntry]:
    for entry in entries:
        yield replace(entry, row=names.of_history([entry.row])[0])


def _names(deps: Dependencies) -> dict[str, str]:
    """The words of codes: of texts, of rows of the catalogue, of accounts."""
    catalogue = deps.catalogue
    return {
        **names_of_codes(),
        **dict(names_of_roles(catalogue)),
        **{s.state_code: s.name for s in catalogue.rows(MatterState)},
        **{k.matter_kind: k.name for k in catalogue.rows(MatterKind)},
        **{r.warning_code: r.name for r in catalogue.rows(WarningRule)},
        **{d.district_code: d.short_name for d in catalogue.rows(District)},
        **{s.source_code: s.document_number or s.title for s in catalogue.rows(Source)},
        **{p.parameter_code: p.name for p in catalogue.rows(Parameter)},
        **{i.indicator_code: i.short_name for i in catalogue.rows(Indicator)},
        **{p.phase_code: p.name for p in catalogue.rows(PlanPhase)},
        **{f"inspector_kind.{k.inspector_kind}": k.name for k in catalogue.rows(InspectorKind)},
        **{f"level_code.{level.level_code}": level.name for level in catalogue.rows(SupervisionLevel)},
        **{f"group_code.{g.group_code}": g.name for g in catalogue.rows(SurveyGroup)},
        **{f"department_code.{d.department_code}": d.name for d in catalogue.rows(Department)},
        "parameters": text("catalogue.table.parameters"),
        **{a.account_id: a.account_name for a in list_accounts(deps.store)},
    }


def _lines(deps: Dependencies, part: Part) -> Iterator[str]:
    """The file piece by piece: a transaction for each, so that nobody waits for it."""
    names, on_screen = _names(deps), account_names(deps.store)
    yield BYTE_ORDER_MARK + _csv([audit_heads()])
    for page in pages_of(deps.store, part):
        yield _csv(audit_cells(entry, names) for entry in _told_apart(page, on_screen))


def _csv(rows: Iterable[Iterable[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([f"'{cell}" if looks_like_formula(cell) else cell for cell in row] for row in rows)
    return stream.getvalue()
