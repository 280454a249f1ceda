"""How the shared resources of a mixed school are divided among its stages, step by step."""

from data.rows.school import SchoolSectionRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.school.rows import SchoolView
from layouts.parts.frame import section
from layouts.proof.formula import exact, weighted_pupils


def split(view: SchoolView) -> list[Node]:
    """The section; nothing for a school of one stage."""
    parts = [(view.weights[s], p) for s, p in view.pupils.items()]
    shared = [(c, c.total) for c in view.sections if c.is_split and c.total is not None]
    if len(parts) < 2 or not shared:  # noqa: PLR2004
        return []
    total = sum(w * p for w, p in parts)
    steps = [
        h(
            "li",
            {},
            text(
                "school.split_weights",
                weights="；".join(
                    text(
                        "school.split_weight", stage=text(f"stage.{s}"), weight=exact(view.weights[s]), pupils=exact(p)
                    )
                    for s, p in view.pupils.items()
                ),
            ),
        ),
        h("li", {}, text("school.split_total", formula=weighted_pupils(parts), total=exact(total))),
    ]
    for stage in view.stages:
        pupils = view.pupils.get(stage)
        if pupils is None:
            continue
        weighted = view.weights[stage] * pupils
        steps.append(
            h(
                "li",
                {"key": stage},
                text(
                    "school.split_share",
                    stage=text(f"stage.{stage}"),
                    part=exact(weighted),
                    total=exact(total),
                    share=formatting.rounded(weighted / total * 100, 4),
                ),
            )
        )
    rows = [
        h(
            "tr",
            {"key": c.stage + c.indicator_code},
            h("td", {}, text(f"stage.{c.stage}")),
            h("td", {}, c.indicator_name),
            h("td", {"className": "num"}, formatting.rounded(whole, 2) + c.gap_unit),
            h("td", {"className": "num"}, _part(c)),
            h("td", {"className": "num b"}, formatting.value(c.section_value, c.threshold)),
        )
        for c, whole in shared
    ]
    head = [
        h("th", {"key": k, "scope": "col"}, text(f"school.split_{k}"))
        for k in ("stage", "indicator", "whole", "part", "value")
    ]
    return [
        section(
            text("school.split_title"),
            h("ol", {"className": "steps"}, *steps),
            h("table", {"className": "mini"}, h("thead", {}, h("tr", {}, *head)), h("tbody", {}, *rows)),
        )
    ]


def _part(cell: SchoolSectionRow) -> str:
    """The section's part of the resource."""
    if cell.section_total is None:
        return formatting.NONE
    return formatting.rounded(cell.section_total, 3) + cell.gap_unit
