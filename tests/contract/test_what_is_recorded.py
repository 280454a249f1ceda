"""The audit keeps what happened, of known words, and never much: nobody writes it full with a form."""

import base64
import json
from collections.abc import Iterator

import pytest

from callbacks.pages.meetings import write_meeting
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.access import Actor, Permission, Viewer
from data.rows.examination import FindingRecord
from data.settings import Settings
from data.store import agenda, audit, meetings, warnings
from data.store.engine import Store
from data.store.ledger import Move, move
from data.store.refusals import LONGEST_WORDS, RefusedError
from data.store.submission import ACCEPTING, APPROVED, CHECKED, RETURNED, SUBMITTED, Step, group_of
from data.store.submissions import add_submission, send_back, submit
from data.text import text
from tests.present import present
from tests.stores import NOW, RECTIFIER, SUPERVISOR, an_issue, put
from tests.visitors import CATALOGUE, OWN, body, guarded_app, post, signed_in

MEGABYTE = "x" * 900_000
BASE = "https://localhost"


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("recorded"), ("school", "leader", "clerk"))


def newest(store: Store) -> list[audit.AuditEntry]:
    return audit.entries(store, action="", before=None, most=1000)


def export(app: ServerRenderedDash, name: str, kind: object, path: str, search: str):
    rate_limits.reset_rate_limits()
    client, token = signed_in(app, name)
    before = len(newest(app.deps.store))
    shapes = app.server.config["CALLBACK_SHAPES"]
    output = next(o for o in shapes if "download.data" in o)
    answer = post(client, token, body(shapes, output, [{"kind": kind, "at": 1}, path, search]))
    entries = newest(app.deps.store)
    return answer, entries[: len(entries) - before]


@pytest.mark.parametrize(
    ("kind", "path", "search"),
    [
        (MEGABYTE, "/funds", ""),
        ("letter." + MEGABYTE, "/warn", ""),
        ("nothing", "/funds", ""),
        ("exe", "/", ""),
        ("csv", "/" + MEGABYTE, ""),
        ("csv", "/no-such-page", ""),
        ("csv", "", MEGABYTE),
        ("letter.500103", "/warn", ""),
        ("forms", "/league", ""),
        ("issues", "/league", ""),
        ("csv", "/leads", ""),
        ("csv", "/meeting", ""),
    ],
    ids=lambda v: v[:20],
)
def test_no_export_is_recorded_that_was_not_made(app: ServerRenderedDash, kind: str, path: str, search: str) -> None:
    answer, noted = export(app, "office", kind, path, search)
    made = answer.status_code == 200 and "filename" in answer.text
    assert [e.row.action for e in noted] == (["export"] if made else [])
    assert sum(len(e.subject_id) + len(e.row.reason) for e in noted) < 1000
    if (kind, path) != ("csv", ""):  # 总览 with words that say nothing is 总览
        assert not made


def test_an_export_is_recorded_as_our_own_link(app: ServerRenderedDash) -> None:
    junk = "k1=1&k2=2&why=%3Cscript%3E&x=%0d%0a&period=1066"
    answer, noted = export(app, "leader", "csv", "/league/", f"?stage=primary&{junk}")
    (given,) = present(answer.json)["response"].values()
    assert given["data"]["filename"].endswith(".csv")
    assert base64.b64decode(given["data"]["content"])
    (entry,) = noted
    assert (entry.subject_id, entry.row.reason, entry.row.actor) == ("/league?stage=primary", "csv", "市领导")


def refusal(work, *arguments: object, **named: object) -> str:
    with pytest.raises(RefusedError) as caught:
        work(*arguments, **named)
    return caught.value.code


def test_a_refused_move_is_recorded_by_known_words(store: Store) -> None:
    put(store, an_issue())
    for action in (MEGABYTE, "no_such_move", "", "start; drop"):
        wanted = Move("T2026-0001", 1, action)
        assert refusal(move, store, CATALOGUE, RECTIFIER, wanted, NOW) == "no_transition"
    assert newest(store) == []
    assert refusal(move, store, CATALOGUE, RECTIFIER, Move("T2026-0001", 1, "close"), NOW) == "no_transition"
    (entry,) = newest(store)
    assert (entry.row.action, entry.row.reason) == ("refused", "close: no_transition")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("字" * (LONGEST_WORDS + 1), "too_long"), ("a\x00b", "bad_characters"), ("a\ud800b", "bad_characters")],
)
def test_words_of_every_desk_are_bounded(store: Store, words: str, wanted: str) -> None:
    put(store, an_issue())
    day = NOW.date()
    code = meetings.create_meeting(store, SUPERVISOR, "例会", day, "snapshot", NOW)
    agenda.add_slide(store, SUPERVISOR, code, "/league", "排名", NOW)
    slide = agenda.agenda(store, code)[0].slide_id
    version = meetings.list_meetings(store)[0].version
    key = next(f"{r.warning_code}.{OWN}" for r in CATALOGUE.rows(warnings.WarningRule))
    known = len(newest(store))
    tries = [
        (move, store, CATALOGUE, RECTIFIER, Move("T2026-0001", 1, "start", reason=words), NOW),
        (move, store, CATALOGUE, RECTIFIER, Move("T2026-0001", 1, "start", measure=words), NOW),
        (meetings.create_meeting, store, SUPERVISOR, words, day, "snapshot", NOW),
        (agenda.add_slide, store, SUPERVISOR, code, "/league", words, NOW),
        *[
            (meetings.add_decision, store, SUPERVISOR, code, NOW, meetings.Resolution("/league", *said, None))
            for said in ((words, "b", "c"), ("a", words, "c"), ("a", "b", words))
        ],
    ]
    for work, *arguments in tries:
        assert refusal(work, *arguments) == wanted, work
    for item in (
        agenda.AgendaItem("/", words),
        agenda.AgendaItem("/", "a", words),
        agenda.AgendaItem("/", "a", speaker=words),
    ):
        assert refusal(agenda.change_slide, store, SUPERVISOR, slide, item, NOW) == wanted
    changed = {"title": words, "held_on": day}
    assert refusal(meetings.change_meeting, store, SUPERVISOR, code, version, NOW, **changed) == wanted
    asked = warnings.WarningStep(key, 0, "remind", words)
    assert refusal(warnings.step, store, CATALOGUE, SUPERVISOR, asked, NOW, shown_state="new") == wanted
    long_address = meetings.Resolution("/" + MEGABYTE, "a", "b", "c", None)
    assert refusal(meetings.add_decision, store, SUPERVISOR, code, NOW, long_address) == "bad_address"
    assert refusal(agenda.add_slide, store, SUPERVISOR, code, "/\t/evil.example", "a", NOW) == "bad_address"
    assert len(newest(store)) == known


@pytest.mark.parametrize("address", ["https://evil.example/x", "/nowhere", "https://evil.example//"])
def test_a_running_order_holds_pages_that_there_are(app: ServerRenderedDash, address: str) -> None:
    store = app.deps.store
    code = meetings.create_meeting(store, SUPERVISOR, "会", NOW.date(), "s", NOW)
    known = len(newest(store))
    wanted = {"action": "add", "meeting_code": code, "address": address, "title": "页"}
    assert refusal(write_meeting, app.deps, wanted, SUPERVISOR) == "bad_address"
    assert agenda.agenda(store, code) == []
    assert len(newest(store)) == known
    write_meeting(app.deps, {**wanted, "address": "https://evil.example/league?stage=primary"}, SUPERVISOR)
    assert [s.address for s in agenda.agenda(store, code)] == ["/league?stage=primary"]


def test_a_return_is_recorded_without_its_explanations(store: Store) -> None:
    office = Viewer("区督导", frozenset({Permission.RETURNS_SUBMIT}))
    city = Viewer("市督导", frozenset({Permission.RETURNS_APPROVE}))
    findings = [
        FindingRecord(
            finding_code=f"f{n}",
            severity="query",
            file_name="报表.xlsx",
            sheet="",
            row=None,
            column="c" * 500,
            value="",
            message="",
            suggested_fix="",
        )
        for n in range(300)
    ]
    wanted = {
        "district_code": OWN,
        "period": "2026",
        "file_name": "报表.xlsx",
        "sha256": "0" * 64,
        "result": {"findings": findings},
    }
    for period in ("", "1999", "2026-13", "2026\x00", "x" * 10):
        assert refusal(add_submission, store, office, {**wanted, "period": period}, NOW) == "bad_period"
    long_name = {**wanted, "file_name": "x" * 600}
    assert refusal(add_submission, store, office, long_name, NOW) == "too_long"
    number = add_submission(store, office, wanted, NOW)
    said = {group_of(f): "说" * 500 for f in findings}
    too_much = Step(number, 1, "x" * 501)
    assert refusal(submit, store, office, too_much, said, NOW, is_correction=True) == "too_long"
    submit(store, office, Step(number, 1, "更正"), said, NOW, is_correction=True)
    assert refusal(send_back, store, city, Step(number, 2, "x" * 501), NOW) == "too_long"
    send_back(store, city, Step(number, 2, "退回"), NOW)
    assert [e.row.action for e in newest(store)] == ["returned", "submitted", "check"]
    handed_in = newest(store)[1].row.after
    assert len(handed_in["explanations_sha256"]) == 64
    assert len(json.dumps(handed_in)) < 1000


def test_no_entry_is_longer_than_any_write_can_make_it(store: Store) -> None:
    act = audit.AuditEvent(Actor("a"), "x", "issue", "1", NOW)
    with pytest.raises(ValueError, match="longer than"), store.write() as connection:
        audit.record(store, connection, act, {}, {"words": MEGABYTE})
    assert newest(store) == []
    assert audit.check_chain(store).first_broken is None
    cells = {f"text{n}": "字" * 2000 for n in range(10)}  # as long as an import takes them
    with store.write() as connection:
        audit.record(store, connection, act, cells, {k: v + "改" for k, v in cells.items()})
    assert len(newest(store)) == 1


def test_the_desk_records_no_account_that_was_not_made(app: ServerRenderedDash) -> None:
    client, token = signed_in(app, "clerk")
    good = {
        "csrf_token": token,
        "action": "create",
        "account_name": "newcomer",
        "person": "某人",
        "role_code": "district_supervisor",
        "district_code": OWN,
        "password": "Ganzhou-2026-xy",
    }
    before = newest(app.deps.store)
    for name in ("account_name", "person", "role_code", "district_code", "school_codes", "action"):
        for words in (MEGABYTE[:400_000], "a\x00b"):
            answer = client.post("/accounts", data={**good, name: words}, base_url=BASE)
            assert answer.status_code == 400, name
    for action in ("disable", "reset", "bind"):
        sent = {**good, "action": action, "account_name": MEGABYTE[:400_000]}
        assert client.post("/accounts", data=sent, base_url=BASE).status_code == 400
    assert newest(app.deps.store) == before


@pytest.mark.parametrize("status", [CHECKED, SUBMITTED, ACCEPTING, APPROVED, RETURNED])
def test_each_state_that_a_return_is_brought_to_is_an_action_with_a_name(status: str) -> None:
    """A return checked again stood in the log as `checked`."""
    assert text(f"audit.action.{status}")
