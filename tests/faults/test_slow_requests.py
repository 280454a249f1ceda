"""Half-sent requests, slow bodies and large headers straight at gunicorn do not stop it; without a proxy it stays at home."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from data.settings import ROOT, Settings
from tests.serving import free_port, wait_for

THREADS = 2 * 4
HALF = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
SLOW = b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\na"
ENDLESS = (
    b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n5\r\naccou"
)
Address = tuple[str, int]


@pytest.fixture(scope="module")
def gunicorn(small_settings: Settings) -> Iterator[Address]:
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "deploy/gunicorn.conf.py",
            "app:server",
            "--bind",
            f"127.0.0.1:{port}",
        ],
        cwd=ROOT,
        env={"OVERSIGHT_VAR_FOLDER": str(small_settings.var_folder), "OVERSIGHT_LOGIN": "local", "PATH": "/usr/bin"},
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/livez")
        yield "127.0.0.1", port
    finally:
        process.terminate()
        process.wait(timeout=40)


@contextmanager
def opened(address: Address, sent: bytes, count: int) -> Iterator[list[socket.socket]]:
    held = [socket.create_connection(address, timeout=30) for _ in range(count)]
    try:
        for one in held:
            one.sendall(sent)
        yield held
    finally:
        for one in held:
            one.close()


def seconds_to_answer(address: Address) -> float:
    begun = time.monotonic()
    with urllib.request.urlopen(f"http://{address[0]}:{address[1]}/livez", timeout=60) as answer:
        assert answer.read() == b"ok"
    return time.monotonic() - begun


@pytest.mark.parametrize("sent", [HALF, SLOW, ENDLESS], ids=["half a header", "half a body", "an endless body"])
def test_clients_that_do_not_end_hold_nobody_up(gunicorn: Address, sent: bytes) -> None:
    """Four times as many as there are threads: each thread is free again after a second or two."""
    with opened(gunicorn, sent, 4 * THREADS):
        time.sleep(0.5)
        assert seconds_to_answer(gunicorn) < 15
    assert seconds_to_answer(gunicorn) < 5


def test_a_client_that_drips_is_ended(gunicorn: Address) -> None:
    with opened(gunicorn, HALF, 3 * THREADS) as held:
        until = time.monotonic() + 12
        while time.monotonic() < until:
            for one in held:
                try:
                    one.sendall(b"x")
                except OSError:
                    return
            time.sleep(0.3)
    raise AssertionError("all are still served")


@pytest.mark.parametrize(
    "header", [b"X-Long: " + b"x" * 20_000, b"".join(b"X-%d: y\r\n" % n for n in range(200)).strip()]
)
def test_headers_beyond_the_limits_are_refused_and_the_next_is_answered(gunicorn: Address, header: bytes) -> None:
    with opened(gunicorn, b"GET /livez HTTP/1.1\r\nHost: localhost\r\n" + header + b"\r\n\r\n", 1) as (one,):
        assert one.recv(64).startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))
    with opened(gunicorn, b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 1) as (one,):
        assert one.recv(64).startswith((b"HTTP/1.1 400", b"HTTP/1.1 414"))
    assert seconds_to_answer(gunicorn) < 5


def test_a_whole_body_still_comes_whole(gunicorn: Address) -> None:
    """Sent in two pieces, chunked, and after `100 Continue`: each is answered as a sign-in that failed."""
    body = b"account_name=nobody&password=nothing"
    head = b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    plain = b"Content-Length: %d\r\n" % len(body)
    for extra, pieces in (
        (plain, (body[:10], body[10:])),
        (b"Transfer-Encoding: chunked\r\n", (chunked,)),
        (plain + b"Expect: 100-continue\r\n", (body,)),
    ):
        with opened(gunicorn, head + extra + b"\r\n", 1) as (one,):
            for piece in pieces:
                time.sleep(0.3)
                one.sendall(piece)
            told = b""
            while b"HTTP/1.1 4" not in told:
                told += one.recv(4096)
            assert b"HTTP/1.1 401" in told


def test_other_hosts_are_served_behind_a_proxy_alone(small_settings: Settings) -> None:
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "app:server"]
    given = {"OVERSIGHT_VAR_FOLDER": str(small_settings.var_folder), "OVERSIGHT_LOGIN": "local", "PATH": "/usr/bin"}
    for bound in (f"0.0.0.0:{free_port()}", f"[::]:{free_port()}"):
        done = subprocess.run(
            [*command, "--bind", bound], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode != 0
        assert "OVERSIGHT_PROXY_HOPS" in done.stderr
