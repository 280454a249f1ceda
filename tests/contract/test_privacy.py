"""个人信息: everybody who signs in reads what is kept about whom, and takes the own; nobody else's."""

import json
from pathlib import Path

import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from data.catalogue.keeping_tables import KeptRecord
from data.settings import Settings
from data.text import text
from tests.visitors import CATALOGUE, get, guarded_app, signed_in


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


def test_one_takes_the_own_and_nobody_elses(app: ServerRenderedDash) -> None:
    client, _ = signed_in(app, "district")
    answer = get(client, "/privacy/mine")
    assert "attachment" in answer.headers["Content-Disposition"]
    kept = json.loads(answer.text)
    assert kept["account"]["account_name"] == "district"
    assert "市领导" not in answer.text
    assert "管理员" not in json.dumps(kept["account"], ensure_ascii=False)
