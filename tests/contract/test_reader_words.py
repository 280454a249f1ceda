"""What a reader sees says the words of the design, explains those that stay, and shows no code."""

import re
from dataclasses import replace

import pytest

from callbacks.dependencies import Dependencies
from data.catalogue.loader import load_catalogue
from data.catalogue.supervision_tables import WarningRule
from data.text import project_texts
from layouts.components.gloss import TERMS, anchor
from tests.one_fact.surfaces import Asked

REPLACED = (
    "余项",
    "学段部",
    "双红",
    "当时口径",
    "现行口径",
    "纸面销号",
    "不收敛",
    "按现有速度",
    "S²",
    "份额",
    "快照",
    "更正改判",
    "分母变动",
    "末位取整",
    "可行解",
    "下界",
    "最优",
    "被动达标",
    "入会",
    "硬缺口",
    "按认定未达标",
)
STAYS = {("gloss.remainder", "余项"): "it says what the official form calls it"}
PAGES = (
    "/",
    "/plan",
    "/league",
    "/matrix",
    "/trend",
    "/warn",
    "/rounds",
    "/ledger",
    "/leads",
    "/changes",
    "/method",
    "/district/500242",
    "/cv/500242/primary/L2",
)


def test_no_text_says_a_word_that_was_replaced() -> None:
    said = {(key, word) for key, words in project_texts().items() for word in REPLACED if word in words}
    assert said == set(STAYS)


def test_no_name_of_the_catalogue_says_one_either() -> None:
    names = [rule.name for rule in load_catalogue().rows(WarningRule)]
    assert names
    assert not [name for name in names for word in REPLACED if word in name]


def test_every_explained_word_has_a_meaning_and_a_place_to_lead_to(deps: Dependencies) -> None:
    texts = project_texts()
    for table in ("gloss", "gloss_word"):
        assert {key.partition(".")[2] for key in texts if key.startswith(f"{table}.")} == set(TERMS), table
    page = Asked(deps, "2026", "as_was").page("/method").html
    for term in TERMS:
        assert page.count(f'id="{anchor(term)}"') == 1, term


@pytest.mark.parametrize(
    ("path", "term"),
    [
        ("/", "cv"),
        ("/", "remainder"),
        ("/league", "cv"),
        ("/league", "near"),
        ("/matrix", "cv"),
        ("/matrix?district=500242", "section"),
        ("/district/500242", "section"),
        ("/cv/500242/primary/L2", "section"),
        ("/plan", "late"),
        ("/plan", "uncertain"),
        ("/ledger", "rebounded"),
        ("/school/S500242-086", "remainder"),
    ],
)
def test_a_word_that_stays_is_explained_where_it_is_first_read(deps: Dependencies, path: str, term: str) -> None:
    """By pointing or focus, and once: the link has the meaning as its tip and as its name for readers."""
    place, _, search = path.partition("?")
    page = Asked(deps, "2026", "as_was").page(place, f"&{search}" if search else "").html
    texts = project_texts()
    [link] = re.findall(rf'<a [^>]*href="/method#{anchor(term)}"[^>]*>', page)
    assert f'data-tip="{texts[f"gloss.{term}"]}"' in link
    assert f'aria-label="{texts[f"gloss_word.{term}"]}：{texts[f"gloss.{term}"]}"' in link


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_no_code_and_no_number_of_a_publication(deps: Dependencies, path: str) -> None:
    """Numbers of a publication and of its rules open behind the name of the version, and nowhere else."""
    a = Asked(deps, "2026", "as_was")
    page = a.page(path).html
    info = a.rows.snapshot
    shown = re.sub(r'<details class="version">.*?</details>', "", page, flags=re.DOTALL)
    words = re.sub(r"<[^>]*>", "|", shown)
    assert info.snapshot_id not in words
    assert info.rules_version not in words
    assert info.snapshot_id in page
    assert not re.findall(r"[a-z]+_[a-z_]+", words), path


@pytest.mark.parametrize("group", ["", "northeast", "central_city"])
def test_a_title_does_not_say_that_all_of_a_group_are_in_it(deps: Dependencies, group: str) -> None:
    """`7个区县中，7个在渝东北` stood under the filter 渝东北."""
    a = replace(Asked(deps, "2026", "as_was"), group=group) if group else Asked(deps, "2026", "as_was")
    for count, part in re.findall(r"(\d+)个区县中，(\d+)个在", a.page("/").plain):
        assert count != part
