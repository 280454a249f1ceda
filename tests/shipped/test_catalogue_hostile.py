"""The desk of the catalogue against what it does not expect: foreign roles, replays, bad cells, markup, and haste."""

import threading

from playwright.sync_api import Browser, expect

from data.atomic_files import read_signed
from data.store.catalogue_change import find_change
from data.store.engine import open_store
from data.text import text
from data.warehouse.snapshots import in_force
from tests.present import present
from tests.shipped.catalogue_desk import (
    DEADLINE,
    LOWER,
    REASON,
    SOURCE,
    TYPED_MARKUP,
    act,
    asked,
    proposed,
    publish,
    published,
    taken_back,
    waits_for_trial,
)
from tests.shipped.front_door import FrontDoor

OF_L3 = "select max(cv_limit)::varchar, min(cv_limit)::varchar from cat_cv_limits"
OF_L3 += " where indicator_code = 'L3' and stage = 'primary'"


def test_what_cannot_be_is_said_at_its_cell_and_stays_typed(shipped: FrontDoor, browser: Browser) -> None:
    tab = shipped.tab(browser, "administrator")
    page = tab.open("/catalogue/deadlines")
    for value, kind in (("<b>x</b>", "value"), ("NaN", "value")):
        page.goto(shipped.address + "/catalogue/deadlines")
        page.get_by_role("link", name=text("catalogue.row.change_of", row="报送：数据期日后多少天内报齐")).click()
        form = page.locator("form.desk-form")
        form.get_by_label("数值").fill(value)
        form.get_by_label(text("catalogue.source")).fill(SOURCE)
        form.get_by_label(text("catalogue.reason")).fill(REASON)
        form.get_by_role("button", name=text("catalogue.propose")).click()
        words = text("catalogue.finding_at", column="数值", words=text(f"catalogue.finding.{kind}", value=value))
        expect(page.get_by_role("alert")).to_have_text(words)
        expect(form.get_by_label("数值")).to_have_value(value)
        expect(form.get_by_label(text("catalogue.source"))).to_have_value(SOURCE)
        expect(form.locator("[name=row]")).to_have_value("return_due_days|2012-01-01")
    assert page.locator("form.desk-form b").count() == 0
    tab.errors = [e for e in tab.errors if "400" not in e]
    tab.close()
    for other, said in (
        ({"source": ""}, text("refused.needs_source")),
        ({"reason": " "}, text("refused.needs_reason")),
        ({"cell.valid_to": "2026-05-01"}, text("catalogue.finding.dates", value="2026-05-01")),
        ({"cell.valid_from": "bald"}, text("refused.bad_day")),
        ({"cell.unit": "pupils"}, text("refused.no_choice")),
        ({"cell.source_code": "nirgends"}, text("refused.no_choice")),
        ({"cell.name": ""}, text("refused.empty_cell")),
        ({"cell.value": "45", "cell.valid_from": "2012-01-01"}, text("refused.nothing_changes")),
    ):
        answer, _ = proposed(shipped, **other)
        assert answer.status_code == 400, other
        assert said in answer.text, other


def test_steps_that_are_not_theirs_and_replays_do_nothing(shipped: FrontDoor) -> None:
    answer = shipped.post("administrator", "/catalogue/cv_limits", LOWER)
    early_number = int(answer.headers["Location"].rpartition("/")[2])
    early = act(shipped, "second", early_number, "release")
    assert (early.status_code, text("refused.needs_trial") in early.text) == (400, True)
    assert act(shipped, "administrator", early_number, "withdraw").status_code == 302
    _, number = proposed(shipped)
    store = open_store(shipped.settings)
    own = act(shipped, "administrator", number, "release")
    assert (own.status_code, text("refused.own_proposal") in own.text) == (400, True)
    for who in ("leader", "district", "inspector", "school", "auditor"):
        for action in ("release", "withdraw", "take_back", "try"):
            assert act(shipped, who, number, action).status_code == 403, (who, action)
        assert shipped.post(who, "/catalogue/deadlines", DEADLINE).status_code == 403, who
    assert act(shipped, "second", number, "withdraw").status_code == 400
    assert shipped.post("second", "/catalogue/deadlines", DEADLINE).status_code == 403
    assert present(find_change(store, number)).state == "proposed"
    assert act(shipped, "second", number, "release", 7).status_code == 400
    assert act(shipped, "second", number, "release").status_code == 302
    again = act(shipped, "second", number, "release")
    assert (again.status_code, text("refused.not_waiting") in again.text) == (400, True)
    assert act(shipped, "administrator", number, "withdraw", 2).status_code == 400
    assert act(shipped, "administrator", number, "try").status_code == 400, "what holds is not tried out any more"
    back = act(shipped, "administrator", number, "take_back", reason="撤销")
    back_number = int(back.headers["Location"].rpartition("/")[2])
    assert act(shipped, "administrator", number, "take_back", reason="撤销").status_code == 400
    waits_for_trial(shipped, back_number)
    assert act(shipped, "administrator", back_number, "release").status_code == 400
    assert act(shipped, "second", back_number, "release").status_code == 302
    assert present(find_change(store, number)).state == "taken_back"


def test_markup_in_a_cell_is_words(shipped: FrontDoor) -> None:
    _, number = proposed(shipped, **{"cell.name": TYPED_MARKUP})
    for who in ("administrator", "second"):
        for path in ("/catalogue", "/catalogue/deadlines", f"/catalogue/changes/{number}"):
            assert "<script>alert(1)" not in shipped.get(who, path).text, path
    assert act(shipped, "administrator", number, "withdraw").status_code == 302


def test_a_look_ahead_from_before_another_release_is_no_look_ahead(shipped: FrontDoor) -> None:
    numbers: list[int] = []
    for limit in ("0.41", "0.42"):
        answer = shipped.post("administrator", "/catalogue/cv_limits", LOWER | {"cell.cv_limit": limit})
        numbers.append(int(answer.headers["Location"].rpartition("/")[2]))
        waits_for_trial(shipped, numbers[-1])
    one, other = numbers
    assert act(shipped, "second", one, "release").status_code == 302
    late = act(shipped, "second", other, "release")
    assert (late.status_code, text("refused.outdated_trial") in late.text) == (400, True)
    for _ in range(2):  # looking at it starts nothing
        looked = shipped.get("second", f"/catalogue/changes/{other}")
        assert ("Refresh" in looked.headers, text("catalogue.trial.outdated") in looked.text) == (False, True)
    assert act(shipped, "second", other, "try").status_code == 302
    waits_for_trial(shipped, other)
    assert act(shipped, "administrator", other, "withdraw").status_code == 302
    taken_back(shipped, one)


def test_a_release_during_a_publication_is_whole_or_not_in_it(shipped: FrontDoor) -> None:
    """The publication's tables and the version that it names are of one catalogue."""
    answer = shipped.post("administrator", "/catalogue/cv_limits", LOWER)
    number = int(answer.headers["Location"].rpartition("/")[2])
    waits_for_trial(shipped, number)
    before = read_signed(published(shipped).with_suffix(".json"))["catalogue_version"]
    started = in_force(shipped.settings.snapshots_folder)
    work = threading.Thread(target=lambda: shipped.post("city", "/data/publish", {"after": started}))
    work.start()
    threading.Event().wait(1.0)
    assert act(shipped, "second", number, "release").status_code == 302
    work.join()
    limits = asked(shipped, OF_L3)[0]
    named = read_signed(published(shipped).with_suffix(".json"))["catalogue_version"]
    assert (limits == ("0.5000", "0.5000")) == (named == before)
    publish(shipped)
    assert asked(shipped, OF_L3)[0] == ("0.5000", "0.4100")
    taken_back(shipped, number)
    publish(shipped)
    assert asked(shipped, OF_L3)[0] == ("0.5000", "0.5000")
