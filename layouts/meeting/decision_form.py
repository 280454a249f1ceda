"""What is decided about a view: what, who, until when."""

from collections.abc import Sequence

from data.text import text
from layouts.components.forms import choice_field, date_field, long_field, send_form, text_field
from layouts.markup import Node


def decision_form(
    meeting_code: str,
    unit_names: Sequence[tuple[str, str]],
    *,
    address: str,
    subject: str,
    asks_actor: bool,
    asks_address: bool,
) -> Node:
    """The form about the view of an address; a chosen unit (`unit_names`: code and name) reads the decision.

    `asks_address` where the view may still be another one.
    """
    fields = (
        text_field("subject", text("meetings.subject"), value=subject),
        long_field("resolution", text("meetings.resolution")),
        choice_field("district", text("meetings.decision_unit"), [("", text("meetings.no_unit")), *unit_names]),
        text_field("responsible_unit", text("meetings.responsible"), required=False),
        date_field("due_on", text("ledger.column_due"), required=False),
        *([text_field("address", text("meetings.address"), value=address)] if asks_address else []),
    )
    about = {"action": "decide", "meeting_code": meeting_code} | ({} if asks_address else {"address": address})
    return send_form("meeting", text("meetings.decide"), about, fields, asks_actor=asks_actor)
