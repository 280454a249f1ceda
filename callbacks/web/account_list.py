"""`/account-list`: many accounts from a workbook, looked at first, then made together."""

import hashlib
import re
import time
from collections.abc import Sequence
from pathlib import Path

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, attachment
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.accounts import choices_of, units_offered
from callbacks.web.rate_limits import check_rate_limit, exclusive_job
from callbacks.web.request_guard import csrf_token, session_cookie
from data.access import Permission, Viewer
from data.account_lists.reading import AccountList, ListedAccount, ListFinding, read_list
from data.account_lists.workbooks import SchoolToName, handover, list_template
from data.atomic_files import owner_only, private_folder
from data.catalogue.access_tables import Role
from data.reading.child import read_in_child
from data.reading.limits import MOST_BYTES, TooLargeError, UnreadableFileError
from data.settings import Settings
from data.store.account_changes import AccountChange
from data.store.account_lists import ListPlan, plan_of, take_list
from data.store.accounts import list_accounts
from data.store.open_sessions import holders_signed_in
from data.store.refusals import RefusedError
from data.text import text
from layouts.office.account_list import ListView, account_list_page
from queries import common_dimensions
from queries.reader import NoSnapshotError

SHA256 = re.compile(r"[0-9a-f]{64}")
KEPT_SECONDS = 24 * 3600
COLUMN_OF = {
    "unknown_role": "role",
    "listed_guarded": "role",
    "own_role": "person",
    "needs_scope": "unit",
    "scope_not_of_role": "unit",
    "unknown_unit": "unit",
    "bad_school_code": "schools",
    "bad_validity": "valid_to",
}
"""Where a refusal of the store is shown; else at the account's name."""


def add_account_list(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page, its template and its two steps."""
    desk = _Desk(deps, settings)
    server.get("/account-list")(desk.show_list)
    server.post("/account-list")(desk.look_at_list)
    server.get("/account-list/template")(desk.give_list_template)
    server.post("/account-list/passwords")(desk.take_looked_at)


class _Desk:
    def __init__(self, deps: Dependencies, settings: Settings) -> None:
        self.deps, self.settings = deps, settings
        self.folder, _ = settings.list_folders

    def _manager(self) -> Viewer:
        viewer = self.deps.current_viewer()
        if Permission.ACCOUNTS_MANAGE not in viewer.permissions:
            raise NotAllowedError(Permission.ACCOUNTS_MANAGE)
        return viewer

    def _page(self, view: ListView | None = None, message: str = "") -> str:
        token = csrf_token(flask.request.cookies.get(session_cookie(self.settings), ""))
        choices = choices_of(self.deps, self.settings)
        return account_list_page(view, choices, token, office_strip(self.deps, self.settings), message)

    def show_list(self) -> str:
        self._manager()
        return self._page()

    def give_list_template(self) -> Response:
        self._manager()
        schools = self._without_account() if flask.request.args.get("schools") else []
        role = next((r.role_code for r in self.deps.catalogue.rows(Role) if r.scope_kind == "school"), "")
        content = list_template(self.deps.catalogue, schools, role)
        return attachment(content, f"{text('account_list.title')}.xlsx", XLSX)

    def _without_account(self) -> list[SchoolToName]:
        """The schools of today's units that no account of a single school is for."""
        kinds = {r.role_code: r.scope_kind for r in self.deps.catalogue.rows(Role)}
        taken = {
            code
            for account in list_accounts(self.deps.store)
            if kinds[account.role_code] == "school"
            for code in account.school_codes
        }
        rows = common_dimensions.school_places(self.deps.warehouse.current()) if self._has_figures() else ()
        offered = dict(units_offered(self.deps, self.settings))
        return [
            SchoolToName(r.district_code, r.school_code, r.school_name)
            for r in rows
            if r.district_code in offered and r.school_code not in taken
        ]

    def _has_figures(self) -> bool:
        try:
            self.deps.warehouse.current()
        except NoSnapshotError:
            return False
        return True

    def look_at_list(self) -> str | tuple[str, int]:
        viewer = self._manager()
        check_rate_limit("upload", viewer.account or flask.request.remote_addr or "")
        sent = flask.request.files.get("file")
        content = sent.read(MOST_BYTES + 1) if sent is not None else b""
        if not content:
            return self._page(message=text("refused.return_kind")), 400
        renews = bool(flask.request.form.get("renews"))
        sha256 = self._keep(content)
        try:
            with exclusive_job():
                listed, plan = self._looked_at(viewer, self.folder / sha256, renews=renews)
        except (TooLargeError, UnreadableFileError) as error:
            return self._page(message=text("account_list.unreadable", detail=str(error))), 400
        names = {step.change.account_name for step in plan.of_kind("change", "renew")} if plan else set[str]()
        signed_in = holders_signed_in(self.deps.store, names)
        return self._page(ListView(listed.findings, plan, sha256, renews, self.deps.today(), signed_in))

    def take_looked_at(self) -> Response | tuple[str, int]:
        viewer = self._manager()
        form = flask.request.form
        sha256, mark = form.get("sha256", ""), form.get("mark", "")
        path = self.folder / sha256
        if not SHA256.fullmatch(sha256) or not path.is_file():
            return self._page(message=text("refused.list_changed")), 400
        try:
            with exclusive_job():
                listed, _ = self._looked_at(viewer, path, renews=False)
                if listed.findings:
                    raise RefusedError("list_changed")
                rows = [account.change for account in listed.accounts]
                handed = take_list(self.deps.store, self.deps.catalogue, viewer, rows, mark, self.deps.now())
        except RefusedError as error:
            return self._page(message=text(f"refused.{error.code}")), 400
        except (TooLargeError, UnreadableFileError) as error:
            return self._page(message=text("account_list.unreadable", detail=str(error))), 400
        path.unlink(missing_ok=True)
        if not handed:
            return flask.redirect("/accounts")
        content = handover(self.deps.catalogue, handed)
        return attachment(content, f"{text('account_list.passwords')}.xlsx", XLSX)

    def _keep(self, content: bytes) -> str:
        """Keep what was sent until it is taken, a day at most; its hash."""
        private_folder(self.folder)
        for old in self.folder.iterdir():
            if time.time() - old.stat().st_mtime > KEPT_SECONDS:
                old.unlink(missing_ok=True)
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.folder / sha256
        path.write_bytes(content)
        owner_only(path)
        return sha256

    def _looked_at(self, viewer: Viewer, path: Path, *, renews: bool) -> tuple[AccountList, ListPlan | None]:
        """What the file says, and what it would do; no plan while something is wrong."""
        listed = read_list(read_in_child(path), self.deps.catalogue, self.deps.today())
        rows = self._with_kept_validity(listed.accounts)
        listed.accounts = rows
        places = {(f.sheet, f.cell) for f in listed.findings}
        sound = [row for row in rows if not places & {(row.sheet, cell) for cell in row.cells.values()}]
        plan = plan_of(
            self.deps.store, self.deps.catalogue, viewer, [row.change for row in sound], self.deps.now(), renews=renews
        )
        for number, code in plan.refused:
            listed.findings.append(_refused(sound[number], code))
        listed.findings += self._unknown_places(sound)
        listed.findings.sort(key=lambda f: (f.sheet, _row_of(f.cell)))
        return listed, None if listed.findings else plan

    def _with_kept_validity(self, rows: Sequence[ListedAccount]) -> list[ListedAccount]:
        """A list without columns for days leaves those of accounts that there are."""
        known = {a.account_name: a for a in list_accounts(self.deps.store)}
        return [
            account.with_days(before.valid_from, before.valid_to)
            if not account.says_validity and (before := known.get(account.change.account_name)) is not None
            else account
            for account in rows
        ]

    def _unknown_places(self, rows: Sequence[ListedAccount]) -> list[ListFinding]:
        """Units that an account is not for, and schools that the unit's latest return does not name."""
        offered = dict(units_offered(self.deps, self.settings))
        findings = [
            account.finding("unknown_unit", "unit", code)
            for account in rows
            for code in account.change.district_codes
            if code not in offered
        ]
        if self._has_figures():
            known = {
                (r.district_code, r.school_code) for r in common_dimensions.school_places(self.deps.warehouse.current())
            }
            findings += [
                account.finding("unknown_school", "schools", code, "、".join(account.change.district_codes))
                for account in rows
                for code in account.change.school_codes
                if not known & {(unit, code) for unit in account.change.district_codes}
            ]
        return findings


def _refused(account: ListedAccount, code: str) -> ListFinding:
    column = COLUMN_OF.get(code, "name")
    change: AccountChange = account.change
    value = {"person": change.person, "schools": " ".join(change.school_codes)}.get(column, change.account_name)
    return account.finding("refused", column, value, code)


def _row_of(cell: str) -> int:
    return int(re.sub(r"\D", "", cell) or 0)
