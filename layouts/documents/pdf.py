"""会议材料 as PDF: the same statements and tables as in Word, set by Typst from `brief.typ`."""

import json
from pathlib import Path

import typst

from data.text import text
from layouts.documents.brief import (
    Material,
    PaperTable,
    decision_lines,
    has_own_filters,
    heading_words,
    paper_tables,
    slide_words,
    widths_cm,
)
from layouts.meeting.slide import BAR_TOKENS
from layouts.theme import color

FOLDER = Path(__file__).parent
TONES = {"ink": "ink", "quiet": "ink-3", "head": "accent", "line": "line"}


def pdf_brief(material: Material) -> bytes:
    """The file; its font is part of the project, so every host sets the same pages."""
    content = {
        "title": material.title,
        "mark": material.mark,
        "version": material.version,
        "colors": {name: color(token) for name, token in TONES.items()},
        "decide_title": text("meeting.decide"),
        "decide": material.decide,
        "decided_title": text("brief.decided"),
        "decided": decision_lines(material),
        "name_head": text("brief.name"),
        "value_head": text("brief.value"),
        "slides": [
            {
                "heading": heading_words(slide, number),
                "words": slide_words(slide),
                "filters": slide.footer if has_own_filters(material) else "",
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
                "tables": [] if slide.bars else [_table(table) for table in paper_tables(slide)],
            }
            for number, slide in enumerate(material.slides, start=1)
        ],
    }
    return typst.compile(
        FOLDER / "brief.typ",
        root=FOLDER,
        font_paths=[FOLDER / "fonts"],
        format="pdf",
        sys_inputs={"brief": json.dumps(content, ensure_ascii=False)},
    )


def _table(table: PaperTable) -> dict[str, object]:
    return {
        "title": table.title,
        "heads": table.heads,
        "rows": table.rows,
        "note": table.note,
        "widths": [] if table.note else widths_cm(table),
        "is_wide": table.is_wide,
        "has_head": table.has_head,
    }
