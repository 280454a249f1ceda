"""What a lead says: the effect with its numbers, the number of cases, and how sure it is."""

from data.rows.lead_corrections import CorrectionLead
from data.rows.lead_findings import CopyLead, MoveLead, Outcome
from data.rows.leads import OutlierRow
from data.text import text
from layouts import formatting
from layouts.pages.leads.rows import Lead, LeadsView


def effect_words(view: LeadsView, lead: Lead) -> str:
    """The effect in plain words."""
    match lead:
        case Outcome():
            return _statistical(lead)
        case CopyLead():
            return text(f"leads.found_{lead.kind}", equal=lead.equal_number, compared=lead.compared_number)
        case CorrectionLead():
            return _corrected(view, lead)
        case OutlierRow():
            return _outlier(view, lead)
        case MoveLead():
            return _moved(view, lead)


def school_words(lead: Lead) -> str:
    """The school or schools that a lead is about."""
    match lead:
        case Outcome():
            return ""
        case CopyLead():
            return "、".join(lead.school_names)
        case CorrectionLead():
            return "" if lead.cell is None else lead.cell.cell.school_name
        case OutlierRow():
            return lead.school_name
        case MoveLead():
            before, other = lead.before.school_name, lead.other
            if lead.kind != "campus" or other is None:
                return before
            return text("leads.from_to", before=before, after=other.school_name)


def case_words(lead: Lead) -> str:
    """The number of cases behind a lead."""
    match lead:
        case Outcome():
            return formatting.count(lead.cases)
        case CopyLead():
            return formatting.count(lead.compared_number)
        case OutlierRow():
            return formatting.count(lead.section_count)
        case CorrectionLead() | MoveLead():
            return formatting.count(2 if lead.kind == "campus" else 1)


def certainty_words(lead: Lead) -> str:
    """The q-value, or that nothing was left to chance."""
    if isinstance(lead, Outcome):
        return formatting.q_value(lead.q_value)
    return text("leads.deterministic")


def _statistical(lead: Outcome) -> str:
    effect = formatting.NONE
    if lead.effect is not None:
        is_share = lead.kind == "digits"
        effect = formatting.share(lead.effect) if is_share else formatting.rounded(lead.effect, 1)
    return text(
        f"leads.found_{lead.kind}",
        share=formatting.share(lead.share),
        usual=formatting.share(lead.usual),
        effect=effect,
    )


def _corrected(view: LeadsView, lead: CorrectionLead) -> str:
    show = formatting.cv if lead.kind == "cv" else formatting.value
    item = text(f"stage.{lead.stage}") + view.rows.indicator_names.get(lead.indicator_code, "")
    return text(
        f"leads.found_{lead.kind}",
        item=item,
        before=show(lead.before, lead.line),
        after=show(lead.after, lead.line),
        who=lead.corrected.imported_by,
        time=formatting.moment(lead.corrected.imported_at),
        file=lead.corrected.file_name,
    )


def _outlier(view: LeadsView, lead: OutlierRow) -> str:
    item = text(f"stage.{lead.stage}") + view.rows.indicator_names.get(lead.indicator_code, "")
    return text(
        "leads.found_outlier",
        item=item,
        value=formatting.value(lead.section_value),
        times=formatting.smallest(lead.times, 1),
        share=formatting.share(lead.contribution),
    )


def _moved(view: LeadsView, lead: MoveLead) -> str:
    before, other = lead.before, lead.other
    figures = {"previous": formatting.count(before.previous_pupils), "pupils": formatting.count(before.pupils)}
    if lead.kind == "section":
        figures |= {
            "previous": formatting.share(before.previous_primary / before.previous_pupils),
            "pupils": formatting.share(before.primary_pupils / before.pupils),
        }
    if lead.kind == "campus" and other is not None:
        figures |= {
            "gained": formatting.count(other.pupils - other.previous_pupils),
            "lost": formatting.count(before.previous_pupils - before.pupils),
        }
    if lead.kind == "relabelled":
        figures |= {"before": view.types[before.previous_type], "after": view.types[before.school_type]}
    result = text("leads.turned") if before.did_comply is False and before.complies else ""
    return text(f"leads.found_{lead.kind}", **figures) + result
