"""What the desk is shown of verdicts is what the whole check says."""

from pathlib import Path

from data.importing.prepare import prepare_file
from data.settings import Settings
from data.warehouse.check import check_return, check_verdicts

CLEAN = Path(__file__).parent / "cases" / "00_clean.xlsx"


def test_verdicts_alone_are_those_of_the_whole_check() -> None:
    prepared = prepare_file(CLEAN, period="2026")
    rules = Settings().rules_folder
    whole = check_return(prepared, rules, "quality_balanced")
    alone = check_verdicts(prepared.tables[0].rows, rules)
    counted = {
        (s["school_code"], s["stage"]): (
            s["in_scope"],
            s["complies"],
            sum(met is True for met in s["meets"].values()),
            len(s["meets"]),
        )
        for s in whole["sections"]
    }
    assert {
        (s["school_code"], s["stage"]): (s["in_scope"], s["complies"], s["met"], s["indicators"])
        for s in alone["sections"]
    } == counted
    assert (alone["districts"], alone["verdict"]) == (whole["districts"], whole["verdict"])
