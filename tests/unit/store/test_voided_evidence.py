"""A wrong file is marked as void with a reason, stays to be seen, and counts no longer; quotas bound what is handed in."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from data.access import Permission, Viewer
from data.catalogue.loader import Catalogue, load_catalogue
from data.catalogue.tables import Parameter
from data.store import audit
from data.store.counts import count_within, end_of_day, forget_counts
from data.store.engine import Store
from data.store.evidence import add_evidence, list_evidence, void_evidence
from data.store.ledger import SUBJECT, Move, find_issue, move
from data.store.refusals import RefusedError
from tests.present import present
from tests.stores import NOW, RECTIFIER, REVIEWER, an_issue, put

CATALOGUE = load_catalogue()
PDF = b"%PDF-1.7 "
READER = Viewer("看客", frozenset({Permission.READ_FIGURES}))
DAY = timedelta(days=1)


def add(store: Store, code: str, content: bytes = PDF, viewer: Viewer = RECTIFIER, at: datetime = NOW) -> int:
    add_evidence(store, CATALOGUE, viewer, code, "a.pdf", content, at)
    return list_evidence(store, code)[-1].evidence_id


def refusal(work, *arguments: object, **named: object) -> str:
    try:
        work(*arguments, **named)
    except RefusedError as error:
        return error.code
    return ""


def test_what_was_voided_no_longer_carries_a_submission(store: Store) -> None:
    put(store, an_issue("A", "under_way"))
    number = add(store, "A")
    gone = void_evidence(store, CATALOGUE, RECTIFIER, number, " 传错了  文件 ", NOW)
    assert (gone.void_reason, gone.voided_by, gone.counts) == ("传错了 文件", "责任甲", False)
    assert list_evidence(store, "A") == [gone]
    assert refusal(move, store, CATALOGUE, RECTIFIER, Move("A", 1, "submit"), NOW) == "needs_evidence"
    add(store, "A")
    move(store, CATALOGUE, RECTIFIER, Move("A", 1, "submit"), NOW)
    assert present(find_issue(store, "A")).status == "awaiting_review"
    acts = [(r.action, r.actor, r.reason) for r in audit.history(store, SUBJECT, "A") if r.action == "void_evidence"]
    assert acts == [("void_evidence", "责任甲", "传错了 文件")]


def test_an_issue_is_not_closed_on_voided_files_alone(store: Store) -> None:
    put(store, an_issue("A", "under_way"))
    number = add(store, "A")
    move(store, CATALOGUE, RECTIFIER, Move("A", 1, "submit"), NOW)
    void_evidence(store, CATALOGUE, REVIEWER, number, "看不清", NOW)
    close = Move("A", 2, "close", reason="同意")
    assert refusal(move, store, CATALOGUE, REVIEWER, close, NOW, is_met=True) == "needs_evidence"
    move(store, CATALOGUE, REVIEWER, Move("A", 2, "return", reason="请重传"), NOW)
    assert present(find_issue(store, "A")).status == "under_way"


def test_an_imported_issue_without_files_is_closed_as_before(store: Store) -> None:
    put(store, an_issue("A", "awaiting_review", evidence="纸质材料", rectified_by="旁人"))
    move(store, CATALOGUE, REVIEWER, Move("A", 1, "close", reason="同意"), NOW, is_met=True)
    assert present(find_issue(store, "A")).status == "closed"


def test_who_may_not_when_it_may_not_and_twice(store: Store) -> None:
    put(store, an_issue("A"), an_issue("B"))
    number, other = add(store, "A"), add(store, "B")
    void = (void_evidence, store, CATALOGUE)
    assert refusal(*void, READER, number, "错", NOW) == "no_permission"
    assert refusal(*void, RECTIFIER, number, "  ", NOW) == "needs_reason"
    assert refusal(*void, RECTIFIER, number, "长" * 501, NOW) == "too_long"
    assert refusal(*void, RECTIFIER, 999, "错", NOW) == "unknown_evidence"
    with store.write() as connection:
        connection.exec_driver_sql("update issue set status = 'closed' where issue_code = 'B'")
    assert refusal(*void, RECTIFIER, other, "错", NOW) == "evidence_closed"
    assert refusal(*void, RECTIFIER, number, "错", NOW) == ""
    assert refusal(*void, RECTIFIER, number, "错", NOW) == "voided_before"


def with_limits(**megabytes: str) -> Catalogue:
    rows = tuple(
        replace(r, value=Decimal(megabytes[r.parameter_code])) if r.parameter_code in megabytes else r
        for r in CATALOGUE.rows(Parameter)
    )
    return Catalogue({**CATALOGUE.by_type, Parameter: rows})


def test_an_account_hands_in_so_much_a_day_and_a_unit_holds_so_much(store: Store) -> None:
    put(store, an_issue("A"), an_issue("B", district_code="500103"))
    limits = with_limits(evidence_account_mb="0.003", evidence_unit_mb="0.005")
    thousand = PDF + b"x" * (1000 - len(PDF))

    def hand_in(code: str, viewer: Viewer, at: datetime) -> str:
        return refusal(add_evidence, store, limits, viewer, code, "a.pdf", thousand, at)

    assert [hand_in("A", RECTIFIER, NOW) for _ in range(4)] == ["", "", "", "evidence_account_quota"]
    assert [hand_in("A", REVIEWER, NOW) for _ in range(3)] == ["", "", "evidence_unit_quota"]
    assert hand_in("B", REVIEWER, NOW) == "", "of another unit"
    midnight = datetime.fromisoformat("2026-11-23T16:00")  # UTC: the 24th begins in Beijing
    assert hand_in("B", RECTIFIER, midnight - timedelta(seconds=1)) == "evidence_account_quota"
    assert hand_in("B", RECTIFIER, midnight) == ""


def test_counts_are_of_one_time_and_hold_for_whoever_opens_the_store(store: Store) -> None:
    ends = end_of_day(NOW)
    assert ends == datetime.fromisoformat("2026-11-23T16:00")
    assert [count_within(store, "x", "甲", 2, NOW, ends) for _ in range(3)] == [None, None, ends]
    assert count_within(store, "x", "乙", 2, NOW, ends) is None
    assert count_within(store, "y", "甲", 2, NOW, ends) is None
    assert count_within(store, "x", "甲", 2, ends, ends + DAY) is None, "the next day"
    forget_counts(store)
    assert count_within(store, "x", "甲", 1, NOW, ends) is None
    with store.read() as connection:
        kept = connection.exec_driver_sql("select key from request_count").fetchall()
    assert all(len(key) == 64 and "甲" not in key for (key,) in kept)
