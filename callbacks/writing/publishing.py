"""`/data`: publish, go back to an earlier publication, withdraw a batch; each said as it went."""

import logging
import re
import subprocess
import sys
from dataclasses import dataclass

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.rate_limits import check_rate_limit, exclusive_job
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.board_filter import listing_of
from callbacks.writing.board_standing import standing_of
from callbacks.writing.publication_board import publications_of
from callbacks.writing.return_board import board_of
from data.access import EVERYTHING, Actor, Permission, Viewer
from data.atomic_files import DamagedFileError
from data.catching_up import catch_up
from data.settings import ROOT, Settings
from data.store.names import account_names
from data.store.refusals import RefusedError
from data.taking_back import note_in_audit, rollback, withdraw
from data.text import text
from data.warehouse.snapshots import in_force
from layouts.markup import Node
from layouts.office.publications import publication_panels
from layouts.office.return_board import board_page

log = logging.getLogger("oversight.publications")
PUBLICATION_SECONDS = 120
LONGEST_REASON = 600
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PROGRESS = "…"
DONE, CONFLICT, FAILED = 200, 409, 500


def add_publishing(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add publication, rollback and withdrawal."""
    acts = _Acts(deps, settings)
    server.post("/data/publish")(acts.publish_all)
    server.post("/data/<any(rollback, withdraw):action>")(acts.take_back)


def at_a_look(deps: Dependencies, settings: Settings) -> str:
    """End what was interrupted before somebody looks; says what is wrong with the batches."""
    try:
        catch_up(settings, deps.store, deps.now())
    except DamagedFileError as error:
        log.error("batches or publications are damaged: %s", error)
        return text("publications.damaged")
    return ""


def office_board(deps: Dependencies, settings: Settings, viewer: Viewer, said: str = "") -> str:
    """The page of returns; for who publishes also what is published."""
    problem = at_a_look(deps, settings)
    board = board_of(deps, settings, viewer, flask.request.args.get("period", ""))
    token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
    standing = standing_of(deps, settings, viewer, board)
    panels: list[Node] = []
    if _may_publish(viewer):
        shown = publications_of(
            settings, account_names(deps.store), problem, deps.catalogue.version, waits=board.waits_for_publication
        )
        panels = publication_panels(shown, token, is_next_step=not standing.to_review)
    listing = listing_of(flask.request.args, board, standing)
    return board_page(board, standing, listing, token, office_strip(deps, settings), said, panels)


def _may_publish(viewer: Viewer) -> bool:
    """Publications hold every unit, so they are for who sees every unit."""
    return Permission.RETURNS_APPROVE in viewer.permissions and viewer.scope == EVERYTHING


class _Acts:
    def __init__(self, deps: Dependencies, settings: Settings) -> None:
        self.deps, self.settings = deps, settings

    def _viewer(self) -> Viewer:
        viewer = self.deps.current_viewer()
        if not _may_publish(viewer):
            raise NotAllowedError((Permission.RETURNS_APPROVE,))
        check_rate_limit("publish", viewer.account or flask.request.remote_addr or "")
        return viewer

    def publish_all(self) -> Response | tuple[str, int]:
        viewer = self._viewer()
        with exclusive_job():
            form = flask.request.form
            outcome = _publish(self.settings, viewer.actor, form.get("after"), again=bool(form.get("again")))
        if not outcome.words:
            return flask.redirect("/data")
        number = text("state.request_id", request_id=flask.g.get("request_id", ""))
        return office_board(self.deps, self.settings, viewer, f"{outcome.words} {number}"), outcome.status

    def take_back(self, action: str) -> Response | tuple[str, int]:
        viewer = self._viewer()
        form, settings = flask.request.form, self.settings
        reason = form.get("reason", "")
        try:
            if not form.get("confirmed"):
                raise RefusedError("needs_confirmation")
            if action == "rollback":
                rollback(settings, form.get("snapshot_id", "")[:80], viewer.actor, reason)
            else:
                withdraw(settings, form.get("batch_id", "")[:80], viewer.actor, reason)
        except RefusedError as error:
            message = text(f"refused.{error.code}")
            return office_board(self.deps, settings, viewer, message), 400
        note_in_audit(settings, self.deps.store)
        return flask.redirect("/data")


@dataclass(frozen=True)
class Outcome:
    """How a publication went: the answer's status and what is said."""

    status: int
    words: str


def _publish(settings: Settings, by: Actor, after: str | None, *, again: bool) -> Outcome:
    """Run the command in a process of its own; what it says is said, and logged with the number.

    `after` is the publication in force that the page with the button named.
    """
    environment = {
        "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
        "OVERSIGHT_RULES_FOLDER": str(settings.rules_folder),
        "OVERSIGHT_PUBLISH_MEMORY": settings.publish_memory,
        "OVERSIGHT_PUBLISH_THREADS": str(settings.publish_threads),
        "OVERSIGHT_STORE_URL": settings.store_url,
    }
    command = [
        sys.executable,
        "-m",
        "data",
        "publish",
        *(["--again"] if again else []),
        *([] if after is None else ["--after", after]),
        *("--by", by.name, "--account-id", by.account_id),
    ]
    before = in_force(settings.snapshots_folder)
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            command, cwd=ROOT, capture_output=True, env=environment, timeout=PUBLICATION_SECONDS, check=False
        )
        code, said = done.returncode, done.stderr.decode(errors="replace")
    except subprocess.TimeoutExpired as error:
        code, said = None, (error.stderr or b"").decode(errors="replace")
    if code == 0:
        return Outcome(DONE, "")
    now = in_force(settings.snapshots_folder)
    outcome = _told(code, _reason(code, said), now if now != before else "")
    log.error(
        "publication",
        extra={
            "request_id": flask.g.get("request_id", ""),
            "exit_code": code,
            "reason": outcome.words,
            "error": _last_line(said),
        },
    )
    return outcome


def _told(code: int | None, reason: str, published: str) -> Outcome:
    if published:
        return Outcome(DONE, text("publications.to_follow", snapshot=published))
    status = CONFLICT if code == 1 else FAILED
    return Outcome(status, text("publications.not_published", reason=reason))


def _reason(code: int | None, said: str) -> str:
    """The command's own Chinese sentences; other words where it gave none."""
    if code is None:
        return text("publications.too_long", seconds=PUBLICATION_SECONDS)
    lines = [line.strip() for line in said.splitlines() if CHINESE.search(line)]
    sentences = "".join(line for line in lines if not line.startswith(PROGRESS))
    if "Traceback" in said or not sentences:
        return text("publications.broke_off", code=code)
    return sentences[:LONGEST_REASON]


def _last_line(said: str) -> str:
    """The kind of a failure, without its words: those may hold values."""
    lines = [line for line in said.splitlines() if "Error" in line]
    return lines[-1].strip(" │").partition(":")[0][:80] if lines else ""
