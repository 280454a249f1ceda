"""A sentence with two figures takes both from one row: of one unit, CV, amount or forecast."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

import data.text
from callbacks.dependencies import Dependencies
from tests.one_fact.sentences import COUNTED, FROM_ROWS, OF_THE_CATALOGUE, SOMETIMES
from tests.one_fact.surfaces import Asked

UNITS = ("", "500103", "500109", "500242", "500238")
STATES = (("2026", "as_was"), ("2025", "current"))
CITY_PAGES = (
    "/",
    "/plan",
    "/league",
    "/matrix",
    "/trend",
    "/warn",
    "/ledger",
    "/rounds",
    "/funds",
    "/leads",
    "/method",
)
FIGURE = re.compile(r"[−+]?\d[\d,.]*(%|倍|人|㎡|万元|亿元|元|间|个|所|条|天)?")
NOT_FIGURES = {"year", "day", "days", "period", "number"}
"""Words that stand for a day or a name, not for a value."""

Filled = tuple[str, Mapping[str, object]]


class Listened(str):
    """A template that tells with which words it is filled."""

    key: str
    filled: list[Filled]

    def format(self, *args: object, **words: object) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.filled.append((self.key, words))
        return str.format(self, *args, **words)


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Filled]]:
    """The templates filled meanwhile, with their words."""
    filled: list[Filled] = []
    templates: dict[str, str] = {}
    for key, words in data.text.all_texts().items():
        template = Listened(words)
        template.key, template.filled = key, filled
        templates[key] = template
    with monkeypatch.context() as patch:
        patch.setattr(data.text, "all_texts", lambda: templates)
        yield filled


def draw(a: Asked) -> None:
    """Every surface of a state."""
    for path in CITY_PAGES:
        a.page(path)
    a.page("/", "&indicator=L2")
    a.page("/", "&stage=primary")
    assert a.slides
    if a.unit:
        a.page(f"/district/{a.unit}", f"&why=unit.{a.unit}")
        a.page(f"/district/{a.unit}", f"&why=item.{a.unit}.L5")


def figures(words: Mapping[str, object]) -> dict[str, object]:
    """The words that are values."""
    return {
        name: value
        for name, value in words.items()
        if name not in NOT_FIGURES and (isinstance(value, int | float) or FIGURE.fullmatch(str(value)))
    }


@pytest.fixture(scope="module")
def sentences(deps: Dependencies) -> list[tuple[Asked, Filled]]:
    """Sentences with two figures, in the states in which they were said."""
    heard: list[tuple[Asked, Filled]] = []
    patch = pytest.MonkeyPatch()
    for period, basis in STATES:
        for unit in UNITS:
            a = Asked(deps, period, basis, unit)
            with listening(patch) as filled:
                draw(a)
            heard += [(a, one) for one in filled if len(figures(one[1])) > 1]
    return heard


def test_every_sentence_with_two_figures_has_its_rows(sentences: list[tuple[Asked, Filled]]) -> None:
    unknown = {
        key
        for _, (key, _) in sentences
        if key not in {*FROM_ROWS, *COUNTED, *SOMETIMES} and not key.startswith(OF_THE_CATALOGUE)
    }
    assert not unknown
    heard = {key for _, (key, _) in sentences}
    said_no_more = (set(FROM_ROWS) | COUNTED) - heard
    assert not said_no_more


@pytest.mark.parametrize("key", FROM_ROWS)
def test_both_figures_come_from_one_row(sentences: list[tuple[Asked, Filled]], key: str) -> None:
    rows: dict[int, list[dict[str, str]]] = {}
    for a, (heard, words) in sentences:
        if heard != key:
            continue
        if id(a) not in rows:
            rows[id(a)] = [{n: str(v) for n, v in row.items()} for row in FROM_ROWS[key](a)]
        said = {n: str(v) for n, v in figures(words).items()}
        named = {
            n: str(words[n])
            for n in ("place", "indicator")
            if n in words and n in (rows[id(a)][0] if rows[id(a)] else {})
        }
        assert any((said | named).items() <= row.items() for row in rows[id(a)]), (a.period, a.basis, a.unit, words)
