"""`/inspectors`: the registers of 督学, 责任区 and offices, read by all of a unit, kept by the unit and the city."""

from urllib.parse import urlencode

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, attachment
from callbacks.files.export import note_export
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.quotas import check_quota
from callbacks.web.rate_limits import check_rate_limit
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.register_edits import (
    account_words,
    blank,
    carry_out,
    choices_of,
    edit_of,
    save,
    typed_edit,
    unit_of,
)
from callbacks.writing.register_listing import asked_of, names_of, register_for, snapshot_of, view_of
from data.access import Permission, Viewer
from data.rows.registers import AreaRow, EntryRow, PersonRow, Register
from data.settings import Settings
from data.store import audit
from data.store.inspector_register import trainings
from data.store.names import account_names
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.register_entries import AREAS, INSPECTORS, OFFICES
from data.text import text
from layouts import formatting
from layouts.export.files import Caption, to_csv, to_xlsx
from layouts.export.tables import heading_of, tables_of
from layouts.ids import ShellId
from layouts.markup import Node
from layouts.office.register_entry import EntryView, entry_page
from layouts.office.register_forms import AnyEdit, new_page, unit_page
from layouts.office.registers import register_tables, registers_page
from layouts.page import Panel
from layouts.routes import INSPECTORS as PAGE
from queries import common_dimensions
from queries.reader import Snapshot
from queries.registers import ended_row, visits_of

DONE = ("create", "change", "leave", "dissolve", "add_training", "drop_training")
FILES = {"xlsx": (to_xlsx, XLSX), "csv": (to_csv, "text/csv")}


def add_inspectors(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the lists, their files, the pages of entries and their forms."""
    pages = _Pages(deps, settings)
    server.get(PAGE.path)(pages.show_registers)
    server.get(f"{PAGE.path}/file.<any(xlsx, csv):kind>")(pages.give_registers)
    new = f"{PAGE.path}/new/<any(inspector, area, office):kind>"
    server.get(new)(pages.show_new_entry)
    server.post(new)(pages.take_new_entry)
    server.get(f"{PAGE.path}/<code>")(pages.show_entry)
    server.post(f"{PAGE.path}/<code>")(pages.change_entry)


class _Pages:
    def __init__(self, deps: Dependencies, settings: Settings) -> None:
        self.deps, self.settings = deps, settings

    def _viewer(self, permission: Permission) -> Viewer:
        viewer = self.deps.current_viewer()
        if not viewer.permissions & {permission}:
            raise NotAllowedError(permission)
        return viewer

    def _token(self) -> str:
        return csrf_token(flask.request.cookies.get(session_cookie(self.settings), ""))

    def _strip(self) -> Node:
        return office_strip(self.deps, self.settings)

    def show_registers(self) -> str:
        viewer = self._viewer(Permission.READ_FIGURES)
        register = register_for(self.deps, viewer)
        asked = asked_of(flask.request.args, register)
        view = view_of(self.deps, register, asked, may_edit=Permission.REGISTERS_EDIT in viewer.permissions)
        said = text("register_list.done") if flask.request.args.get("done") == "list" else ""
        return registers_page(view, self._strip(), said)

    def give_registers(self, kind: str) -> Response:
        viewer = self._viewer(Permission.READ_FIGURES)
        check_rate_limit("export", viewer.account or flask.request.remote_addr or "")
        check_quota(self.deps, "exports", viewer)
        register = register_for(self.deps, viewer)
        asked = asked_of({"district_code": flask.request.args.get("district_code", "")}, register)
        view = view_of(self.deps, register, asked, may_edit=False)
        panels = [Panel(ShellId.MESSAGE, "", register_tables(view))]
        marks = [text("app.demo")] if view.chosen.is_demonstration else []
        unit = view.names.units[asked.district_code] if asked.district_code else text("registers.all_units")
        caption = Caption(heading_of(panels), [(text("registers.unit"), unit)], marks)
        write, mime = FILES[kind]
        content = write(caption, tables_of(panels, text("registers.title")))
        note_export(self.deps, kind, asked.address())
        return attachment(content, f"{'_'.join([text('registers.file'), *marks])}.{kind}", mime)

    def show_new_entry(self, kind: str) -> str:
        viewer = self._viewer(Permission.REGISTERS_EDIT)
        register = register_for(self.deps, viewer)
        units = self._units(viewer, kind, register)
        said = flask.request.args.get("district_code", "")
        if len(units) == 1:
            return self._new(register, blank(kind, next(iter(units))))
        if unit_of(said) in units and said:
            return self._new(register, blank(kind, unit_of(said)))
        return unit_page(kind, units, self._strip())

    def take_new_entry(self, kind: str) -> Response | tuple[str, int]:
        viewer = self._viewer(Permission.REGISTERS_EDIT)
        register = register_for(self.deps, viewer)
        unit = unit_of(flask.request.form.get("district_code", ""))
        edit = blank(kind, unit if unit in self._units(viewer, kind, register) else "-")
        try:
            edit = typed_edit(edit)
            code = save(self.deps, viewer, register, edit)
        except RefusedError as error:
            return self._new(register, edit, text(f"refused.{error.code}", detail=error.detail)), 400
        return flask.redirect(f"{PAGE.path}/{code}?{urlencode({'done': 'create'})}")

    def show_entry(self, code: str) -> str:
        viewer = self._viewer(Permission.READ_FIGURES)
        register, row = self._found(viewer, code)
        done = flask.request.args.get("done", "")
        said = text(f"registers.done.{done}", name=row.entry.name) if done in DONE else ""
        return self._entry(viewer, register, row, said)

    def change_entry(self, code: str) -> Response | tuple[str, int]:
        viewer = self._viewer(Permission.REGISTERS_EDIT)
        register, row = self._found(viewer, code)
        edit: AnyEdit | None = None
        done = "change"
        try:
            if flask.request.form.get("action") == "save":
                edit = typed_edit(edit_of(row))
                save(self.deps, viewer, register, edit)
            else:
                done = carry_out(self.deps, viewer, row, flask.request.form)
        except RefusedError as error:
            said = text(f"refused.{error.code}", detail=error.detail)
            return self._entry(viewer, register, row, said, edit), 400
        except ChangedMeanwhileError as error:
            who = account_names(self.deps.store).shown(error.by, error.by_id)
            said = text("form.changed", who=who, time=formatting.moment(error.at))
            return self._entry(viewer, *self._found(viewer, code), said, edit), 409
        return flask.redirect(f"{PAGE.path}/{code}?{urlencode({'done': done})}")

    def _units(self, viewer: Viewer, kind: str, register: Register) -> dict[str, str]:
        """The units that somebody keeps a register of; of the city's own areas there are none."""
        units = dict(register.unit_names)
        if kind != "area" and viewer.scope.may_change(""):
            units = {"": text("registers.city"), **units}
        return units

    def _new(self, register: Register, edit: AnyEdit, said: str = "") -> str:
        choices = choices_of(self.deps, register, edit)
        return new_page(edit, choices, self._token(), self._strip(), said)

    def _found(self, viewer: Viewer, code: str) -> tuple[Register, EntryRow]:
        register = register_for(self.deps, viewer)
        rows = (*register.areas, *register.people, *register.offices)
        row = next((r for r in rows if r.code == code), None) or ended_row(self.deps.store, viewer, code)
        if row is None:
            flask.abort(404)
        return register, row

    def _entry(self, viewer: Viewer, register: Register, row: EntryRow, said: str, typed: AnyEdit | None = None) -> str:
        deps, snapshot = self.deps, snapshot_of(self.deps)
        may_change = (
            Permission.REGISTERS_EDIT in viewer.permissions
            and viewer.scope.may_change(row.entry.district_code)
            and row.ended_on is None
        )
        edit = (typed or edit_of(row)) if may_change else None
        is_person = isinstance(row, PersonRow)
        subject = AREAS if isinstance(row, AreaRow) else INSPECTORS if is_person else OFFICES
        history = account_names(deps.store).of_history(audit.history(deps.store, subject.subject, row.code))
        area_code = row.inspector.area_code if is_person else None
        view = EntryView(
            row,
            names_of(deps),
            history,
            {} if snapshot is None else _school_names(snapshot),
            area=next((a for a in register.areas if a.code == area_code), None),
            trainings=trainings(deps.store, row.code) if is_person else (),
            visits=visits_of(snapshot, deps.catalogue, row.inspector) if is_person and snapshot else (),
            account=account_words(deps, row.inspector.account_id) if is_person and may_change else None,
            edit=edit,
            choices=choices_of(deps, register, edit) if edit else None,
            today=deps.today().isoformat(),
        )
        is_failure = flask.request.method == "POST"
        return entry_page(view, self._token(), self._strip(), said, is_failure=is_failure)


def _school_names(snapshot: Snapshot) -> dict[str, str]:
    return {r.school_code: r.school_name for r in common_dimensions.school_places(snapshot)}
