"""Files that cost far more to read than they weigh are refused within the limits of the child that reads them."""

import subprocess
import sys
import time
from pathlib import Path

from data.settings import ROOT, Settings
from tests.depth import IS_FULL, record
from tests.faults.bombs import bombs


def test_bombs_are_refused_within_limits(demo_settings: Settings, tmp_path: Path) -> None:
    largest, slowest = 0, 0.0
    found = bombs()
    for name in list(found) if IS_FULL else ("sparse", "far_ZZ200000", "entities", "million_rows", "zeros"):
        content = found[name]
        path = tmp_path / f"{name}.{'csv' if content[:2] != b'PK' else 'xlsx'}"
        path.write_bytes(content)
        script = (
            "import resource,sys;from pathlib import Path;from data.settings import Settings;"
            "from data.examination import UploadRequest;from data.upload_sandbox import check_in_subprocess;"
            f"f,_=check_in_subprocess(Settings(var_folder=Path({str(demo_settings.var_folder)!r})),Path(sys.argv[1]),UploadRequest('2026','500242'));"
            "print(sum(x['severity']=='error' for x in f['findings']),"
            "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024)"
        )
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=90
        )
        errors, memory = map(int, done.stdout.split())
        assert errors > 0, name
        assert memory < 512, (name, memory)
        largest, slowest = max(largest, memory), max(slowest, time.monotonic() - started)
    assert slowest < 30
    record("upload_bombs", bombs=len(found), largest_child_mb=largest, slowest_s=round(slowest, 1))
