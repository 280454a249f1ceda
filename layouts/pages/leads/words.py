"""What a lead says: the effect with its numbers, the number of cases, and how sure it is."""

from typing import Any

from data.text import text
from layouts import formatting
from layouts.pages.leads.rows import LeadsView


def found_words(view: LeadsView, lead: Any) -> str:
    """The effect in plain words."""
    if lead.kind in ("digits", "bunching"):
        return _statistical(lead)
    if lead.kind in ("twins", "same", "values"):
        return text(f"leads.found_{lead.kind}", equal=lead.equal_number,
                    compared=lead.compared_number)  # fmt: skip
    if lead.kind in ("cell", "cv"):
        return _corrected(view, lead)
    if lead.kind == "outlier":
        return _outlier(view, lead)
    return _moved(view, lead)


def school_words(lead: Any) -> str:
    """The school or schools that a lead is about."""
    if lead.kind in ("twins", "same", "values"):
        return "、".join(lead.school_names)
    if lead.kind == "outlier":
        return lead.school_name
    if lead.kind == "cell":
        return lead.cell.cell.school_name
    if lead.kind == "campus":
        return text("leads.from_to", before=lead.before.school_name, after=lead.other.school_name)
    return lead.before.school_name if hasattr(lead, "before") and lead.school_code else ""


def case_words(lead: Any) -> str:
    """The number of cases behind a lead."""
    if lead.kind in ("digits", "bunching"):
        return formatting.count(lead.cases)
    if lead.kind in ("twins", "same", "values"):
        return formatting.count(lead.compared_number)
    if lead.kind == "outlier":
        return formatting.count(lead.section_count)
    return formatting.count(2 if lead.kind == "campus" else 1)


def certainty_words(lead: Any) -> str:
    """The q-value, or that nothing was left to chance."""
    if lead.kind in ("digits", "bunching"):
        return formatting.q_value(lead.q_value)
    return text("leads.deterministic")


def _statistical(lead: Any) -> str:
    effect = formatting.NONE
    if lead.effect is not None:
        is_share = lead.kind == "digits"
        effect = formatting.share(lead.effect) if is_share else formatting.rounded(lead.effect, 1)
    return text(f"leads.found_{lead.kind}", share=formatting.share(lead.share),
                usual=formatting.share(lead.usual), effect=effect)  # fmt: skip


def _corrected(view: LeadsView, lead: Any) -> str:
    show = formatting.cv if lead.kind == "cv" else formatting.value
    item = text(f"stage.{lead.stage}") + view.rows.indicator_names.get(lead.indicator_code, "")
    return text(
        f"leads.found_{lead.kind}", item=item, before=show(lead.before, lead.line),
        after=show(lead.after, lead.line), who=lead.corrected.imported_by,
        time=formatting.moment(lead.corrected.imported_at), file=lead.corrected.file_name,
    )  # fmt: skip


def _outlier(view: LeadsView, lead: Any) -> str:
    item = text(f"stage.{lead.stage}") + view.rows.indicator_names.get(lead.indicator_code, "")
    return text("leads.found_outlier", item=item, value=formatting.value(lead.section_value),
                times=formatting.smallest(lead.times, 1),
                share=formatting.share(lead.contribution))  # fmt: skip


def _moved(view: LeadsView, lead: Any) -> str:
    before = lead.before
    words = {
        "previous": formatting.count(before.previous_pupils),
        "pupils": formatting.count(before.pupils),
    }
    if lead.kind == "section":
        words |= {"previous": formatting.share(before.previous_primary / before.previous_pupils),
                  "pupils": formatting.share(before.primary_pupils / before.pupils)}  # fmt: skip
    if lead.kind == "campus":
        words |= {"gained": formatting.count(lead.other.pupils - lead.other.previous_pupils),
                  "lost": formatting.count(before.previous_pupils - before.pupils)}  # fmt: skip
    if lead.kind == "relabelled":
        words |= {"before": view.types[before.previous_type],
                  "after": view.types[before.school_type]}  # fmt: skip
    result = text("leads.turned") if before.did_comply is False and before.complies else ""
    return text(f"leads.found_{lead.kind}", **words) + result
