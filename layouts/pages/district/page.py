"""区县画像: the panels of the page and the title of its document."""

from data.proof_key import unit_key
from data.text import text
from layouts import formatting
from layouts.components.elements import action_button, link_to, paragraph
from layouts.components.heads import headline, page_head, page_title
from layouts.forms.sheets import FORMS
from layouts.ids import DistrictId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.district.cv_strip_plots import strips
from layouts.pages.district.gap_list import anatomy, bill, covered, schools
from layouts.pages.district.items import items, level_of
from layouts.pages.district.rows import DistrictView
from layouts.pages.district.trend import trend
from layouts.pages.overview.plan_forecast import in_time_words
from layouts.parts import recognition
from layouts.parts.forecast import progress_words
from layouts.parts.frame import Filter
from layouts.parts.source import source_line
from layouts.routes import DISTRICT, link


def panels(view: DistrictView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=DISTRICT, state=rows.state, snapshot=rows.snapshot, filters=filters)
    source = source_line(rows, DISTRICT.draws, text("district.source"))
    return [
        Panel(DistrictId.HEAD, "head", head),
        Panel(DistrictId.ANSWER, "answer", _headline(view)),
        Panel(DistrictId.ITEMS, "items-panel", items(view)),
        Panel(DistrictId.STRIPS, "strips-panel", strips(view)),
        Panel(DistrictId.BILL, "bill-panel", [*bill(view), *covered(view)]),
        Panel(DistrictId.ANATOMY, "anatomy-panel", anatomy(view)),
        Panel(DistrictId.TREND, "trend-panel", trend(view)),
        Panel(DistrictId.SCHOOLS, "schools-panel", schools(view)),
        Panel(DistrictId.SOURCE, "source-panel", [_forms(), source]),
    ]


def _forms() -> Node:
    """The official forms of the unit as files."""
    kinds = [("forms", text("forms.all")), *[(n, text(f"forms.name_{n}")) for n in FORMS]]
    buttons = [action_button(label, action="export", look="plain", key=kind, data_kind=kind) for kind, label in kinds]
    return paragraph(text("forms.label"), *buttons, look="src forms")


def document_title(view: DistrictView) -> str:
    """Browser tab and history entry."""
    return page_title(view.unit.name, text("navigation.district"))


def _headline(view: DistrictView) -> list[Node]:
    unit = view.unit
    why = link(DISTRICT, view.rows.state, why=unit_key(unit.district_code))
    verdict = link_to(text(f"level.{unit.standing}"), href=why, look=f"t-{unit.standing}")
    return headline(unit.name, verdict, in_time_words(view.rows, unit), sub=[text("district.dot").join(_facts(view))])


def _facts(view: DistrictView) -> list[str]:
    unit, rows = view.unit, view.rows
    if not unit.is_reported:
        return [text("sub.not_reported"), text("district.not_reported")]
    facts: list[str] = []
    if unit.phase_name and unit.due_on is not None:
        day, word = formatting.day(unit.due_on), progress_words(rows, unit)
        facts.append(text("district.phase", phase=unit.phase_name, year=unit.target_year, day=day, word=word))
    recognised = recognition.unit_words(unit)
    if recognised:
        facts.append(recognised)
    facts.append(text("district.schools", schools=unit.school_count, compliant=unit.compliant_school_count))
    facts.append(text("district.pupils", pupils=formatting.people(unit.pupils)))
    facts += _places(view)
    facts.append(_vetoes(view))
    if not unit.is_recast_complete:
        facts.append(text("sub.no_data_recast"))
    return facts


def _vetoes(view: DistrictView) -> str:
    """How many items are a veto; that there is none only where every one of them is known."""
    items = view.items_of("veto")
    vetoes = sum(1 for i in items if i.is_met is False)
    if vetoes:
        return text("district.veto", count=vetoes)
    unknown = {level_of(view, i) for i in items if i.is_met is None}
    if not unknown:
        return text("district.no_veto")
    word = "undecidable" if "undecidable" in unknown else "not_reported"
    return text("district.veto_unknown", word=text(f"level.{word}"))


def _places(view: DistrictView) -> list[str]:
    """Its published place in the group, and the one among units of its size."""
    rank = view.rank
    if rank.group_place is None:
        key = "heading_undecidable" if rank.is_undecided else "unranked"
        return [text(f"league.{'small' if rank.is_small else key}")]
    tied = "_tied" if rank.is_group_tied else ""
    facts = [
        text(f"district.place{tied}", group=view.unit.group_name, count=rank.group_ranked_count, place=rank.group_place)
    ]
    if view.place_among_similar is not None:
        similar_place, count = view.place_among_similar
        facts.append(text("district.place_similar", count=count, place=similar_place))
    return facts
