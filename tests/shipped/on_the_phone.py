"""What an inspector does on a phone in `/visits/record`, and what the store holds of it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from data.store.engine import open_store
from data.store.matters import Matter, list_matters
from data.text import text
from tests.shipped.front_door import FrontDoor, Tab

PHONE = (390, 844)
OTHER_SCHOOL = "S500242-031"
SOFT = "课程开设"


def visits(shipped: FrontDoor) -> list[Matter]:
    return list_matters(open_store(shipped.settings), "visit")


def recorded(shipped: FrontDoor) -> list[Matter]:
    return [v for v in visits(shipped) if v.state == "recorded"]


def desk(tab: Tab) -> Page:
    """The page of records, with the worker that serves it without a connection."""
    page = tab.page
    page.goto(f"{tab.address}/visits/record")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_load_state("networkidle")
    return page


def say(page: Page, title: str, answer: str, **fields: str) -> None:
    block = page.locator(f"form.visit:not([hidden]) .check[data-title*='{title}']")
    block.locator(f"input[value={answer}]").check()
    for name, words in fields.items():
        block.locator(f"[name^='{name}.']").fill(words)


def record(page: Page, school: str, words: str, photo: Path | None = None) -> None:
    """One visit with one finding."""
    page.locator(f".schools a[href='#{school}']").click()
    say(page, SOFT, "differs", words=words, measured="每周少开1节")
    say(page, "课业负担", "agrees")
    if photo is not None:
        block = page.locator(f"form.visit:not([hidden]) .check[data-title*='{SOFT}']")
        block.locator("input[type=file]").set_input_files(photo)
        expect(block.locator(".photos img")).to_have_count(1)
    page.locator("form.visit:not([hidden])").get_by_role("button", name=text("visit.done")).click()
    expect(page.locator(".visit-list")).to_be_visible()
