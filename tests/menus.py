"""The menus of a page's head as a reader uses them."""

from playwright.sync_api import Page


def choose(page: Page, kind: str) -> None:
    """Open the menu that offers this kind of file, and choose it."""
    item = page.locator(f"#page-root button[data-kind={kind}]")
    page.locator("#page-root .menu", has=item).locator("summary, .dropdown-toggle").click()
    item.click()
