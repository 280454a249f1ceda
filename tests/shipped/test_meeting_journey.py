"""A meeting of eight views: prepared, run on three walls with its presenter beside, decided, taken away, reopened."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation
from pptx.shapes.autoshape import Shape
from pypdf import PdfReader

from data.clock import day_of, utc_now
from data.store.engine import open_store
from data.store.meetings import list_meetings
from data.text import text
from tests.present import present
from tests.shipped.catalogue_desk import publish
from tests.shipped.front_door import UNIT, FrontDoor
from tests.shipped.meeting_room import (
    FOOTERS,
    MEETING,
    NOTE,
    OWN_TITLE,
    RESOLUTION,
    SAME_DAY,
    SIZES,
    SLIDES,
    VIEWS,
    Room,
    Shown,
    desk,
    look_at,
    sent,
    squeezed,
    strange_rows,
    titles,
)
from tests.shipped.test_projected_views import FIRST_ROWS, ready
from tests.shipped.test_room import OUTSIDE


@pytest.fixture(scope="module")
def room(shipped: FrontDoor, browser: Browser) -> Iterator[Room]:
    """Everything that the secretary does before the meeting."""
    tab = shipped.tab(browser, "city", 1920, 1080)
    page = tab.open("/meeting")
    ready(page)
    day = day_of(utc_now()).isoformat()
    for title in (SAME_DAY, MEETING):
        page.locator("details", has_text=text("meetings.new")).evaluate("(details) => { details.open = true; }")
        sent(page, text("meetings.create"), title=title, held_on=day)
        page.wait_for_url("**/meeting?meeting=*")
        expect(page.locator(".agenda-panel h2").first).to_contain_text(title)
    code = next(m.meeting_code for m in list_meetings(open_store(shipped.settings)) if m.title == MEETING)
    views: list[Shown] = []
    for address in VIEWS:
        page.goto(shipped.address + address)
        ready(page)
        views.append(look_at(page, address))
        page.locator("#page-root [data-action=to-meeting]").click()
        page.wait_for_url("**/meeting?*view=*")
        sent(page, text("meetings.add"))
        page.wait_for_url(lambda url: "view=" not in url)
        expect(page.locator(".card[data-slide-id]")).to_have_count(len(views))
        assert page.locator("form:visible [name=address]").count() == 0, "a saved form is laid down"
    yield Room(tab, page, code, views)
    tab.close()


def test_the_order_is_changed_by_keys_and_by_hand_and_keeps_what_is_said(shipped: FrontDoor, room: Room) -> None:
    page = desk(shipped, room)
    before = titles(page)
    page.locator(".card[data-slide-id] .card-title a").nth(1).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".card[data-slide-id] .card-title a").first).to_have_text(before[1])
    page.locator(".card[data-slide-id]").nth(1).drag_to(page.locator(".card[data-slide-id]").nth(0))
    expect(page.locator(".card[data-slide-id] .card-title a").first).to_have_text(before[0])
    assert titles(page) == before
    first = page.locator(".card[data-slide-id]").first
    first.locator("summary").click()
    sent(page, text("meetings.save"), title=OWN_TITLE, note=NOTE, minutes="7", speaker="示例处长")
    expect(first.locator(".card-title")).to_contain_text(OWN_TITLE)
    expect(first).to_contain_text("示例处长")
    expect(page.locator(".agenda-panel h2").first).to_contain_text("42分钟")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_each_slide_says_what_its_page_says(shipped: FrontDoor, room: Room, width: int, height: int) -> None:
    page = room.page
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{shipped.address}/meeting?meeting={room.code}&mode=meeting")
    ready(page)
    outcome = page.locator("#page-root .slide").count() - len(VIEWS)
    assert outcome in (0, 1)
    page.keyboard.press("Home")
    for _ in range(outcome):
        page.keyboard.press("PageDown")
    for number, view in enumerate(room.views):
        slide = page.locator("#page-root .slide.on")
        assert squeezed(slide.locator("h1").inner_text()) == view.sentence, view.address
        footer = page.locator("#slide-filters").text_content() or ""
        assert [words for words in view.chosen if words not in footer] == [], view.address
        assert page.evaluate(OUTSIDE) == [], (view.address, width)
        rows = [row for table in page.evaluate(FIRST_ROWS, ".slide.on .slide-view") for row in table]
        assert strange_rows(rows, view) == [], view.address
        if number == 0:
            assert slide.locator(".slide-own").inner_text() == OWN_TITLE
        assert NOTE not in page.locator("#page-root").inner_text()
        page.keyboard.press("PageDown")


def test_the_presenter_turns_the_wall_and_only_he_reads_the_notes(shipped: FrontDoor, room: Room) -> None:
    wall = room.page
    wall.set_viewport_size({"width": 1280, "height": 720})
    wall.goto(f"{shipped.address}/meeting?meeting={room.code}&mode=meeting")
    ready(wall)
    first = 1 + wall.locator("#page-root .slide").count() - len(VIEWS)
    with wall.context.expect_page() as opened:
        wall.keyboard.press("n")
    own = opened.value
    ready(own)
    expect(own.locator("[data-apart]")).to_be_hidden(timeout=8000)
    own.locator(f"[data-go='{first}']").click()
    expect(wall.locator("#slide-number")).to_have_text(str(first))
    expect(own.locator(".presenter-notes")).to_contain_text(NOTE)
    assert NOTE not in wall.locator("body").inner_text()
    own.keyboard.press("PageDown")
    expect(wall.locator("#slide-number")).to_have_text(str(first + 1))
    wall.keyboard.press("PageUp")
    expect(own.locator("[data-shows=number]")).to_have_text(str(first))
    own.keyboard.press("b")
    expect(wall.locator("#page-root .slide.on")).not_to_be_visible()
    own.keyboard.press(".")
    expect(wall.locator("#page-root .slide.on")).to_be_visible()
    form = own.locator(".presenter-entry form:visible")
    form.locator("[name=resolution]").fill(RESOLUTION)
    assert RESOLUTION not in wall.locator("body").inner_text()
    own.get_by_role("button", name=text("presenter.read")).click()
    expect(wall.locator("#slide-read")).to_contain_text(RESOLUTION)
    own.get_by_role("button", name=text("presenter.unread")).click()
    expect(wall.locator("#slide-read")).to_be_hidden()
    form.locator("[name=district]").select_option(UNIT)
    due = (day_of(utc_now()) + timedelta(days=30)).isoformat()
    form.locator("[name=due_on]").fill(due)
    form.get_by_role("button", name=text("meetings.decide")).click()
    expect(own.locator(".toast").last).to_contain_text("已")
    expect(form.locator("[name=resolution]")).to_have_value("")
    assert wall.url.count("mode=meeting") == own.url.count("mode=presenter") == 1
    own.close()


def test_touch_and_the_small_menu_turn_slides_and_the_wheel_does_not(shipped: FrontDoor, room: Room) -> None:
    page = room.page
    page.goto(f"{shipped.address}/meeting?meeting={room.code}&mode=meeting&slide=1")
    ready(page)
    page.mouse.move(600, 300)
    page.mouse.wheel(0, 400)
    expect(page.locator("#slide-number")).to_have_text("1")
    page.get_by_role("button", name=text("meeting.hint_on")).click()
    expect(page.locator("#slide-number")).to_have_text("2")
    page.evaluate(
        """() => {
          const slide = document.querySelector('#page-root .slide.on');
          const touch = (x) => new Touch({ identifier: 1, target: slide, clientX: x, clientY: 300 });
          const say = (name, x, on) => slide.dispatchEvent(new TouchEvent(name, { bubbles: true, cancelable: true,
            touches: on ? [touch(x)] : [], changedTouches: [touch(x)] }));
          say('touchstart', 400, true); say('touchend', 700, false);
        }"""
    )
    expect(page.locator("#slide-number")).to_have_text("1")
    page.get_by_role("button", name=text("meeting.hint_help")).click()
    expect(page.locator("#slide-help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#slide-help")).to_be_hidden()
    expect(page.locator("#page-root .slide.on")).to_be_visible()


def test_a_unit_looked_at_in_between_leaves_the_order_where_it_was(shipped: FrontDoor, room: Room) -> None:
    """The order began anew, and the presenter was told that its slide was on the wall while a unit's was."""
    wall = room.page
    wall.goto(f"{shipped.address}/meeting?meeting={room.code}&mode=meeting&slide=4")
    ready(wall)
    fourth = wall.locator("#page-root .slide.on h1").inner_text()
    with wall.context.expect_page() as opened:
        wall.keyboard.press("n")
    own = opened.value
    ready(own)
    expect(own.locator("[data-shows=number]")).to_have_text("4", timeout=8000)
    wall.keyboard.press("d")
    wall.locator("#slide-picker select").select_option(label="酉阳土家族苗族自治县")
    expect(wall.locator("#page-root .slide.on h1")).to_contain_text("酉阳：")
    expect(own.locator("[data-elsewhere]")).to_contain_text("酉阳：", timeout=8000)
    wall.keyboard.press("0")
    expect(wall.locator("#page-root .slide.on h1")).to_have_text(fourth)
    expect(own.locator("[data-elsewhere]")).to_be_hidden(timeout=8000)
    wall.keyboard.press("d")
    wall.locator("#slide-picker select").select_option(label="酉阳土家族苗族自治县")
    expect(own.locator("[data-elsewhere]")).to_be_visible(timeout=8000)
    own.keyboard.press("PageDown")
    expect(own.locator("[data-shows=number]")).to_have_text("5", timeout=8000)
    own.close()


def test_notes_and_entry_are_in_sight_beside_a_long_order(shipped: FrontDoor, room: Room) -> None:
    page = room.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{shipped.address}/meeting?meeting={room.code}&mode=presenter")
    ready(page)
    for part in (".presenter-notes", ".presenter-entry"):
        assert present(page.locator(part).bounding_box())["y"] < 720, part


def test_the_unit_that_must_act_reads_the_decision(shipped: FrontDoor, room: Room, browser: Browser) -> None:
    assert room.code
    tab = shipped.tab(browser, "district")
    page = tab.open("/ledger")
    expect(page.locator(".decided-panel")).to_contain_text(RESOLUTION)
    expect(page.locator(".decided-panel")).to_contain_text(MEETING)
    tab.close()


@pytest.mark.parametrize("mode", ["", "&mode=meeting", "&mode=presenter"])
def test_desk_wall_and_presenter_have_no_serious_fault(shipped: FrontDoor, room: Room, mode: str) -> None:
    page = room.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{shipped.address}/meeting?meeting={room.code}{mode}")
    ready(page)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], len(v["nodes"])) for v in found if v["impact"] in ("serious", "critical")] == []


def taken(page: Page, kind: str) -> bytes:
    with page.expect_download() as download:
        page.evaluate(
            "(kind) => document.querySelector(`#page-root [data-action=export][data-kind=${kind}]`).click()", kind
        )
    return download.value.path().read_bytes()


def test_the_papers_of_the_meeting_say_the_same(shipped: FrontDoor, room: Room) -> None:
    page = desk(shipped, room)
    minutes = taken(page, "minutes")
    said = {
        "docx": "\n".join(p.text for p in Document(io.BytesIO(taken(page, "docx"))).paragraphs),
        "minutes": "\n".join(p.text for p in Document(io.BytesIO(minutes)).paragraphs),
        "pptx": "\n".join(
            shape.text_frame.text
            for slide in Presentation(io.BytesIO(taken(page, "pptx"))).slides
            for shape in slide.shapes
            if isinstance(shape, Shape)
        ),
        "pdf": "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(taken(page, "pdf"))).pages),
    }
    for kind, words in said.items():
        places = [squeezed(words).find(view.sentence) for view in room.views]
        assert min(places) >= 0, (kind, [v.address for v, p in zip(room.views, places, strict=True) if p < 0])
        assert places == sorted(places), kind
        assert OWN_TITLE in words, kind
        assert MEETING in words or kind == "pptx", kind
    cells = [c.text for t in Document(io.BytesIO(minutes)).tables for r in t.rows for c in r.cells]
    assert any(RESOLUTION in cell_text for cell_text in cells)
    assert "酉阳" in cells


def test_a_reopened_meeting_shows_what_it_saw(shipped: FrontDoor, room: Room) -> None:
    """After another publication the slides are the same to the letter; live figures only by their key, with a mark."""
    page = room.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{shipped.address}/meeting?meeting={room.code}")
    ready(page)
    begin = page.locator("#page-root [data-run]").get_attribute("href") or ""
    page.goto(shipped.address + begin)
    ready(page)
    slides, footers = page.evaluate(SLIDES), page.evaluate(FOOTERS)
    publish(shipped)
    page.goto(shipped.address + begin)
    ready(page)
    assert page.evaluate(FOOTERS) == footers
    assert page.evaluate(SLIDES) == slides
    page.keyboard.press("v")
    expect(page.locator("#page-root .slide-live")).to_be_visible()
    assert page.evaluate(FOOTERS) != footers
    page.keyboard.press("v")
    expect(page.locator("#page-root .slide-live")).to_have_count(0)
    assert page.evaluate(FOOTERS) == footers


def test_a_leader_runs_the_meeting_and_writes_nothing(shipped: FrontDoor, room: Room, browser: Browser) -> None:
    tab = shipped.tab(browser, "leader")
    page = tab.open(f"/meeting?meeting={room.code}&mode=presenter")
    expect(page.locator("#page-root .presenter-panel h1").first).to_be_visible()
    assert page.locator("form[data-send]").count() == 0
    answer: requests.Response = shipped.get("district", f"/meeting?meeting={room.code}")
    assert RESOLUTION not in answer.text
    tab.close()
