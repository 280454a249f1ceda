"""What is printed contradicts neither its verdict nor the numbers beside it, on pages and in the shell."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callbacks.dependencies import Dependencies
from callbacks.pages.meeting_mode import slides_of
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.page_context import load_unit_context, read_state
from data.__main__ import app
from data.demo.sources import write_sources
from data.proof_key import section_key
from layouts.page import static_page
from layouts.routes import address_of
from queries import district, overview, proof, school
from queries.reader import Snapshot
from tests.one_fact.surfaces import Asked

PERIODS = ("2019", "2025", "2026-03", "2026")
CITY = ("/", "/league", "/plan", "/matrix", "/warn", "/trend")
NUMBER = r"([−\d,]*\d(?:\.\d+)?)"


def read(words: str) -> Decimal:
    return Decimal(words.replace(",", "").replace("−", "-"))


def step(*words: str) -> Decimal:
    return Decimal(1).scaleb(-max(len(w.partition(".")[2]) for w in words))


def words_of(deps: Dependencies, path: str, search: str) -> str:
    name, _, panels = page_of(deps, path, search)
    page = static_page(name, panels)
    tips = " ".join(re.findall(r'(?:data-tip|aria-label)="([^"]*)"', page))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page) + " " + tips)


def check(words: str) -> int:
    """Every number that stands beside its line, or beside two others; how many were looked at."""
    seen = 0
    words = re.sub(r"数据版本[\w-]+|版本编号[\w-]+|规则(?:编号)?[0-9a-f]{6,}", "", words)
    assert not re.search(r"\d(?:\.\d+)?e[+-]?\d", words, re.IGNORECASE), words
    assert not re.search(r"\d\.\d{9,}", words)
    for over, line in re.findall(rf"{NUMBER}，?超过?上限{NUMBER}", words):
        assert read(over) > read(line), (over, line)
        seen += 1
    for within, line in re.findall(rf"差异系数{NUMBER}，在上限{NUMBER}以内", words):
        assert read(within) <= read(line), (within, line)
        seen += 1
    for first, last, arrow, size in re.findall(rf"{NUMBER} → {NUMBER} ([↑↓]){NUMBER}", words):
        _agree(read(last) - read(first), read(size) * (1 if arrow == "↑" else -1), first, last, size)
        seen += 1
    for share, line in re.findall(rf"{NUMBER}%，(?:[^，。%]*)低于{NUMBER}%", words):
        assert read(share) < read(line), (share, line)
        seen += 1
    for whole, part in re.findall(r"(\d+)所学校中(\d+)所达标", words):
        assert int(part) <= int(whole)
        seen += 1
    return seen


def _agree(shown: Decimal, size: Decimal, *words: str) -> None:
    """A change is the difference of the two printed values, or has a digit more and rounds beside it."""
    first, last, said = words
    if step(said) >= step(first, last):
        assert size == shown, words
    else:
        assert abs(size - shown) < step(first, last), words


@pytest.mark.parametrize("period", PERIODS)
def test_no_page_of_the_city_contradicts_itself(deps: Dependencies, period: str) -> None:
    seen = 0
    for basis in ("as_was", "current"):
        for path in CITY:
            seen += check(words_of(deps, path, f"?period={period}&basis={basis}"))
        for indicator in ("L2", "L5"):
            seen += check(words_of(deps, "/", f"?period={period}&basis={basis}&indicator={indicator}"))
    assert seen >= 10


def test_no_page_of_a_unit_contradicts_itself(deps: Dependencies, snapshot: Snapshot) -> None:
    seen = 0
    for unit in overview.unit_status(snapshot, "2026", "as_was"):
        seen += check(words_of(deps, f"/district/{unit.district_code}", "?period=2026"))
        seen += check(words_of(deps, "/", f"?period=2026&district={unit.district_code}"))
        address = address_of("/", f"?period=2026&district={unit.district_code}")
        assert address is not None
        rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
        for slide in slides_of(deps, snapshot, rows):
            numbers = "".join(f"{n.label}{n.value}{n.words} " for n in slide.numbers)
            bars = "".join(f"{b.name} {b.words} " for b in slide.bars)
            seen += check(f"{slide.title_words} {slide.sentence} {numbers} {bars}")
    assert seen > 60


def test_a_share_that_prints_as_all_is_all(deps: Dependencies, snapshot: Snapshot) -> None:
    for unit in overview.unit_status(snapshot, "2026", "as_was"):
        address = address_of("/", f"?period=2026&district={unit.district_code}")
        assert address is not None
        rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
        words = [n.value for s in slides_of(deps, snapshot, rows) for n in s.numbers if n.label == "学校达标率"]
        is_all = unit.is_reported and unit.compliant_school_count == unit.school_count
        assert ("100.0%" in words) is is_all, (unit.short_name, words)


def test_a_section_beside_its_line_prints_on_its_side(deps: Dependencies, snapshot: Snapshot) -> None:
    """`达到标准的85.0%，低于85.0%底线`, `100.0%…差1人`: the sections nearest to floor and threshold."""
    near: list[tuple[float, str, str, str, bool]] = []
    for unit in ("500242", "500103", "500234", "500235", "500154"):
        found = {s.school_code for s in district.sections(snapshot, "2026", "as_was", unit)}
        for code in sorted(found):
            periods = {p.period for p in school.periods(snapshot, code)}
            if "2026" not in periods:
                continue
            near += _cells(snapshot, code)
    near.sort()
    assert len(near) > 1000
    seen = {True: 0, False: 0}
    for _, code, stage, indicator, is_met in near[:80]:
        words = words_of(deps, f"/school/{code}", f"?period=2026&why={section_key(code, stage, indicator)}")
        reached = re.search(rf"达到标准的{NUMBER}%(?:，([高低]于|不低于){NUMBER}%)?", words)
        assert reached, words[-400:]
        share = read(reached[1])
        assert (share >= 100) is is_met, reached[0]
        if reached[2]:
            assert (share < read(reached[3])) is (reached[2] == "低于"), reached[0]
        seen[is_met] += 1
    assert min(seen.values()) > 5, seen


def _cells(snapshot: Snapshot, code: str) -> list[tuple[float, str, str, str, bool]]:
    sent = proof.school_return(snapshot, "2026", code)
    if sent is None:
        return []
    return [
        (
            min(abs(row.section_value / float(row.threshold) - line) for line in (1, 0.85)),
            code,
            row.stage,
            row.indicator_code,
            row.is_met,
        )
        for row in school.sections(snapshot, sent.return_id)
        if row.section_value is not None and row.threshold and row.is_met is not None and row.is_in_scope
    ]


def test_the_command_line_prints_as_the_pages_do(tmp_path: Path) -> None:
    """`差1.78067e+06元` at `python -m data check`: every line of every unit's return."""
    (source,) = [p for p in write_sources(tmp_path) if p.name == "学校基础数据表_2026.csv"]
    said = CliRunner().invoke(app, ["check", str(source)])
    assert said.exit_code in (0, 1), said.output
    check(said.output)
    cvs = re.findall(rf"差异系数 {NUMBER}（上限{NUMBER}） (达标|未达标)", said.output)
    for value, limit, verdict in cvs:
        assert (read(value) <= read(limit)) is (verdict == "达标"), value
    amounts = re.findall(r"须补([^，\s（]+)", said.output)
    for amount in amounts:
        assert re.fullmatch(r"[\d,]+(?:人|㎡|间)|[\d,]+\.\d万元", amount), amount
    assert len(cvs) > 400
    assert len(amounts) > 300


def test_the_league_leaves_with_numbers(deps: Dependencies) -> None:
    """`27缺 L4 L5 L6 +2` and `0.574小学运动场馆` were texts, with which nobody can reckon."""
    asked = Asked(deps, "2025", "as_was")
    rows = asked.export("/league")
    head = next(r for r in rows if "达标项" in r)
    places = [head.index(name) for name in ("区县", "达标项", "达标项（说明）", "最大差异系数", "最大差异系数（说明）")]
    said = {r[places[0]]: [r[n] for n in places[1:]] for r in rows[rows.index(head) + 1 :] if len(r) > places[-1]}
    assert said["渝中"] == ["27", "缺 L4 L5 L6 L7 G3", "0.574", "小学运动场馆"]
    for unit in asked.rows.units:
        items, lacking, cv, _ = said[unit.short_name]
        assert (items, lacking) == (str(unit.met_count), f"缺 {unit.failing_items}" if unit.failing_items else "")
        assert unit.worst_cv is not None
        assert abs(float(cv) - unit.worst_cv) <= 0.0005


def test_a_course_counts_all_its_lines_in_one_unit(deps: Dependencies) -> None:
    """`规划 9` stood above `实际 5个`."""
    course = Asked(deps, "2026", "as_was").page("/").rows("预计")
    assert {row[1] for row in course} == {"规划", "实际", "预计"}
    assert all(re.fullmatch(r"\d+个", row[2]) for row in course), course


def test_a_year_has_no_comma(deps: Dependencies) -> None:
    words = words_of(deps, "/method", "")
    assert "时间轴从哪年起" in words
    assert not re.search(r"(?<![\d,])[12],0[12]\d(?![\d,])", words)
