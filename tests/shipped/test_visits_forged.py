"""走访 as no page of ours sends it: refused in words, and nothing of it stands anywhere."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from PIL import Image

from data.clock import day_of, utc_now
from data.store.accounts import list_accounts
from data.store.engine import open_store
from data.store.ledger import find_issue, list_issues
from data.store.matters import list_matters
from data.store.visit_photos import all_photos
from data.store.visits import answers_of
from data.text import text
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor, token_of
from tests.shipped.on_the_phone import OTHER_SCHOOL, recorded

Sent = dict[str, object]
NEVER_SEEN = "S500242-001"
MARKUP = "<img src=x onerror=alert(1)>\"'&amp;"


def answer(**more: object) -> Sent:
    plain = {"check_code": "asked.courses", "side": "soft", "title": "课程开设", "reported": "", "answer": "agrees"}
    return {**plain, "measured": "", "words": "", **more}


def send(shipped: FrontDoor, key: str, *answers: Sent, **more: object) -> tuple[int, Sent]:
    client = shipped.client("inspector")
    whole: Sent = {"key": key * 32, "school": SCHOOL, "matter": "", "visited_at": utc_now().isoformat() + "+00:00"}
    sent = client.post(
        f"{shipped.address}/visits/record",
        data=json.dumps({**whole, "impression": "好", "answers": list(answers) or [answer()], **more}),
        headers={"X-CSRFToken": token_of(client), "X-Oversight": "1", "Content-Type": "application/json"},
    )
    return sent.status_code, sent.json()


def send_photo(shipped: FrontDoor, visit: str, key: str, position: str, content: bytes, who: str = "inspector") -> int:
    client = shipped.client(who)
    return client.post(
        f"{shipped.address}/visits/photo",
        data={"key": key * 32, "visit": visit, "position": position, "taken_at": "2026-11-20T02:00:00Z", "place": ""},
        files={"file": ("photo.jpg", content)},
        headers={"X-CSRFToken": token_of(client), "X-Oversight": "1"},
    ).status_code


def jpeg() -> bytes:
    stream = BytesIO()
    Image.effect_noise((40, 30), 80).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


@pytest.mark.parametrize(
    "forged",
    [
        {"answers": [answer(side="x" * 40)]},
        {"answers": [answer(check_code="x" * 400)]},
        {"answers": [answer(check_code="a\x00b")]},
        {"answers": [answer(check_code="\ud800")]},
        {"answers": [answer(words="\ud800")]},
        {"answers": [answer()] * 2},
        {"answers": [answer(check_code=f"asked.{n}") for n in range(1000)]},
        {"answers": [answer(answer="differs", words=" \n ", measured="\u3000")]},
        {"answers": [answer(answer="differs", words="长" * 10_000)]},
        {"visited_at": "0001-01-01T00:00:00+14:00"},
        {"visited_at": "9999-12-31T23:59:59-14:00"},
        {"sent_at": "gestern"},
        {"sent_at": 7},
        {"matter": "x\x00"},
        {"matter": "\ud800"},
        {"school": "\ud800"},
        {"school": NEVER_SEEN},
        {"impression": "长" * 10_000},
    ],
)
def test_what_no_page_sends_is_refused_in_words(shipped: FrontDoor, forged: Sent) -> None:
    before = len(recorded(shipped))
    status, said = send(shipped, "f", **forged)
    assert (status, str(said["error"]).startswith("未保存：")) == (400, True)
    assert len(recorded(shipped)) == before


def test_a_visit_is_on_the_day_that_the_device_means_whatever_its_clock_says(shipped: FrontDoor) -> None:
    today = day_of(utc_now())
    for key, sent_at, visited_at, day in (
        ("1", "2031-05-03T00:00:00Z", "2031-05-01T00:00:00Z", today - timedelta(days=2)),
        ("2", "1970-01-01T00:20:00Z", "1970-01-01T00:10:00Z", today),
        ("3", "2026-01-01T00:00:00Z", "2000-01-01T00:00:00Z", today),
        ("4", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", today),
    ):
        status, said = send(shipped, key, sent_at=sent_at, visited_at=visited_at)
        assert status == 200, said
        (visit,) = [v for v in recorded(shipped) if v.matter_code == said["visit"]]
        assert visit.done_on in (day, day + timedelta(days=1)), "across midnight"


def test_a_finding_about_an_open_issue_names_it_and_opens_no_second_one(shipped: FrontDoor) -> None:
    finding = answer(check_code="asked.burden", title="课业负担", answer="differs", words="作业没有公示" * 60)
    said = send(shipped, "5", finding)[1]
    (code,) = list[str](said["issues"])  # pyright: ignore[reportArgumentType]
    store = open_store(shipped.settings)
    count = len(list_issues(store))
    again = answer(check_code=f"issue.{code}", title="台账问题", reported="旧" * 500, answer="differs", words="又改了")
    assert send(shipped, "6", again)[1]["issues"] == [code]
    assert len(list_issues(store)) == count
    elsewhere = send(shipped, "7", again, school=OTHER_SCHOOL)[1]["issues"]
    (other,) = list[str](elsewhere)  # pyright: ignore[reportArgumentType]
    issue = find_issue(store, other)
    assert issue is not None
    assert (issue.school_code, issue.problem.endswith("又改了"), len(issue.problem)) == (OTHER_SCHOOL, True, 500)


def test_a_photograph_belongs_to_an_answer_of_one_s_own_visit(shipped: FrontDoor) -> None:
    visit = str(send(shipped, "8", answer(answer="differs", words="见照片"))[1]["visit"])
    before = len(all_photos(open_store(shipped.settings)))
    for place, content in (("59", jpeg()), ("1", jpeg()), ("-1", jpeg()), ("x", jpeg()), ("0", b"<svg>"), ("0", b"")):
        assert send_photo(shipped, visit, "9", place, content) == 400
    assert send_photo(shipped, visit, "9", "0", jpeg(), who="district") == 400
    assert send_photo(shipped, visit, "9", "0", jpeg(), who="school") == 403
    assert send_photo(shipped, f"../{visit}", "9", "0", jpeg()) == 400
    assert send_photo(shipped, visit, "9", "0", jpeg() + b"0" * (2 * 1024 * 1024)) == 400
    assert len(all_photos(open_store(shipped.settings))) == before
    assert [send_photo(shipped, visit, "9", "0", jpeg()) for _ in range(2)] == [200, 200]
    assert len(all_photos(open_store(shipped.settings))) == before + 1


def test_nothing_is_taken_without_the_page_s_own_proof(shipped: FrontDoor) -> None:
    before, client = len(recorded(shipped)), shipped.client("inspector")
    whole = {"key": "a" * 32, "school": SCHOOL, "answers": [answer()]}
    for headers in ({}, {"X-Oversight": "1"}, {"X-CSRFToken": token_of(client)}, {"X-CSRFToken": "0" * 64}):
        assert client.post(f"{shipped.address}/visits/record", json=whole, headers=headers).status_code == 403
    strange = {"X-CSRFToken": token_of(client), "X-Oversight": "1", "Origin": "https://example.org"}
    assert client.post(f"{shipped.address}/visits/record", json=whole, headers=strange).status_code == 403
    assert len(recorded(shipped)) == before
    assert shipped.anonymous().post(f"{shipped.address}/visits/record", json=whole).status_code == 401


def test_markup_and_formulas_are_words_on_every_page_and_in_every_file(shipped: FrontDoor) -> None:
    told = {"title": MARKUP, "reported": MARKUP, "measured": MARKUP, "words": MARKUP}
    impression = '=HYPERLINK("https://example.org";"点")'
    said = send(shipped, "b", answer(answer="differs", **told), impression=impression)[1]
    page = shipped.get("district", f"/visits/{said['visit']}").text
    assert "<img src=x" not in page
    assert page.count("&lt;img src=x") >= 4
    book = load_workbook(BytesIO(shipped.get("district", "/visits/file.xlsx").content))
    cells = [c for row in book.worksheets[0].iter_rows() for c in row if c.value == impression]
    assert [c.data_type for c in cells] == ["s"]


def plan(shipped: FrontDoor, who: str = "district", **said: str) -> tuple[int, str]:
    day = (day_of(utc_now()) + timedelta(days=7)).isoformat()
    whole = {"district": UNIT, "school": NEVER_SEEN, "round": "3", "due_on": day, "assignee": "", **said}
    sent = shipped.post(who, "/visits/plan", whole)
    return sent.status_code, sent.text


def number_of(shipped: FrontDoor, name: str) -> str:
    accounts = list_accounts(open_store(shipped.settings))
    return next(a.account_id for a in accounts if a.account_name == name)


def test_a_round_that_is_refused_keeps_what_was_chosen(shipped: FrontDoor) -> None:
    before = len(list_matters(open_store(shipped.settings), "visit"))
    status, page = plan(shipped, due_on="2026-01-05")
    assert status == 400
    assert text("refused.visit_day") in page
    assert 'value="2026-01-05"' in page
    assert page.count("checked") == 1
    assert (
        f'value="{NEVER_SEEN}"'
        in page.partition("checked")[0].rpartition("<input")[2] + page.partition("checked")[2][:200]
    )
    status, page = plan(shipped, assignee=number_of(shipped, "inspector"))
    assert (status, "不在所选走访人的责任区内" in page) == (400, True), "who would never see it"
    for said in (
        {"assignee": number_of(shipped, "school")},
        {"assignee": "x"},
        {"school": "S500101-001"},
        {"school": ""},
        {"district": "500101"},
        {"round": "x"},
        {"due_on": "x"},
        {"due_on": ""},
    ):
        assert plan(shipped, **said)[0] == 400, said
    assert plan(shipped, who="inspector")[0] == 400
    assert plan(shipped, who="leader")[0] == 400
    assert len(list_matters(open_store(shipped.settings), "visit")) == before


def test_a_visit_is_planned_moved_and_cancelled_once(shipped: FrontDoor) -> None:
    assert plan(shipped)[0] == 302
    status, page = plan(shipped)
    assert (status, "已经安排过" in page) == (400, True)
    store = open_store(shipped.settings)
    (visit,) = [v for v in list_matters(store, "visit") if v.school_code == NEVER_SEEN and v.state == "planned"]
    place = f"/visits/{visit.matter_code}"
    day = (day_of(utc_now()) + timedelta(days=9)).isoformat()
    moved = {"version": "1", "action": "shift", "due_on": day, "reason": "学校有考试"}
    assert shipped.post("inspector", place, moved).status_code in (400, 404), "not of the inspector's schools"
    for said in ({"due_on": "2020-01-01"}, {"due_on": ""}, {"reason": " "}, {"version": "x"}, {"action": "record"}):
        assert shipped.post("district", place, moved | said).status_code == 400, said
    assert shipped.post("district", place, moved).status_code == 302
    assert shipped.post("district", place, moved).status_code == 409, "as another tab still shows it"
    cancelled = {"version": "2", "action": "cancel", "reason": "合并到下一轮"}
    assert shipped.post("district", place, cancelled).status_code == 302
    assert shipped.post("district", place, cancelled).status_code in (400, 409)
    assert "尤县督" not in shipped.get("district", place).text.partition("办理记录")[0].partition("account-facts")[2]
    assert not answers_of(store, visit)
    assert send_photo(shipped, visit.matter_code, "d", "0", jpeg(), who="district") == 400, "nobody was there"
