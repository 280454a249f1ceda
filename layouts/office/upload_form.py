"""The form by which files are handed in, and the templates beside it."""

from collections.abc import Sequence

from data.text import text
from layouts.components.elements import block, link_to, paragraph
from layouts.components.forms import choice_field, field, hidden_field, post_form, progress_bar, submit_button
from layouts.document import DRAFTS
from layouts.markup import Node

SCRIPTS = ("/assets/boot/returns.js", DRAFTS)

ACCEPTED = ".xlsx,.xlsm,.xls,.xlsb,.ods,.et,.csv,.txt,.xml,.htm,.html"


def upload_form(
    periods: Sequence[str], period: str, units: Sequence[tuple[str, str]], kinds: Sequence[tuple[str, str]], token: str
) -> Node:
    """Period, unit and files of one return; `units` and `kinds` are codes with names that the viewer may hand in."""
    first = units[0][0] if units else ""
    template = link_to(
        text("returns.template"),
        href=f"/data/template?period={period}&district_code={first}",
        look="button",
        stays=False,
        data_template="1",
    )
    return post_form(
        "/data/upload",
        token,
        hidden_field("ticket", ""),
        choice_field("period", text("returns.period"), [(p, p) for p in periods], chosen=period),
        choice_field("district_code", text("returns.unit"), units),
        field("file", text("returns.file"), kind="file", look="drop", accept=ACCEPTED, multiple=True),
        block(submit_button(text("returns.upload")), template),
        paragraph(text("returns.file_kinds"), look="src"),
        paragraph(text("returns.templates"), *_templates(kinds), look="src templates"),
        *progress_line(
            text("returns.upload_hint"),
            data_words_joint=text("returns.joint"),
            data_words_chosen=text("returns.chosen", count="{count}", names="{names}"),
        ),
        look="office-form upload",
        encType="multipart/form-data",
        data_upload="1",
    )


def progress_line(hint: str, **attributes: str) -> list[Node]:
    """A bar, and what is said while a form that has a `ticket` is sent and checked; before that the hint."""
    status = paragraph(
        hint,
        look="src",
        role="status",
        data_words_sending=text("returns.sending", percent="{percent}"),
        data_words_checking=text("returns.checking"),
        data_words_waiting=text("returns.waiting", seconds="{seconds}"),
        data_words_failed=text("returns.upload_failed"),
        **attributes,
    )
    return [progress_bar(text("returns.progress")), status]


def _templates(kinds: Sequence[tuple[str, str]]) -> list[Node]:
    """An empty workbook of each kind that the viewer may hand in."""
    return [link_to(name, href=f"/data/template?kind={kind}", stays=False, key=kind) for kind, name in kinds]
