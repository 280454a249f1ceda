"""A unit registers an area and its inspector in a browser; the inspector finds it, another unit does not."""

from playwright.sync_api import Browser, expect

from data.store.engine import open_store
from data.store.inspector_register import areas, inspector_of_account, inspectors
from tests.present import present
from tests.shipped.front_door import FIRST_PASSWORD, SCHOOL, FrontDoor, change_first_password
from tests.shipped.sign_in import come_in, enter

SECOND = "S500242-031"
OTHER, CLERK = "500153", "rongchang"
AREA, PERSON = "东片责任区", "任督学"


def test_a_unit_registers_an_area_and_its_inspector_finds_it(shipped: FrontDoor, browser: Browser) -> None:
    unit = come_in(shipped, browser, "district")
    page = unit.open("/rounds")
    page.get_by_role("link", name="督学与责任区").click()
    page.wait_for_url("**/inspectors")
    expect(page.get_by_text("先登记责任区并勾选学校")).to_be_visible()
    page.get_by_role("link", name="责任区0").click()
    page.get_by_role("link", name="登记责任区").click()
    page.get_by_label("责任区名称").fill(AREA)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请至少勾选一所学校")).to_be_visible()
    expect(page.get_by_label("责任区名称")).to_have_value(AREA)
    for code in (SCHOOL, SECOND):
        page.locator(f'input[name="school_codes"][value="{code}"]').check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text(f"已登记：{AREA}。")).to_be_visible()
    expect(page.get_by_text("没有督学，至少要1名（一名不超过5所）")).to_be_visible()

    unit.open("/inspectors/new/inspector")
    page.get_by_label("姓名").fill(PERSON)
    page.get_by_label("类别").select_option(label="责任区督学")
    page.locator('select[name="area_code"]').select_option(label=AREA)
    page.get_by_label("账号（以这名督学身份办理）").select_option(label="任督学（inspector）")
    page.get_by_label("聘任日期").fill("2026-03-01")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text(f"已登记：{PERSON}。")).to_be_visible()
    expect(page.get_by_text("今年培训还差40学时（共40）")).to_be_visible()
    page.locator("summary", has_text="登记一次培训").click()
    page.get_by_label("培训日期").fill("2026-05-01")
    page.get_by_label("学时").fill("40")
    page.get_by_label("内容").fill("责任督学岗位培训")
    page.get_by_role("button", name="登记一次培训").click()
    expect(page.get_by_text("培训：今年40学时")).to_be_visible()
    unit.errors = [e for e in unit.errors if "status of 400" not in e]  # a refusal's own status
    unit.close()

    store = open_store(shipped.settings)
    (area,) = areas(store)
    (person,) = inspectors(store)
    assert (area.school_codes, area.updated_by) == (frozenset({SCHOOL, SECOND}), "尤县督")
    assert present(inspector_of_account(store, person.account_id or "")).area_code == area.area_code

    inspector = come_in(shipped, browser, "inspector")
    tasks = inspector.open("/tasks")
    expect(tasks.get_by_text(f"您负责的责任区：{AREA}，2所学校")).to_be_visible()
    tasks.locator("section", has_text="您的责任区").get_by_role("link", name="查看").click()
    tasks.wait_for_url(f"**/inspectors/{area.area_code}")
    expect(tasks.get_by_role("heading", name="学校（2所）")).to_be_visible()
    expect(tasks.get_by_role("button", name="保存")).to_have_count(0)
    inspector.close()


def test_another_unit_reads_nothing_of_it_and_a_school_its_own_inspector(shipped: FrontDoor, browser: Browser) -> None:
    fields = {"person": "荣昌督导", "role_code": "district_supervisor", "district_code": OTHER, "school_codes": ""}
    made = shipped.post(
        "administrator", "/accounts", {"action": "create", "account_name": CLERK, "password": FIRST_PASSWORD, **fields}
    )
    assert made.status_code == 302, made.text
    change_first_password(shipped, CLERK)
    (area,) = areas(open_store(shipped.settings))
    other = shipped.stranger(browser)
    enter(other.open("/login"), CLERK)
    other.page.wait_for_url(shipped.address + "/")
    page = other.open("/inspectors")
    expect(page.get_by_text("还没有登记督学")).to_be_visible()
    assert AREA not in page.content()
    other.context.close()  # the next answer is the 404 that a browser calls an error
    assert shipped.get("city", f"/inspectors/{area.area_code}").status_code == 200

    school = shipped.tab(browser, "school", 390, 844)
    page = school.open("/inspectors")
    expect(page.get_by_role("link", name=PERSON)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name=PERSON).click()
    expect(page.get_by_role("heading", name=PERSON)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    school.close()
    foreign = shipped.sign_in(CLERK, "Zweite-Tuer-2026").get(shipped.address + f"/inspectors/{area.area_code}")
    assert foreign.status_code == 404
