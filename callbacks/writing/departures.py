"""What a form says of each doubt, and where each school went that the return does not hold."""

from collections.abc import Mapping

from data.catalogue.input_tables import SchoolDeparture
from data.catalogue.loader import Catalogue
from data.store.refusals import RefusedError
from data.store.submission import Submission
from data.text import text

ABOUT_GONE = ("school_missing", "replaces_losing")
"""Findings that are answered school by school."""
LONGEST, LONGEST_ANSWER = 100, 500


def explanations_of(catalogue: Catalogue, submission: Submission, form: Mapping[str, str]) -> dict[str, str]:
    """The words for each group of doubts that a form gives.

    Raises:
        RefusedError: a school that is gone has no reason, or was forgotten.
    """
    typed = {
        name: explanation.strip()[:LONGEST_ANSWER] for name, explanation in form.items() if name.startswith("explain.")
    }
    said = {name.removeprefix("explain."): explanation for name, explanation in typed.items()}
    groups = [group for group in submission.to_explain if group.partition(".")[0] in ABOUT_GONE]
    if groups and submission.result.get("gone"):
        explanation = _departures(catalogue, submission, form)
        said |= dict.fromkeys(groups, explanation)
    return said


def _departures(catalogue: Catalogue, submission: Submission, form: Mapping[str, str]) -> str:
    reasons = {d.departure_code: d for d in catalogue.rows(SchoolDeparture)}
    told: list[str] = []
    for school in submission.result.get("gone", []):
        reason = reasons.get(form.get(f"gone.{school['school_code']}", ""))
        if reason is None:
            raise RefusedError("needs_departure")
        if not reason.is_explained:
            raise RefusedError("school_forgotten")
        more = form.get(f"gone_words.{school['school_code']}", "").strip()[:LONGEST]
        name = text("reception.school", name=school["school_name"], code=school["school_code"])
        told.append(text("returns.departure", school=name, reason=reason.name) + (f"（{more}）" if more else ""))
    return "；".join(told)
