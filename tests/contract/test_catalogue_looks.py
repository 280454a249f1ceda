"""Who begins a look ahead: proposing and asking do, a few a minute; reading never does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import catalogue_looks
from callbacks.web.rate_limits import LIMITS
from data.catalogue.desk import cells_of_row
from data.catalogue.tables import CvLimit, Parameter
from data.catalogue_trials import Trial
from data.settings import Settings
from data.store.catalogue_change import changes
from data.text import text
from data.warehouse.trial_differences import Facts, differences_of
from tests.visitors import CATALOGUE, get, guarded_app, signed_in

BASE = "https://localhost"
SAID = {"source": "办公会纪要〔2026〕12号", "reason": "逐步收紧"}


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the acts whose look ahead was begun; none is carried out."""
    numbers: list[int] = []
    monkeypatch.setattr(catalogue_looks, "start_trial", lambda _settings, number, _request: numbers.append(number))
    return numbers


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> Iterator[ServerRenderedDash]:
    yield guarded_app(small_settings, tmp_path, ("clerk", "city"))


def proposed(client: FlaskClient, token: str, limit: str) -> str:
    row = next(r for r in CATALOGUE.rows(CvLimit) if (r.indicator_code, r.stage) == ("L3", "primary"))
    cells = {f"cell.{k}": v for k, v in cells_of_row(row).items()}
    cells |= {"cell.cv_limit": limit, "cell.valid_from": "2026-02-01", "row": "quality_balanced|L3|primary|2017-04-19"}
    answer = client.post("/catalogue/cv_limits", base_url=BASE, data=cells | SAID | {"csrf_token": token})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def test_reading_begins_nothing_and_asking_begins_it_once(app: ServerRenderedDash, begun: list[int]) -> None:
    clerk, token = signed_in(app, "clerk")
    place = proposed(clerk, token, "0.41")
    (number,) = begun
    for client in (clerk, signed_in(app, "city")[0]):
        for path in (place, "/catalogue", "/catalogue/cv_limits"):
            assert get(client, path).status_code == 200
    assert begun == [number]
    assert text("catalogue.trial.none") in get(clerk, place).text, "the look ahead was not carried out"
    asked = clerk.post(place, base_url=BASE, data={"csrf_token": token, "action": "try"})
    assert (asked.status_code, begun) == (302, [number, number])
    ended = {"csrf_token": token, "action": "withdraw", "version": "1"}
    assert clerk.post(place, base_url=BASE, data=ended).status_code == 302
    late = clerk.post(place, base_url=BASE, data={"csrf_token": token, "action": "try"})
    assert (late.status_code, text("refused.not_waiting") in late.text) == (400, True)
    assert text("catalogue.trial.none") not in get(clerk, place).text
    assert begun == [number, number]


def test_who_proposes_and_withdraws_again_and_again_begins_a_few(app: ServerRenderedDash, begun: list[int]) -> None:
    clerk, token = signed_in(app, "clerk")
    most = LIMITS["trial"].amount
    places: list[str] = []
    for n in range(most + 5):
        places.append(proposed(clerk, token, f"0.{20 + n}"))
        clerk.post(places[-1], base_url=BASE, data={"csrf_token": token, "action": "withdraw", "version": "1"})
    assert len(begun) == most
    assert len(changes(app.deps.store)) == most + 5, "what was typed is kept all the same"
    open_place = proposed(clerk, token, "0.40")
    asked = clerk.post(open_place, base_url=BASE, data={"csrf_token": token, "action": "try"})
    assert asked.status_code == 429


def test_what_nobody_could_publish_is_not_released(
    app: ServerRenderedDash, begun: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, token = signed_in(app, "clerk")
    place = proposed(clerk, token, "0.41")
    nobody = Facts("2026", {}, {}, {}, {}, {}, {})
    found = {"is_as_if": False, "problems": ["有1个单位没有判定（2026 500242）。"], **differences_of(nobody, nobody)}
    monkeypatch.setattr(catalogue_looks, "trial_of", lambda *_: Trial("done", found=found))
    city, token = signed_in(app, "city")
    shown = get(city, place).text
    assert text("catalogue.release_means") not in shown
    assert "发布不了：有1个单位没有判定（2026 500242）。" in shown
    pressed = city.post(place, base_url=BASE, data={"csrf_token": token, "action": "release", "version": "1"})
    assert (pressed.status_code, text("refused.cannot_be_published") in pressed.text) == (400, True)
    assert [c.state for c in changes(app.deps.store)] == ["proposed"]


def test_a_row_that_nothing_would_read_is_not_proposed(app: ServerRenderedDash, begun: list[int]) -> None:
    clerk, token = signed_in(app, "clerk")
    row = next(r for r in CATALOGUE.rows(Parameter) if r.parameter_code == "uploads_account")
    cells = {f"cell.{k}": v for k, v in cells_of_row(row).items()} | {"cell.parameter_code": "uploads_nobody"}
    answer = clerk.post("/catalogue/quotas", base_url=BASE, data=cells | SAID | {"csrf_token": token})
    assert (answer.status_code, text("refused.no_choice") in answer.text) == (400, True)
    assert text("catalogue.form_closed") in get(clerk, "/catalogue/quotas").text
    assert "desk-form" not in get(clerk, "/catalogue/quotas").text
    assert "desk-form" in get(clerk, "/catalogue/sources").text, "where rows are added, a form adds one"
    assert not begun
