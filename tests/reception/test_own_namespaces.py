"""The process that opens uploads has no network, where the kernel allows namespaces."""

import socket
import subprocess
import sys

import pytest

from data.reading.namespaces import ONE_THREAD
from data.settings import ROOT
from tests.serving import free_port

LEAVE = "from data.reading.namespaces import leave_namespaces; print(leave_namespaces())"
CONNECT = "import socket; socket.create_connection(('127.0.0.1', {port}), timeout=5); print('reached')"


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=ONE_THREAD, capture_output=True, text=True, check=False)


def test_what_opens_uploads_reaches_no_other_process() -> None:
    if run(LEAVE).stdout.strip() != "True":
        pytest.skip("this kernel or container forbids namespaces")
    with socket.create_server(("127.0.0.1", free_port())) as server:
        port = server.getsockname()[1]
        assert run(CONNECT.format(port=port)).stdout.strip() == "reached"
        for module in ("data.reading.child", "data.upload_sandbox", "data.evidence_child"):
            alone = run(f"from {module} import limit_process; limit_process(); " + CONNECT.format(port=port))
            assert "reached" not in alone.stdout, module
            assert "OSError" in alone.stderr or "refused" in alone.stderr, module


def test_files_are_still_its_own(tmp_path: object) -> None:
    code = (
        "from data.reading.child import limit_process; limit_process(); import os;"
        f" open('{tmp_path}/x', 'w').write('y'); print(os.stat('{tmp_path}/x').st_uid == os.getuid())"
    )
    assert run(code).stdout.strip() == "True"
