"""What the pages of every kind of matter do with a step: read it from the form, take it, say what came of it."""

from collections.abc import Callable

import flask
from werkzeug.wrappers import Response

from callbacks.writing.form_fields import date_field_of, int_field_of, text_field_of
from data.store.matters import Matter, MatterStep
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.text import text
from layouts import formatting

Page = str | Response | tuple[str, int]


def asked_step(matter: Matter) -> MatterStep:
    """The step that the form of a matter asks for, as the person saw the matter."""
    said = dict[str, object](flask.request.form.items())
    return MatterStep(
        matter.matter_code,
        int_field_of(said, "version"),
        text_field_of(said, "action"),
        text_field_of(said, "reason"),
        date_field_of(said, "due_on"),
    )


def answer_step(
    address: str, take: Callable[[], None], show: Callable[[str], str], show_anew: Callable[[str], str]
) -> Page:
    """Take a step and lead to the matter at an address.

    A refusal is shown on the page as the person had it (`show`), with 400; where somebody else was first, the matter
    as it is now (`show_anew`), with 409.
    """
    try:
        take()
    except RefusedError as error:
        return show(refusal_words(error)), 400
    except ChangedMeanwhileError as error:
        return show_anew(text("form.changed", who=error.by, time=formatting.moment(error.at))), 409
    return flask.redirect(f"{address}?done=1")


def refusal_words(error: RefusedError) -> str:
    """Why nothing was saved."""
    return text("form.refused", reason=text(f"refused.{error.code}", detail=error.detail))
