"""A finding of a visit on its whole way, with six accounts: found, put right, verified, closed, looked at again,
and found to have come back by a later return."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import delete

from data.store import audit
from data.store.engine import open_store
from data.store.ledger import SUBJECT, find_issue
from data.store.matters import list_matters
from data.store.schema import issue
from data.store.visits import answers_of
from data.text import text
from tests.evidence_files import PDF
from tests.shipped.drawers import look_again, opened, press
from tests.shipped.front_door import SCHOOL, UNIT, FrontDoor, front_door
from tests.shipped.test_returns_journey import reported
from tests.small_demo import build_small

COLUMN = "小学骨干教师数"
ENOUGH, TOO_FEW = "40", "0"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    """A server of its own: what is returned and published here would change what other tests look at."""
    with front_door(tmp_path_factory.mktemp("six")) as shipped:
        build_small(shipped.settings)
        with open_store(shipped.settings).write() as connection:
            connection.execute(delete(issue).where(issue.c.school_code == SCHOOL, issue.c.item_code == "L2"))
        yield shipped


def publish_with(door: FrontDoor, folder: Path, backbone: str) -> None:
    """The unit's return again with this many 骨干教师 at the school, taken over and published."""
    rows = reported(door.settings)
    path = folder / f"{UNIT}_{backbone}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows([{**r, COLUMN: backbone} if r["学校代码"] == SCHOOL else r for r in rows])
    taken = door.command("import", str(path), "--replace", "--by", "示例报送人", "--reason", "核实后更正")
    assert taken.returncode == 0, taken.stdout + taken.stderr
    published = door.command("publish")
    assert published.returncode == 0, published.stdout + published.stderr


def test_a_finding_goes_through_six_hands_and_comes_back(door: FrontDoor, browser: Browser, tmp_path: Path) -> None:
    publish_with(door, tmp_path, TOO_FEW)
    inspector = door.tab(browser, "inspector", 390, 844)
    page = inspector.open("/visits/record")
    page.locator(f".schools a[href='#{SCHOOL}']").click()
    check = page.locator("form.visit:not([hidden]) .check[data-check='cell.primary.L2']")
    check.locator("input[value=differs]").check()
    check.locator("textarea").fill("名册上的人不在岗")
    page.locator("form.visit:not([hidden])").get_by_role("button", name=text("visit.done")).click()
    expect(page.locator(".visit-told")).to_contain_text("对应台账问题")
    inspector.close()
    store = open_store(door.settings)
    (visit,) = [v for v in list_matters(store, "visit") if v.state == "recorded"]
    (finding,) = [a for a in answers_of(store, visit) if a.answer == "differs"]
    code = finding.issue_code

    unit = door.tab(browser, "district")
    page = unit.open(f"/ledger?district={UNIT}&school={SCHOOL}&only=all")
    expect(page.locator("#page-root")).to_contain_text(code)
    unit.close()

    school = door.tab(browser, "school")
    page = opened(school, "ledger", code)
    press(page, "ledger", "开始整改", 整改措施="调入骨干教师", 完成时限="2027-06-30")
    expect(page.locator("#ledger-issue h2")).to_contain_text("整改中")
    proof = tmp_path / "名册.pdf"
    proof.write_bytes(PDF)
    form = page.locator("form[data-send=evidence]")
    form.locator("input[type=file]").set_input_files(proof)
    form.locator("button").click()
    expect(page.locator("#ledger-issue .files")).to_contain_text("名册.pdf")
    press(page, "ledger", "报请复核")
    expect(page.locator("#ledger-issue h2")).to_contain_text("待复核")
    school.close()

    publish_with(door, tmp_path, ENOUGH)
    city = door.tab(browser, "city")
    page = opened(city, "ledger", code)
    press(page, "ledger", "同意销号", 核验意见="数值已达标，名册属实")
    expect(page.locator("#ledger-issue h2")).to_contain_text("已销号")
    press(page, "ledger", "列入回头看")
    expect(page.locator("#ledger-issue h2")).to_contain_text("回头看")
    look_again(page, "确认稳定", 复查意见="自己看过")
    expect(page.locator("#said")).to_contain_text(text("refused.needs_other_reviewer"))
    city.close()

    second = door.tab(browser, "second")
    page = opened(second, "ledger", code)
    look_again(page, "确认稳定", 复查意见="到校看过，在岗")
    expect(page.locator("#ledger-issue h2")).to_contain_text("稳定")
    second.close()

    publish_with(door, tmp_path, TOO_FEW)
    leader = door.tab(browser, "leader")
    page = opened(leader, "ledger", code)
    expect(page.locator("#ledger-issue h2")).to_contain_text("反弹")
    leader.close()
    known = find_issue(open_store(door.settings), code)
    assert known is not None
    assert (known.status, known.due_on) == ("rebounded", None)
    done = [(e.actor, e.action) for e in audit.history(open_store(door.settings), SUBJECT, code)]
    assert done == [
        ("任督学", "open_issue"),
        ("肖校办", "start"),
        ("肖校办", "evidence"),
        ("肖校办", "submit"),
        ("石督导", "close"),
        ("石督导", "look_back"),
        ("石督导", "refused"),
        ("石复核", "confirm"),
        ("监测", "rebound"),
    ]
