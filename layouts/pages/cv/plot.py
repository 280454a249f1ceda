"""Size against value: one circle per section, its area the share of S²."""

from data.proof_key import section_key
from data.rows.proof import CvShareRow
from data.text import text
from layouts import formatting
from layouts.charts.figure import figure_frame
from layouts.charts.scales import nice_step, steps
from layouts.charts.specification import Bubble, Chart, Cloud, Level, Point, Scale, Size
from layouts.components.elements import paragraph
from layouts.markup import Node
from layouts.pages.cv.rows import CvView
from layouts.parts.frame import section
from layouts.routes import CV, link

SIZE = Size(820, 470, "scaled", left=56, right=18, top=22, bottom=40)
LABELLED = 3
ROOM = 1.05
MOST_VALUES, MOST_SIZES = 5, 6
DIGITS = 6


def plot(view: CvView) -> Node:
    """The section."""
    if all(s.section_value is None for s in view.shares):
        return section(text("district.anatomy_none"), paragraph(text("district.anatomy_none_body"), look="d"))
    return section(text("cv.plot_title"), paragraph(text("cv.plot_note"), look="d"), figure_frame(specification(view)))


def specification(view: CvView) -> Chart:
    """A circle per section, the largest shares last and with their names, over mean and standard."""
    known = [s for s in view.shares if s.section_value is not None]
    largest = max(float(s.pupils) for s in known) * ROOM
    highest = max(s.section_value or 0 for s in known) * ROOM or 1.0
    first = {s.school_code for s in known[:LABELLED] if s.contribution is not None}
    named = [_bubble(view, s, is_named=True) for s in known if s.school_code in first]
    others = [_bubble(view, s, is_named=False) for s in known if s.school_code not in first]
    return Chart(
        text("cv.plot_title"),
        Scale(
            0,
            largest,
            [(v, formatting.count(v)) for v in steps(0, largest, nice_step(largest, MOST_SIZES))],
            text("cv.pupils_axis"),
        ),
        Scale(
            0,
            highest,
            [(v, formatting.plain(round(v, DIGITS))) for v in steps(0, highest, nice_step(highest, MOST_VALUES))],
            view.row.unit,
        ),
        [Cloud("share-dot", others[::-1]), Cloud("share-dot first", named[::-1])],
        SIZE,
        _levels(view, highest),
        look="line-chart",
    )


def _levels(view: CvView, highest: float) -> list[Level]:
    levels: list[Level] = []
    if view.row.district_mean is not None:
        label = text("cv.mean", value=formatting.value(view.row.district_mean))
        levels.append(Level(view.row.district_mean, label, "mean-line", "end"))
    if view.threshold is not None and view.threshold <= highest:
        label = text("proof.line", amount=formatting.plain(view.threshold))
        levels.append(Level(view.threshold, label, anchor="end"))
    return levels


def _bubble(view: CvView, share: CvShareRow, *, is_named: bool) -> Bubble:
    part, pupils, value = share.contribution, float(share.pupils), share.section_value or 0.0
    tip = text(
        "cv.dot",
        name=share.school_name,
        pupils=formatting.count(pupils),
        value=formatting.value(value),
        unit=view.row.unit,
    )
    if part is not None:
        tip += text("cv.dot_share", share=formatting.share(part))
    return Bubble(
        Point(pupils, value, tip),
        part or 0.0,
        f"{share.school_name} {formatting.share(part)}" if is_named and part is not None else "",
        link(CV, view.state, why=section_key(share.school_code, view.row.stage, view.row.indicator_code)),
        share.school_code,
    )
