"""会议材料 as PDF: the same statements and tables as in Word, set by Typst from `brief.typ`."""

import json
from collections.abc import Sequence
from pathlib import Path

import typst

from data.rows.context import UnitContext
from data.text import text
from layouts.documents.brief import brief_title, head_mark, number_words, version_words
from layouts.meeting.slide import BAR_TOKENS, Slide
from layouts.theme import color

FOLDER = Path(__file__).parent
TONES = {"ink": "ink", "quiet": "ink-3", "head": "accent", "line": "line"}


def pdf_brief(rows: UnitContext, slides: Sequence[Slide]) -> bytes:
    """The file; its font is part of the project, so every host sets the same pages."""
    content = {
        "title": brief_title(rows),
        "mark": head_mark(rows, slides),
        "version": version_words(rows),
        "colors": {name: color(token) for name, token in TONES.items()},
        "decide_title": text("meeting.decide"),
        "decide": [
            text("brief.item", number=n, words=decision)
            for n, decision in enumerate((d for slide in slides for d in slide.decide), start=1)
        ],
        "name_head": text("brief.name"),
        "value_head": text("brief.value"),
        "slides": [
            {
                "heading": text("brief.heading", number=number, title=slide.title_words),
                "words": slide.sentence + slide.note + number_words(slide),
                "chart_title": text("brief.table", title=slide.chart_title),
                "bars": [
                    {
                        "name": b.name,
                        "value": b.value,
                        "color": color(BAR_TOKENS[b.tone]),
                        "words": b.in_full or b.words,
                    }
                    for b in slide.bars
                ],
            }
            for number, slide in enumerate(slides, start=1)
        ],
    }
    return typst.compile(
        FOLDER / "brief.typ",
        root=FOLDER,
        font_paths=[FOLDER / "fonts"],
        format="pdf",
        sys_inputs={"brief": json.dumps(content, ensure_ascii=False)},
    )
