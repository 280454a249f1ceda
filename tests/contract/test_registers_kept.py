"""The registers on SQLite and PostgreSQL: kept, changed, taken in at once, sealed, and copied."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from data.settings import Settings
from data.store.area_changes import AreaEdit, save_area
from data.store.copying import copy_to_file
from data.store.engine import Store, open_at
from data.store.inspector_changes import InspectorEdit, add_training, drop_training, save_inspector
from data.store.inspector_register import areas, find_inspector, hours_since, inspectors, offices, trainings
from data.store.office_changes import OfficeEdit, save_office
from data.store.register_intake import Intake, NewTraining, take_register
from data.store.seals import check_seals
from tests.people import UNIT, person, refusal_of
from tests.present import present
from tests.stores import NOW
from tests.visitors import CATALOGUE

CITY, OWN = person("municipal_supervisor1"), person("district_supervisor1")
AREA = AreaEdit("", 0, UNIT, "第一责任区", frozenset({"S1", "S2"}))
PERSON = InspectorEdit("", 0, UNIT, "示例甲", "area", None, None, None, date(2026, 1, 1), None, is_full_time=True)


def is_sealed(store: Store) -> bool:
    with store.read() as connection:
        return check_seals(connection, store.audit_key).changed == []


def test_entries_are_kept_changed_and_sealed(store: Store) -> None:
    area = save_area(store, CATALOGUE, OWN, AREA, NOW)
    save_area(store, CATALOGUE, CITY, replace(AREA, area_code=area, version=1, school_codes=frozenset({"S2"})), NOW)
    assert [(a.area_code, a.version, a.school_codes) for a in areas(store)] == [(area, 2, frozenset({"S2"}))]
    again = replace(AREA, name="第二责任区", school_codes=frozenset({"S2", "S3"}))
    assert refusal_of(lambda: save_area(store, CATALOGUE, OWN, again, NOW)) == "school_in_area"
    office = save_office(store, CATALOGUE, OWN, OfficeEdit("", 0, "district", UNIT, None, "县督导室"), NOW)
    code = save_inspector(store, CATALOGUE, OWN, replace(PERSON, area_code=area, office_code=office), NOW)
    add_training(store, OWN, code, date(2026, 5, 1), 16, "培训", NOW)
    add_training(store, OWN, code, date(2026, 6, 1), 24, "误记", NOW)
    drop_training(store, OWN, code, trainings(store, code)[0].training_id, NOW)
    assert hours_since(store, date(2026, 1, 1)) == {code: 16}
    assert present(find_inspector(store, code)).office_code == office
    assert is_sealed(store)


def test_many_at_once_are_marked_as_invented_and_copied_whole(store: Store, tmp_path: Path) -> None:
    intake = Intake(
        [replace(AREA, area_code=f"A{UNIT}-001")],
        [OfficeEdit(f"O{UNIT}-001", 0, "school", UNIT, "S1", "督导办")],
        [replace(PERSON, inspector_code=f"I{UNIT}-001", area_code=f"A{UNIT}-001", office_code=f"O{UNIT}-001")],
        [NewTraining(f"I{UNIT}-001", date(2026, 3, 1), 40, "培训")],
    )
    take_register(store, CITY, intake, NOW)
    assert [e.is_demonstration for e in (*areas(store), *inspectors(store), *offices(store))] == [True] * 3
    assert is_sealed(store)
    assert (
        save_area(store, CATALOGUE, OWN, replace(AREA, name="二", school_codes=frozenset({"S9"})), NOW)
        == f"A{UNIT}-002"
    )
    copy_to_file(store, tmp_path / "copy.db")
    copied = open_at(
        f"sqlite:///{tmp_path / 'copy.db'}", store.audit_key, Settings(var_folder=tmp_path).evidence_folder
    )
    assert (areas(copied), inspectors(copied)) == (areas(store), inspectors(store))
    assert trainings(copied, f"I{UNIT}-001")[0].hours == 40
