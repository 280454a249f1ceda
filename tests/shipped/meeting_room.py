"""A secretary's browser, the eight views of a meeting, and how they are read from their pages."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.shipped.front_door import UNIT, FrontDoor, Tab
from tests.shipped.test_projected_views import CHOSEN, FIRST_ROWS, SENTENCE, ready

VIEWS = (
    f"/trend?district={UNIT}&stage=junior&indicator=L5",
    "/matrix?sort=L2",
    "/league?grouping=group",
    f"/cv/{UNIT}/primary/L2",
    f"/ledger?district={UNIT}&only=overdue",
    f"/plan?district={UNIT}",
    "/?indicator=L5&stage=junior",
    "/rounds?round=3",
)
SIZES = ((1920, 1080), (1280, 720), (1024, 768))
MEETING, SAME_DAY = "十一月推进会", "同日的另一场会"
NOTE, OWN_TITLE = "先说总量够，再说三个区县要增", "酉阳的两个数"
RESOLUTION = "逐校列出骨干教师缺口，报市级督导部门"
SLIDES = "() => Array.from(document.querySelectorAll('#page-root .slide'), (slide) => slide.innerText)"
FOOTERS = "() => Array.from(document.querySelectorAll('#page-root .slide'), (slide) => slide.dataset.footer)"


@dataclass(frozen=True)
class Shown:
    """A view as its page says it."""

    address: str
    sentence: str
    chosen: list[str]
    rows: set[str]


@dataclass(frozen=True)
class Room:
    """The secretary's browser after the preparation, and the meeting that was prepared."""

    tab: Tab
    page: Page
    code: str
    views: list[Shown]


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def look_at(page: Page, address: str) -> Shown:
    rows = {row for table in page.evaluate(FIRST_ROWS, "#page-root") for row in table}
    return Shown(address, page.evaluate(SENTENCE), page.evaluate(CHOSEN), rows)


def sent(page: Page, name: str, **fields: str) -> None:
    """Fill in the form with that button, send it, and wait until it is taken."""
    form = page.locator("#page-root form", has=page.get_by_role("button", name=name, exact=True)).first
    for field, words in fields.items():
        form.locator(f"[name={field}]").fill(words)
    form.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".toast").last).to_contain_text("已")


def desk(shipped: FrontDoor, room: Room) -> Page:
    room.page.set_viewport_size({"width": 1440, "height": 900})
    room.page.goto(f"{shipped.address}/meeting?meeting={room.code}")
    ready(room.page)
    return room.page


def titles(page: Page) -> list[str]:
    return page.locator(".card[data-slide-id] .card-title a").all_inner_texts()


def part_of_any(row: str, wholes: set[str]) -> bool:
    """Whether a row has, in their order, only signs of one of the rows of the same unit."""

    def is_part(whole: str) -> bool:
        signs = iter(whole)
        return all(sign in signs for sign in row)

    return any(is_part(whole) for whole in wholes if whole[:2] == row[:2])


def strange_rows(rows: list[str], view: Shown) -> list[str]:
    """Rows of a slide that its page has not; of the matrix the wall has the items that fail, of the league no table."""
    if view.address.startswith("/league"):
        return []
    if view.address.startswith("/matrix"):
        return [row for row in rows if not part_of_any(row, view.rows)]
    return [row for row in rows if row not in view.rows]
