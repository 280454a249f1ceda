"""Writes about another's unit: the answer to what is not yours is, byte for byte, that to what is not there.

For a district's, an inspector's and a school's account of three units (of each unit in `make faults`).
"""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.access import LOCAL_VIEWER
from data.settings import Settings
from data.store import agenda, audit, meetings, warnings
from data.store.evidence import add_evidence, all_evidence
from data.store.inspector_register import areas, hours_since, inspectors, offices
from data.store.ledger import list_issues
from data.store.matters import list_matters
from data.store.register_intake import take_register
from data.store.submissions import add_submission, list_submissions
from data.store.surveys import KINDS, counts_of
from data.store.visit_photos import all_photos
from data.store.warnings import list_states
from queries.ledger import ledger
from tests import surveys, task_books
from tests.depth import record, times
from tests.evidence_files import PDF
from tests.hostile.file_words import file_words
from tests.hostile.test_canaries import ROLES, school_of, signed_in, units_of
from tests.matters import matters_asked, put_matters
from tests.registers import registers_of
from tests.stores import an_issue, put
from tests.visitors import CATALOGUE, body, get, now, plain, post

BASE = "https://localhost"
NO_FINDINGS = {"findings": [], "finding_count": 0, "kinds": [], "changes": [], "preview": {}}
NOBODY, NO_NUMBER, NO_MEETING = "X-0000", "99999", "20991231-9"
REQUEST_NUMBER = re.compile(r"[0-9a-f]{16}")
MADE_AT = re.compile(r"\d{4}-\d\d-\d\dT[\d:]{8}Z")
SAVED = '"is_saved":true'
NEIGHBOURS = times(1, 3)
Pair = tuple[Any, Any]


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    folder = tmp_path_factory.mktemp("foreign")
    settings = Settings(
        var_folder=demo_settings.var_folder, login="local", store_url=f"sqlite:///{folder / 'operations.db'}"
    )
    app = create_app(settings)
    store = app.deps.store
    for unit in units_of(app):
        put(
            store,
            an_issue(f"F-{unit}", district_code=unit, school_code=school_of(unit)),
            an_issue(f"G-{unit}", district_code=unit, school_code=f"S{unit}-002"),
        )
        add_evidence(store, CATALOGUE, LOCAL_VIEWER, f"F-{unit}", "a.pdf", b"%PDF-", now())
        wanted = {
            "district_code": unit,
            "period": "2026",
            "file_name": "a.csv",
            "sha256": "0" * 64,
            "result": NO_FINDINGS,
        }
        add_submission(store, LOCAL_VIEWER, wanted, now())
    take_register(store, LOCAL_VIEWER, registers_of(units_of(app), "登记"), now())
    surveys.plan(store, units_of(app), "调查", now())
    task_books.released(store, units_of(app), "任务", now())
    snapshot_id = app.deps.warehouse.current().info.snapshot_id
    code = meetings.create_meeting(store, LOCAL_VIEWER, "会", now().date(), snapshot_id, now())
    put_matters(store, units_of(app), "事项")
    agenda.add_slide(store, LOCAL_VIEWER, code, "/", "页", now())
    meetings.add_decision(store, LOCAL_VIEWER, code, now(), meetings.Resolution("/", "事", "办", "局", None))
    yield app


def state(app: ServerRenderedDash) -> tuple[object, ...]:
    """Everything that one of the writes would change."""
    store = app.deps.store
    held = [
        (m, agenda.agenda(store, m.meeting_code), meetings.decisions(store, m.meeting_code))
        for m in meetings.list_meetings(store)
    ]
    registers = (areas(store), inspectors(store), offices(store), hours_since(store, date.min))
    matters = (list_issues(store), list_states(store), held, all_evidence(store), list_submissions(store, LOCAL_VIEWER))
    field = [list_matters(store, kind) for kind in ("visit", "opinion", "complaint")]
    of_surveys = [s for kind in KINDS for s in list_matters(store, kind)]
    counts = counts_of(store, CATALOGUE, [s.matter_code for s in of_surveys])
    return (*matters, *registers, field, all_photos(store), of_surveys, counts, task_books.state(store))


def asked_of(app: ServerRenderedDash, unit: str, role: str, other: str) -> Iterator[Pair]:
    """Each request of the forms, about what another has and about what nobody has."""
    issues = [f"F-{other}", f"G-{other}"] + ([] if role == ROLES[0] else [f"G-{unit}"])
    for code in issues:
        for action in ("start", "submit", "return", "close", "close_unmet", "ask_deadline", "grant_deadline", "assign"):
            moved = {"kind": "ledger", "version": "1", "action": action, "measure": "改", "reason": "核"}
            moved["responsible_unit"] = "甲"
            yield {**moved, "issue_code": code}, {**moved, "issue_code": NOBODY}
    for action in ("remind", "answer", "lift"):
        warned = {"kind": "warning", "version": "0", "action": action, "shown_state": "new", "reason": "核"}
        yield {**warned, "warning_key": f"veto.{other}"}, {**warned, "warning_key": "veto.599999"}
    new = {
        "kind": "open_issue",
        "problem": "事",
        "origin": "监测",
        "count": "1",
        "stage": "both",
        "indicator": "verdict",
    }
    for about in ("words", "failing"):
        yield ({**new, "about": about, "district_code": other}, {**new, "about": about, "district_code": "599999"})
    for key in ("section.primary.L2.S{}-001", "cv.{}.primary.L2", "item.{}.G9"):
        yield {**new, "about": key.format(other)}, {**new, "about": key.format("599999")}
    listed = {"kind": "look_back", "seen": "1"}
    addresses = [f"/ledger?only=look_back&district={unit}" for unit in (other, "599999")]
    yield {**listed, "address": addresses[0]}, {**listed, "address": addresses[1]}
    reminded = {"kind": "remind_all", "seen": "1"}
    addresses = [f"/warn?district={unit}" for unit in (other, "599999")]
    yield {**reminded, "address": addresses[0]}, {**reminded, "address": addresses[1]}
    code = meetings.list_meetings(app.deps.store)[0].meeting_code
    named = {
        "address": "/",
        "title": "页",
        "subject": "事",
        "resolution": "办",
        "responsible_unit": "局",
        "note": "记",
        "minutes": "5",
        "by": "0",
        "version": "1",
        "progress": "done",
    }
    for action in ("create", "add", "fill", "rename", "change", "place", "drop", "decide", "progress"):
        held = {"kind": "meeting", "action": action, **named}
        yield (
            {**held, "meeting_code": code, "slide_id": "1", "decision_id": "1"},
            {**held, "meeting_code": NO_MEETING, "slide_id": NO_NUMBER, "decision_id": NO_NUMBER},
        )


def forms_of(app: ServerRenderedDash, other: str) -> Iterator[Pair]:
    """Each door with a number or a code in it: (path, fields) of another's thing and of nobody's."""
    units = units_of(app)
    number = str(units.index(other) + 1)
    for path in ("/data/{}", "/data/{}/marked", "/evidence/{}"):
        yield (path.format(number), None), (path.format(NO_NUMBER), None)
    for action in ("submit", "decide"):
        fields = {"version": "1", "status": "returned", "words": "退"}
        yield (f"/data/{number}/{action}", fields), (f"/data/{NO_NUMBER}/{action}", fields)
    yield ("/evidence", {"issue_code": f"F-{other}"}), ("/evidence", {"issue_code": NOBODY})
    yield ("/evidence", {"warning_key": f"veto.{other}"}), ("/evidence", {"warning_key": "veto.599999"})
    upload = {"period": "2026"}
    yield (
        ("/data/upload", {**upload, "district_code": other}),
        ("/data/upload", {**upload, "district_code": "599999"}),
    )
    yield from registers_asked(other)
    yield from matters_asked(other, number)
    yield from surveys.asked(other)
    yield from task_books.asked(other)
    template = "/data/template?period=2026&district_code={}"
    yield (template.format(other), None), (template.format("599999"), None)


def registers_asked(other: str) -> Iterator[Pair]:
    """Entries of the registers, by code and by unit."""
    for letter in "AIO":
        path = "/inspectors/{}"
        code, nobody = f"{letter}{other}-001", f"{letter}599999-001"
        yield (path.format(code), None), (path.format(nobody), None)
        typed = {"version": "1", "name": "改名", "school_codes": school_of(other), "left_on": "2026-06-01"}
        for action in ("save", "dissolve", "leave", "add_training", "drop_training"):
            fields = {
                **typed,
                "action": action,
                "held_on": "2026-06-01",
                "hours": "8",
                "subject": "训",
                "training_id": "1",
            }
            yield (path.format(code), fields), (path.format(nobody), fields)
    for kind in ("area", "inspector", "office"):
        path = f"/inspectors/new/{kind}"
        asked = f"{path}?district_code="
        yield (f"{asked}{other}", None), (f"{asked}599999", None)
        new = {"action": "save", "version": "0", "name": "新立", "level_code": "district", "inspector_kind": "area"}
        new |= {"appointed_on": "2026-01-01", "area_code": f"A{other}-001"}
        yield (path, {**new, "district_code": other}), (path, {**new, "district_code": "599999"})
    yield (f"/inspectors?district_code={other}", None), ("/inspectors?district_code=599999", None)


def bare(answer: Any) -> str:
    """What an answer or a file says, without the number of its request and the second in which it was made."""
    return MADE_AT.sub("", REQUEST_NUMBER.sub("", file_words(answer.data)))


def write(app: ServerRenderedDash, client: FlaskClient, token: str, request: Mapping[str, object]):
    shapes = app.server.config["CALLBACK_SHAPES"]
    output = next(o for o in shapes if "said" in o)
    return post(client, token, body(shapes, output, [{**request, "at": 1}, "/nothing", "", None]))


def send(client: FlaskClient, token: str, path: str, fields: dict[str, str] | None):
    rate_limits.reset_rate_limits()
    if fields is None:
        return get(client, path)
    sent = {**fields, "csrf_token": token, "file": (io.BytesIO(PDF), "a.csv" if "data" in path else "a.pdf")}
    return client.post(path, data=sent, base_url=BASE, headers={"X-Oversight": "1"})


def written(app: ServerRenderedDash) -> list[int]:
    """The entries of the audit by number, but those of what was denied, and of files that were taken."""
    assert audit.check_chain(app.deps.store).first_broken is None
    held = audit.entries(app.deps.store, action="", before=None, most=1_000_000)
    return [e.sequence for e in held if e.row.action not in ("denied", "download", "export")]


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_yours_is_not_there(app: ServerRenderedDash, role: str) -> None:
    units, before = units_of(app), state(app)
    compared = 0
    for place in range(0, len(units), times(20, 1)):
        unit = units[place]
        client, token = signed_in(app, role, unit)
        entries = written(app)
        for step in range(1, NEIGHBOURS + 1):
            other = units[(place + step) % len(units)]
            answers = [
                (write(app, client, token, foreign), write(app, client, token, nowhere), foreign)
                for foreign, nowhere in asked_of(app, unit, role, other)
            ]
            answers += [
                (send(client, token, *foreign), send(client, token, *nowhere), foreign)
                for foreign, nowhere in forms_of(app, other)
            ]
            for foreign, nowhere, asked in answers:
                assert (foreign.status_code, bare(foreign)) == (nowhere.status_code, bare(nowhere)), asked
                assert foreign.status_code in (200, 400, 403, 404), asked
                assert SAVED not in bare(foreign), asked
                compared += 1
        assert written(app) == entries
    assert state(app) == before
    record(
        f"foreign_writes_{role}",
        units=len(range(0, len(units), times(20, 1))),
        compared=compared,
        different=0,
        carried_out=0,
    )


def test_the_own_is_carried_out(app: ServerRenderedDash) -> None:
    """So that the test above does not pass because nothing is ever carried out."""
    issues = ledger(app.deps.warehouse.current(), app.deps.store)
    answers = {r.issue.issue_code: r.district_code for r in issues}
    unit = [u for u in units_of(app) if answers[f"F-{u}"] == u][-1]
    client, token = signed_in(app, ROLES[0], unit, prefix="own")
    moved = {"kind": "ledger", "version": "1", "action": "start", "measure": "改", "issue_code": f"F-{unit}"}
    assert SAVED in plain(write(app, client, token, moved))
    remind = warnings.WarningStep(f"veto.{unit}", 0, "remind")
    warnings.step(app.deps.store, CATALOGUE, LOCAL_VIEWER, remind, now(), shown_state="new")
    answered = {
        "kind": "warning",
        "version": "1",
        "action": "answer",
        "shown_state": "reminded",
        "reason": "已补",
        "warning_key": f"veto.{unit}",
    }
    assert SAVED in plain(write(app, client, token, answered))
    assert send(client, token, "/evidence", {"issue_code": f"F-{unit}"}).status_code == 200
    entered = {"version": "2", "action": "enter_answers", "answered.pupils": "9", "satisfied.pupils": "8"}
    assert send(client, token, f"/surveys/DC{unit}-2026-0001", entered).status_code == 302
    rehearsal = {"district": unit, "period": "2026", "round": "7", "due_on": surveys.DUE, "asked.pupils": "9"}
    assert send(client, token, "/surveys/rehearsals", rehearsal).status_code == 302
    assert send(client, token, "/surveys", rehearsal).status_code == 400, "rounds are the city's"
    reported = {"version": "3", "action": "report_progress", "month": "2026-05-01", "done": "1", "evidence": "验收单"}
    assert send(client, token, f"/task-books/RW{unit}-2026-0001/1", reported).status_code == 302
    assert send(client, token, f"/data/{units_of(app).index(unit) + 1}", None).status_code == 200
