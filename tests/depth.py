"""How deep a test goes: the fast part in `make test`, the long part in `make faults`."""

import json
import os
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck

IS_FULL = os.environ.get("OVERSIGHT_TEST_DEPTH") == "full"
FIGURES = Path(__file__).parent.parent / "var" / "faults"

NO_HEALTH_CHECKS = (
    HealthCheck.data_too_large,
    HealthCheck.differing_executors,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
    HealthCheck.large_base_example,
    HealthCheck.nested_given,
    HealthCheck.too_slow,
)
"""All that Hypothesis may be told not to complain of."""


def times(fast: int, full: int) -> int:
    """How often to repeat: `fast` in `make test`, `full` in `make faults`."""
    return full if IS_FULL else fast


def record(name: str, **figures: Any) -> None:
    """Keep what a long run counted, for `docs/evidence/faults.json`; nothing in a fast run."""
    if IS_FULL:
        FIGURES.mkdir(parents=True, exist_ok=True)
        (FIGURES / f"{name}.json").write_text(json.dumps(figures, ensure_ascii=False))
