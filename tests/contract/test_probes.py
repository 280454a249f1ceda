"""What README.md says of a change is enough: four changes, made in the files it names and no other.

Each is made on a copy of catalogue and rules, published on the small demonstration in a process of
its own, and seen on the pages.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.catalogue import loader
from data.settings import ROOT, Settings
from layouts.routes import ROUTES, address_of
from queries.lead_findings import counted_fields
from queries.leads import last_digits
from queries.warehouse import Warehouse
from tests.contract.test_catalogue import assert_numbers_of_the_standard
from tests.small_demo import AT, copied

CATALOGUE, RULES = "data/catalogue", "queries/rules"
PAGES = (
    "/",
    "/league",
    "/matrix",
    "/trend",
    "/plan",
    "/warn",
    "/ledger",
    "/method",
    "/leads",
    "/rounds",
    "/funds",
    "/library",
    "/changes",
    "/meeting",
    "/tasks",
    "/school/S500242-086",
    "/cv/500242/primary/L2",
    "/district/500242",
    "/district/500242?period=2024",
    "/matrix?district=500242",
    "/?mode=meeting",
    "/warn?issue=many_unmet.500242",
    "/?district=500242&mode=meeting",
)


@dataclass(frozen=True)
class Copy:
    """The catalogue and the rules of a runtime folder of its own, to be changed as in the project."""

    settings: Settings
    rules: Path

    def path(self, name: str) -> Path:
        """The copy of a file of the project."""
        folder, own = (
            (CATALOGUE, self.settings.own_catalogue_folder) if name.startswith(CATALOGUE) else (RULES, self.rules)
        )
        return own / Path(name).relative_to(folder)

    def add(self, name: str, *rows: str) -> None:
        """Append rows to a table."""
        with self.path(name).open("a", encoding="utf-8") as stream:
            stream.writelines(f"{row}\n" for row in rows)

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a place that stands there once."""
        words = self.path(name).read_text(encoding="utf-8")
        assert words.count(old) == 1, (name, old)
        self.path(name).write_text(words.replace(old, new), encoding="utf-8")

    def changed(self) -> set[str]:
        """The files that are not as in the project."""
        return {
            f"{folder}/{path.name}"
            for folder, own in ((CATALOGUE, self.settings.own_catalogue_folder), (RULES, self.rules))
            for path in own.iterdir()
            if path.is_file() and path.read_bytes() != (ROOT / folder / path.name).read_bytes()
        }

    def catalogue(self) -> loader.Catalogue:
        """The tables as they are now."""
        loader.read_catalogue.cache_clear()
        return loader.load_catalogue(self.settings.own_catalogue_folder)

    def environment(self) -> dict[str, str]:
        """What a process of this copy is started with."""
        return {
            **os.environ,
            "OVERSIGHT_LOGIN": "off",
            "OVERSIGHT_PREWARMS_PAGES": "false",
            "OVERSIGHT_VAR_FOLDER": str(self.settings.var_folder),
            "OVERSIGHT_RULES_FOLDER": str(self.rules),
        }


@pytest.fixture
def copy(small_settings: Settings, tmp_path: Path) -> Copy:
    settings = copied(small_settings, tmp_path / "var")
    shutil.copytree(loader.FOLDER, settings.own_catalogue_folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / RULES, rules)
    return Copy(settings, rules)


def named(change: str) -> set[str]:
    """The files of the line of README.md that begins with this change."""
    for words in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        if words.startswith(f"| {change}"):
            return set(re.findall(r"`([^`]+)`", words.split("|")[2]))
    raise AssertionError(change)


def pages_of(copy: Copy) -> dict[str, str]:
    """Publish, and the words of every page; none may fail."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.published_pages", *PAGES],
        cwd=ROOT,
        env=copy.environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answers = json.loads(done.stdout.splitlines()[-1])
    assert {page: status for page, (status, _) in answers.items() if status != 200} == {}
    return {page: words for page, (_, words) in answers.items()}


def digits_of(copy: Copy) -> dict[str, int]:
    """How many counts each unit's last digits are looked at in, with this catalogue."""
    warehouse = Warehouse(copy.settings.snapshots_folder, copy.settings.reader_memory)
    fields = counted_fields(copy.catalogue(), AT.date())
    rows = last_digits(warehouse.current(), "2026", fields, 10)
    return {row.district_code: row.count_number for row in rows}


def test_the_probes_look_at_every_page() -> None:
    seen = [address_of(*page.partition("?")[::2]) for page in PAGES]
    assert {address.route for address in seen if address is not None} == set(ROUTES)


def test_an_indicator_is_added_by_rows(copy: Copy) -> None:
    copy.add(
        "data/catalogue/indicators.csv",
        "L8,quality_balanced,每百名学生拥有计算机台数,学生用机,台/百人,台,100,true,true,8,"
        "2017-04-19,,office_parameter,false",
    )
    copy.add("data/catalogue/indicator_inputs.csv", "L8,computers,1")
    copy.add(
        "data/catalogue/thresholds.csv",
        *(f"L8,{stage},10,2017-04-19,,office_parameter,false" for stage in ("primary", "junior")),
    )
    copy.add(
        "data/catalogue/cv_limits.csv",
        *(f"quality_balanced,L8,{stage},0.50,2017-04-19,,office_parameter,false" for stage in ("primary", "junior")),
    )
    assert copy.changed() == named("add an indicator")
    assert_numbers_of_the_standard(copy.catalogue())
    pages = pages_of(copy)
    assert "33项指标逐项达标，其中资源配置8项逐校计算" in pages["/method"]
    for page in ("/", "/matrix", "/district/500242", "/trend"):
        assert "学生用机" in pages[page], page
    for page, words in pages.items():
        stale = re.findall(r"(?<![0-9])(?<!33项达标)(?:32项|7项指标|7项中|七项)", words)
        assert not stale, page


def test_a_threshold_changes_from_a_date_by_rows(copy: Copy) -> None:
    old = "L2,primary,1,2017-04-19,,quality_balanced_2017,true"
    copy.replace(
        "data/catalogue/thresholds.csv",
        old,
        "L2,primary,1,2017-04-19,2026-08-31,quality_balanced_2017,true\n"
        "L2,primary,9,2026-09-01,,office_parameter,false",
    )
    assert copy.changed() <= named("a threshold, CV limit")
    assert_numbers_of_the_standard(copy.catalogue())
    pages = pages_of(copy)
    assert "≥ 9" in pages["/method"]
    assert "2026年9月1日–至今" in pages["/method"]


def test_a_warning_rule_is_added_by_a_row_and_its_question(copy: Copy) -> None:
    copy.add(
        "data/catalogue/warning_rules.csv",
        "many_unmet,orange,未达标项较多,5,项,20,14,2012-01-01,,office_parameter,false",
    )
    copy.replace(
        "queries/rules/19_warning.sql",
        "every_warning as (\n",
        "every_warning as (\n    select rule.period, rule.snapshot_date, rule.district_code,"
        " rule.warning_code, '' as stage, '' as item_code,"
        " cast(unit_status.failed_count as double) as amount, rule.rule_line as line,"
        " cast(null as double) as previous_amount from rule inner join unit_status"
        " on rule.period = unit_status.period and rule.basis = unit_status.basis"
        " and rule.district_code = unit_status.district_code"
        " where rule.warning_code = 'many_unmet' and unit_status.failed_count > rule.rule_line"
        "\n    union all\n",
    )
    assert copy.changed() == named("a warning rule")
    pages = pages_of(copy)
    assert re.search(r"[0-9]+项，线为5项", pages["/warn"])
    for page in ("/warn", "/ledger", "/?mode=meeting"):
        assert "未达标项较多" in pages[page], page
    assert "数值5项" in pages["/warn"]
    assert "未达标项较多" in pages["/warn?issue=many_unmet.500242"]


def test_a_lead_count_is_added_by_a_row(copy: Copy) -> None:
    before = digits_of(copy)
    copy.add("data/catalogue/lead_counts.csv", "full_time_teachers,2012-01-01,,office_parameter,false")
    assert copy.changed() == named("a count whose last digits")
    pages_of(copy)
    after = digits_of(copy)
    assert {unit: after[unit] > number for unit, number in before.items()} == dict.fromkeys(before, True)


@pytest.mark.parametrize("field", ["equipment_value_wan", "founded_year", "is_boarding", "round"])
def test_a_lead_count_that_nothing_reads_is_refused_at_start(copy: Copy, field: str) -> None:
    copy.add("data/catalogue/lead_counts.csv", f"{field},2012-01-01,,office_parameter,false")
    with pytest.raises(loader.CatalogueError, match=rf"lead_counts\.csv:5: '{field}' is no count"):
        copy.catalogue()
