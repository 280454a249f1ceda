"""到校记录: the page for the phone, what it sends, once however often it comes, and the photographs of a visit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeGuard

import flask
from flask import Flask, Response
from werkzeug.wrappers import Response as AnyResponse

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import attachment
from callbacks.pages.visits import OF_CELL, OF_ISSUE, schools_to_visit, schools_today, visit_in_scope
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import signed_in_strip
from callbacks.web.rate_limits import check_rate_limit
from callbacks.web.request_guard import OWN_HEADER, csrf_token, session_cookie
from callbacks.writing.form_fields import actor_of
from data.access import Permission, Viewer
from data.catalogue.supervision_tables import IssueOrigin
from data.settings import ROOT, Settings
from data.store import audit
from data.store.engine import StoreDownError
from data.store.issue_opening import NewIssue, origins_for
from data.store.ledger import find_in
from data.store.matters import Writing
from data.store.refusals import RefusedError
from data.store.steps import open_states
from data.store.visit_photos import MOST_BYTES, NewPhoto, add_photo, find_photo
from data.store.visits import DIFFERS, OLDEST, Answer, VisitRecord, record_visit
from data.text import text
from layouts.office.visit_record import visit_record_page
from layouts.parts.demonstration import UNIT_KINDS, is_invented
from queries.ledger import cells_of
from queries.reader import Snapshot

WORKER = ROOT / "assets" / "boot" / "visit-worker.js"
FOUND_ON_ROUNDS = "rounds"
JPEG = "image/jpeg"
LONGEST_PROBLEM, LONGEST_PLACE = 500, 80
ANSWER_FIELDS = ("check_code", "side", "title", "reported", "answer", "measured", "words")
Sent = dict[str, object]


def add_visit_record(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page, its worker, what it sends to, and the photographs."""

    @server.get("/visits/record")
    def show_record() -> str:
        scoped = _recorder(deps)
        snapshot = scoped.warehouse.current()
        viewer = scoped.current_viewer()
        token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
        schools, left = schools_to_visit(scoped, snapshot)
        return visit_record_page(
            schools,
            left,
            viewer.account_id or viewer.name,
            token,
            signed_in_strip(scoped, settings),
            is_demonstration=is_invented(snapshot.info, UNIT_KINDS),
            asks_actor=not settings.has_login,
        )

    @server.get("/visits/worker.js")
    def show_worker() -> Response:
        return Response(WORKER.read_text("utf-8"), mimetype="text/javascript")

    @server.post("/visits/record")
    def take_record() -> tuple[Sent, int]:
        return _answered(deps, _take_record)

    @server.post("/visits/photo")
    def take_photo() -> tuple[Sent, int]:
        return _answered(deps, _take_photo)

    @server.get("/visits/photo/<int:photo_id>")
    def give_photo(photo_id: int) -> AnyResponse:
        scoped = deps.for_viewer()
        if Permission.READ_FIGURES not in scoped.current_viewer().permissions:
            raise NotAllowedError(Permission.READ_FIGURES)
        known = find_photo(scoped.store, photo_id)
        if known is None or visit_in_scope(scoped, scoped.warehouse.current(), known[0].matter_code) is None:
            flask.abort(404)
        photo, path = known
        return attachment(path, f"{photo.matter_code}-{photo.photo_id}.jpg", JPEG)


def _recorder(deps: Dependencies) -> Dependencies:
    """The dependencies of who records visits; nobody else sees the page."""
    scoped = deps.for_viewer()
    if Permission.VISITS_RECORD not in scoped.current_viewer().permissions:
        raise NotAllowedError(Permission.VISITS_RECORD)
    return scoped


def _answered(deps: Dependencies, take: Callable[[Dependencies], Sent]) -> tuple[Sent, int]:
    """What the device is told: 400 with the reason where it has to be mended, 503 where it tries again."""
    viewer = deps.current_viewer()
    if OWN_HEADER not in flask.request.headers or Permission.VISITS_RECORD not in viewer.permissions:
        return {"error": text("refused.no_permission"), "cause": "no_permission"}, 403
    check_rate_limit("visit", viewer.account or flask.request.remote_addr or "")
    try:
        return take(deps.for_viewer()), 200
    except RefusedError as error:
        reason = text(f"refused.{error.code}", detail=error.detail, most=error.detail)
        return {"error": text("form.refused", reason=reason), "cause": error.code}, 400
    except StoreDownError as error:
        return {"error": text(f"state.{error.state}_body")}, 503


def _take_record(deps: Dependencies) -> Sent:
    sent: object = flask.request.get_json(silent=True)
    record = _record_of(deps, sent)
    snapshot = deps.warehouse.current()
    place = schools_today(deps, snapshot).get(record.school_code)
    if place is None:
        raise RefusedError("unknown_school")
    if not snapshot.scope.may_change(place.district_code, place.school_code):
        raise RefusedError("unknown_school")
    subject = text("visit.subject", name=place.school_name)
    known = replace(record, district_code=place.district_code, subject=subject)
    viewer = actor_of(deps, _words(sent, "actor") if _is_object(sent) else "")
    is_demonstration = is_invented(snapshot.info, UNIT_KINDS)
    with deps.store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(deps.store, connection, deps.catalogue, viewer, deps.now())
        named = _named_issues(writing, known)
        issues = _issues(deps, snapshot, viewer, known)
        new = {place: issue for place, issue in issues.items() if place not in named}
        done = record_visit(writing, known, new, named, is_demonstration=is_demonstration)
    return {"visit": done.visit.matter_code, "issues": list(done.issue_codes), "was_sent": done.was_sent}


def _take_photo(deps: Dependencies) -> Sent:
    said, sent = flask.request.form, flask.request.files.get("file")
    if sent is None or not said.get("position", "").isdecimal():
        raise RefusedError("bad_record")
    viewer = actor_of(deps, said.get("actor", ""))
    if visit_in_scope(deps, deps.warehouse.current(), said.get("visit", "")) is None:
        raise RefusedError("unknown_matter")
    new = NewPhoto(
        said.get("key", ""),
        said.get("visit", ""),
        int(said["position"][:4]),
        sent.read(MOST_BYTES + 1),
        _moment(said.get("taken_at", "")),
        said.get("place", "")[:LONGEST_PLACE],
    )
    add_photo(deps.store, deps.catalogue, viewer, new, deps.now())
    return {"saved": text("visit.photograph")}


def _record_of(deps: Dependencies, sent: object) -> VisitRecord:
    """What a device sent, in the types that it must have.

    Raises:
        RefusedError: it has not.
    """
    if not _is_object(sent):
        raise RefusedError("bad_record")
    answers: object = sent.get("answers")
    if not _is_list(answers):
        raise RefusedError("bad_record")
    given = [_answer_of(answer) for answer in answers]
    return VisitRecord(
        _words(sent, "key"),
        _words(sent, "matter"),
        "",
        _words(sent, "school"),
        "",
        _visited_at(sent, deps.now()),
        _words(sent, "impression"),
        given,
    )


def _issues(deps: Dependencies, snapshot: Snapshot, viewer: Viewer, record: VisitRecord) -> dict[int, NewIssue]:
    """The issue of each finding: about the value that was looked at where it still falls short, else in words."""
    findings = {n: a for n, a in enumerate(record.answers) if a.answer == DIFFERS}
    named = {n: _cell_of(record, a) for n, a in findings.items() if a.check_code.startswith(f"{OF_CELL}.")}
    cells = cells_of(snapshot, list(named.values()))
    origins = origins_for(deps.catalogue, viewer)
    if findings and not origins:
        raise RefusedError("no_permission")
    (found_on_rounds,) = [o.name for o in deps.catalogue.rows(IssueOrigin) if o.origin_code == FOUND_ON_ROUNDS]
    origin = found_on_rounds if found_on_rounds in origins else next(iter(origins), "")
    issues: dict[int, NewIssue] = {}
    for number, answer in findings.items():
        value = cells.get(named[number]) if number in named else None
        place = (value.stage, value.item_code) if value is not None and value.is_met is False else (None, None)
        issues[number] = NewIssue(
            record.district_code, _problem(answer), origin, record.school_code, place[0] or None, place[1]
        )
    return issues


def _named_issues(writing: Writing, record: VisitRecord) -> dict[int, str]:
    """The open issue that a finding is about, where it was asked of one of this school."""
    is_open, named = open_states(writing.catalogue, "issue"), dict[int, str]()
    for place, answer in enumerate(record.answers):
        kind, _, code = answer.check_code.partition(".")
        issue = find_in(writing.connection, code) if kind == OF_ISSUE and answer.answer == DIFFERS else None
        if issue is not None and issue.school_code == record.school_code and issue.status in is_open:
            named[place] = code
    return named


def _cell_of(record: VisitRecord, answer: Answer) -> tuple[str, str, str]:
    _, _, rest = answer.check_code.partition(".")
    stage, _, item = rest.partition(".")
    return (record.school_code, stage, item)


def _problem(answer: Answer) -> str:
    """What the issue says, such as L5 运动场馆：现场2,520㎡；操场东侧在施工."""
    measured = text("visit.measured_words", measured=answer.measured.strip()) if answer.measured.strip() else ""
    finding = "；".join(w for w in (measured, answer.words.strip()) if w)
    left = LONGEST_PROBLEM - len(text("visit.problem", title=answer.title, words=f"；{finding}"))
    said = "；".join(w for w in (answer.reported[: max(0, left)], finding) if w)
    return text("visit.problem", title=answer.title, words=said)[:LONGEST_PROBLEM]


def _visited_at(sent: Sent, now: datetime) -> datetime:
    """When the visit was, by how long ago the device says: its clock may be wrong by days."""
    sent_at = _moment(_words(sent, "sent_at")) if "sent_at" in sent else now
    ago = sent_at - _moment(_words(sent, "visited_at"))
    return now - min(max(ago, timedelta()), 2 * OLDEST)


def _moment(said: str) -> datetime:
    """A moment of a device in UTC.

    Raises:
        RefusedError: it is none.
    """
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise RefusedError("bad_record") from error
    if moment.tzinfo is None:
        raise RefusedError("bad_record")
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as error:
        raise RefusedError("bad_record") from error


def _answer_of(sent: object) -> Answer:
    if not _is_object(sent):
        raise RefusedError("bad_record")
    return Answer(**{name: _words(sent, name) for name in ANSWER_FIELDS})


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _is_object(value: object) -> TypeGuard[Sent]:
    return isinstance(value, dict)


def _words(sent: Sent, name: str) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise RefusedError("bad_record")
    return value
