"""The application as it is shipped, behind its front door, with people of all seven roles.

`front_door()` starts in an empty runtime folder what `deploy/` ships: gunicorn as `deploy/oversight.service` starts it
(its `ExecStart` and `Environment`, with `deploy/gunicorn.conf.py`), Debian's nginx with `deploy/nginx.conf` and TLS, login
on, the machine's clock on UTC. Addresses and paths are substituted, nothing else. Accounts are made the documented way:
the first administrator at the command line, all others at the desk; everyone changes the first password.

In a test take the fixture `shipped`, then
`shipped.tab(browser, "district")` for a signed-in tab (see `Tab`), `shipped.client("city")` for signed-in HTTP.
Figures are put there by the fixture (`tests/small_demo.py`); `front_door()` alone has none.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import requests
import urllib3
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, BrowserContext, Page
from requests.adapters import HTTPAdapter

from data.settings import ROOT, Settings
from tests.serving import free_port
from tests.shipped.proxy import proxy

FIRST_PASSWORD, PASSWORD = "Erste-Tuer-2026", "Zweite-Tuer-2026"
UNIT, SCHOOL = "500242", "S500242-086"
PATIENT = urllib3.Retry(total=6, status_forcelist=(429,), allowed_methods=None, raise_on_status=False)
"""Asks again after the seconds of an answer 429; what the proxy refused has not been carried out."""


@dataclass(frozen=True)
class Person:
    """Who signs in: the account, the name on screen, the role, and for what."""

    account_name: str
    name: str
    role_code: str
    unit: str = ""
    schools: str = ""


PEOPLE = {
    "administrator": Person("admin", "甘管理", "administrator"),
    "leader": Person("leader", "李领导", "municipal_leader"),
    "city": Person("city", "石督导", "municipal_supervisor"),
    "second": Person("second", "石复核", "municipal_supervisor"),
    "district": Person("district", "尤县督", "district_supervisor", UNIT),
    "inspector": Person("inspector", "任督学", "responsible_inspector", UNIT, f"{SCHOOL} S500242-031"),
    "school": Person("school", "肖校办", "school_office", UNIT, SCHOOL),
    "auditor": Person("auditor", "沈审计", "auditor"),
}
"""All seven roles; two municipal supervisors, because nobody verifies himself."""


class Tab:
    """A page that remembers its console errors and failed answers."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.errors: list[str] = []
        self.failed: list[str] = []
        self.page = self._watched(context.new_page())

    def _watched(self, page: Page) -> Page:
        page.set_default_timeout(20_000)
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("response", lambda r: self.failed.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        return page

    def open(self, path: str) -> Page:
        """Go to a path of the dashboard or of a plain page and wait until it is alive."""
        self.page.goto(self.address + path)
        if self.page.locator("#react-entry-point").count():
            self.page.wait_for_selector("body.live")
        return self.page

    def come_in(self, client: requests.Session) -> None:
        """Take over the session of a client that has signed in."""
        host = str(urlsplit(self.address).hostname)
        for cookie in client.cookies:
            is_hidden, value = cookie.name.startswith("__Host"), cookie.value or ""
            kept: SetCookieParam = {"name": cookie.name, "value": value, "domain": host, "path": "/"}
            self.context.add_cookies([{**kept, "secure": True, "httpOnly": is_hidden}])

    def close(self) -> None:
        """Close the tab; it must have been quiet."""
        self.context.close()
        assert not self.errors, self.errors
        assert not self.failed, self.failed


@dataclass
class FrontDoor:
    """An address, what stands behind it, and who may come in."""

    address: str
    settings: Settings
    certificate: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _clients: dict[str, requests.Session] = field(default_factory=dict)

    def client(self, who: str) -> requests.Session:
        """HTTP as one of `PEOPLE`, signed in once; `post` finds its CSRF token in the cookie."""
        if who not in self._clients:
            self._clients[who] = self.sign_in(PEOPLE[who].account_name, PASSWORD)
        return self._clients[who]

    def anonymous(self) -> requests.Session:
        """An HTTP client that trusts the test's own certificate alone, and waits where the proxy says so."""
        client = requests.Session()
        client.verify, client.trust_env = str(self.certificate), False
        client.mount("https://", HTTPAdapter(max_retries=PATIENT))
        return client

    def sign_in(self, account_name: str, password: str) -> requests.Session:
        """An HTTP client that came in by the form of `/login`."""
        client = self.anonymous()
        answer = client.post(
            self.address + "/login",
            allow_redirects=False,
            data={"account_name": account_name, "password": password, "next": "/"},
        )
        assert answer.status_code == 302, (answer.status_code, answer.text)
        return client

    def get(self, who: str, path: str, **headers: str) -> requests.Response:
        """The answer to one of `PEOPLE`, redirects not followed."""
        return self.client(who).get(self.address + path, headers=headers, allow_redirects=False)

    def post(
        self, who: str, path: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None
    ) -> requests.Response:
        """The answer to a plain form as a browser sends it, redirects not followed."""
        client = self.client(who)
        return client.post(
            self.address + path, data={"csrf_token": token_of(client), **fields}, files=files, allow_redirects=False
        )

    def tab(self, browser: Browser, who: str, width: int = 1440, height: int = 900) -> Tab:
        """A tab of one of `PEOPLE`, already signed in."""
        tab = self.stranger(browser, width, height)
        tab.come_in(self.client(who))
        return tab

    def stranger(self, browser: Browser, width: int = 1440, height: int = 900) -> Tab:
        """A tab of somebody who has not signed in."""
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
        )
        return Tab(context, self.address)

    def command(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """`python -m data …` with the server's settings."""
        return subprocess.run(
            [sys.executable, "-m", "data", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        """What the server's process has as environment."""
        return _environment(self.settings)

    def workers(self) -> list[int]:
        """Process numbers of gunicorn's workers."""
        parent = self.processes["gunicorn"].pid
        return [int(n) for n in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def shipped_service() -> tuple[list[str], dict[str, str]]:
    """Gunicorn's arguments and the environment of `deploy/oversight.service`."""
    words = (ROOT / "deploy" / "oversight.service").read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=\S+/gunicorn (.+)$", words, re.MULTILINE)
    environment = re.search(r"^Environment=(.+)$", words, re.MULTILINE)
    assert command is not None, words
    assert environment is not None, words
    return shlex.split(command[1]), dict(pair.split("=", 1) for pair in shlex.split(environment[1]))


def _environment(settings: Settings) -> dict[str, str]:
    _, shipped = shipped_service()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        **shipped,
        "TZ": "UTC",
        "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
        "OVERSIGHT_STORE_URL": settings.store_url,
    }


@contextmanager
def front_door(folder: Path, store_url: str = "") -> Iterator[FrontDoor]:
    """The shipped server in an empty runtime folder below `folder`, with `PEOPLE`; stopped afterwards."""
    settings = Settings(var_folder=folder / "var", store_url=store_url, login="local")
    arguments, _ = shipped_service()
    port = free_port()
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *arguments, "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=_environment(settings),
        stdout=log,
        stderr=log,
    )
    try:
        (folder / "proxy").mkdir()
        with proxy(folder / "proxy", f"http://127.0.0.1:{port}") as address:
            door = FrontDoor(address, settings, folder / "proxy" / "cert.pem", {"gunicorn": server})
            wait_until_alive(door)
            make_people(door)
            yield door
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=40)
        log.close()


def wait_until_alive(door: FrontDoor) -> None:
    """Ask `/livez` until it answers, a minute at most."""
    retry = urllib3.Retry(total=200, backoff_factor=0.3, backoff_max=0.3, status_forcelist=(502, 503, 504))
    client = door.anonymous()
    client.mount("https://", HTTPAdapter(max_retries=retry))
    assert client.get(door.address + "/livez", timeout=60).text == "ok"


def make_people(door: FrontDoor) -> None:
    """The first administrator at the command line, all others at the desk; new passwords for all."""
    first = PEOPLE["administrator"]
    made = door.command(
        "account",
        "create",
        first.account_name,
        "--person",
        first.name,
        "--role",
        first.role_code,
        stdin=f"{FIRST_PASSWORD}\n{FIRST_PASSWORD}\n",
    )
    assert made.returncode == 0, made.stderr
    change_first_password(door, first.account_name)
    for person in PEOPLE.values():
        if person is first:
            continue
        answer = door.post(
            "administrator",
            "/accounts",
            {
                "action": "create",
                "account_name": person.account_name,
                "person": person.name,
                "role_code": person.role_code,
                "district_code": person.unit,
                "school_codes": person.schools,
                "password": FIRST_PASSWORD,
            },
        )
        assert answer.status_code == 302, answer.text
        change_first_password(door, person.account_name)


def change_first_password(door: FrontDoor, account_name: str) -> None:
    """The holder signs in with the first password and sets another."""
    client = door.sign_in(account_name, FIRST_PASSWORD)
    answer = client.post(
        door.address + "/password",
        allow_redirects=False,
        data={"csrf_token": token_of(client), "old": FIRST_PASSWORD, "new": PASSWORD},
    )
    assert answer.headers.get("Location") == "/login", answer.text


def token_of(client: requests.Session) -> str:
    """The CSRF token that the client's cookie holds."""
    return str(client.cookies.get("_csrf_token"))
