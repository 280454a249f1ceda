"""Debian's nginx with the shipped `deploy/nginx.conf` and a certificate of its own, on loopback."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.settings import ROOT
from tests.serving import free_port


@contextmanager
def proxy(folder: Path, *applications: str) -> Iterator[str]:
    """Nginx in front of one or more hosts; yields its address, stops it afterwards."""
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=IP:127.0.0.1,DNS:localhost",
            "-keyout",
            str(folder / "key.pem"),
            "-out",
            str(folder / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )
    port = free_port()
    words = (ROOT / "deploy" / "nginx.conf").read_text()
    hosts = "; server ".join(a.removeprefix("http://") for a in applications)
    for name, value in (
        ("APPLICATION", hosts),
        ("LISTEN", f"127.0.0.1:{port}"),
        ("CERTIFICATE", f"{folder}/cert.pem"),
        ("KEY", f"{folder}/key.pem"),
    ):
        words = words.replace(f" {name}", f" {value}")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"user root; worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;"
        f"events {{}} http {{ access_log off; {temporary} {words} }}"
    )
    nginx = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
    for _ in range(100):
        if (folder / "pid").is_file():
            break
        time.sleep(0.05)
    try:
        yield f"https://127.0.0.1:{port}"
    finally:
        nginx.terminate()
        nginx.wait(timeout=10)
