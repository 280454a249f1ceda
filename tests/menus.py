"""The menus of a page's head as a reader uses them."""

from playwright.sync_api import Page


def choose(page: Page, kind: str) -> None:
    """Open the menu that offers this kind of file, and choose it."""
    menu = page.locator("#page-root .menu", has=page.locator(f"button[data-kind={kind}]"))
    menu.locator("summary, .dropdown-toggle").click()
    menu.locator(f"button[data-kind={kind}]").click()
