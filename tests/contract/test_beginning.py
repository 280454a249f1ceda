"""An empty installation tells every role what comes first; 口径, 政策, 会议 and 账号 work without data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from app import create_app
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.index_document import ServerRenderedDash
from data.access import Permission
from data.catalogue.access_tables import Role
from data.settings import Settings
from data.store.meetings import create_meeting
from layouts.routes import FUNDS, LIBRARY, MEETING, METHOD, ROUTES
from tests.contract.test_who_may_step import viewer_of
from tests.stores import SUPERVISOR
from tests.visitors import CATALOGUE, now

WITHOUT_DATA = (METHOD, LIBRARY, MEETING)
READERS = [r.role_code for r in CATALOGUE.rows(Role) if Permission.READ_FIGURES in viewer_of(r.role_code).permissions]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield create_app(Settings(var_folder=tmp_path_factory.mktemp("empty")))


def shown(app: ServerRenderedDash, path: str, role: str) -> tuple[str, str]:
    seen = replace(app.deps, current_viewer=lambda: viewer_of(role))
    with app.server.test_request_context():
        name, title, panels = page_of(seen, path, "")
    return name, title + "".join(str(p.update_value()) for p in panels)


@pytest.mark.parametrize("role", READERS)
def test_no_page_tells_anybody_to_run_a_command(app: ServerRenderedDash, role: str) -> None:
    for route in ROUTES:
        path = "/".join((route.path, *["x"] * len(route.keys)))
        _, words = shown(app, path, role)
        assert "python" not in words, path
        assert "命令" not in words, path


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        ("municipal_supervisor", ("上传学校基础数据表", "再按“发布”")),
        ("district_supervisor", ("上传学校基础数据表",)),
        ("municipal_leader", ("您不必做什么",)),
        ("school_office", ("您不必做什么",)),
    ],
)
def test_the_first_steps_are_those_of_the_role(app: ServerRenderedDash, role: str, steps: tuple[str, ...]) -> None:
    for path in ("/", FUNDS.path, "/ledger", "/district/500242"):
        name, words = shown(app, path, role)
        assert name == "message"
        assert "还没有发布数据" in words
        for step in ("上传学校基础数据表", "再按“发布”", "您不必做什么"):
            assert (step in words) is (step in steps), (path, step)
        assert (
            '"href": "/data", "className": "button filled"' in words
            or '"className":"button filled","href":"/data"' in words
        ) is ("上传学校基础数据表" in steps)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "/",
            (
                "学校基础数据表、区县指标表",
                "由市级督导人员、区县督导人员在“数据报送”交来",
                "由市级督导人员接收入库并发布",
            ),
        ),
        ("/plan", ("推进计划表", "问题台账表", "由市级督导人员在“数据报送”交来")),
        ("/rounds", ("督导走访表", "学校基础数据表")),
        ("/funds", ("经费激励表",)),
        ("/ledger", ("问题台账表",)),
        ("/leads", ("学校基础数据表",)),
        ("/district/500242", ("学校基础数据表、区县指标表",)),
    ],
)
def test_a_page_says_which_tables_it_lacks_and_who_brings_them(
    app: ServerRenderedDash, path: str, said: tuple[str, ...]
) -> None:
    _, words = shown(app, path, "municipal_supervisor")
    assert "本页缺这些表：" in words
    for part in said:
        assert part in words, (path, part)


def test_the_rules_are_read_from_the_catalogue(app: ServerRenderedDash) -> None:
    name, words = shown(app, METHOD.path, "municipal_leader")
    assert name == METHOD.page
    for said in ("32", "85%", "教督〔2017〕6号", "尚未发布数据"):
        assert said in words, said
    name, words = shown(app, LIBRARY.path, "municipal_leader")
    assert name == LIBRARY.page
    assert "0份文件" in words


def test_meetings_of_the_store_are_listed_and_none_is_made_without_figures(app: ServerRenderedDash) -> None:
    create_meeting(app.deps.store, SUPERVISOR, "筹备会", date(2026, 11, 20), "20261120-000000-00000000", now())
    name, words = shown(app, MEETING.path, "municipal_supervisor")
    assert name == MEETING.page
    assert "筹备会" in words
    assert "发布数据以后可以新建会议" in words
    assert "held_on" not in words
