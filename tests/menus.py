"""The menus of a page's head as a reader uses them."""

from contextlib import suppress

from playwright.sync_api import Page, expect


def choose(page: Page, kind: str) -> None:
    """Open the menu that offers this kind of file, and choose it."""
    menu = page.locator("#page-root .menu", has=page.locator(f"button[data-kind={kind}]"))
    item = menu.locator(f"button[data-kind={kind}]")
    menu.locator("summary, .dropdown-toggle").click()
    with suppress(AssertionError):  # the press fell into the moment in which the library took the list over
        expect(item).to_be_visible(timeout=2000)
    if not item.is_visible():
        menu.locator("summary, .dropdown-toggle").click()
    item.click()
