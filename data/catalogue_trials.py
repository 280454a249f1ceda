"""The looks ahead of an installation: started in a process of their own, their state, and what they found."""

import json
import logging
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.atomic_files import DamagedFileError, file_lock, private_folder, read_signed
from data.catalogue_trial import STEPS, WAITING, TrialRequest, mark_of
from data.settings import ROOT, Settings

log = logging.getLogger("oversight.catalogue")
LONGEST_SECONDS = 600
STALE_SECONDS = 900


@dataclass(frozen=True)
class Trial:
    """How far a look ahead is: `none`, `running` (with the step), `failed`, `outdated`, or `done` with what differs."""

    state: str
    step: str = ""
    seconds: int = 0
    found: dict[str, Any] = field(default_factory=dict[str, Any])


def trial_of(settings: Settings, change_id: int, request: TrialRequest) -> Trial:
    """The look ahead of an act; outdated where rows, rules or batches are others than it was made from."""
    result, told = _places(settings, change_id)
    try:
        effect = read_signed(result)
    except DamagedFileError:
        return _unfinished(told)
    return Trial("done" if effect["mark"] == mark_of(settings, request) else "outdated", found=effect)


def _unfinished(told: Path) -> Trial:
    try:
        written = told.stat().st_mtime
        step = json.loads(told.read_text(encoding="utf-8"))["step"]
    except (OSError, ValueError, KeyError):
        return Trial("none")
    since = round(time.time() - written)
    if step not in STEPS or since > STALE_SECONDS:
        return Trial("failed")
    return Trial("running", step, since)


def start_trial(settings: Settings, change_id: int, request: TrialRequest) -> None:
    """Look ahead anew, in a process of its own once no other looks ahead; who asks does not wait for it."""
    result, told = _places(settings, change_id)
    private_folder(settings.trials_folder)
    result.unlink(missing_ok=True)
    told.write_text(json.dumps({"step": WAITING}), encoding="utf-8")
    threading.Thread(target=_work, args=(settings, result, told, request.as_json()), daemon=True).start()


def _work(settings: Settings, result: Path, told: Path, request: str) -> None:
    environment = {
        "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
        "OVERSIGHT_RULES_FOLDER": str(settings.rules_folder),
        "OVERSIGHT_PUBLISH_MEMORY": settings.publish_memory,
        "OVERSIGHT_PUBLISH_THREADS": str(settings.publish_threads),
    }
    command = [sys.executable, "-m", "data.catalogue_trial", str(result)]
    try:
        with file_lock(settings.trials_folder):
            subprocess.run(  # noqa: S603  our own interpreter and module
                command,
                cwd=ROOT,
                input=request,
                text=True,
                env=environment,
                capture_output=True,
                timeout=LONGEST_SECONDS,
                check=True,
            )
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", "") or ""
        kinds = [line.partition(":")[0] for line in str(said).splitlines() if "Error" in line]
        log.error("a look ahead failed", extra={"error": (kinds or [type(error).__name__])[-1][:80]})
        told.write_text(json.dumps({"step": "failed"}), encoding="utf-8")


def _places(settings: Settings, change_id: int) -> tuple[Path, Path]:
    result = settings.trials_folder / f"{change_id}.json"
    return result, result.with_suffix(".step")
