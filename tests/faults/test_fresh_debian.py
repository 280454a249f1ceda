"""The steps of docs/operations.md on a fresh Debian are followed: every command, as far as a test's machine lets it run.

Paths lie below the test's folder. What would change the machine is written down instead (packages, accounts, services);
the bundle is this project. PostgreSQL, nginx's look at its file, the command line, the backup and the application are real.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import requests
import urllib3
from requests.adapters import HTTPAdapter
from sqlalchemy import create_engine, make_url, text

from data.settings import ROOT
from tests.postgres import postgres, postgres_bin
from tests.serving import free_port

DOCUMENT = ROOT / "docs" / "operations.md"
MOVED = ("/opt/oversight", "/etc/oversight.env", "/etc/nginx", "/etc/systemd", "/etc/logrotate.d", "/etc/ssl")
MOVED_TOO = ("/var/lib/oversight", "/backup/oversight", "/root/", "/var/run/postgresql")
PASSWORD = "Kranich-Ufer-2026"
WRITTEN_DOWN = ("apt-get", "adduser", "systemctl", "curl")


def blocks() -> list[str]:
    """The commands of each step."""
    section = DOCUMENT.read_text(encoding="utf-8").partition("## A fresh Debian, step by step")[2].partition("\n## ")[0]
    found = re.findall(r"^   ```sh\n(.*?)^   ```", section, re.MULTILINE | re.DOTALL)
    return [re.sub(r"^   ", "", block, flags=re.MULTILINE) for block in found]


class Host:
    """A machine below a folder."""

    def __init__(self, folder: Path, store_url: str) -> None:
        self.root, self.log = folder / "host", folder / "log"
        self.log.touch()
        url = make_url(store_url)
        self.socket, self.port = str(url.query["host"]), str(url.query["port"])
        programs = folder / "programs"
        programs.mkdir()
        note = f'echo "$(basename "$0") $*" >> {self.log}\n'
        for name in WRITTEN_DOWN:
            self._program(programs / name, note)
        self._program(programs / "install", f'{note}for last; do case "$last" in /*) mkdir -p "$last"; esac; done\n')
        self._program(programs / "tar", f"{note}cp -rs {ROOT}/data {ROOT}/queries {ROOT}/deploy {ROOT}/app.py .\n")
        self._program(programs / "python3", note)
        self._program(programs / "runuser", f'{note}shift 3\nexec "$@"\n')
        (programs / "psql-programs").symlink_to(postgres_bin())
        self.environment = {
            "PATH": f"{programs}:{postgres_bin()}:{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PGHOST": self.socket,
            "PGPORT": self.port,
            "PGUSER": "tester",
        }
        for below in ("opt", "etc/nginx/conf.d", "etc/systemd/system", "etc/logrotate.d", "etc/ssl/private", "root"):
            (self.root / below).mkdir(parents=True, exist_ok=True)

    @staticmethod
    def _program(path: Path, words: str) -> None:
        path.write_text(f"#!/bin/bash\nset -e\n{words}")
        path.chmod(0o755)

    def here(self, words: str) -> str:
        """The same words about this machine."""
        words = words.replace("host=/var/run/postgresql", f"host={self.socket}&port={self.port}")
        for path in (*MOVED, *MOVED_TOO):
            words = words.replace(path, f"{self.root}{path}")
        return words

    def run(self, words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """A step, in the application's folder once there is one."""
        home = self.root / "opt" / "oversight"
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.here(words)],
            cwd=home if home.is_dir() else self.root,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )


@pytest.mark.skipif(shutil.which("nginx") is None, reason="a machine without nginx")
def test_the_steps_lead_to_a_server_with_an_administrator_and_a_backup(tmp_path: Path) -> None:
    steps = blocks()
    assert len(steps) == 8
    with postgres(by_socket=True) as store_url:
        host = Host(tmp_path, store_url)
        packages, application, database, settings, tls, services, first, safety = steps
        home = host.root / "opt" / "oversight"
        done(host.run(packages))
        done(host.run(application.partition("python3 -m venv")[0]))
        shutil.rmtree(home, ignore_errors=True)
        home.symlink_to(ROOT)  # unpacked: with its environment
        done(host.run(database))
        done(host.run(settings))
        kept = host.root / "etc" / "oversight.env"
        assert kept.stat().st_mode & 0o077 == 0
        certificate(host.root / "etc" / "ssl")
        done(host.run(tls.replace("nginx -t", f"nginx -t -c {nginx_file(host, tmp_path)}")))
        done(host.run(services))
        assert "systemctl enable --now oversight oversight-backup.timer" in host.log.read_text()

        command = host.here(Path(ROOT / "deploy" / "oversight-data").read_text())
        moved = tmp_path / "oversight-data"
        moved.write_text(command.replace('"$(dirname "$0")/.."', str(ROOT)))
        moved.chmod(0o755)
        made = host.run(first.replace("deploy/oversight-data", str(moved)), stdin=f"{PASSWORD}\n{PASSWORD}\n")
        done(made)
        with create_engine(store_url.replace("/postgres?", "/oversight?")).connect() as connection:
            assert connection.execute(text("select account_name, role_code from account")).all() == [
                ("admin", "administrator")
            ]
        serves(host)

        backup = (ROOT / "deploy" / "oversight-backup.service").read_text()
        run = present_line(backup, "ExecStart").replace("/opt/oversight/.venv/bin/python", sys.executable)
        told = present_line(backup, "Environment")
        script = safety.replace("systemctl start oversight-backup", f"set -a; . /etc/oversight.env; env {told} {run}")
        checked = host.run(script.replace("deploy/oversight-data", str(moved)))
        done(checked)
        assert checked.stdout.splitlines()[-1] == "完好。"
        assert (host.root / "root" / "oversight-audit.key").is_file()
        manifest = host.root / "backup" / "oversight" / "manifest.json"
        os.utime(manifest, (1_700_000_000, 1_700_000_000))
        age = next(line for line in safety.splitlines() if line.startswith("find "))
        assert host.run(age).returncode == 1  # an old backup is an alarm


def done(result: subprocess.CompletedProcess[str]) -> None:
    assert result.returncode == 0, (result.args[-1], result.stdout[-800:], result.stderr[-2000:])


def present_line(unit: str, name: str) -> str:
    """The value of a line of a unit."""
    found = re.search(rf"^{name}=(.+)$", unit, re.MULTILINE)
    assert found is not None, name
    return found[1]


def certificate(folder: Path) -> None:
    key, made = folder / "private" / "oversight.key", folder / "oversight.pem"
    subject = ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(made)]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run(command, check=True, capture_output=True)


def nginx_file(host: Host, folder: Path) -> Path:
    """What Debian's own nginx.conf holds around the files of `conf.d`."""
    path = folder / "nginx.conf"
    path.write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ include {host.root}/etc/nginx/conf.d/*; }}"
    )
    return path


def serves(host: Host) -> None:
    """The service's own command answers with the settings of the document."""
    unit = host.here((ROOT / "deploy" / "oversight.service").read_text())
    settings = dict(w.split("=", 1) for w in shlex.split((host.root / "etc" / "oversight.env").read_text()))
    environment = dict(pair.split("=", 1) for pair in present_line(unit, "Environment").split())
    port = free_port()
    _, *arguments = shlex.split(present_line(unit, "ExecStart"))
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *arguments, "--bind", f"127.0.0.1:{port}", "--workers", "1"],
        cwd=ROOT,
        env={**host.environment, **environment, **settings},
        stderr=subprocess.DEVNULL,
    )
    try:
        client = requests.Session()
        retry = urllib3.Retry(total=120, backoff_factor=0.5, backoff_max=0.5)
        client.mount("http://", HTTPAdapter(max_retries=retry))
        answer = client.get(f"http://127.0.0.1:{port}/readyz", timeout=60)
        assert answer.status_code == 200, answer.text
        assert answer.json()["snapshot"] == "no_data", answer.text
    finally:
        server.terminate()
        server.wait(timeout=40)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="a machine without systemd")
@pytest.mark.parametrize("name", ["oversight-backup.service", "oversight-backup.timer"])
def test_the_units_of_the_backup_are_units(tmp_path: Path, name: str) -> None:
    for unit in ("oversight-backup.service", "oversight-backup.timer", "oversight.service"):
        words = (ROOT / "deploy" / unit).read_text()
        words = re.sub(r"^ExecStart=.*$", "ExecStart=/bin/true", words, flags=re.MULTILINE)
        (tmp_path / unit).write_text(re.sub(r"^(User|Group|WorkingDirectory)=.*\n", "", words, flags=re.MULTILINE))
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
