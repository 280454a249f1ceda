"""40 ways to write the path of a private page, sent raw to a real server: nobody without a session reads one."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from data.settings import Settings
from layouts.routes import ROUTES
from tests.contract.test_surface import DOORS
from tests.depth import IS_FULL, record
from tests.serving import served

PRIVATE = [
    *[r.path for r in ROUTES if not r.keys],
    "/district/500103",
    "/school/S500103-001",
    "/cv/500103/primary/L2",
    "/data",
    "/data/1",
    "/data/1/marked",
    "/data/template",
    "/accounts",
    "/accounts/clerk",
    "/account-list",
    "/account-list/template",
    "/account-list/passwords",
    "/audit",
    "/audit/export",
    "/inspectors",
    "/inspectors/A500103-001",
    "/inspectors/file.csv",
    "/inspectors/list",
    "/inspectors/list/take",
    "/inspectors/list/template",
    "/inspectors/new/area",
    "/catalogue",
    "/catalogue/cv_limits",
    "/catalogue/changes/1",
    "/complaints",
    "/complaints/RD500103-2026-0001",
    "/complaints/list.xlsx",
    "/duties",
    "/duties/file.xlsx",
    "/letters/2026/1",
    "/letters/2026/1-9.zip",
    "/look-back",
    "/look-back/list.xlsx",
    "/look-back/report.docx",
    "/opinions",
    "/opinions/YJ500103-2026-0001",
    "/opinions/YJ500103-2026-0001/letter.docx",
    "/privacy/mine",
    "/publication",
    "/server",
    "/surveys",
    "/surveys/DC500103-2026-0001",
    "/surveys/DC500103-2026-0001/report.docx",
    "/surveys/file.xlsx",
    "/surveys/rehearsals",
    "/task-books",
    "/task-books/RW500117-2026-0001",
    "/task-books/RW500117-2026-0001/1",
    "/task-books/RW500117-2026-0001/paper.docx",
    "/task-books/list.xlsx",
    "/visits",
    "/visits/ZF500103-2026-0001",
    "/visits/calendar",
    "/visits/file.xlsx",
    "/visits/photo/1",
    "/visits/plan",
    "/visits/record",
    "/evidence/1",
    "/password",
    "/second-factor",
    "/_dash-layout",
    "/_dash-dependencies",
    "/_reload-hash",
    "/_dash-update-component",
]
FAST = ("/", "/league", "/district/500103", "/data", "/accounts", "/complaints", "/visits/photo/1", "/_dash-layout")
OPEN_FOLDERS = {
    ".well-known",
    "_dash-component-suites",
    "_favicon.ico",
    "assets",
    "livez",
    "login",
    "logout",
    "metrics",
    "readyz",
}
"""What anybody may ask for, or what answers this host alone; `/visits/worker.js` is a script without a word in it."""
TURNED_AWAY = {301, 302, 303, 307, 308, 400, 401, 403, 404, 405}
OPEN = ("/login", "/livez", "/assets/app.css")  # what anybody may read


def variants(path: str) -> list[str]:
    """The path written in 40 other ways."""
    rest = path.lstrip("/")
    coded = "".join(f"%{b:02x}" for b in rest.encode())
    first = (coded[:3] + rest[1:]) if rest else ""
    return [
        "/" + path,
        "//" + path,
        "/." + path,
        "/./." + path,
        "/%2e" + path,
        "/x/.." + path,
        "/x/%2e%2e" + path,
        "/%2e%2e" + path,
        path + "/",
        path + "//",
        path + "/.",
        path + "/%2e",
        path + "/..;/",
        path + ";a=b",
        path + ";",
        "/;x=1" + path,
        path.upper(),
        path.title(),
        "/" + coded,
        "/" + coded.upper(),
        "/" + first,
        "/" + rest.replace("_", "%5f").replace("/", "%2f"),
        "/" + quote(coded, safe=""),
        "/%2f" + rest,
        "/%252f" + rest,
        "/%5c" + rest,
        "\\" + rest,
        path + "%00",
        "/%00" + path,
        path + "%00.css",
        "/%c0%af" + rest,
        "/%e0%80%af" + rest,
        "/login/.." + path,
        "/login/%2e%2e" + path,
        "/login%2f.." + path,
        "/livez/.." + path,
        "/assets/.." + path,
        "/assets/%2e%2e" + path,
        "/assets/..%2f" + rest,
        "/assets/app.css/../.." + path,
    ]


MORE = [
    "/_dash-component-suites",
    "/_dash-component-suites/",
    "/_dash-component-suites/x",
    "/assets",
    "/assets/",
    "/_dash-component-suites/../league",
    "/_dash-component-suites/..%2fleague/x",
    "/assets//league",
    "/Login",
    "/LIVEZ",
    "*",
    "http://evil.example/league",
    "/league?/login",
    "/league#/login",
    "/league%3f/login",
    "/%20/league",
]


def ask(port: int, method: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one raw request."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    head, _, content = b"".join(parts).partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    return int(lines[0].split()[1]), headers, content


@pytest.fixture(scope="module")
def port(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    store = f"sqlite:///{tmp_path_factory.mktemp('paths') / 'operations.db'}"
    with served(demo_settings, 1, path="/livez", OVERSIGHT_LOGIN="local", OVERSIGHT_STORE_URL=store) as address:
        yield int(address.rpartition(":")[2])


def test_every_folder_of_the_door_is_spelt_or_open() -> None:
    """A new page or file is among the private paths, or is said to be open."""
    folders = {line.split()[0].split("/")[1] for line in DOORS.split("\n")[1:-1]} - {"", "<path:path>"}
    spelt = {path.split("/")[1] for path in PRIVATE}
    assert folders - spelt == OPEN_FOLDERS


def test_no_spelling_of_a_private_path_answers_a_stranger(port: int) -> None:
    pages = PRIVATE if IS_FULL else FAST
    asked = [
        (method, path)
        for page in pages
        for path in variants(page)
        for method in (("GET", "HEAD", "POST", "OPTIONS") if IS_FULL else ("GET",))
    ]
    asked += [(method, path) for path in MORE for method in ("GET", "POST")]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: ask(port, *one), asked))
    for (method, path), (status, headers, content) in zip(asked, answers, strict=True):
        if method == "OPTIONS" and status == 200:
            assert content == b"", (method, path)
            continue
        assert status in TURNED_AWAY, (method, path, status)
        assert "示例" not in content.decode("utf-8", "replace"), (method, path)
        if status < 400:  # a way in is shown, or the same path in its usual spelling, which is shut too
            assert headers["location"].startswith(("/login", "http://127.0.0.1/")), (method, path, headers)
    assert len(variants("/league")) == 40
    record("path_variants", pages=len(pages), requests=len(asked), read=0)


def test_what_is_open_is_read(port: int) -> None:
    """So that the test above does not pass because the server answers nobody."""
    for path in OPEN:
        status, _, content = ask(port, "GET", path)
        assert (status, bool(content)) == (200, True), path
    assert ask(port, "GET", "/league")[0] == 401
