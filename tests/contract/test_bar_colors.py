"""A bar has one colour on the screen, in slides and in papers; what is missing has never that of failure."""

import re

from layouts.assets import style_sheet
from layouts.meeting.slide import BAR_TOKENS
from layouts.parts.glyph import MISSING_LEVELS, PROGRESS_LEVELS, VERDICT_LEVELS


def test_files_colour_a_bar_as_the_screen_does() -> None:
    css = style_sheet()
    found = {"": re.search(r"\.slide-bar \{[^}]*background: var\(--([\w-]+)\)", css)[1]}  # type: ignore[index]
    for selector, token in re.findall(r"(\.slide-bar[.:][^{]*) \{\nbackground: var\(--([\w-]+)\)", css):
        found |= dict.fromkeys(re.findall(r"\.s-(\w+)", selector), token)
    assert {tone: found.get(tone) for tone in BAR_TOKENS} == BAR_TOKENS


def test_every_level_has_a_colour_and_a_missing_one_not_that_of_failure() -> None:
    assert {*PROGRESS_LEVELS, *VERDICT_LEVELS} <= set(BAR_TOKENS)
    assert {BAR_TOKENS[level] for level in MISSING_LEVELS} == {"na-line"}
    assert BAR_TOKENS["uncertain"] != BAR_TOKENS["unmet"]
