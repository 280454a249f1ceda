"""The days of opinions and complaints on their pages: what is late, what still runs, and who reads what before it is told."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from data.clock import day_of
from data.settings import Settings
from data.store import audit
from data.store.matters import Matter, MatterStep, NewMatter, Writing, add_matter, find_matter, step_matter
from data.text import text
from layouts import formatting
from tests.contract.test_matters_desk import FEED_BACK, OPINION, letter_of, opinions, sent, stepped
from tests.people import person
from tests.present import present
from tests.visitors import CATALOGUE, OWN, SCHOOL, get, guarded_app, now, signed_in

CITY, UNIT = person("municipal_supervisor1"), person("district_supervisor1")
OFFICE = person("school_office1")
TODAY = day_of(now())
LATE = "过了期限"


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return guarded_app(small_settings, tmp_path)


def ago(days: int) -> datetime:
    return now() - timedelta(days=days)


def added(
    app: ServerRenderedDash, kind: str, at: datetime, school: str | None = None, due: date | None = None
) -> Matter:
    store = app.deps.store
    with store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(store, connection, CATALOGUE, CITY, at)
        new = NewMatter(kind, OWN, "综合督导", school_code=school, note="内容", due_on=due)
        return add_matter(writing, new, is_demonstration=True)


def moved(app: ServerRenderedDash, matter: Matter, action: str, at: datetime, due: date | None = None) -> Matter:
    viewer = {"object": UNIT, "receive": UNIT, "report": UNIT, "reply": OFFICE}.get(action, CITY)
    version = present(find_matter(app.deps.store, matter.matter_code)).version
    return step_matter(
        app.deps.store, CATALOGUE, viewer, MatterStep(matter.matter_code, version, action, "说明", due), at
    )


def issued(app: ServerRenderedDash, rectify_by: date) -> Matter:
    opinion = added(app, "opinion", ago(60), due=day_of(ago(50)))
    moved(app, opinion, "feed_back", ago(55))
    return moved(app, opinion, "issue", ago(45), rectify_by)


def page(app: ServerRenderedDash, who: str, path: str) -> str:
    client, _ = signed_in(app, who)
    return get(client, path).text


def test_an_opinion_is_late_when_its_report_is_and_no_day_before(app: ServerRenderedDash) -> None:
    """The ordinance gives ten days after the rectification ends."""
    opinion = issued(app, TODAY - timedelta(days=10))
    for step in ("", "receive"):
        if step:
            moved(app, opinion, step, ago(40))
        words = page(app, "city", "/opinions")
        assert LATE not in words
        assert formatting.day(TODAY) in words, "the last day to report"
    late = issued(app, TODAY - timedelta(days=11))
    assert "1件" + LATE in page(app, "city", "/opinions")
    moved(app, late, "receive", ago(40))
    assert "1件" + LATE in page(app, "city", "/opinions")
    moved(app, late, "report", now())
    assert LATE not in page(app, "city", "/opinions"), "what was due has come"
    assert formatting.day(TODAY - timedelta(days=11)) in page(app, "city", f"/opinions/{late.matter_code}")


def test_a_complaint_that_was_answered_is_not_late(app: ServerRenderedDash) -> None:
    complaint = added(app, "complaint", ago(30), SCHOOL)
    moved(app, complaint, "pass_on", ago(16))
    assert "1件" + LATE in page(app, "district", "/complaints")
    moved(app, complaint, "reply", ago(2))
    assert LATE not in page(app, "district", "/complaints")


def test_a_report_that_is_sent_back_has_a_new_day(app: ServerRenderedDash) -> None:
    opinion = issued(app, TODAY - timedelta(days=20))
    moved(app, opinion, "receive", ago(40))
    moved(app, opinion, "report", ago(1))
    assert stepped(app, "city", opinion, action="send_back", reason="缺证据").status_code == 400
    day = TODAY + timedelta(days=14)
    assert stepped(app, "city", opinion, action="send_back", reason="缺证据", due_on=day.isoformat()).status_code == 302
    assert LATE not in page(app, "city", "/opinions")
    assert present(find_matter(app.deps.store, opinion.matter_code)).due_on == day


def test_the_opinion_is_not_issued_while_the_party_may_still_object(app: ServerRenderedDash) -> None:
    """Five days from the first feedback; an objection ends the waiting."""
    opinion = added(app, "opinion", ago(9), due=TODAY)
    moved(app, opinion, "feed_back", ago(5))
    typed = {"action": "issue", "document_number": "2号", "due_on": (TODAY + timedelta(days=90)).isoformat()}
    answer = stepped(app, "city", opinion, **typed)
    assert answer.status_code == 400
    assert text("refused.objection_runs", detail=formatting.day(TODAY)) in answer.text
    words = page(app, "city", f"/opinions/{opinion.matter_code}")
    assert 'value="issue"' not in words
    assert text("refused.objection_runs", detail=formatting.day(TODAY)) in words
    moved(app, opinion, "object", now())
    assert stepped(app, "city", opinion, **typed, reason="已核实").status_code == 302
    other = added(app, "opinion", ago(9), due=TODAY)
    moved(app, other, "feed_back", ago(6))
    assert stepped(app, "city", other, **typed).status_code == 302


def test_a_letter_bears_the_day_on_which_it_left(app: ServerRenderedDash) -> None:
    opinion = issued(app, TODAY + timedelta(days=30))
    left_on = formatting.day(day_of(ago(45)))
    assert letter_of(app, opinion).splitlines()[-1] == left_on
    moved(app, opinion, "receive", ago(1))
    assert letter_of(app, opinion).splitlines()[-1] == left_on
    draft = added(app, "opinion", ago(3), due=TODAY)
    assert letter_of(app, draft).splitlines()[-1] == formatting.day(TODAY)
    moved(app, draft, "withdraw_opinion", now())
    client, _ = signed_in(app, "city")
    assert get(client, f"/opinions/{draft.matter_code}/letter.docx").status_code == 404
    assert "letter.docx" not in page(app, "city", f"/opinions/{draft.matter_code}")


@pytest.mark.parametrize(
    ("kind", "school", "told", "first", "aside", "after"),
    [
        ("opinion", None, "feed_back", {"city", "leader"}, "withdraw_opinion", {"city", "leader", "district"}),
        (
            "opinion",
            SCHOOL,
            "feed_back",
            {"city", "leader", "district"},
            "withdraw_opinion",
            {"city", "leader", "district", "inspector", "office"},
        ),
        (
            "complaint",
            SCHOOL,
            "pass_on",
            {"city", "leader", "district"},
            "set_aside",
            {"city", "leader", "district", "inspector", "office"},
        ),
    ],
)
def test_whom_it_is_about_reads_nothing_before_it_is_told(
    app: ServerRenderedDash, kind: str, school: str | None, told: str, first: set[str], aside: str, after: set[str]
) -> None:
    matter = added(app, kind, ago(4), school, TODAY)
    path = f"/{kind}s/{matter.matter_code}"

    def readers() -> set[str]:
        found: set[str] = set()
        for who in ("city", "leader", "district", "inspector", "office"):
            client, _ = signed_in(app, who)
            is_listed = matter.matter_code in get(client, f"/{kind}s").text
            assert (get(client, path).status_code == 200) == is_listed, who
            count = get(client, f"/{kind}s").text.partition("<h1")[2].partition("</h1>")[0]
            assert ("1件" in count) == is_listed, who
            if kind == "opinion":
                assert (get(client, f"{path}/letter.docx").status_code == 200) == is_listed, who
            found |= {who} if is_listed else set()
        return found

    assert readers() == first
    moved(app, matter, told, now())
    assert readers() == after
    other = added(app, kind, ago(4), school, TODAY)
    moved(app, other, aside, now())
    client, _ = signed_in(app, "office" if school else "district")
    assert get(client, f"/{kind}s/{other.matter_code}").status_code == 404


def test_the_terms_run_across_the_end_of_a_year(app: ServerRenderedDash) -> None:
    december = datetime.fromisoformat("2026-12-28T02:00")
    opinion = added(app, "opinion", december, due=date(2027, 1, 2))
    assert opinion.matter_code == f"YJ{OWN}-2026-0001"
    assert moved(app, opinion, "feed_back", december).due_on == date(2027, 1, 27)
    assert added(app, "opinion", datetime.fromisoformat("2026-12-31T15:59")).matter_code == f"YJ{OWN}-2026-0002"
    assert added(app, "opinion", datetime.fromisoformat("2026-12-31T16:00")).matter_code == f"YJ{OWN}-2027-0001", (
        "midnight in Beijing"
    )


def test_what_waits_longest_stands_first_and_what_is_left_out_is_said(
    app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = added(app, "complaint", ago(30), SCHOOL)
    for action in ("pass_on", "reply", "end"):
        moved(app, ended, action, ago(1))
    later, sooner = (added(app, "complaint", ago(n), SCHOOL) for n in (3, 20))
    moved(app, later, "pass_on", ago(3))
    moved(app, sooner, "pass_on", ago(20))
    words = page(app, "district", "/complaints")
    places = [words.index(f"/complaints/{m.matter_code}") for m in (sooner, later, ended)]
    assert places == sorted(places)
    monkeypatch.setattr("callbacks.writing.matters.MOST_ROWS", 2)
    assert text("matter.more", shown=2, count=3) in page(app, "district", "/complaints")


def test_nobody_of_the_party_decides_and_only_the_party_answers(app: ServerRenderedDash) -> None:
    """Each account at each step of an opinion on a school, over the wire: one that may not is refused and told why."""
    sent(app, "district", "/opinions", {**OPINION, "school_code": SCHOOL})
    (opinion,) = opinions(app)
    far = (TODAY + timedelta(days=30)).isoformat()
    way = [
        ("feed_back", {"district", "city"}),
        ("object", {"office"}),
        ("issue", {"district", "city"}),
        ("receive", {"office"}),
        ("report", {"office"}),
        ("end", {"district", "city"}),
    ]
    for action, may in way:
        typed = {**FEED_BACK, "action": action, "reason": "说明", "due_on": far}
        for who in ("leader", "inspector", "office", "district", "city", "clerk", "auditor"):
            if who in may:
                continue
            answer = stepped(app, who, opinion, **typed)
            assert answer.status_code in (400, 403, 404), (action, who)
            assert opinions(app) == [opinion], (action, who)
        assert stepped(app, sorted(may)[-1], opinion, **typed).status_code == 302, action
        (opinion,) = opinions(app)
    assert opinion.state == "closed"
