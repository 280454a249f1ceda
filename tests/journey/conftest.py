"""The real server on a free loopback port, and one tab on it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store.monitoring import follow_publication
from tests.serving import served
from tests.small_demo import AT, copied

VIEWPORT: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def server(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole city with a store of its own: what others count, export or move there is not met here."""
    settings = copied(demo_settings, tmp_path_factory.mktemp("journey"))
    follow_publication(settings, load_catalogue(), AT.replace(tzinfo=None))
    with served(settings, workers=1) as address:
        yield address


class Watched:
    """A page that remembers its console errors and every address it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.addresses: list[str] = []
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("request", lambda r: self.addresses.append(r.url))

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_selector("body.live")


def settle(page: Page) -> None:
    """Wait for fonts, for two frames, and for the end of every movement on the page."""
    page.evaluate(
        """async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          await document.fonts.ready;
          await frame();
          await frame();
          await Promise.all(document.getAnimations().map((each) => each.finished));
        }"""
    )


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Watched]:
    """One tab for all tests, because a page keeps nothing but its URL and a tab is slow to open."""
    context = browser.new_context(viewport=VIEWPORT, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield Watched(page)
    context.close()


@pytest.fixture
def watched(tab: Watched) -> Watched:
    tab.page.unroute_all()
    tab.page.goto("about:blank")
    tab.page.set_viewport_size(VIEWPORT)
    tab.errors.clear()
    tab.addresses.clear()
    return tab
