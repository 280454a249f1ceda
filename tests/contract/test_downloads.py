"""Every file leaves under a name that a header can carry and a browser reads back (RFC 6266)."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from sqlalchemy import insert
from werkzeug.http import parse_options_header

from callbacks.files.downloads import download
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.settings import ROOT, Settings
from data.store.schema import evidence_file
from tests.present import present
from tests.stores import an_issue, put
from tests.visitors import guarded_app, signed_in

BASE = "https://localhost"
UNIT = "500242"


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("downloads"), ("district",))


def saved_name(answer) -> str:
    """What a browser calls the file; the header has passed a server that takes Latin-1 alone."""
    header = answer.headers["Content-Disposition"]
    header.encode("ascii")
    kind, parts = parse_options_header(header)
    assert kind == "attachment"
    return unquote(parts["filename"])


def test_a_template_leaves_under_the_name_of_its_unit(app: ServerRenderedDash) -> None:
    client, _ = signed_in(app, "district")
    answer = client.get(f"/data/template?period=2026&district_code={UNIT}", base_url=BASE)
    assert answer.status_code == 200
    assert saved_name(answer) == "酉阳土家族苗族自治县_2026.xlsx"


def test_a_marked_workbook_is_offered_where_there_is_one(app: ServerRenderedDash) -> None:
    client, token = signed_in(app, "district")

    def upload(content: bytes, name: str) -> str:
        rate_limits.reset_rate_limits()
        sent = {"csrf_token": token, "period": "2026", "district_code": UNIT, "file": (io.BytesIO(content), name)}
        return client.post("/data/upload", data=sent, base_url=BASE).headers["Location"]

    read = upload("学校代码,学校名称\nS1,甲\n".encode("utf-8-sig"), "酉阳“报表”.csv")
    assert f'href="{read}/marked"' in client.get(read, base_url=BASE).text
    assert saved_name(client.get(f"{read}/marked", base_url=BASE)) == "酉阳“报表”_校验结果.xlsx"
    unread = upload(b"PK\x03\x04 no workbook", "坏文件.xlsx")
    words = client.get(unread, base_url=BASE).text
    assert "坏文件.xlsx" in words
    assert "/marked" not in words


@pytest.mark.parametrize(
    ("kept", "given"),
    [
        ("任职文件.pdf", "任职文件.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie  x=1.pdf"),
        ('照"片".jpg', "照 片.jpg"),
        ("证" * 300 + ".pdf", "证" * 65 + ".pdf"),
    ],
)
def test_evidence_leaves_whatever_it_was_called(app: ServerRenderedDash, kept: str, given: str) -> None:
    store, code = app.deps.store, f"T-{abs(hash(kept))}"
    put(store, an_issue(code))
    store.evidence_folder.mkdir(parents=True, exist_ok=True)
    (store.evidence_folder / "0f").write_bytes(b"x")
    row = {
        "issue_code": code,
        "file_name": kept,
        "sha256": "0f",
        "size_bytes": 1,
        "added_by": "某人",
        "added_at": datetime.now(UTC).replace(tzinfo=None),
    }
    with store.write() as connection:
        number = present(connection.execute(insert(evidence_file).values(**row)).inserted_primary_key)[0]
    client, _ = signed_in(app, "district")
    answer = client.get(f"/evidence/{number}", base_url=BASE)
    assert (answer.status_code, saved_name(answer)) == (200, given)


def test_a_file_through_a_callback_has_a_name_of_this_kind() -> None:
    assert download('江津/第一"小学".xlsx', b"", "x")["filename"] == "第一 小学.xlsx"


def test_no_answer_writes_its_own_disposition() -> None:
    """The header is made in one place; a second place is a second chance to get it wrong."""
    makers = [
        p.name
        for folder in ("callbacks", "layouts", "queries", "data")
        for p in (ROOT / folder).rglob("*.py")
        if "Content-Disposition" in p.read_text() or "send_file(" in p.read_text()
    ]
    assert makers == ["downloads.py"]
