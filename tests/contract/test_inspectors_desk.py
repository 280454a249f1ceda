"""`/inspectors` by role: who reads which entries, who writes, what is said of each, and what is not there for whom."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from data.settings import Settings
from data.store.accounts import NewAccount, create_account, find_account
from data.store.area_changes import AreaEdit, save_area
from data.store.inspector_changes import InspectorEdit, save_inspector
from data.store.inspector_register import InspectorArea, areas, find_inspector, inspectors, offices, trainings
from data.store.office_changes import OfficeEdit, save_office
from queries import common_dimensions
from tests.people import person
from tests.present import present
from tests.visitors import CATALOGUE, CLERK, OWN, PASSWORD, SCHOOL, get, guarded_app, now, signed_in

CITY = person("municipal_supervisor1")
OTHER = "500153"
SECOND = "S500242-002"
FAR = "S500242-031"
AREA = AreaEdit("", 0, OWN, "城区责任区", frozenset({SCHOOL, FAR}))
PERSON = InspectorEdit("", 0, OWN, "示例甲", "area", None, None, None, date(2026, 1, 1), None, is_full_time=True)


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    """An area of the own unit with an inspector, one of another unit, one of the city."""
    app = guarded_app(small_settings, tmp_path)
    store, at = app.deps.store, now()
    area = save_area(store, CATALOGUE, CITY, AREA, at)
    foreign = AreaEdit("", 0, OTHER, "外县责任区", frozenset({f"S{OTHER}-001"}))
    save_area(store, CATALOGUE, CITY, foreign, at)
    save_inspector(store, CATALOGUE, CITY, replace(PERSON, area_code=area), at)
    save_inspector(store, CATALOGUE, CITY, replace(PERSON, name="外县督学", district_code=OTHER), at)
    far = replace(PERSON, name="无区督学", inspector_kind="district", term_ends_on=date(2026, 6, 30))
    save_inspector(store, CATALOGUE, CITY, far, at)
    save_inspector(
        store, CATALOGUE, CITY, replace(PERSON, name="市级督学", district_code="", inspector_kind="municipal"), at
    )
    save_office(store, CATALOGUE, CITY, OfficeEdit("", 0, "school", OWN, SCHOOL, "一小督导办"), at)
    return app


def sent(app: ServerRenderedDash, who: str, path: str, fields: Mapping[str, object]):
    client, token = signed_in(app, who)
    return client.post(path, data={"csrf_token": token, **fields}, base_url="https://localhost")


def own_area(app: ServerRenderedDash) -> InspectorArea:
    return next(a for a in areas(app.deps.store) if a.district_code == OWN)


def school_name(app: ServerRenderedDash, code: str) -> str:
    rows = common_dimensions.school_places(app.deps.warehouse.current())
    return next(r.school_name for r in rows if r.school_code == code)


def test_each_role_reads_what_is_its_units(app: ServerRenderedDash) -> None:
    told = ("示例甲", "无区督学", "外县督学", "市级督学")
    seen = {
        "leader": told,
        "city": told,
        "district": ("示例甲", "无区督学"),
        "inspector": ("示例甲", "无区督学"),
        "office": ("示例甲",),
    }
    for who, names in seen.items():
        client, _ = signed_in(app, who)
        page = get(client, "/inspectors").text
        assert [n for n in told if n in page] == list(names), who
        assert ("登记督学" in page) == (who in ("city", "district")), who
    for who in ("clerk", "auditor"):
        client, _ = signed_in(app, who)
        assert get(client, "/inspectors").status_code == 403


def test_an_inspector_reads_of_an_area_the_names_of_the_own_schools(app: ServerRenderedDash) -> None:
    code = own_area(app).area_code
    for who, hidden in (("district", False), ("inspector", True), ("office", True)):
        client, _ = signed_in(app, who)
        page = get(client, f"/inspectors/{code}").text
        assert school_name(app, SCHOOL) in page, who
        assert (school_name(app, FAR) not in page and FAR not in page) == hidden, who
        assert ("另有1所不在您的范围" in page) == hidden, who
        assert "学校（2所）" in page, who


def test_what_is_anothers_is_not_there(app: ServerRenderedDash) -> None:
    store = app.deps.store
    foreign = [a.area_code for a in areas(store) if a.district_code == OTHER]
    foreign += [i.inspector_code for i in inspectors(store) if i.district_code != OWN]
    assert len(foreign) == 3
    for who in ("district", "inspector", "office"):
        client, _ = signed_in(app, who)
        assert {get(client, f"/inspectors/{code}").status_code for code in [*foreign, "A500242-099"]} == {404}, who
    unseen = next(i.inspector_code for i in inspectors(store) if i.name == "无区督学")
    client, _ = signed_in(app, "office")
    assert get(client, f"/inspectors/{unseen}").status_code == 404, "not of the own school's area"


def test_what_is_amiss_is_said_with_the_numbers_of_the_rules(app: ServerRenderedDash) -> None:
    client, _ = signed_in(app, "district")
    page = get(client, "/inspectors").text
    schools = [r for r in common_dimensions.school_places(app.deps.warehouse.current()) if r.district_code == OWN]
    assert f"{len(schools) - 2}所学校不在任何责任区" in page
    assert "1个责任区的督学偏多" in page  # one inspector for two schools: not fewer than 3
    assert "2名督学今年培训学时不足" in page
    assert "任期已于2026-06-30届满" in page
    listed = get(client, "/inspectors?only=term_over").text
    assert "无区督学" in listed
    assert ">示例甲<" not in listed
    assert "共1条" in listed
    empty = get(client, "/inspectors?search=没有这样的人").text
    assert "没有符合条件的" in empty


def test_a_unit_registers_an_area_and_the_refusal_names_field_and_mend(app: ServerRenderedDash) -> None:
    area = {"action": "save", "version": "0", "district_code": OWN, "name": "乡镇责任区"}
    made = sent(app, "district", "/inspectors/new/area", {**area, "school_codes": [SECOND]})
    assert made.status_code == 302
    assert made.headers["Location"].startswith("/inspectors/A500242-002")
    taken = sent(app, "district", "/inspectors/new/area", {**area, "name": "又一个", "school_codes": [SCHOOL]})
    assert taken.status_code == 400
    assert f"学校{SCHOOL}已在责任区“城区责任区”" in taken.text
    assert "又一个" in taken.text, "what was typed stays"
    foreign = sent(app, "district", "/inspectors/new/area", {**area, "name": "丙", "school_codes": [f"S{OTHER}-002"]})
    assert foreign.status_code == 400
    assert "所选单位没有这些学校" in foreign.text
    bare = sent(app, "district", "/inspectors/new/area", area)
    assert "请至少勾选一所学校" in bare.text
    assert {a.name for a in areas(app.deps.store)} == {"城区责任区", "外县责任区", "乡镇责任区"}


def test_a_change_of_what_somebody_else_changed_is_refused_and_shown(app: ServerRenderedDash) -> None:
    code = own_area(app).area_code
    fields = {"action": "save", "version": "1", "name": "新名", "school_codes": [SCHOOL]}
    assert sent(app, "district", f"/inspectors/{code}", fields).status_code == 302
    late = sent(app, "city", f"/inspectors/{code}", {**fields, "name": "晚来的名"})
    assert late.status_code == 409
    assert "区督导已于" in late.text
    assert own_area(app).name == "新名"


def test_an_inspector_with_an_account_is_trained_and_leaves(app: ServerRenderedDash) -> None:
    store = app.deps.store
    account = present(find_account(store, "inspector")).account_id
    code = next(i.inspector_code for i in inspectors(store) if i.name == "示例甲")
    page = f"/inspectors/{code}"
    client, _ = signed_in(app, "district")
    assert "责任督学（inspector）" in get(client, page).text
    fields = {
        "action": "save",
        "version": "1",
        "name": "示例甲",
        "inspector_kind": "area",
        "area_code": own_area(app).area_code,
        "account_id": account,
        "appointed_on": "2026-01-01",
    }
    assert sent(app, "district", page, fields).status_code == 302
    assert present(find_inspector(store, code)).is_full_time is False
    training = {"action": "add_training", "held_on": "2026-03-01", "hours": "40", "subject": "岗位培训"}
    assert sent(app, "district", page, training).status_code == 302
    assert sent(app, "district", page, {**training, "hours": "x"}).status_code == 400
    assert "培训：今年40学时" in get(client, page).text
    number = str(trainings(store, code)[0].training_id)
    assert sent(app, "district", page, {"action": "drop_training", "training_id": number}).status_code == 302
    school, _ = signed_in(app, "office")
    assert "责任督学（inspector）" not in get(school, page).text, "names of accounts are the keeper's"
    own, _ = signed_in(app, "inspector")
    assert "您负责的责任区：城区责任区，2所学校" in get(own, "/tasks").text
    assert sent(app, "district", page, {"action": "nothing"}).status_code == 400
    gone = {"action": "leave", "version": "2", "left_on": "2026-06-01"}
    assert sent(app, "inspector", page, gone).status_code == 403
    assert sent(app, "district", page, gone).status_code == 302
    after = get(client, page).text
    assert "2026年6月1日起不再在册" in after
    assert "岗位培训" not in after
    assert "离任</li>" in after
    assert 'name="left_on"' not in after
    assert "示例甲" not in get(client, "/inspectors").text


def test_offices_are_entered_renamed_and_dissolved(app: ServerRenderedDash) -> None:
    office = {"action": "save", "version": "0", "district_code": OWN, "level_code": "district", "name": "县督导室"}
    assert sent(app, "district", "/inspectors/new/office", office).status_code == 302
    again = {**office, "level_code": "school", "school_code": SCHOOL}
    assert "已有督导办“一小督导办”" in sent(app, "district", "/inspectors/new/office", again).text
    code = next(o.office_code for o in offices(app.deps.store) if o.name == "县督导室")
    client, _ = signed_in(app, "district")
    assert "县督导室" in get(client, "/inspectors?list=offices").text
    gone = sent(app, "district", f"/inspectors/{code}", {"action": "dissolve", "version": "1"})
    assert gone.status_code == 302
    assert [o.name for o in offices(app.deps.store)] == ["一小督导办"]


def test_the_city_chooses_a_unit_first_and_a_unit_has_its_own_at_once(app: ServerRenderedDash) -> None:
    city, _ = signed_in(app, "city")
    assert "先选单位" in get(city, "/inspectors/new/area").text
    form = get(city, f"/inspectors/new/area?district_code={OTHER}").text
    assert 'name="school_codes"' in form
    assert f"S{OTHER}-001" not in form, "it is in an area already"
    whole = get(city, "/inspectors/new/inspector?district_code=city").text
    assert "市政府督学" in whole
    assert "责任区督学" not in whole
    district, _ = signed_in(app, "district")
    own = get(district, f"/inspectors/new/area?district_code={OTHER}").text
    assert SECOND in own
    assert f"S{OTHER}" not in own


def test_files_hold_every_row_that_the_viewer_reads(app: ServerRenderedDash) -> None:
    client, _ = signed_in(app, "district")
    book = openpyxl.load_workbook(io.BytesIO(get(client, "/inspectors/file.xlsx").data))
    cells = [str(c.value) for sheet in book for row in sheet for c in row if c.value is not None]
    assert {"示例甲", "无区督学", "城区责任区", "一小督导办", school_name(app, FAR)} <= set(cells)
    assert not [c for c in cells if "外县" in c or "市级督学" in c]
    words = get(client, "/inspectors/file.csv").text
    assert "城区责任区" in words
    assert "外县责任区" not in words


def test_a_second_account_of_another_unit_reads_its_own(app: ServerRenderedDash) -> None:
    other = NewAccount("rongchang", "荣昌督导", "district_supervisor", (OTHER,))
    create_account(app.deps.store, CATALOGUE, CLERK, other, PASSWORD, now())
    client, _ = signed_in(app, "rongchang")
    page = get(client, "/inspectors").text
    assert "外县督学" in page
    assert "示例甲" not in page


def test_an_empty_register_says_what_to_do(small_settings: Settings, tmp_path: Path) -> None:
    app = guarded_app(small_settings, tmp_path, ("district", "leader"))
    client, _ = signed_in(app, "district")
    page = get(client, "/inspectors").text
    assert "还没有划定责任区。先登记责任区并勾选学校" in page
    reader, _ = signed_in(app, "leader")
    assert "由市级和区县督导部门登记" in get(reader, "/inspectors").text


def test_before_any_figures_it_says_so(tmp_path: Path) -> None:
    app = guarded_app(Settings(var_folder=tmp_path / "var"), tmp_path, ("district",))
    client, _ = signed_in(app, "district")
    assert get(client, "/inspectors").status_code == 200
    assert "还没有发布过学校数据" in get(client, "/inspectors/new/area").text
