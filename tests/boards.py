"""A city whose offices have handed in what a test says, as its board sees it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.writing.board_standing import standing_of
from callbacks.writing.return_board import board_of
from data.access import Permission, Scope, Viewer
from data.rows.examination import EffectRecord, Examination, FindingRecord
from data.rows.return_board import Standing
from data.settings import Settings
from data.store.accounts import NewAccount, create_account
from data.store.submission import Step, group_of
from data.store.submissions import add_submission, find_submission, submit
from tests.present import present
from tests.small_demo import copied
from tests.visitors import CATALOGUE, CLERK, PASSWORD

NOW = datetime.fromisoformat("2026-11-10T02:00")
CITY = Viewer("石督导", frozenset({Permission.RETURNS_APPROVE, Permission.RETURNS_SUBMIT}), account="city")
CHECKED_AGAIN, UNTOUCHED, WAITING, LOSING = "500240", "500238", "500236", "500235"
"""石柱 and 巫溪, 奉节, 云阳: units of which the small demonstration holds no return."""
ACCEPTED = "500242"


def board_app(small_settings: Settings, folder: Path) -> ServerRenderedDash:
    """The application on a copy of the small demonstration, with a city, a district and a unit that waits."""
    copied(small_settings, folder)
    made = create_app(Settings(var_folder=folder, login="local", prewarms_pages=False))
    for wanted in (
        NewAccount("city", "石督导", "municipal_supervisor"),
        NewAccount("district", "尤县督", "district_supervisor", (ACCEPTED,)),
        NewAccount("waiting", "奉节报送", "district_supervisor", (WAITING,)),
    ):
        create_account(made.deps.store, CATALOGUE, CLERK, wanted, PASSWORD, NOW)
    return made


def finding(code: str, severity: str, cells: int) -> FindingRecord:
    return {
        "finding_code": code,
        "severity": severity,
        "file_name": "a.xlsx",
        "sheet": "s",
        "row": 2,
        "column": "图书册数",
        "value": "1",
        "message": "m",
        "suggested_fix": "f",
        "cells": ["A1"] * cells,
    }


def effect(before: int, after: int, **turned: list[str]) -> EffectRecord:
    gained, lost, undecidable = (turned.get(name, []) for name in ("gained", "lost", "undecidable"))
    return EffectRecord(
        before_met=before, after_met=after, item_count=32, gained=gained, lost=lost, undecidable=undecidable
    )


def office(unit: str) -> Viewer:
    return Viewer(f"报送{unit}", frozenset({Permission.RETURNS_SUBMIT}), Scope(frozenset({unit})))


def checked(
    deps: Dependencies, unit: str, findings: list[FindingRecord], made: EffectRecord | None = None, changed: int = 0
) -> int:
    result: Examination = {
        "findings": findings,
        "kinds": [{"input_kind": "school_return", "sheet": "s", "rows": 90, "changed": changed}],
        "change_count": changed,
    }
    if made is not None:
        result["effect"] = made
    wanted = {"district_code": unit, "period": "2026", "file_name": "a.xlsx", "sha256": "0" * 64, "result": result}
    return add_submission(deps.store, office(unit), wanted, deps.now())


def submitted(deps: Dependencies, number: int, by: Viewer | None = None) -> int:
    one = present(find_submission(deps.store, Viewer("x", frozenset()), number))
    said = {group_of(f): "已核实" for f in one.result["findings"] if f["severity"] == "query"}
    viewer = by or office(one.district_code)
    submit(deps.store, viewer, Step(number, one.version, "更正"), said, deps.now(), is_correction=True, is_agreed=True)
    return number


def standing(app: ServerRenderedDash, period: str = "", at: datetime = NOW, viewer: Viewer = CITY) -> Standing:
    deps = replace(app.deps, now=lambda: at)
    return standing_of(deps, app.settings, viewer, board_of(deps, app.settings, viewer, period))
