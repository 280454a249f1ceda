"""个人信息: everybody who signs in reads what is kept about whom, and takes the own; nobody else's."""

import json
from pathlib import Path

import pytest
from sqlalchemy import update

from callbacks.rendering.index_document import ServerRenderedDash
from data.access import OPERATOR
from data.catalogue.keeping_tables import KeptRecord
from data.catalogue.matter_tables import MatterKind
from data.settings import Settings
from data.store.accounts import create_account, disable_account, find_account
from data.store.engine import Store
from data.store.ledger import find_issue
from data.store.personal import data_of, erase_person, person_columns
from data.store.schema import issue
from data.store.seals import check_seals
from data.text import text
from tests.present import present
from tests.stores import NOW, an_issue, put
from tests.visitors import CATALOGUE, PASSWORD, ROLES, get, guarded_app, signed_in

RECORDS_OF = {
    "account_request": ("account",),
    "catalogue_change": ("catalogue_change",),
    "decision": ("meeting",),
    "evidence_file": ("evidence",),
    "inspector": ("registers",),
    "inspector_area": ("registers",),
    "issue": ("issue",),
    "look_back": ("look_back",),
    "matter": ("visit", "opinion", "complaint", "survey", "task_book"),
    "meeting": ("meeting",),
    "return_reminder": ("reminder",),
    "submission": ("draft", "submission"),
    "supervision_office": ("registers",),
    "visit_photo": ("visit_photo",),
    "task_progress": ("task_book",),
    "warning_letter": ("warning",),
    "warning_state": ("warning",),
}
"""Which rows of `kept_records.csv` tell of the people whom a table of the store names."""
REHEARSED_AS = {"rehearsal": "survey"}


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return guarded_app(small_settings, tmp_path, ("clerk", "district", "auditor", "school"))


def test_everybody_reads_what_is_kept_about_whom(app: ServerRenderedDash) -> None:
    for name in ("clerk", "district", "auditor", "office"):
        client, _ = signed_in(app, name)
        page = get(client, "/privacy")
        assert page.status_code == 200
        for row in CATALOGUE.rows(KeptRecord):
            assert row.name in page.text
            assert row.purpose in page.text
        assert text("privacy.pupils") in page.text
        assert "自停用之日起 730 天" in page.text
    assert get(app.server.test_client(), "/privacy").status_code == 401
    assert get(app.server.test_client(), "/privacy/mine").status_code == 401


def test_every_table_that_names_people_is_told_of() -> None:
    """A new table that names who acted, or a new kind of matter, needs its line on the page, as one about people."""
    assert {table.name for table, _, _ in person_columns()} == RECORDS_OF.keys()
    records = {r.record_code: r for r in CATALOGUE.rows(KeptRecord)}
    told = {code for codes in RECORDS_OF.values() for code in codes}
    assert {code for code in told if not records[code].is_personal} == set()
    kinds = {REHEARSED_AS.get(k.matter_kind, k.matter_kind) for k in CATALOGUE.rows(MatterKind)}
    assert kinds <= told


def test_a_person_is_given_and_let_go_of_in_either_engine(store: Store) -> None:
    create_account(store, CATALOGUE, OPERATOR, ROLES["district"], PASSWORD, NOW)
    put(store, an_issue("A", "under_way", rectified_by="区督导"))
    number = present(find_account(store, "district")).account_id
    with store.write() as connection:
        connection.execute(update(issue).values(rectified_by_id=number))
    assert [row["issue_code"] for row in data_of(store, "district")["issue.rectified_by"]] == ["A"]
    disable_account(store, CATALOGUE, OPERATOR, "district", NOW)
    gone = present(erase_person(store, CATALOGUE, OPERATOR, "district", NOW))
    assert present(find_issue(store, "A")).rectified_by == gone.person != "区督导"
    with store.read() as connection:
        assert check_seals(connection, store.audit_key).changed == []


def test_one_takes_the_own_and_nobody_elses(app: ServerRenderedDash) -> None:
    client, _ = signed_in(app, "district")
    answer = get(client, "/privacy/mine")
    assert "attachment" in answer.headers["Content-Disposition"]
    kept = json.loads(answer.text)
    assert kept["account"]["account_name"] == "district"
    assert "市领导" not in answer.text
    assert "管理员" not in json.dumps(kept["account"], ensure_ascii=False)
