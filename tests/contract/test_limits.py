"""What is costly is counted where it is asked for: handing in, taking away."""

import io
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.settings import Settings
from data.text import text
from tests.present import present
from tests.visitors import body, guarded_app, post, signed_in

BASE = "https://localhost"
Ask = Callable[[ServerRenderedDash, FlaskClient, str], TestResponse]


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("limits"), ("city", "district"))
    rate_limits.reset_rate_limits()


def hand_in(_: ServerRenderedDash, client: FlaskClient, token: str):
    """A file of a kind that is refused: what is counted is the request."""
    sent = {"csrf_token": token, "period": "2026", "district_code": "500242", "file": (io.BytesIO(b"x"), "a.pdf")}
    return client.post("/data/upload", data=sent, base_url=BASE)


def take_away(app: ServerRenderedDash, client: FlaskClient, token: str):
    shapes = app.server.config["CALLBACK_SHAPES"]
    output = next(o for o in shapes if "download.data" in o)
    return post(client, token, body(shapes, output, [{"kind": "nothing", "at": 1}, "/funds", ""]))


@pytest.mark.parametrize(("kind", "ask", "usual"), [("upload", hand_in, 400), ("export", take_away, 200)])
def test_one_too_many_is_told_when_to_come_again(app: ServerRenderedDash, kind: str, ask: Ask, usual: int) -> None:
    other, other_token = signed_in(app, "district")
    client, token = signed_in(app, "city")
    rate_limits.reset_rate_limits()
    most = rate_limits.LIMITS[kind].amount
    assert [ask(app, client, token).status_code for _ in range(most)] == [usual] * most
    refused = ask(app, client, token)
    assert refused.status_code == 429
    seconds = int(refused.headers["Retry-After"])
    assert 0 < seconds <= 60
    said = present(refused.json)["error"] if refused.is_json else refused.text
    assert text("state.too_many") in said
    assert text("state.too_many_body", seconds=seconds) in said
    assert ask(app, other, other_token).status_code == usual
    rate_limits.reset_rate_limits()
    assert ask(app, client, token).status_code == usual


def test_one_is_at_the_desk_one_waits_and_a_third_is_asked_to_come_later() -> None:
    entered, leave, seen = threading.Event(), threading.Event(), list[str]()

    def work(name: str) -> None:
        with rate_limits.exclusive_job():
            seen.append(name)
            entered.set()
            leave.wait(timeout=10)

    first = threading.Thread(target=work, args=("first",))
    first.start()
    assert entered.wait(timeout=10)
    second = threading.Thread(target=work, args=("second",))
    second.start()
    while rate_limits._room.acquire(blocking=False):  # until the second has its place
        rate_limits._room.release()
        time.sleep(0.01)
    with pytest.raises(rate_limits.TooManyError):
        work("third")
    assert seen == ["first"]
    leave.set()
    first.join()
    second.join()
    assert seen == ["first", "second"]
    work("fourth")
    assert seen[-1] == "fourth"
