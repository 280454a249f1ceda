"""Each alarm of the shipped rules fires when what it is about happens, and is quiet otherwise; what it asks for exists.

`promtool` decides where it is installed (Debian's `prometheus`); the reckoning below knows the forms that the rules use.
"""

import json
import math
import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from callbacks.web.measures import MEASURES, measure
from data.backups import LAST_BACKUP
from data.settings import ROOT, Settings
from data.store.engine import StoreDownError
from tests.faults.test_pruning import hand_in
from tests.small_demo import copied
from tests.stores import an_issue, put
from tests.visitors import get, guarded_app, now

RULES = ROOT / "deploy" / "prometheus-rules.yml"
ALERTS: dict[str, dict[str, Any]] = {
    r["alert"]: r for r in yaml.safe_load(RULES.read_text("utf-8"))["groups"][0]["rules"]
}
DAY = 86_400
CASES: dict[str, tuple[str, tuple[float, float], tuple[float, float]]] = {
    "OversightDown": ('up{job="oversight"}', (1, 0), (1, 1)),
    "OversightErrors": ('oversight_responses_total{status="503"}', (5, 30), (5, 12)),
    "OversightStoreDown": ("oversight_store_up", (1, 0), (1, 1)),
    "OversightStoreSlow": ("oversight_store_seconds", (0.01, 3), (0.01, 0.4)),
    "OversightPublicationDamaged": ("oversight_snapshot_fallback", (0, 1), (0, 0)),
    "OversightPublicationFailed": ('oversight_publications_total{outcome="failed"}', (2, 3), (3, 3)),
    "OversightLedgerBehind": ("oversight_publication_to_follow", (0, 1), (0, 0)),
    "OversightPublicationOld": ("oversight_snapshot_age_seconds", (0, 201 * DAY), (0, 199 * DAY)),
    "OversightReturnsWait": ("oversight_returns_oldest_seconds", (0, 6 * DAY), (0, 4 * DAY)),
    "OversightIssuesOverdue": ("oversight_issues_overdue", (3, 101), (3, 100)),
    "OversightSignInFailures": ('oversight_sign_ins_total{outcome="refused"}', (10, 90), (10, 40)),
    "OversightJobsQueue": ("oversight_jobs", (0, 3), (0, 2)),
    "OversightDiskShort": ("oversight_disk_free_bytes", (9e9, 9e8), (9e9, 2e9)),
    "OversightDiskFillsUp": ("oversight_disk_days_left", (300, 29), (300, 30)),
    "OversightBackupOld": ("oversight_backup_age_seconds", (0, 27 * 3600), (0, 25 * 3600)),
}
"""A series with its value before and now: one that fires, one that does not."""
FORM = re.compile(
    r"(?:sum\()?(?:increase\()?(?P<name>\w+)(?:\{(?P<label>\w+)(?P<match>=~|=)\"(?P<value>[^\"]+)\"\})?"
    r"(?P<window>\[\w+\])?\)*\s*(?P<sign>==|>|<)\s*(?P<line>[0-9.]+)"
)


def fires(expression: str, series: str, before: float, after: float) -> bool:
    """Whether an expression of the rules' forms holds for one series."""
    form = FORM.fullmatch(expression)
    assert form is not None, expression
    name, _, labels = series.partition("{")
    label, _, value = labels.rstrip("}").replace('"', "").partition("=")
    if name != form["name"] or (form["label"] or label) != label:
        return False
    if form["label"] and not (re.fullmatch(form["value"], value) if form["match"] == "=~" else form["value"] == value):
        return False
    found, line = (after - before if form["window"] else after), float(form["line"])
    return {"==": found == line, ">": found > line, "<": found < line}[form["sign"]]


def test_every_alarm_has_a_case() -> None:
    assert set(CASES) == set(ALERTS)
    for name, rule in ALERTS.items():
        assert rule["labels"]["severity"] in ("critical", "warning"), name
        assert rule["annotations"]["summary"], name


@pytest.mark.parametrize("name", ALERTS)
def test_an_alarm_fires_and_is_quiet(name: str) -> None:
    series, wrong, right = CASES[name]
    assert fires(ALERTS[name]["expr"], series, *wrong)
    assert not fires(ALERTS[name]["expr"], series, *right)
    others = [n for n in ALERTS if n != name and fires(ALERTS[n]["expr"], series, *wrong)]
    assert others == []


@pytest.mark.skipif(shutil.which("promtool") is None, reason="Prometheus is not installed")
def test_prometheus_itself_says_the_same(tmp_path: Path) -> None:
    tests: list[dict[str, Any]] = []
    for name, (series, wrong, right) in CASES.items():
        label = re.search(r'\{(\w+)="([^"]+)"\}', series)
        is_sum = ALERTS[name]["expr"].startswith("sum(")
        labels = {} if label is None or is_sum else {label[1]: label[2]}
        for (before, after), is_fired in ((wrong, True), (right, False)):
            raised = {
                "exp_labels": {**ALERTS[name]["labels"], **labels},
                "exp_annotations": ALERTS[name]["annotations"],
            }
            after_hours = " ".join([f"{after:.3f}"] * 180)
            tests.append(
                {
                    "interval": "1m",
                    "input_series": [{"series": series, "values": f"{before:.3f} {after_hours}"}],
                    "alert_rule_test": [
                        {"eval_time": t, "alertname": name, "exp_alerts": [raised] if is_fired else []}
                        for t in (["2m"] if "[" in ALERTS[name]["expr"] else ["90m"])
                    ],
                }
            )
    path = tmp_path / "rules_test.yml"
    path.write_text(json.dumps({"rule_files": [str(RULES)], "tests": tests}), encoding="utf-8")
    done = subprocess.run(["promtool", "test", "rules", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return guarded_app(copied(small_settings, tmp_path / "var"), tmp_path, ("clerk",))


def shown(app: ServerRenderedDash) -> Mapping[str, float]:
    """The figures of /metrics by series, summed over their labels."""
    found: dict[str, float] = {}
    for line in get(app.server.test_client(), "/metrics").text.splitlines():
        if not line.startswith("#"):
            series, _, value = line.rpartition(" ")
            name = series.partition("{")[0]
            found[name] = found.get(name, 0.0) + float(value)
    return found


def test_what_the_rules_ask_for_is_shown(app: ServerRenderedDash) -> None:
    client = app.server.test_client()
    client.post("/login", data={"account_name": "nobody", "password": "x"}, base_url="https://localhost")
    with rate_limits.exclusive_job():
        figures = shown(app)
    asked = {
        re.findall(r"\b(?:oversight_\w+)\b", rule["expr"])[0] for rule in ALERTS.values() if "up{" not in rule["expr"]
    }
    assert asked - set(figures) <= {"oversight_publications_total"}, "which comes with the first publication"
    assert set(MEASURES) <= set(figures)
    assert figures["oversight_sign_ins_total"] >= 1
    assert shown(app)["oversight_jobs"] == figures["oversight_jobs"] - 1
    assert figures["oversight_backup_age_seconds"] == math.inf


def test_the_measures_say_what_is(app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch) -> None:
    deps, settings = app.deps, app.settings
    before = measure(deps, settings)
    assert (before["oversight_store_up"], before["oversight_returns_waiting"]) == (1, 0)
    put(
        deps.store,
        an_issue("L1", due_on=(now() - timedelta(days=9)).date()),
        an_issue("L2", "closed", due_on=(now() - timedelta(days=9)).date()),
        an_issue("L3", due_on=(now() + timedelta(days=9)).date()),
    )
    hand_in(settings, deps.store, "submitted", now() - timedelta(days=6), b"waits")
    hand_in(settings, deps.store, "checked", now() - timedelta(days=60), b"draft")
    (settings.var_folder / LAST_BACKUP).unlink(missing_ok=True)
    after = measure(deps, settings)
    assert after["oversight_issues_overdue"] - before["oversight_issues_overdue"] == 1
    assert after["oversight_returns_waiting"] == 1
    assert 6 * DAY <= after["oversight_returns_oldest_seconds"] < 6 * DAY + 600
    made = datetime.fromisoformat(deps.warehouse.current().record.created_at).astimezone(UTC)
    age = (datetime.now(UTC) - made).total_seconds()
    assert abs(after["oversight_snapshot_age_seconds"] - max(0, age)) < 60

    def down(*_: object) -> None:
        raise StoreDownError("x")

    monkeypatch.setattr("callbacks.web.measures.waiting", down)
    assert measure(deps, settings)["oversight_store_up"] == 0
