"""The city goes back to an earlier publication and withdraws a batch in the browser; readers move with it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from data.importing.batch_records import valid_batches
from data.store import audit
from data.store.engine import open_store
from data.text import text
from data.warehouse.snapshots import id_of, in_force, newest_first
from tests.shipped.front_door import PEOPLE, FrontDoor, front_door
from tests.small_demo import build_small

LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # as if the reader came back


@pytest.fixture
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    """A shipped server on which the same batches were published twice."""
    with front_door(tmp_path_factory.mktemp("twice")) as door:
        build_small(door.settings)
        assert door.command("publish").returncode == 0
        yield door


def take_back(page: Page, action: str, place: str, reason: str) -> None:
    """Open the row's form, give the reason, tick, and send it."""
    page.locator("details.taken-back > summary").click()
    row = page.locator("details.taken-back tr", has_text=place)
    row.locator("summary", has_text=text(f"publications.{action}")).click()
    row.locator("textarea[name=reason]").fill(reason)
    row.locator("input[name=confirmed]").check()
    row.get_by_role("button", name=text(f"publications.{action}"), exact=True).click()


def test_a_wrong_publication_and_a_wrong_batch_are_taken_back(twice: FrontDoor, browser: Browser) -> None:
    folder = twice.settings.snapshots_folder
    wrong = in_force(folder)
    earlier = next(i for i in map(id_of, newest_first(folder)) if i != wrong)
    leader, city = twice.tab(browser, "leader"), twice.tab(browser, "city")
    reading = leader.open("/")
    page = city.open("/data")
    take_back(page, "rollback", earlier, "校舍面积口径有误")
    expect(page.locator("body")).to_contain_text(f"现行数据版本 {earlier}，由石督导退回")
    assert in_force(folder) == earlier
    reading.evaluate(LOOK)
    news = reading.locator("#news")
    expect(news).to_contain_text("数据已退回较早的版本")
    news.click()
    expect(reading.locator("#page-root")).to_contain_text(earlier)

    batch = next(
        b
        for b in reversed(valid_batches(twice.settings.batches_folder))
        if any(t["input_kind"] == "school_return" for t in b.tables)
    )
    take_back(page, "withdraw", batch.batch_id, "整表报错年度")
    expect(page.locator("details.taken-back tr", has_text=batch.batch_id)).to_contain_text("已撤回（石督导")
    page.locator("input[name=again]").check()
    page.get_by_role("button", name=text("returns.publish"), exact=True).click(timeout=60_000)
    expect(page.get_by_role("button", name=text("returns.publish"), exact=True)).to_have_count(0, timeout=60_000)
    assert str(in_force(folder)) > str(wrong)
    assert batch.batch_id not in [b.batch_id for b in valid_batches(twice.settings.batches_folder)]
    store = open_store(twice.settings)
    for subject, key, reason in (("snapshot", earlier, "校舍面积口径有误"), ("batch", batch.batch_id, "整表报错年度")):
        (entry,) = audit.history(store, subject, key)
        assert (entry.actor, entry.reason) == (PEOPLE["city"].name, reason)
    for tab in (leader, city):
        tab.close()
