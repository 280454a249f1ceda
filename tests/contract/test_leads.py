"""线索核查: nothing on a real district, everything that was planted, and for supervisors alone."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from callbacks.dependencies import Dependencies
from callbacks.pages.leads import leads_view, show_leads
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.page_context import load_unit_context, read_state
from data.access import LOCAL_VIEWER, Permission, Viewer
from data.catalogue.access_tables import RoleCapability
from data.catalogue.loader import load_catalogue
from data.importing.batches import record_batch
from data.importing.prepare import prepare_file
from data.rows.changes import ReturnsRow
from data.rows.lead_corrections import CorrectionLead
from data.rows.lead_findings import CopyLead, MoveLead, Outcome
from data.rows.leads import OutlierRow
from data.settings import Settings
from data.warehouse.publish import publish
from layouts.pages.leads import page
from layouts.pages.leads.rows import KINDS, LeadsView
from layouts.routes import LEADS, Address
from queries import common_dimensions, overview, proof
from queries.lead_corrections import correction_leads
from queries.lead_nearness import placed
from queries.leads import pupils_before
from queries.reader import Snapshot
from queries.warehouse import Warehouse
from tests.depth import IS_FULL
from tests.lead_cases import limits, pupils
from tests.one_fact.surfaces import Asked
from tests.present import present
from tests.returns import school, write_csv

HERE = Address(LEADS, {}, "")


def test_the_demonstration_shows_no_lead_in_any_period_but_its_lone_figures(
    deps: Dependencies, snapshot: Snapshot
) -> None:
    periods = common_dimensions.periods(snapshot)
    for period in periods if IS_FULL else periods[:: len(periods) // 4]:
        address = Address(LEADS, {}, f"?period={period.period}")
        view = leads_view(deps, snapshot, load_unit_context(deps, snapshot, read_state(snapshot, address)))
        lone = [lead for lead in view.leads if isinstance(lead, OutlierRow)]
        assert len(lone) == len(view.leads), period.period
        assert {lead.kind for lead in lone} <= {"outlier"}, period.period
        assert {(lead.district_code, lead.stage, lead.indicator_code) for lead in lone} == (
            lone_figures(snapshot, period.period)
        )
        assert view.tested("digits") >= 36
        assert view.tested("copies") > 2000
        title, panels = show_leads(deps, address)
        assert "线索核查" in title
        words = "".join(p.to_html() for p in panels)
        assert ("本期没有线索" in words) is not view.leads
        assert "线索不是结论" in words


def lone_figures(snapshot: Snapshot, period: str) -> set[tuple[str, str, str]]:
    """CVs of 10 sections or more with one that has 75 % of S² and 3 times the mean, or a third."""
    found: set[tuple[str, str, str]] = set()
    for cv in overview.unit_cv(snapshot, period, "as_was"):
        place = (cv.district_code, cv.stage, cv.indicator_code)
        own = proof.cv_shares(snapshot, period, "as_was", *place)
        if cv.cv is None or len(own) < 10:
            continue
        weights = [float(s.pupils) for s in own]
        values = [s.section_value or 0.0 for s in own]
        mean = sum(p * v for p, v in zip(weights, values, strict=True)) / sum(weights)
        squares = [p * (v - mean) ** 2 for p, v in zip(weights, values, strict=True)]
        if any(
            q >= 0.75 * sum(squares) and (v >= 3 * mean or v <= mean / 3) for q, v in zip(squares, values, strict=True)
        ):
            found.add(place)
    return found


def test_the_school_with_most_of_a_spread_is_asked_about(deps: Dependencies, snapshot: Snapshot) -> None:
    """One school has 86.7 % of S² of 酉阳's backbone teachers; its other pages say so, too."""
    panels = show_leads(deps, Address(LEADS, {}, "?period=2026&district=500242"))[1]
    words = "".join(p.to_html() for p in panels)
    assert "一校独大" in words
    assert "小学骨干教师" in words
    assert "占差异的86.7%" in words


def published(settings: Settings, day: int, rows: list[dict[str, Any]]) -> None:
    path = write_csv(settings.var_folder / f"{day}.csv", rows)
    prepared = prepare_file(path)
    assert not prepared.is_blocked, prepared.findings[:3]
    now = datetime(2026, 10, day, tzinfo=UTC)
    record_batch(settings.batches_folder, prepared, imported_at=now, imported_by=f"第{day}人", reason="更正")
    publish(settings, now)


def test_a_correction_that_flips_a_result_is_listed_with_who_and_when(tmp_path: Path) -> None:
    """S1 gains its teachers on the second day; the third return changes nothing that counts."""
    settings = Settings(var_folder=tmp_path)
    rich = [school(学校代码=f"S{n}", 学校名称=f"示例{n}小学") for n in (2, 3)]
    poor = school(小学骨干教师数=1)
    put_right = school(小学骨干教师数=12)
    published(settings, 1, [poor, *rich])
    published(settings, 2, [put_right, *rich])
    published(settings, 3, [put_right | {"小学专任教师数": 81}, *rich])
    warehouse = Warehouse(settings.snapshots_folder, settings.reader_memory)
    later = warehouse.current()
    earlier = warehouse.before(later.info.snapshot_id)
    assert len(earlier) == 2
    opened = [present(warehouse.pinned(i)).current() for i in earlier]
    found = correction_leads(opened, later, "2026")
    assert {(f.kind, f.school_code, f.indicator_code, f.corrected.imported_by) for f in found} == {
        ("cell", "S1", "L2", "第3人"),
        ("cv", "", "L2", "第3人"),
    }
    [cell] = [f for f in found if f.kind == "cell"]
    assert (cell.before, cell.after, cell.line) == (pytest.approx(0.1), pytest.approx(1.2), 1.0)
    assert correction_leads(opened[1:], later, "2026") == []
    assert correction_leads([], later, "2026") == []


def test_every_kind_of_lead_is_drawn_with_effect_cases_certainty_and_innocent_reasons(
    deps: Dependencies, snapshot: Snapshot
) -> None:
    """A state with leads, on a fictional unit only."""
    rows = load_unit_context(deps, snapshot, read_state(snapshot, HERE))
    moved = pupils("S1", previous_primary=900, complies=True)
    returns = ReturnsRow("2026", "T01", "b", datetime(2026, 10, 2), "某人", "更正.xlsx", 3)  # noqa: DTZ001
    cell = CorrectionLead("cv", "T01", "", "primary", "L2", 0.512, 0.498, 0.5, None, returns)
    leads = [
        Outcome("digits", "T01", 93, 0.52, 0.2, 0.4, 1e-9, 1e-7),
        Outcome("bunching", "T01", 120, 0.7, 0.5, 2.3, 1e-5, 0.004),
        CopyLead("twins", "T01", "S1", ("虚构一小", "虚构二小"), 12, 12),
        CopyLead("same", "T01", "S1", ("虚构一小",), 12, 12),
        CopyLead("values", "T01", "S1", ("虚构一小",), 2, 3),
        OutlierRow("T01", "S1", "虚构一小", "primary", "L2", 80, 0.867, 4.59, 1.0),
        cell,
        *[MoveLead(kind, "T01", "S1", moved, pupils("S2", previous_primary=300)) for kind in KINDS["moves"]],
    ]
    view = LeadsView(
        rows,
        limits(),
        leads[:2],
        {"copies": 3, "moves": 3},
        leads,
        {"T01": "虚构区"},
        {"nine_year": "九年一贯制学校"},
        "虚构地区",
        {test: placed(test, {"T01": 1.7, "T02": 0.4}, ["T01"]) for test in KINDS if test != "corrections"},
        ["特殊教育学校"],
        rows.units,
    )
    words = "".join(p.to_html() for p in page.panels(view, []))
    for part in (
        "11条线索",
        "为区县均值的4.6倍，占差异的86.7%",
        "1个区县",
        "约40.0%的计数被取整",
        "2.3倍",
        "&lt;0.001",
        "0.004",
        "逐项核对，不靠概率",
        "虚构一小、虚构二小",
        "0.512 → 0.498",
        "2026-10-02",
        "某人",
        "更正.xlsx",
        "由未达标变为达标",
        "虚构区",
        "真实改善也常止步于标准线",
        "线索不是结论",
        "与虚构地区其余区县相比",
        "在虚构地区各区县之间",
    ):
        assert part in words, part
    assert words.count("<table") == 2 + len(KINDS)
    assert "本期没有线索" not in words


def test_nobody_is_named_below_the_alarm_line(deps: Dependencies, snapshot: Snapshot) -> None:
    """Only 酉阳 and 涪陵 stand past a line in autumn 2026; 巫溪 is named because it sent no return."""
    panels = show_leads(deps, Address(LEADS, {}, "?period=2026"))[1]
    words = "".join(p.to_html() for p in panels if p.class_name in ("tests-panel", "side-panel"))
    units = common_dimensions.units(snapshot, "2026", "as_was")
    assert {u.short_name for u in units if u.short_name in words} == {"酉阳", "涪陵", "巫溪"}
    assert not [u.district_code for u in units if u.district_code in re.sub(r'href="[^"]*"', "", words)]
    assert words.count("near-dot") >= 4 * 4 + 2
    assert len(re.findall("near-dot past", words)) == 2


def test_a_school_that_only_grew_is_past_no_line_that_the_page_states(deps: Dependencies, snapshot: Snapshot) -> None:
    """酉阳's sixth primary school grew by a third, past `一年变动25.0%以上`, and no unit was past the line."""
    schools = pupils_before(snapshot, "2026", "2025")
    grown = [s.district_code for s in schools if s.pupils >= 1.25 * s.previous_pupils > 0]
    assert "500242" in grown
    page_of_unit = Asked(deps, "2026", "as_was", "500242").page("/leads")
    listed = present(page_of_unit.table("列为线索"))
    assert [row[-1] for row in listed.rows if row[0].startswith("学生数变动异常")] == ["0"]
    [line] = [row[1] for row in page_of_unit.rows("过什么线") if row[0] == "学生数变动异常"]
    of_the_share = [clause for clause in line.split("；") if "25.0%" in clause]
    assert len(of_the_share) == 2
    assert "另一校" in of_the_share[0]
    assert "不再参评" in of_the_share[1]


def test_only_the_municipal_supervisor_may_open_it(deps: Dependencies) -> None:
    held = load_catalogue().rows(RoleCapability)
    assert [r.role_code for r in held if r.permission == str(Permission.LEADS_READ)] == ["municipal_supervisor"]
    for role in {r.role_code for r in held}:
        own = frozenset(Permission(r.permission) for r in held if r.role_code == role)
        viewer = Viewer(role, own, role=role)
        name, _, panels = page_of(_seen_by(deps, viewer), "/leads", "")
        may = role == "municipal_supervisor"
        assert (name == "leads") == may, role
        assert ("线索不是结论" in str([p.update_value() for p in panels])) == may
        _, _, home = page_of(_seen_by(deps, viewer), "/", "")
        assert ("/leads" in str([p.update_value() for p in home])) == may
    assert Permission.LEADS_READ in LOCAL_VIEWER.permissions


def _seen_by(deps: Dependencies, viewer: Viewer) -> Dependencies:
    return Dependencies(deps.warehouse, deps.store, deps.catalogue_of, lambda: viewer, deps.now)
