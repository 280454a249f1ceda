"""`/inspectors/list`: areas and inspectors from a workbook, looked at first, then taken over together."""

import hashlib
import re
import time
from pathlib import Path

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, attachment
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.quotas import check_quota
from callbacks.web.rate_limits import check_rate_limit, exclusive_job
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.register_listing import names_of, register_for, snapshot_of
from data.access import Permission, Viewer
from data.atomic_files import owner_only, private_folder
from data.importing.headers import plain_words
from data.reading.child import read_in_child
from data.reading.limits import MOST_BYTES, TooLargeError, UnreadableFileError
from data.register_lists.planning import plan_of_list
from data.register_lists.reading import Readable, read_register_list
from data.register_lists.workbooks import register_template
from data.settings import Settings
from data.store.refusals import RefusedError
from data.store.register_lists import registered, take_register_list
from data.text import text
from layouts.office.register_list import ADDRESS, RegisterListView, register_list_page
from layouts.routes import INSPECTORS
from queries import common_dimensions

SHA256 = re.compile(r"[0-9a-f]{64}")
KEPT_SECONDS = 24 * 3600


def add_register_list(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page, its template and its two steps."""
    desk = _Desk(deps, settings)
    server.get(ADDRESS)(desk.show_register_list)
    server.post(ADDRESS)(desk.look_at_register_list)
    server.get(f"{ADDRESS}/template")(desk.give_register_template)
    server.post(f"{ADDRESS}/take")(desk.take_over)


class _Desk:
    def __init__(self, deps: Dependencies, settings: Settings) -> None:
        self.deps, self.settings = deps, settings
        _, self.folder = settings.list_folders

    def _keeper(self) -> Viewer:
        viewer = self.deps.current_viewer()
        if Permission.REGISTERS_EDIT not in viewer.permissions:
            raise NotAllowedError(Permission.REGISTERS_EDIT)
        return viewer

    def _page(self, view: RegisterListView | None = None, message: str = "") -> str:
        token = csrf_token(flask.request.cookies.get(session_cookie(self.settings), ""))
        return register_list_page(view, token, office_strip(self.deps, self.settings), message)

    def show_register_list(self) -> str:
        self._keeper()
        return self._page()

    def give_register_template(self) -> Response:
        self._keeper()
        return attachment(register_template(), f"{text('register_list.sheet')}.xlsx", XLSX)

    def look_at_register_list(self) -> str | tuple[str, int]:
        viewer = self._keeper()
        check_rate_limit("upload", viewer.account or flask.request.remote_addr or "")
        check_quota(self.deps, "uploads", viewer)
        sent = flask.request.files.get("file")
        content = sent.read(MOST_BYTES + 1) if sent is not None else b""
        if not content:
            return self._page(message=text("refused.return_kind")), 400
        try:
            with exclusive_job():
                return self._page(self._looked_at(viewer, self._keep(content)))
        except (TooLargeError, UnreadableFileError) as error:
            return self._page(message=text("register_list.unreadable", detail=str(error))), 400

    def take_over(self) -> Response | tuple[str, int]:
        viewer = self._keeper()
        path = self.folder / flask.request.form.get("sha256", "")
        if not SHA256.fullmatch(path.name) or not path.is_file():
            return self._page(message=text("refused.register_changed")), 400
        try:
            with exclusive_job():
                view = self._looked_at(viewer, path)
                if view.plan is None:
                    return self._page(view), 400
                take_register_list(self.deps.store, viewer, view.plan, view.registered, self.deps.now())
        except RefusedError as error:
            return self._page(message=text(f"refused.{error.code}")), 400
        except (TooLargeError, UnreadableFileError) as error:
            return self._page(message=text("register_list.unreadable", detail=str(error))), 400
        path.unlink(missing_ok=True)
        return flask.redirect(f"{INSPECTORS.path}?done=list")

    def _keep(self, content: bytes) -> Path:
        """Keep what was sent until it is taken, a day at most, under its hash."""
        private_folder(self.folder)
        for old in self.folder.iterdir():
            if time.time() - old.stat().st_mtime > KEPT_SECONDS:
                old.unlink(missing_ok=True)
        path = self.folder / hashlib.sha256(content).hexdigest()
        path.write_bytes(content)
        owner_only(path)
        return path

    def _looked_at(self, viewer: Viewer, path: Path) -> RegisterListView:
        """What the file says and would add; no plan while something is wrong."""
        deps = self.deps
        listed = read_register_list(read_in_child(path), self._readable(viewer))
        compared = registered(deps.store)
        plan, contradictions = plan_of_list(listed.entries, compared)
        findings = sorted([*listed.findings, *contradictions], key=lambda f: (f.sheet, _row_of(f.cell), f.cell))
        return RegisterListView(findings, None if findings else plan, compared, names_of(deps), path.name)

    def _readable(self, viewer: Viewer) -> Readable:
        """The units of who hands in, and the schools of their latest returns by code and name."""
        snapshot = snapshot_of(self.deps)
        units = frozenset(register_for(self.deps, viewer).unit_names)
        rows = () if snapshot is None else common_dimensions.school_places(snapshot)
        schools = {
            (row.district_code, plain_words(name)): row.school_code
            for row in rows
            for name in (row.school_name, row.school_code)
        }
        may_name_city = viewer.scope.may_change("")
        return Readable(self.deps.catalogue, self.deps.today(), units, schools, may_name_city)


def _row_of(cell: str) -> int:
    return int(re.sub(r"\D", "", cell) or 0)
