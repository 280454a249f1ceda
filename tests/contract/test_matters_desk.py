"""`/opinions` and `/complaints` by hand: what is typed is kept or refused with its reason, and nothing is kept twice."""

import io
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document

from callbacks.rendering.index_document import ServerRenderedDash
from data.clock import day_of
from data.settings import Settings
from data.store.matters import Matter, find_matter, list_matters
from data.text import text
from tests.present import present
from tests.visitors import OWN, SCHOOL, get, guarded_app, now, signed_in

TODAY = day_of(now())
OPINION = {
    "district": OWN,
    "school_code": "",
    "subject": "综合督导",
    "scale": "full",
    "ended_on": (TODAY - timedelta(days=2)).isoformat(),
    "note": "音乐教室不足",
}
COMPLAINT = {
    "district": OWN,
    "school_code": SCHOOL,
    "subject": "体育课被占用",
    "channel": "letter",
    "item_code": "",
    "note": "每周少上1节",
}
FEED_BACK = {"action": "feed_back", "document_number": "渝教督〔2026〕示例1号"}


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return guarded_app(small_settings, tmp_path)


def sent(app: ServerRenderedDash, who: str, path: str, fields: Mapping[str, object]):
    client, token = signed_in(app, who)
    return client.post(path, data={"csrf_token": token, **fields}, base_url="https://localhost")


def stepped(app: ServerRenderedDash, who: str, matter: Matter, **fields: object):
    version = present(find_matter(app.deps.store, matter.matter_code)).version
    path = f"/{matter.matter_kind}s/{matter.matter_code}"
    return sent(app, who, path, {"version": str(version), **fields})


def opinions(app: ServerRenderedDash) -> list[Matter]:
    return list_matters(app.deps.store, "opinion")


def complaints(app: ServerRenderedDash) -> list[Matter]:
    return list_matters(app.deps.store, "complaint")


def letter_of(app: ServerRenderedDash, matter: Matter) -> str:
    client, _ = signed_in(app, "city")
    answer = get(client, f"/opinions/{matter.matter_code}/letter.docx")
    assert answer.status_code == 200, answer.status_code
    return "\n".join(p.text for p in Document(io.BytesIO(answer.data)).paragraphs)


def test_as_many_words_as_the_form_takes_are_kept_whole(app: ServerRenderedDash) -> None:
    long = "\r\n".join(["意" * 83] * 6)  # 503 characters on the way, 498 + 5 as the browser counts them
    for note in ("见" * 500, long[: 500 + 5]):
        answer = sent(app, "city", "/opinions", {**OPINION, "note": note})
        assert answer.status_code == 302, re.findall(r"told[^>]*>([^<]*)", answer.text)
        assert opinions(app)[-1].note.endswith(note.replace("\r\n", "\n")[-90:])
    assert sent(app, "district", "/complaints", {**COMPLAINT, "note": "况" * 500}).status_code == 302


def test_a_number_that_no_column_holds_is_refused_and_not_cut(app: ServerRenderedDash) -> None:
    sent(app, "city", "/opinions", OPINION)
    (opinion,) = opinions(app)
    answer = stepped(app, "city", opinion, action="feed_back", document_number="号" * 61)
    assert answer.status_code == 400
    assert text("refused.number_too_long", detail="60") in answer.text
    assert stepped(app, "city", opinion, action="feed_back", document_number="号" * 60).status_code == 302
    assert opinions(app)[0].document_number == "号" * 60


def test_the_letter_is_written_whatever_was_typed(app: ServerRenderedDash) -> None:
    sent(app, "city", "/opinions", {**OPINION, "note": "教室\x0b不足\x1f，<b>=1+1</b>\x08"})
    assert "教室不足，<b>=1+1</b>" in letter_of(app, opinions(app)[0])


def test_a_day_that_is_mistyped_by_centuries_is_refused(app: ServerRenderedDash) -> None:
    for ended_on in ("0026-11-28", "2015-08-31", (TODAY + timedelta(days=1)).isoformat(), "9999-12-31"):
        answer = sent(app, "city", "/opinions", {**OPINION, "ended_on": ended_on})
        assert answer.status_code == 400, ended_on
        assert text("refused.needs_ended_on") in answer.text
    sent(app, "city", "/opinions", OPINION)
    (opinion,) = opinions(app)
    stepped(app, "city", opinion, **FEED_BACK)
    stepped(app, "district", opinion, action="object", reason="已恢复")
    typed = {"action": "issue", "document_number": "2号", "reason": "已核实"}
    answer = stepped(app, "city", opinion, **typed, due_on="9999-12-31")
    assert answer.status_code == 400
    assert text("refused.due_is_far") in answer.text
    client, _ = signed_in(app, "city")
    assert get(client, f"/opinions/{opinion.matter_code}").status_code == 200
    assert "发意见书到" in letter_of(app, opinion)


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "138 1234-5678",
        "138.1234.5678",
        "１３８１２３４５６７８",
        "+86 138 1234 5678",
        "023-68881234",
        "（023）68881234",
        "512301199001011234",
        "51230119900101123X",
        "512301900101123",
    ],
)
def test_a_complaint_holds_no_number_of_a_person_in_any_of_its_words(app: ServerRenderedDash, number: str) -> None:
    told = text("refused.personal_number")
    for field in ("subject", "note"):
        assert told in sent(app, "district", "/complaints", {**COMPLAINT, field: f"家长{number}来电"}).text, field
    assert complaints(app) == []
    sent(app, "district", "/complaints", COMPLAINT)
    (complaint,) = complaints(app)
    stepped(app, "district", complaint, action="pass_on")
    answer = stepped(app, "office", complaint, action="reply", reason=f"已与家长{number}联系")
    assert answer.status_code == 400
    assert told in answer.text
    assert stepped(app, "office", complaint, action="reply", reason="已改正课表").status_code == 302
    assert told in stepped(app, "district", complaint, action="send_back", reason=f"请回复{number}").text
    client, _ = signed_in(app, "city")
    assert number not in get(client, f"/complaints/{complaint.matter_code}").text


@pytest.mark.parametrize(
    "words", ["2026年11月30日，每周3节", "YJ500242-2026-0001", "S500242-086学校1200人", "文号渝教督〔2026〕12号"]
)
def test_numbers_that_are_of_no_person_are_kept(app: ServerRenderedDash, words: str) -> None:
    assert sent(app, "district", "/complaints", {**COMPLAINT, "subject": "班额56", "note": words}).status_code == 302


@pytest.mark.parametrize(
    ("path", "who", "typed"), [("/opinions", "city", OPINION), ("/complaints", "district", COMPLAINT)]
)
def test_what_is_sent_twice_is_one_matter(app: ServerRenderedDash, path: str, who: str, typed: dict[str, str]) -> None:
    """A double click, a reload, the way back: the second is told; another word, school or person makes another."""
    first, second = (sent(app, who, path, typed).headers["Location"] for _ in range(2))
    assert first.partition("?")[0] == second.partition("?")[0]
    assert second.endswith("done=again")
    client, _ = signed_in(app, who)
    code = first.partition("?")[0].rpartition("/")[2]
    assert text("matter.again", code=code) in get(client, second).text
    others = ({"subject": "另一件"}, {"note": "另写"}, {"school_code": "S500242-002"})
    for other in others:
        assert code not in sent(app, who, path, {**typed, **other}).headers["Location"]
    assert (
        code
        not in sent(app, "district" if who == "city" else "city", path, {**typed, "school_code": SCHOOL}).headers[
            "Location"
        ]
    )
    step = {"action": "withdraw_opinion" if path == "/opinions" else "set_aside", "reason": "登错"}
    stepped(app, who, present(find_matter(app.deps.store, code)), **step)
    assert code not in sent(app, who, path, typed).headers["Location"], "what was put aside is no obstacle"
    assert len(opinions(app) + complaints(app)) == 6
