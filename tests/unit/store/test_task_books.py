"""任务书 in the store: who makes, changes, releases and reports, what cannot be, and which quarter was missed."""

from dataclasses import replace
from datetime import date

import pytest

from data.access import Permission, Scope, Viewer
from data.store import audit
from data.store.account_changes import change_account, change_of
from data.store.accounts import create_account, find_account, viewer_of
from data.store.as_of import store_after
from data.store.engine import Store
from data.store.matters import Matter, MatterStep, find_matter
from data.store.new_accounts import NewAccount
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.task_books import EDIT, TASK_BOOK, add_to_book, edited, left_out_of, measures_of, step_book
from data.store.task_lists import (
    MeasureAsk,
    count_measures,
    measures_behind,
    milestones_of,
    progress_by_book,
    progress_of,
    released_units,
    schools_of,
    standings_of,
)
from data.store.task_measures import (
    Measure,
    MeasureChange,
    change_measure,
    drop_measure,
    plan_quarters,
    report_progress,
)
from data.store.task_promises import promises_since
from tests.people import CATALOGUE, UNIT, person
from tests.stores import NOW
from tests.task_books import DUE, made, measures, released, writing

ONE, TWO, CITY = (person(n) for n in ("district_supervisor1", "district_supervisor2", "municipal_supervisor1"))
TODAY = date(2026, 11, 23)
EVERYTHING = MeasureAsk(Scope(), TODAY)


def seen(store: Store, code: str) -> Matter:
    book = find_matter(store, code)
    assert book is not None
    return book


def step(store: Store, code: str, action: str, by: Viewer, reason: str = "") -> Matter:
    book = seen(store, code)
    with writing(store, by) as hand:
        return step_book(hand, book, MatterStep(code, book.version, action, reason))


def report(
    store: Store, book: Matter, measure: Measure, by: Viewer, done: int, month: date, proof: str = "验收单"
) -> None:
    with writing(store, by) as hand:
        report_progress(hand, seen(store, book.matter_code), measure, month, done, proof)


def test_a_book_is_made_by_one_and_released_by_another(store: Store) -> None:
    book = made(store, ONE)
    assert (book.matter_code, book.state, book.due_on) == (f"RW{UNIT}-2026-0001", "draft", DUE)
    people, building = measures_of(store, book.matter_code)
    assert (people.measure_code, people.amount, people.unit) == (f"{book.matter_code}-01", 8, "人")
    assert schools_of(store, [people.measure_code]) == {people.measure_code: {"S-1": 5, "S-2": 3}}
    planned = milestones_of(store, [people.measure_code])[people.measure_code]
    assert list(planned.values()) == [1, 2, 3, 4, 5, 6, 7, 8], "eight people in eight quarters"
    assert building.money == 3_000_000
    assert [(left.item_code, left.reason) for left in left_out_of(store, book.matter_code)] == [("G5", "item")]
    with pytest.raises(RefusedError, match="needs_other_person"):
        step(store, book.matter_code, "release_book", ONE)
    with pytest.raises(RefusedError, match="no_permission"):
        step(store, book.matter_code, "release_book", CITY)
    assert step(store, book.matter_code, "release_book", TWO).state == "released"
    assert [e.action for e in audit.history(store, TASK_BOOK, book.matter_code)] == [
        "open_matter",
        "edit_book",
        "release_book",
    ]
    with pytest.raises(RefusedError, match="task_book_stands") as refused:
        made(store, TWO)
    assert refused.value.detail == book.matter_code
    with pytest.raises(RefusedError, match="needs_reason"):
        step(store, book.matter_code, "close_book", CITY)
    assert step(store, book.matter_code, "close_book", CITY, "已完成").state == "closed"
    assert made(store, ONE).matter_code == f"RW{UNIT}-2026-0002"


def test_who_makes_none_for_a_unit(store: Store) -> None:
    for refusal, by, unit in (
        ("no_permission", CITY, UNIT),
        ("no_permission", person("municipal_leader1"), UNIT),
        ("no_permission", person("school_office1"), UNIT),
        ("unknown_unit", ONE, "500101"),
    ):
        with pytest.raises(RefusedError, match=refusal):
            made(store, by, unit)
    assert released_units(store, Scope()) == set()


def test_a_draft_is_changed_and_what_is_released_is_not(store: Store) -> None:
    book = made(store, ONE)
    measure = measures_of(store, book.matter_code)[0]
    change = MeasureChange("培养骨干", 9, "finance", "王五", date(2027, 1, 1), date(2027, 12, 31), 50_000)
    with writing(store, TWO) as hand:
        after = edited(hand, book, MatterStep(book.matter_code, book.version, EDIT))
        change_measure(hand, measure, change)
    (planned,) = milestones_of(store, [measure.measure_code]).values()
    assert list(planned.values()) == [3, 5, 7, 9], "9/4, 18/4, 27/4, 36/4, each up; the quarters of 2026 are gone"
    with pytest.raises(RefusedError, match="needs_other_person"):
        step(store, book.matter_code, "release_book", TWO)
    with pytest.raises(ChangedMeanwhileError), writing(store, ONE) as hand:
        edited(hand, book, MatterStep(book.matter_code, book.version, EDIT))
    with writing(store, TWO) as hand:
        after = add_to_book(hand, after, MatterStep(after.matter_code, after.version, EDIT), measures()[0])
    assert [m.position for m in measures_of(store, book.matter_code)] == [1, 2, 3]
    with writing(store, TWO) as hand:
        edited(hand, after, MatterStep(after.matter_code, after.version, EDIT))
        drop_measure(hand, measures_of(store, book.matter_code)[2], "重复")
    step(store, book.matter_code, "release_book", ONE)
    kept = [s for s in standings_of(store, book.matter_code, TODAY) if not s.measure.is_dropped]
    assert len(kept) == 2
    assert count_measures(store, EVERYTHING)[0] == 2, "what was dropped is none of the book's"
    released_book = seen(store, book.matter_code)
    with pytest.raises(RefusedError, match="no_transition"), writing(store, TWO) as hand:
        edited(hand, released_book, MatterStep(book.matter_code, released_book.version, EDIT))


def test_quarters_come_to_the_amount(store: Store) -> None:
    book = made(store, ONE)
    measure = measures_of(store, book.matter_code)[1]
    ends = [date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30), date(2027, 12, 31)]
    with writing(store, ONE) as hand:
        plan_quarters(hand, measure, dict(zip(ends, (0, 500, 600, 45), strict=True)))
    assert list(milestones_of(store, [measure.measure_code])[measure.measure_code].values()) == [0, 500, 1100, 1145]
    for refusal, amounts in (("task_quarters_sum", (0, 500, 600, 46)), ("task_quarters", (0, -1, 600, 546))):
        with pytest.raises(RefusedError, match=refusal), writing(store, ONE) as hand:
            plan_quarters(hand, measure, dict(zip(ends, amounts, strict=True)))


@pytest.mark.parametrize(
    ("refusal", "values"),
    [
        ("needs_problem", {"subject": " "}),
        ("task_amount", {"amount": 0}),
        ("task_money", {"money": -1}),
        ("unknown_department", {"department_code": "nobody"}),
        ("task_days", {"starts_on": date(2028, 1, 1)}),
        ("due_is_past", {"starts_on": date(2026, 1, 1), "due_on": date(2026, 11, 22)}),
    ],
)
def test_what_no_measure_can_be(store: Store, refusal: str, values: dict[str, object]) -> None:
    book = made(store, ONE)
    change = MeasureChange("培养骨干", 9, "finance", "", date(2027, 1, 1), DUE, None)
    with pytest.raises(RefusedError, match=refusal), writing(store, ONE) as hand:
        change_measure(hand, measures_of(store, book.matter_code)[0], replace(change, **values))


def test_a_measure_without_a_department_is_not_released(store: Store) -> None:
    book = made(store, ONE)
    measure = measures_of(store, book.matter_code)[0]
    with writing(store, ONE) as hand:
        change = MeasureChange(measure.subject, 8, "", "", measure.starts_on, measure.due_on, None)
        change_measure(hand, measure, change)
    with pytest.raises(RefusedError, match="task_book_nobody") as refused:
        step(store, book.matter_code, "release_book", TWO)
    assert refused.value.detail == measure.subject


def test_a_missed_quarter_is_late_until_it_is_made_good(store: Store) -> None:
    (code,) = released(store, [UNIT], "")
    book, measure = seen(store, code), measures_of(store, code)[0]
    assert count_measures(store, EVERYTHING) == (2, 1), "three quarters of 2026 are over; the building begins in 2027"
    (late,) = measures_behind(store, EVERYTHING, 10)
    assert (late.measure.measure_code, late.planned, late.planned_now, late.missing) == (measure.measure_code, 3, 3, 3)
    report(store, book, measure, ONE, 1, date(2026, 5, 1))
    report(store, book, measure, ONE, 2, date(2026, 5, 1))
    assert [(p.month, p.done) for p in progress_of(store, [measure.measure_code])[measure.measure_code]] == [
        (date(2026, 5, 1), 2)
    ], "said again, it replaces"
    assert measures_behind(store, EVERYTHING, 10)[0].missing == 1
    report(store, book, measure, ONE, 1, date(2026, 11, 1))
    assert count_measures(store, EVERYTHING) == (2, 0)
    (due,) = measures_behind(store, EVERYTHING, 10, also_due=True)
    assert (due.is_late, due.is_due, due.measure.done) == (False, True, 3), "4 by the end of the year"
    progress = progress_by_book(store, [code], EVERYTHING)[code]
    assert (progress.count, progress.done_count, progress.late_count, progress.money) == (2, 0, 0, 3_000_000)
    assert count_measures(store, replace(EVERYTHING, today=date(2027, 1, 1))) == (2, 1), "the next quarter is over"


def test_who_reports_what_of_a_measure(store: Store) -> None:
    (code,) = released(store, [UNIT], "")
    book, measure = seen(store, code), measures_of(store, code)[0]
    of_finance, of_education = (replace(ONE, department=d) for d in ("finance", "education"))
    for refusal, by, done, month, proof in (
        ("no_permission", CITY, 1, date(2026, 5, 1), "验收单"),
        ("no_permission", of_finance, 1, date(2026, 5, 1), "验收单"),
        ("no_permission", replace(ONE, scope=Scope(frozenset({"500101"}))), 1, date(2026, 5, 1), "验收单"),
        ("task_month", ONE, 1, date(2025, 12, 1), "验收单"),
        ("task_month", ONE, 1, date(2026, 12, 1), "验收单"),
        ("task_amount", ONE, -1, date(2026, 5, 1), "验收单"),
        ("task_evidence", ONE, 1, date(2026, 5, 1), " "),
    ):
        with pytest.raises(RefusedError, match=refusal):
            report(store, book, measure, by, done, month, proof)
    report(store, book, measure, of_education, 1, date(2026, 5, 1))
    assert count_measures(store, replace(EVERYTHING, department="construction"))[0] == 1


def test_scopes_bound_what_is_listed(store: Store) -> None:
    released(store, [UNIT, "500101"], "")
    own = MeasureAsk(Scope(frozenset({UNIT})), TODAY)
    assert {s.measure.district_code for s in measures_behind(store, own, 10)} == {UNIT}
    assert count_measures(store, own) == (2, 1)
    school = MeasureAsk(Scope(frozenset({UNIT}), frozenset({"S-1"})), TODAY)
    assert count_measures(store, school) == (0, 0)
    assert promises_since(store, school.scope, TODAY) == []
    assert released_units(store, own.scope) == {UNIT}


def test_a_promise_leaves_out_what_was_done_before_the_figures(store: Store) -> None:
    (code,) = released(store, [UNIT], "")
    book, measure = seen(store, code), measures_of(store, code)[0]
    report(store, book, measure, ONE, 2, date(2026, 5, 1))
    report(store, book, measure, ONE, 1, date(2026, 10, 1))
    promise = next(p for p in promises_since(store, Scope(), date(2026, 9, 30)) if p.item_code == "L2")
    assert (promise.outstanding, dict(promise.schools)) == (6, {"S-1": 5, "S-2": 3}), (
        "the two of May are in the figures"
    )


def test_a_meeting_sees_the_measures_of_its_day(store: Store) -> None:
    (code,) = released(store, [UNIT], "")
    assert measures_of(store_after(store, date(2026, 11, 22)), code) == []
    assert measures_of(store_after(store, TODAY), code) == measures_of(store, code)


def test_an_account_of_a_department_names_one_of_its_level(store: Store) -> None:
    admin = person("administrator1")
    known = NewAccount("bureau1", "财政甲", "district_department", (UNIT,))
    for refusal, account in (
        ("needs_department", known),
        ("needs_department", replace(known, department_code="city_finance")),
        ("needs_department", replace(known, department_code="nobody")),
        ("scope_not_of_role", replace(known, role_code="district_supervisor", department_code="finance")),
    ):
        with pytest.raises(RefusedError, match=refusal):
            create_account(store, CATALOGUE, admin, account, "Zimt-und-Kranich-31", NOW)
    create_account(store, CATALOGUE, admin, replace(known, department_code="finance"), "Zimt-und-Kranich-31", NOW)
    account = find_account(store, "bureau1")
    assert account is not None
    viewer = viewer_of(CATALOGUE, account, must_change=False)
    assert viewer.department == "finance"
    assert viewer.permissions == {Permission.READ_FIGURES, Permission.TASK_BOOKS_REPORT}
    change = replace(change_of(account), department_code="reform")
    change_account(store, CATALOGUE, admin, change, NOW)
    after = find_account(store, "bureau1")
    assert after is not None
    assert after.department_code == "reform"
