"""Two application hosts in network namespaces behind one nginx: publications roll over, a host may die."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from sqlalchemy import update

from data.access import LOCAL_VIEWER, Permission
from data.catalogue.loader import load_catalogue
from data.settings import ROOT, Settings
from data.store.accounts import NewAccount, create_account
from data.store.engine import open_store
from data.store.schema import account
from data.warehouse.publish import publish
from tests.depth import IS_FULL, record
from tests.faults.test_proxy import CONTEXT
from tests.postgres import postgres
from tests.shipped.proxy import proxy
from tests.stores import NOW

PATHS = ("/", "/league", "/district/500242", "/matrix", "/plan")
PASSWORD = "Reservoir-42-lantern"
SNAPSHOT = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")
VIEWERS, PAUSE_S = 4, 0.25  # below the proxy's limit of requests
SETTLED_S = 3.0


def can_divide() -> bool:
    """Whether this machine lets us make network namespaces."""
    if os.geteuid() or not shutil.which("ip"):
        return False
    made = subprocess.run(["ip", "netns", "add", "oversight-try"], capture_output=True, check=False)
    subprocess.run(["ip", "netns", "del", "oversight-try"], capture_output=True, check=False)
    return made.returncode == 0


@contextmanager
def host(number: int, settings: Settings, store: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """An application host with an address of its own; yields address and process group."""
    name, near, far = f"oversight-{number}", f"ovn{number}a", f"ovn{number}b"
    address = f"10.77.{number}.2"

    def ip(*words: str) -> None:
        subprocess.run(["ip", *words], check=True)

    ip("netns", "add", name)
    try:
        ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", name)
        ip("addr", "add", f"10.77.{number}.1/30", "dev", near)
        ip("link", "set", near, "up")
        ip("-n", name, "addr", "add", f"{address}/30", "dev", far)
        ip("-n", name, "link", "set", far, "up")
        ip("-n", name, "link", "set", "lo", "up")
        own = {
            "OVERSIGHT_LOGIN": "local",
            "OVERSIGHT_STORE_URL": store,
            "OVERSIGHT_PROXY_HOPS": "1",
            "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
            "MALLOC_ARENA_MAX": "2",
        }
        process = subprocess.Popen(
            [
                "ip",
                "netns",
                "exec",
                name,
                sys.executable,
                "-m",
                "gunicorn",
                "app:server",
                "--bind",
                f"{address}:8050",
                "--workers",
                "1",
                "--threads",
                "4",
                "--no-control-socket",
                "--log-level",
                "warning",
            ],
            cwd=ROOT,
            env={**os.environ, **own},
            start_new_session=True,
        )
        try:
            yield f"http://{address}:8050", process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)
    finally:
        ip("netns", "del", name)


class Viewer:
    """Somebody signed in who opens one page after the other."""

    def __init__(self, address: str) -> None:
        self.address = address
        secure = urllib.request.HTTPSHandler(context=CONTEXT)
        self.opener = urllib.request.build_opener(secure, urllib.request.HTTPCookieProcessor(CookieJar()))
        self.seen: list[tuple[float, int, set[str]]] = []

    def sign_in(self) -> None:
        """Take a session."""
        form = urllib.parse.urlencode({"account_name": "viewer1", "password": PASSWORD}).encode()
        self.opener.open(self.address + "/login", form, timeout=30).read()

    def look(self, stop: threading.Event) -> None:
        """Until told to stop."""
        for number in range(1_000_000):
            if stop.wait(PAUSE_S):
                return
            started = time.monotonic()
            try:
                with self.opener.open(self.address + PATHS[number % len(PATHS)], timeout=30) as answer:
                    status, words = answer.status, answer.read().decode()
            except urllib.error.HTTPError as error:
                status, words = error.code, ""
            self.seen.append((started, status, set(SNAPSHOT.findall(words))))


def wait_until_ready(address: str) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        try:
            if urllib.request.urlopen(address + "/livez", timeout=5).status == 200:
                return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(address)


@pytest.mark.skipif(
    not IS_FULL or not can_divide(), reason="by `make faults`, with the right to make network namespaces"
)
def test_publications_roll_over_and_a_dead_host_takes_its_own_requests_alone(
    demo_settings: Settings, tmp_path: Path
) -> None:
    settings = Settings(var_folder=tmp_path / "var")
    shutil.copytree(demo_settings.batches_folder, settings.batches_folder)
    known = [publish(settings, datetime(2026, 11, 23, 1, tzinfo=UTC)).snapshot_id]
    with ExitStack() as stack:
        store_url = stack.enter_context(postgres(by_socket=True))
        store = open_store(Settings(var_folder=settings.var_folder, store_url=store_url))
        actor = LOCAL_VIEWER.__class__("admin", frozenset({Permission.ACCOUNTS_MANAGE}))
        create_account(store, load_catalogue(), actor, NewAccount("viewer1", "看图", "municipal_leader"), PASSWORD, NOW)
        with store.write() as connection:
            connection.execute(update(account).values(must_change=False))
        hosts = [stack.enter_context(host(n, settings, store_url)) for n in (1, 2)]
        for address, _ in hosts:
            wait_until_ready(address)
        front = stack.enter_context(proxy(tmp_path, *[address for address, _ in hosts]))
        viewers = [Viewer(front) for _ in range(VIEWERS)]
        for viewer in viewers:
            viewer.sign_in()
        stop = threading.Event()
        threads = [threading.Thread(target=viewer.look, args=(stop,)) for viewer in viewers]
        for thread in threads:
            thread.start()
        moved: list[tuple[float, str]] = []
        for hour in range(2, 8):
            time.sleep(SETTLED_S)
            known.append(publish(settings, datetime(2026, 11, 23, hour, tzinfo=UTC)).snapshot_id)
            moved.append((time.monotonic(), known[-1]))
        time.sleep(2 * SETTLED_S)
        killed = time.monotonic()
        os.killpg(hosts[0][1].pid, signal.SIGKILL)
        time.sleep(2 * SETTLED_S)
        stop.set()
        for thread in threads:
            thread.join()
    seen = sorted((entry for viewer in viewers for entry in viewer.seen), key=lambda e: e[0])
    pages = [(at, ids) for at, status, ids in seen if status == 200]
    assert len(pages) > 60
    assert all(len(ids) == 1 and ids <= set(known) for _, ids in pages)
    last_moved, last = moved[-1]
    assert {i for at, ids in pages if at > last_moved + SETTLED_S for i in ids} == {last}
    failed = [at for at, status, _ in seen if status != 200]
    assert all(killed - 1 < at < killed + 1 for at in failed)
    assert len(failed) <= VIEWERS
    record("two_hosts", pages=len(pages), publications=len(moved), mixed=0, failed_at_the_kill=len(failed))
