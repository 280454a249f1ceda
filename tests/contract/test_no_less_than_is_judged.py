"""What speaks of whole units speaks of both stages and every item, whatever the address was filtered by.

The league and the papers set the verdict of both stages beside amounts of the one stage and the one
indicator that had been chosen elsewhere: `29缺 L4 L5 L6` beside `无须补`.
"""

import re
from dataclasses import replace

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from callbacks.files.documents import material_file
from data.access import LOCAL_VIEWER, Scope
from tests.one_fact.surfaces import Asked, content_of, docx_words, found, pdf_words, pptx_words

READERS = {"docx": docx_words, "pptx": pptx_words, "pdf": pdf_words}
NARROWED = ["&stage=primary", "&stage=junior&indicator=L5"]
SECTIONS = (
    "select stage, count(*) from unit_section where period = '2026' and basis = 'as_was' and district_code = ?"
    " and is_in_scope and complies = false group by stage"
)


@pytest.mark.parametrize("narrowed", NARROWED)
@pytest.mark.parametrize("period", ["2025", "2026"])
def test_the_league_says_what_units_lack_in_all(deps: Dependencies, period: str, narrowed: str) -> None:
    a = Asked(deps, period, "as_was")
    whole, rows = (a.page("/league", more).tables[0].rows[-len(a.rows.units) :] for more in ("", narrowed))
    assert {r[1] for r in whole} == {u.short_name for u in a.rows.units}
    assert [r[-1] for r in rows] == [r[-1] for r in whole]
    assert not [r for r in rows if "无须补" in r[-1] and "缺" in r[4]]


@pytest.mark.parametrize("unit", ["", "500103"])
@pytest.mark.parametrize("narrowed", NARROWED)
def test_papers_and_slides_count_both_stages(deps: Dependencies, unit: str, narrowed: str) -> None:
    a = Asked(deps, "2026", "as_was", unit)
    for kind, read in READERS.items():
        paper = read(content_of(material_file(deps, kind, "/", a.own + narrowed)))
        assert re.sub(r"小学\+初中|\s", "", paper) == re.sub(r"小学\+初中|\s", "", a.paper(kind)), kind
    shown = re.sub(r"\s", "", a.page("/", "&mode=meeting" + narrowed).plain)
    order = a.slides.values()
    assert [s.title_words for s in order if re.sub(r"\s", "", s.title_words) not in shown] == []
    assert [s.footer for s in order if "· 小学+初中 ·" not in s.footer] == []


def test_what_schools_lack_adds_up_to_the_bill_of_a_paper(deps: Dependencies) -> None:
    """Of 渝中's primary schools it read `共差2,525㎡` above schools that lack 3,820."""
    words = docx_words(content_of(material_file(deps, "docx", "/", "?period=2026&district=500103&stage=primary")))
    bill = found(r"运动场馆\|\d+所（部），共差([\d,]+)㎡", words)
    schools = words.split("缺项最多的学校")[-1] if "缺项最多的学校|" in words else words
    each = re.findall(r"\|(?:[^|\n]*、)?运动场馆([\d,]+)㎡", schools)
    assert bill
    assert sum(int(n.replace(",", "")) for n in each) == int(bill.replace(",", ""))


@pytest.mark.parametrize(("unit", "stage", "other"), [("500103", "primary", "junior"), ("500109", "junior", "primary")])
def test_one_stage_supplied_is_not_every_school(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection, unit: str, stage: str, other: str
) -> None:
    """With one stage in view it read `即可校校达标`, while sections of the other fail."""
    failing = dict(facts.execute(SECTIONS, [unit]).fetchall())
    assert failing[stage]
    assert failing[other]
    a = Asked(deps, "2026", "as_was", unit)
    for path in ("/matrix", f"/district/{unit}"):
        assert "校校达标" in a.page(path, "").plain
        assert "校校达标" not in a.page(path, f"&stage={stage}").plain


def test_a_day_has_one_value_of_a_kind_in_the_workbook(deps: Dependencies) -> None:
    """`2028年底 27` stood above `2028年底 11`: planned and expected without a word."""
    rows = Asked(deps, "2026", "as_was").export("/")
    start = next(n for n, row in enumerate(rows) if row[0] == "数据期" and "数值" in row)
    body = [row for row in rows[start + 1 :] if re.match(r"\d{4}年", row[0])]
    assert {row[1] for row in body} == {"规划", "实际", "预计"}
    assert len({tuple(row[:2]) for row in body}) == len(body)


@pytest.mark.parametrize("period", ["2025", "2026"])
def test_visits_of_a_slide_are_those_of_its_rows_and_of_schools_gone_since(deps: Dependencies, period: str) -> None:
    a = Asked(deps, period, "as_was")
    slide = a.slides["rounds"]
    visits = found(r"走访([\d,]+)所", slide.title_words)
    gone = found(r"有(\d+)所已不在本期", slide.note)
    assert visits
    assert gone
    assert sum(int(b.words.split("，")[1].rstrip("所")) for b in slide.bars) + int(gone) == int(visits)
    for kind in READERS:
        assert f"有{gone}所已不在本期" in a.paper(kind).replace("\n", ""), kind


@pytest.mark.parametrize("period", ["2025", "2026"])
def test_the_expected_number_is_the_sum_that_its_note_names(deps: Dependencies, period: str) -> None:
    """`按期的机会之和` would count units of 2030 by 2030, which the number does not."""
    a = Asked(deps, period, "as_was")
    words = a.page("/").plain
    year = found(r"其余各区县到(\d{4})年秋季全部达标的机会之和", words)
    expected = found(r"到2028年，预计(\d+)个达标", words)
    assert year == "2028"
    targets = [t for t in a.rows.plan_targets if t.target_year is not None]
    chances = [
        t.chances[int(year) - t.forecast_autumn]
        for t in targets
        if t.progress not in ("met", "not_reported", "undecidable") and t.chances and t.forecast_autumn
    ]
    met = sum(t.progress == "met" for t in targets)
    assert str(met + round(sum(chances))) == expected


def test_a_narrow_account_is_not_told_of_tests_over_the_whole_city(deps: Dependencies) -> None:
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({"500109", "500103"})))
    own = Asked(replace(deps, current_viewer=lambda: viewer).for_viewer(), "2026", "as_was").page("/leads").plain
    assert "2个区县" in own
    assert "在您能看到的各区县之间进行" in own
    assert "在全市各区县之间" not in own
    assert "在全市各区县之间进行" in Asked(deps, "2026", "as_was", "500103").page("/leads").plain


@pytest.mark.parametrize("unit", ["", "500103"])
@pytest.mark.parametrize("path", ["/plan", "/league", "/warn", "/rounds", "/ledger", "/funds", "/leads"])
def test_a_page_without_stage_and_indicator_does_not_follow_them(deps: Dependencies, unit: str, path: str) -> None:
    a = Asked(deps, "2026", "as_was", unit)
    assert {a.page(path, more).plain for more in NARROWED} == {a.page(path).plain}
