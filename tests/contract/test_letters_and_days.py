"""The day in a letter is the day that is kept; no letter goes out on figures of before; a receipt moves no day."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import update

from callbacks.dependencies import Dependencies
from callbacks.pages.warn import warn_view
from callbacks.rendering.page_context import load_unit_context
from callbacks.writing.mutations import step_warning
from callbacks.writing.reminding import remind_of_all
from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import WarningRule
from data.store.schema import warning_state
from data.store.warning_letters import list_letters
from data.store.warnings import list_states, rule_of
from data.view_state import ViewState
from layouts.pages.warn import page
from layouts.pages.warn.letters import MOST_LETTERS, sent_archives
from tests.contract.test_warning_letters import (
    AT,
    CITY,
    TODAY,
    UNIT_OFFICE,
    deps,
    first_orange,
    seen_by,
    sent,
    take,
    words_of,
)
from tests.people import CATALOGUE, UNIT, person, refusal_of

__all__ = ["deps"]


def test_no_letters_go_out_on_the_figures_of_an_older_period(deps: Dependencies) -> None:
    """A page left open says `period=…` of what was the newest before a later publication."""
    mine, _ = seen_by(deps, CITY)
    snapshot = mine.warehouse.current()
    older = warn_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(period="2025")))
    assert older.waiting
    assert not older.may_remind
    request: dict[str, object] = {"address": "/warn?period=2025", "seen": older.waiting_mark}
    assert refusal_of(lambda: remind_of_all(mine, request, CITY)) == "none_new"
    assert list_letters(deps.store) == []


def with_later_rule(days: int, valid_from: date) -> Catalogue:
    """The rules with another number of days from a day on."""
    changed = [
        row
        for rule in CATALOGUE.rows(WarningRule)
        for row in (
            replace(rule, valid_to=valid_from - timedelta(days=1)),
            replace(rule, valid_from=valid_from, days_to_answer=days),
        )
    ]
    return replace(CATALOGUE, by_type={**CATALOGUE.by_type, WarningRule: tuple(changed)})


def test_days_that_come_into_force_later_do_not_count_yet(deps: Dependencies) -> None:
    later = with_later_rule(1, date(2027, 1, 1))
    today = rule_of(later, f"floor_breached.{UNIT}", date(2026, 12, 31))
    assert today.days_to_answer == 30
    assert rule_of(later, f"floor_breached.{UNIT}", date(2027, 1, 1)).days_to_answer == 1


def test_the_day_in_the_letter_is_the_day_that_is_kept(deps: Dependencies) -> None:
    """The publication warns by the days of its own rules; rules of today may say others."""
    key = first_orange(deps)
    days = next(r.days_to_answer for r in seen_by(deps, CITY)[1].rules if r.warning_code == key.partition(".")[0])
    rules = with_later_rule(days + 5, date(2026, 11, 1))
    changed = replace(deps, catalogue_of=lambda: rules)
    sent(changed, key)
    (letter,) = list_letters(deps.store)
    assert list_states(deps.store)[key].answer_by == letter.answer_by == TODAY + timedelta(days=days)


def test_a_receipt_leaves_the_day_of_a_reminder_from_before_days_were_kept(deps: Dependencies) -> None:
    key = first_orange(deps)
    sent(deps, key)
    due_on = list_letters(deps.store)[0].answer_by
    with deps.store.write() as connection:
        connection.execute(update(warning_state).values(answer_by=None, updated_at=AT))
    assert take(deps, UNIT_OFFICE, key, "receive", days=20).answer_by == due_on


def archives_of(deps: Dependencies, who: Viewer) -> list[str]:
    """The ways to archives of letters that who is looking has on his page."""
    _, view = seen_by(deps, who)
    return re.findall(r"'(/letters/[^']+\.zip)'", str(page.panels(view, [])))


def test_the_letters_of_a_press_are_fetched_at_once_by_a_link_and_each_sees_his_own(deps: Dependencies) -> None:
    mine, view = seen_by(deps, CITY)
    assert archives_of(deps, CITY) == []
    remind_of_all(mine, {"address": "/warn", "seen": view.waiting_mark}, CITY)
    letters = list_letters(deps.store)
    assert archives_of(deps, CITY) == [f"/letters/2026/1-{len(letters)}.zip"]
    own = next(x.number for x in letters if x.district_code == UNIT)
    assert archives_of(deps, UNIT_OFFICE) == [f"/letters/2026/{own}-{own}.zip"]
    assert archives_of(deps, person("school_office1")) == []


def test_more_letters_than_an_archive_holds_are_several_archives(deps: Dependencies) -> None:
    sent(deps, first_orange(deps))
    (letter,) = list_letters(deps.store)
    many = [replace(letter, number=number) for number in range(1, 2 * MOST_LETTERS + 2)]
    ways = re.findall(r"'/letters/2026/([^']+)\.zip'", str(sent_archives(many)))
    assert ways == ["1-200", "201-400", "401-401"]


def test_four_who_send_at_once_take_numbers_that_follow_each_other(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    second = person("municipal_supervisor2")
    units = dict.fromkeys(w.district_code for w in view.waiting)
    keys = [next(w.warning_key for w in view.waiting if w.district_code == unit) for unit in list(units)[:4]]

    def send(key: str, who: Viewer) -> str:
        mine, _ = seen_by(deps, who)
        request: dict[str, object] = {"warning_key": key, "version": "0", "action": "remind", "shown_state": "new"}
        return step_warning(mine, request, who).words

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(send, keys, [CITY, second, CITY, second]))
    letters = list_letters(deps.store)
    assert sorted(x.number for x in letters) == [1, 2, 3, 4]
    assert {key for x in letters for key in x.warning_keys} == set(keys)
    for letter in letters:
        key_said = said[keys.index(letter.warning_keys[0])]
        assert letter.document_number in key_said
        content = (deps.store.evidence_folder / letter.sha256).read_bytes()
        assert letter.document_number in words_of(content), "the paper bears the number under which it is kept"
