"""The registers of areas, inspectors and offices: what is refused, what is kept, what the audit says of it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.access import Scope
from data.settings import ROOT, Settings
from data.store import audit
from data.store.accounts import NewAccount, create_account, disable_account, find_account
from data.store.area_changes import AreaEdit, close_area, save_area
from data.store.engine import Store, open_store
from data.store.inspector_changes import (
    InspectorEdit,
    accounts_offered,
    add_training,
    drop_training,
    leave_office,
    save_inspector,
)
from data.store.inspector_register import (
    areas,
    find_area,
    find_inspector,
    find_office,
    hours_since,
    inspector_of_account,
    inspectors,
    offices,
    trainings,
)
from data.store.office_changes import OfficeEdit, close_office, save_office
from data.store.refusals import RefusedError
from data.store.seals import check_seals
from data.text import all_texts
from tests.people import PEOPLE, UNIT, person, refusal_of
from tests.present import present
from tests.stores import NOW
from tests.visitors import CATALOGUE, CLERK, PASSWORD

CITY, OWN = person("municipal_supervisor1"), person("district_supervisor1")
OTHER_UNIT = "500243"
OTHER = replace(OWN, name="别县", scope=Scope(frozenset({OTHER_UNIT})))
TODAY = date(2026, 11, 23)
FIRST = AreaEdit("", 0, UNIT, "第一责任区", frozenset({"S1", "S2", "S3"}))
SOMEBODY = InspectorEdit("", 0, UNIT, "示例甲", "area", None, None, None, date(2025, 9, 1), None, is_full_time=True)
OFFICE = OfficeEdit("", 0, "school", UNIT, "S1", "第一小学督导办")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))


def saved_area(store: Store, **changes: object) -> str:
    return save_area(store, CATALOGUE, OWN, replace(FIRST, **changes), NOW)  # type: ignore[arg-type]


def saved_person(store: Store, **changes: object) -> str:
    return save_inspector(store, CATALOGUE, OWN, replace(SOMEBODY, **changes), NOW)  # type: ignore[arg-type]


def test_an_area_is_kept_with_its_schools_and_another_version_of_it(store: Store) -> None:
    code = saved_area(store)
    (area,) = areas(store)
    assert (area.area_code, area.district_code, area.name) == (code, UNIT, "第一责任区")
    assert (area.school_codes, area.version, area.updated_by) == (frozenset({"S1", "S2", "S3"}), 1, OWN.name)
    wanted = replace(FIRST, area_code=code, version=1, name="城区责任区", school_codes=frozenset({"S2", "S4"}))
    assert save_area(store, CATALOGUE, CITY, wanted, NOW) == code
    changed = present(find_area(store, code))
    assert (changed.name, changed.school_codes, changed.version) == ("城区责任区", frozenset({"S2", "S4"}), 2)
    assert changed.updated_by_id == CITY.account_id
    acts = audit.history(store, "inspector_area", code)
    assert [a.action for a in acts] == ["create", "change"]
    assert (acts[1].before["school_codes"], acts[1].after["school_codes"]) == (["S1", "S2", "S3"], ["S2", "S4"])
    assert refusal_of(lambda: save_area(store, CATALOGUE, OWN, wanted, NOW)) == "changed"
    assert refusal_of(lambda: save_area(store, CATALOGUE, OWN, replace(wanted, version=2), NOW)) == "nothing_changes"
    with store.read() as connection:
        assert check_seals(connection, store.audit_key).changed == []


def test_a_school_is_in_one_area_and_the_refusal_names_the_other(store: Store) -> None:
    code = saved_area(store)
    with pytest.raises(RefusedError, match="school_in_area") as refused:
        saved_area(store, name="第二责任区", school_codes=frozenset({"S3", "S9"}))
    assert "S3" in refused.value.detail
    assert "第一责任区" in refused.value.detail
    foreign = AreaEdit("", 0, OTHER_UNIT, "城区", frozenset({"S1"}))
    with pytest.raises(RefusedError, match="school_in_foreign_area") as refused:
        save_area(store, CATALOGUE, OTHER, foreign, NOW)
    assert "第一责任区" not in refused.value.detail, "another unit's area is not told"
    close_area(store, OWN, code, 1, NOW)
    assert areas(store) == []
    assert present(find_area(store, code)).closed_on == TODAY
    assert saved_area(store) != code, "a number is never given again"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": "　"}, "needs_name"),
        ({"name": "长" * 501}, "too_long"),
        ({"school_codes": frozenset()}, "needs_schools"),
        ({"school_codes": frozenset({"S 1"})}, "bad_school_code"),
        ({"district_code": "500000"}, "unknown_unit"),
        ({"district_code": OTHER_UNIT}, "unknown_unit"),
        ({"area_code": "A500242-099"}, "unknown_area"),
    ],
)
def test_an_area_that_cannot_be_is_refused(store: Store, change: dict[str, object], refusal: str) -> None:
    assert refusal_of(lambda: saved_area(store, **change)) == refusal
    assert areas(store) == []


def test_only_the_city_and_the_unit_itself_write(store: Store) -> None:
    writers = {
        who.name
        for who in [*PEOPLE, OTHER]
        if not refusal_of(
            lambda w=who: save_area(
                store, CATALOGUE, w, replace(FIRST, name=w.name, school_codes=frozenset({f"S-{w.name}"})), NOW
            )
        )
    }
    assert writers == {*(f"municipal_supervisor{n}" for n in (1, 2)), *(f"district_supervisor{n}" for n in (1, 2))}
    city_wide = replace(SOMEBODY, district_code="", inspector_kind="municipal")
    assert refusal_of(lambda: save_inspector(store, CATALOGUE, OWN, city_wide, NOW)) == "unknown_unit"
    assert save_inspector(store, CATALOGUE, CITY, city_wide, NOW) == "I500000-001"


def test_an_inspector_is_of_an_area_and_an_office_of_the_same_unit(store: Store) -> None:
    area, office = saved_area(store), save_office(store, CATALOGUE, OWN, OFFICE, NOW)
    code = saved_person(store, area_code=area, office_code=office)
    held = present(find_inspector(store, code))
    assert (held.name, held.area_code, held.office_code, held.is_full_time) == ("示例甲", area, office, True)
    assert refusal_of(lambda: close_area(store, OWN, area, 1, NOW)) == "area_has_inspectors"
    assert refusal_of(lambda: close_office(store, OWN, office, 1, NOW)) == "office_has_inspectors"
    foreign = save_area(store, CATALOGUE, OTHER, AreaEdit("", 0, OTHER_UNIT, "城区", frozenset({"T1"})), NOW)
    assert refusal_of(lambda: saved_person(store, name="示例乙", area_code=foreign)) == "unknown_area"
    leave_office(store, OWN, code, 1, TODAY, NOW)
    assert inspectors(store) == []
    assert present(find_inspector(store, code)).left_on == TODAY
    close_area(store, OWN, area, 1, NOW)
    close_office(store, OWN, office, 1, NOW)
    assert (areas(store)[0].area_code, offices(store)) == (foreign, [])
    acts = [a.action for a in audit.history(store, "inspector", code)]
    assert acts == ["create", "leave"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": "监测"}, "machine_name"),
        ({"name": "名" * 41}, "needs_name"),
        ({"inspector_kind": "nothing"}, "unknown_kind"),
        ({"inspector_kind": "municipal"}, "kind_of_other_unit"),
        ({"area_code": "A500242-001"}, "unknown_area"),
        ({"office_code": "O500242-001"}, "unknown_office"),
        ({"account_id": "f" * 32}, "account_of_other"),
        ({"appointed_on": None}, "needs_appointed"),
        ({"term_ends_on": date(2025, 8, 31)}, "bad_term"),
        ({"inspector_code": "I500242-009"}, "unknown_inspector"),
    ],
)
def test_an_inspector_who_cannot_be_is_refused(store: Store, change: dict[str, object], refusal: str) -> None:
    assert refusal_of(lambda: saved_person(store, **change)) == refusal
    assert inspectors(store) == []


def test_two_of_one_name_kind_and_unit_cannot_be_told_apart(store: Store) -> None:
    first = saved_person(store)
    assert refusal_of(lambda: saved_person(store, name="示 例甲")) == "inspector_exists"
    saved_person(store, inspector_kind="district")
    leave_office(store, OWN, first, 1, TODAY, NOW)
    saved_person(store)
    assert len(inspectors(store)) == 2


def test_days_of_leaving_lie_within_the_office(store: Store) -> None:
    code = saved_person(store)
    for day in (date(2025, 8, 31), TODAY + timedelta(days=1)):
        assert refusal_of(lambda d=day: leave_office(store, OWN, code, 1, d, NOW)) == "bad_left_on"
    assert refusal_of(lambda: leave_office(store, OTHER, code, 1, TODAY, NOW)) == "unknown_unit"


def test_an_account_acts_as_one_inspector_of_its_unit(store: Store) -> None:
    for name, role, units, schools in (
        ("zedu", "responsible_inspector", (UNIT,), ("S1",)),
        ("foreign", "responsible_inspector", (OTHER_UNIT,), ("T1",)),
        ("office", "school_office", (UNIT,), ("S1",)),
        ("cityman", "municipal_supervisor", (), ()),
    ):
        create_account(store, CATALOGUE, CLERK, NewAccount(name, "某人", role, units, schools), PASSWORD, NOW)
    number = {a: present(find_account(store, a)).account_id for a in ("zedu", "foreign", "office", "cityman")}
    assert [a.account_name for a in accounts_offered(store, CATALOGUE, UNIT, TODAY)] == ["zedu"]
    assert [a.account_name for a in accounts_offered(store, CATALOGUE, "", TODAY)] == ["cityman"]
    for other in ("foreign", "office", "cityman"):
        assert refusal_of(lambda o=other: saved_person(store, account_id=number[o])) == "account_of_other"
    code = saved_person(store, account_id=number["zedu"])
    assert present(inspector_of_account(store, number["zedu"])).inspector_code == code
    assert inspector_of_account(store, "") is None
    assert refusal_of(lambda: saved_person(store, name="示例乙", account_id=number["zedu"])) == "account_acts"
    disable_account(store, CATALOGUE, CLERK, "zedu", NOW)
    kept = replace(SOMEBODY, inspector_code=code, version=1, account_id=number["zedu"], is_full_time=False)
    save_inspector(store, CATALOGUE, OWN, kept, NOW)  # what stands is not asked for again
    leave_office(store, OWN, code, 2, TODAY, NOW)
    assert inspector_of_account(store, number["zedu"]) is None


def test_training_counts_by_the_year_and_a_mistake_is_taken_out(store: Store) -> None:
    code = saved_person(store)
    for held_on, hours, subject in ((date(2026, 3, 1), 16, "督学培训"), (date(2025, 12, 31), 24, "去年")):
        add_training(store, OWN, code, held_on, hours, subject, NOW)
    assert hours_since(store, date(2026, 1, 1)) == {code: 16}
    bad: list[tuple[Callable[[], object], str]] = [
        (lambda: add_training(store, OWN, code, None, 8, "事", NOW), "bad_training_day"),
        (lambda: add_training(store, OWN, code, TODAY + timedelta(days=1), 8, "事", NOW), "bad_training_day"),
        (lambda: add_training(store, OWN, code, TODAY, 0, "事", NOW), "bad_hours"),
        (lambda: add_training(store, OWN, code, TODAY, 201, "事", NOW), "bad_hours"),
        (lambda: add_training(store, OWN, code, TODAY, 8, " ", NOW), "needs_subject"),
        (lambda: add_training(store, OTHER, code, TODAY, 8, "事", NOW), "unknown_unit"),
        (lambda: add_training(store, OWN, "I500242-099", TODAY, 8, "事", NOW), "unknown_inspector"),
        (lambda: drop_training(store, OWN, code, 10**12, NOW), "unknown_training"),
    ]
    assert [refusal_of(work) for work, _ in bad] == [code for _, code in bad]
    first = trainings(store, code)[0]
    assert (first.subject, first.hours) == ("督学培训", 16)
    drop_training(store, OWN, code, first.training_id, NOW)
    assert [t.subject for t in trainings(store, code)] == ["去年"]
    last = audit.history(store, "inspector", code)[-1]
    assert (last.action, last.before["hours"]) == ("drop_training", 16)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"level_code": "area", "school_code": None}, "unknown_level"),
        ({"level_code": "municipal"}, "level_of_other_unit"),
        ({"level_code": "district"}, "level_needs_school"),
        ({"school_code": None}, "level_needs_school"),
        ({"name": ""}, "needs_name"),
        ({"office_code": "O500242-009"}, "unknown_office"),
    ],
)
def test_an_office_that_cannot_be_is_refused(store: Store, change: dict[str, object], refusal: str) -> None:
    wanted = replace(OFFICE, **change)  # type: ignore[arg-type]
    assert refusal_of(lambda: save_office(store, CATALOGUE, OWN, wanted, NOW)) == refusal


def test_offices_of_three_levels_and_one_for_a_school(store: Store) -> None:
    city = OfficeEdit("", 0, "municipal", "", None, "市政府教育督导办")
    assert save_office(store, CATALOGUE, CITY, city, NOW) == "O500000-001"
    assert refusal_of(lambda: save_office(store, CATALOGUE, OWN, city, NOW)) == "unknown_unit"
    save_office(store, CATALOGUE, OWN, replace(OFFICE, level_code="district", school_code=None, name="县督导室"), NOW)
    code = save_office(store, CATALOGUE, OWN, OFFICE, NOW)
    assert refusal_of(lambda: save_office(store, CATALOGUE, OWN, OFFICE, NOW)) == "school_has_office"
    renamed = replace(OFFICE, office_code=code, version=1, name="一小督导办")
    save_office(store, CATALOGUE, OWN, renamed, NOW)
    assert present(find_office(store, code)).name == "一小督导办"
    assert refusal_of(lambda: save_office(store, CATALOGUE, OWN, renamed, NOW)) == "changed"
    assert [o.level_code for o in offices(store)] == ["municipal", "district", "school"]


def test_each_refusal_has_words() -> None:
    source = "".join(
        (ROOT / "data" / "store" / f"{name}.py").read_text("utf-8")
        for name in ("area_changes", "inspector_changes", "office_changes", "register_entries")
    )
    codes = set(re.findall(r'RefusedError\("([a-z_]+)"', source))
    assert len(codes) > 20
    assert [c for c in sorted(codes) if f"refused.{c}" not in all_texts()] == []
