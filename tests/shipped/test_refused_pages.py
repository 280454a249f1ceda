"""A page that a role may not open says so in one sentence, and asks nothing that is refused."""

import pytest
from playwright.sync_api import Browser, expect

from data.catalogue.access_tables import RoleCapability
from data.catalogue.loader import load_catalogue
from data.text import text
from layouts.routes import ROUTES
from tests.shipped.front_door import PEOPLE, SCHOOL, UNIT, FrontDoor

ONE = {"district": UNIT, "school": SCHOOL, "cv": f"{UNIT}/primary/L2"}


def refused(role: str) -> list[str]:
    """The paths of the pages that a role may not open."""
    may = {c.permission for c in load_catalogue().rows(RoleCapability) if c.role_code == role}
    return [f"{r.path}/{ONE[r.page]}" if r.keys else r.path for r in ROUTES if r.needs not in may]


@pytest.mark.parametrize("who", PEOPLE)
def test_a_refusal_is_one_calm_sentence(shipped: FrontDoor, browser: Browser, who: str) -> None:
    tab = shipped.tab(browser, who)
    failed: list[str] = []
    tab.page.on(
        "response",
        lambda r: (
            failed.append(f"{r.status} {r.url}") if r.status >= 400 and r.request.resource_type != "document" else None
        ),
    )
    for path in refused(PEOPLE[who].role_code):
        if path == "/":
            continue  # leads on to the page that is theirs
        page = tab.open(path)
        expect(page.get_by_text(text("state.not_allowed"))).to_be_visible()
        assert page.locator("body.live").count() == 1, path
        page.wait_for_load_state("networkidle")
        for bar in page.locator("#update-error").all():
            expect(bar).to_be_hidden()
        assert failed == [], path
    tab.errors.clear()  # the browser's own word for the status of the document
    tab.close()


def test_some_page_is_refused_to_most_roles() -> None:
    assert sum(bool(refused(p.role_code)) for p in PEOPLE.values()) > len(PEOPLE) / 2
