"""Doors that were dead behind the front door: files, evidence, refusals in words, news, the drawer."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect
from werkzeug.http import parse_options_header

from data.store.engine import open_store
from data.store.evidence import list_evidence
from data.store.ledger import list_issues
from data.text import text
from tests.evidence_files import PDF
from tests.shipped.front_door import PASSWORD, PEOPLE, UNIT, FrontDoor, token_of

POINT = "([x, y]) => Boolean(document.elementFromPoint(x, y)?.closest('.proof-head [data-close]'))"
UNTIL_DASH_HAS_READ = 500
"""Milliseconds: Dash reads a refusal again after ours is said, and would break in that."""
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # as if the reader came back


def test_the_template_comes_under_its_chinese_name(shipped: FrontDoor) -> None:
    answer = shipped.get("district", f"/data/template?period=2026&district_code={UNIT}")
    assert answer.status_code == 200
    _, parts = parse_options_header(answer.headers["Content-Disposition"])
    assert parts["filename"] == "酉阳土家族苗族自治县_2026.xlsx"


def an_issue_under_way(shipped: FrontDoor) -> str:
    found = list_issues(open_store(shipped.settings))
    return next(i.issue_code for i in found if i.district_code == UNIT and i.status == "under_way")


def test_evidence_is_handed_in_by_who_is_signed_in(shipped: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    code = an_issue_under_way(shipped)
    tab = shipped.tab(browser, "district")
    page = tab.open(f"/ledger?only=all&district={UNIT}&issue={code}")
    drawer = page.locator("#ledger-issue .issue")
    expect(drawer.locator("form[data-send]").first).to_be_visible()
    expect(drawer.locator("[name=actor]")).to_have_count(0)
    expect(drawer).not_to_contain_text(text("form.no_login"))
    proof = tmp_path / "整改证明.pdf"
    proof.write_bytes(PDF)
    form = drawer.locator("form[data-send=evidence]")
    form.locator("input[type=file]").set_input_files(proof)
    form.locator("button").click()
    expect(drawer.locator(".files")).to_contain_text("整改证明.pdf")
    expect(page.locator("#said")).to_contain_text("已保存")
    with page.expect_download() as download:
        drawer.locator(".files a", has_text="整改证明.pdf").click()
    assert download.value.suggested_filename == "整改证明.pdf"
    assert Path(download.value.path()).read_bytes() == proof.read_bytes()
    kept = [e for e in list_evidence(open_store(shipped.settings), code) if e.file_name == "整改证明.pdf"]
    assert [e.added_by for e in kept] == [PEOPLE["district"].name]
    tab.close()


def left_page(shipped: FrontDoor, browser: Browser, path: str) -> tuple[Page, list[Error]]:
    """A page of the district supervisor whose session was ended elsewhere, and what breaks in it."""
    client = shipped.sign_in(PEOPLE["district"].account_name, PASSWORD)
    tab = shipped.stranger(browser)
    host = str(urlsplit(shipped.address).hostname)
    for cookie in client.cookies:
        tab.context.add_cookies(
            [{"name": cookie.name, "value": cookie.value or "", "domain": host, "path": "/", "secure": True}]
        )
    page = tab.open(path)
    broken: list[Error] = []
    page.on("pageerror", lambda error: broken.append(error))
    page.wait_for_function("() => window.oversightShown")
    ended = client.post(shipped.address + "/logout", data={"csrf_token": token_of(client)}, allow_redirects=False)
    assert ended.status_code == 302
    return page, broken


def test_an_ended_session_is_said_with_the_way_back(shipped: FrontDoor, browser: Browser) -> None:
    page, broken = left_page(shipped, browser, "/matrix")
    page.select_option("#page-root select[name=stage]", label=text("stage.junior"))
    bar = page.locator("#page-root #update-error")
    expect(bar).to_contain_text(text("state.signed_out"))
    link = bar.get_by_role("link", name=text("login.enter"), exact=True)
    asked_for = f"/matrix?{urlencode({'stage': 'junior', 'district': UNIT})}"
    expect(link).to_have_attribute("href", f"/login?{urlencode({'next': asked_for})}")
    page.wait_for_timeout(UNTIL_DASH_HAS_READ)
    page.context.close()
    assert broken == []


@pytest.mark.parametrize("send", ["ledger", "evidence"])
def test_a_form_that_is_not_taken_says_why(shipped: FrontDoor, browser: Browser, tmp_path: Path, send: str) -> None:
    address = f"/ledger?only=all&district={UNIT}&issue={an_issue_under_way(shipped)}"
    page, broken = left_page(shipped, browser, address)
    form = page.locator(f"form[data-send={send}]").first
    if send == "evidence":
        proof = tmp_path / "证明.pdf"
        proof.write_bytes(PDF)
        form.locator("input[type=file]").set_input_files(proof)
    form.locator("button").click()
    expect(page.locator("#said")).to_contain_text(text("state.signed_out"))
    page.wait_for_timeout(UNTIL_DASH_HAS_READ)
    page.context.close()
    assert broken == []


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (413, json.dumps({"error": "内容过大，没有接收：请拆分。"}), "内容过大"),
        (503, "<html>proxy</html>", text("state.failed")),
        (0, "", text("state.offline")),
    ],
)
def test_what_keeps_a_page_from_changing_is_said(
    shipped: FrontDoor, browser: Browser, status: int, body: str, words: str
) -> None:
    page = shipped.tab(browser, "leader").open("/matrix")
    page.wait_for_function("() => window.oversightShown")
    page.route(
        "**/_dash-update-component*", lambda route: route.fulfill(status=status, body=body) if status else route.abort()
    )
    page.select_option("#page-root select[name=stage]", label=text("stage.junior"))
    expect(page.locator("#page-root #update-error")).to_contain_text(words)
    page.context.close()


def test_a_page_learns_of_a_publication_and_a_projected_meeting_does_not(shipped: FrontDoor, browser: Browser) -> None:
    reader, speaker = shipped.tab(browser, "leader"), shipped.tab(browser, "leader")
    page = reader.open("/matrix")
    slides = speaker.open("/?mode=meeting")
    for one in (page, slides):
        one.wait_for_function("() => window.oversightShown")
    before = page.evaluate("window.oversightShown.snapshot")
    slides.wait_for_url(f"**/*snapshot={before}*")
    source = page.locator("#page-root .page-source")
    expect(source).to_contain_text(before)
    news = page.locator("#news")
    page.evaluate(LOOK)
    expect(news).to_be_hidden()

    published = shipped.command("publish")
    assert published.returncode == 0, published.stderr
    page.evaluate(LOOK)
    expect(news).to_have_text(re.compile(r"^有新数据（截至\d{4}年\d+月），点此更新$"))
    expect(source).to_contain_text(before)
    page.evaluate("window.kept = 1")
    news.click()
    expect(news).to_be_hidden()
    after = page.evaluate("window.oversightShown.snapshot")
    assert after > before
    expect(source).to_contain_text(after)
    assert page.evaluate("window.kept") == 1, "drawn in place, not loaded again"

    slides.evaluate(LOOK)
    expect(slides.locator("#news")).to_be_hidden()
    slides.keyboard.press("d")
    slides.select_option("#slide-picker select", label="酉阳土家族苗族自治县")
    foot = slides.locator(".slide-foot")
    expect(foot).to_contain_text("酉阳")
    expect(foot).to_have_attribute("data-snapshot", before)
    slides.reload()
    slides.wait_for_selector("body.live")
    expect(slides.locator("#page-root .slide-foot")).to_have_attribute("data-snapshot", before)
    reader.close()
    speaker.close()


def test_news_are_for_who_reads_figures(shipped: FrontDoor) -> None:
    assert set(shipped.get("leader", "/publication").json()) == {"snapshot", "words"}
    assert shipped.get("auditor", "/publication").status_code == 403
    assert shipped.anonymous().get(shipped.address + "/publication").status_code == 401


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_head_of_a_drawer_can_be_seen_under_the_account_strip(
    shipped: FrontDoor, browser: Browser, width: int, height: int
) -> None:
    tab = shipped.tab(browser, "district", width, height)
    code = an_issue_under_way(shipped)
    page = tab.open(f"/ledger?only=all&district={UNIT}&issue={code}")
    page.wait_for_function("() => window.oversightShown")
    close = page.locator("#ledger-issue .proof-head [data-close]")
    for scrolled in (0, 300):
        page.evaluate(f"window.scrollTo(0, {scrolled})")
        page.wait_for_timeout(200)
        box = close.bounding_box()
        assert box is not None
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert page.evaluate(POINT, middle), scrolled
    tab.close()


def test_what_the_proxy_refuses_is_said_as_the_application_says_it(shipped: FrontDoor) -> None:
    client = shipped.client("leader")
    plain = [
        (404, client.get(shipped.address + "/metrics"), "not_there"),
        (414, client.get(shipped.address + "/" + "a" * 5000), ""),
        (413, client.post(shipped.address + "/data/upload", data=b"x" * 23_000_000), "too_large"),
    ]
    for status, answer, state in plain:
        assert answer.status_code == status
        assert text("app.name") in answer.text
        assert not re.search("nginx", answer.text, re.IGNORECASE)
        if state:
            assert text(f"state.{state}") in answer.text
            assert text(f"state.{state}_body") in answer.text
    told = client.post(shipped.address + "/evidence", data=b"x" * 23_000_000, headers={"X-Oversight": "1"})
    said = text("state.too_large") + "：" + text("state.too_large_body")
    assert (told.status_code, told.json()) == (413, {"error": said})
