"""The page of one account: what changes for whom is said before anything is done; nobody else finds it."""

import html
import re
from collections.abc import Iterator

import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from data.access import OPERATOR
from data.settings import Settings
from data.store.accounts import create_account, find_account
from data.store.new_accounts import NewAccount
from data.text import text
from tests.present import present
from tests.visitors import CATALOGUE, OWN, PASSWORD, SCHOOL, get, guarded_app, now, signed_in

BASE = "https://localhost"
OTHER = "500101"


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("desk"), ("clerk", "leader", "city", "district"))


def said_ahead(app: ServerRenderedDash, name: str, **changes: str | list[str]) -> list[str]:
    """The sentences of a preview; nothing is done."""
    client, token = signed_in(app, "clerk")
    account = present(find_account(app.deps.store, name))
    sent = {
        "csrf_token": token,
        "action": "preview",
        "version": str(account.version),
        "person": account.person,
        "role_code": account.role_code,
        "district_code": list(account.district_codes),
        "school_codes": " ".join(account.school_codes),
        **changes,
    }
    answer = client.post(f"/accounts/{name}", data=sent, base_url=BASE)
    assert answer.status_code == 200, answer.text
    assert find_account(app.deps.store, name) == account
    said = present(re.search(r'<ul class="effects">(.*?)</ul>', answer.text, re.DOTALL))[1]
    return [html.unescape(line) for line in re.findall(r"<li[^>]*>(.*?)</li>", said)]


def test_a_unit_that_loses_its_only_account_is_named_before(app: ServerRenderedDash) -> None:
    said = said_ahead(app, "district", district_code=[OTHER])
    assert said[0] == "区督导将看到：万州区（500101）。"
    assert said[1] == "区督导将看不到：酉阳土家族苗族自治县（500242）。"
    assert said[2] == "此后区督导看到的范围：万州区（500101）、万州区（500101）的全部学校。"
    assert said[-1] == (
        "此后酉阳土家族苗族自治县（500242）没有账号可以：查看数据、登记整改、复核销号、回复预警、报送学校和区县指标、立问题、安排走访、记录走访、发督导意见书、签收督导意见书、转办群众热点、答复群众热点、登记督学和机构、填报满意度调查和预演、编任务书、发布任务书、登记任务进展。"
    )


def test_who_becomes_a_schools_sees_no_other_school(app: ServerRenderedDash) -> None:
    said = said_ahead(app, "district", role_code="school_office", school_codes=SCHOOL)
    assert (
        said[0]
        == "区督导将不能再：复核销号、回复预警、报送学校和区县指标、立问题、安排走访、记录走访、发督导意见书、转办群众热点、登记督学和机构、填报满意度调查和预演、编任务书、发布任务书、登记任务进展。"
    )
    assert said[1] == "区督导将看不到：酉阳土家族苗族自治县（500242）的全部学校。"
    assert said[2] == f"此后区督导看到的范围：酉阳土家族苗族自治县（500242）、学校 {SCHOOL}。"


def test_a_leader_who_becomes_a_units_loses_the_city(app: ServerRenderedDash) -> None:
    said = said_ahead(app, "leader", role_code="district_supervisor", district_code=[OWN])
    assert (
        "市领导将可以：登记整改、复核销号、回复预警、报送学校和区县指标、立问题、安排走访、记录走访、发督导意见书、签收督导意见书、转办群众热点、答复群众热点、登记督学和机构、填报满意度调查和预演、编任务书、发布任务书、登记任务进展。"
        in said
    )
    assert "市领导将不能再：查看会议。" in said
    assert "市领导将看不到：全市。" in said
    assert not [line for line in said if "没有账号" in line], "the supervisor still sees the city's figures"


def test_days_that_leave_today_out_are_said_with_the_sessions_that_end(app: ServerRenderedDash) -> None:
    reader, _ = signed_in(app, "leader")
    said = said_ahead(app, "leader", valid_to="2020-01-01")
    assert "有效期由“长期”改为“至2020-01-01”；期外不能登录。" in said
    assert "今天不在新的有效期内：市领导立即不能登录。" in said
    assert [line for line in said if re.fullmatch("市领导现在的[0-9]+处登录立即结束，须重新登录。", line)]
    assert get(reader, "/league").status_code == 200, "nothing has been done"


def test_a_unit_that_is_no_more_is_not_offered_and_an_unknown_school_refused(app: ServerRenderedDash) -> None:
    client, token = signed_in(app, "clerk")
    page = get(client, "/accounts/district").text
    assert '<option value="500105"' not in page
    sent = {"csrf_token": token, "action": "preview", "version": "1", "person": "某人", "role_code": "school_office"}
    answer = client.post(
        "/accounts/district", data={**sent, "district_code": OWN, "school_codes": "S500101-001"}, base_url=BASE
    )
    assert answer.status_code == 400
    assert text("refused.unknown_school") in answer.text
    for sent_wrong in ({"version": "x"}, {"valid_from": "morgen"}):
        answer = client.post("/accounts/district", data={**sent, **sent_wrong}, base_url=BASE)
        assert answer.status_code == 400


def test_a_handle_that_is_none_ends_nothing(app: ServerRenderedDash) -> None:
    reader, _ = signed_in(app, "leader")
    client, token = signed_in(app, "clerk")
    for handle in ("", "%", "_" * 16, "0" * 16, "x" * 1_000_000):
        sent = {"csrf_token": token, "action": "end_session", "session": handle}
        assert client.post("/accounts/leader", data=sent, base_url=BASE).status_code == 400
    assert get(reader, "/league").status_code == 200


def test_the_person_of_a_shut_account_is_let_go_of_by_two_without_a_shell(app: ServerRenderedDash) -> None:
    for name, role in (("second.clerk", "administrator"), ("goer", "municipal_leader")):
        account = NewAccount(name, f"某{name}", role)
        create_account(app.deps.store, CATALOGUE, OPERATOR, account, PASSWORD, now())
    clerk, token = signed_in(app, "clerk")
    confirm = text("accounts.one.erase_confirm")
    assert confirm not in get(clerk, "/accounts/goer").text, "who is at work is shut first"
    clerk.post("/accounts/goer", data={"csrf_token": token, "action": "disable"}, base_url=BASE)
    assert confirm in get(clerk, "/accounts/goer").text
    asked = clerk.post("/accounts/goer", data={"csrf_token": token, "action": "erase"}, base_url=BASE)
    assert (asked.status_code, text("refused.needs_second_administrator") in asked.text) == (400, True)
    second, token = signed_in(app, "second.clerk")
    done = second.post("/accounts/goer", data={"csrf_token": token, "action": "erase"}, base_url=BASE)
    assert done.status_code == 302
    shown = get(second, done.headers["Location"]).text
    assert "某goer" not in shown
    assert "已注销个人信息" in shown
    assert confirm not in shown
    assert "某goer" not in get(second, "/accounts").text
    assert get(second, "/accounts/goer").status_code == 404


def test_only_administrators_find_out_who_has_an_account(app: ServerRenderedDash) -> None:
    client, token = signed_in(app, "leader")
    for name in ("clerk", "nobody", "x" * 10_000):
        assert get(client, f"/accounts/{name}").status_code == 403
        answer = client.post(f"/accounts/{name}", data={"csrf_token": token}, base_url=BASE)
        assert answer.status_code == 403
    clerk, _ = signed_in(app, "clerk")
    assert get(clerk, "/accounts/nobody").status_code == 404
