"""All warnings of the list that wait for a reminder: drafts of their letters, and one press that sends them."""

from data.text import text
from layouts import formatting
from layouts.components.elements import action_button, block, paragraph
from layouts.components.forms import send_form
from layouts.markup import Node
from layouts.pages.warn.rows import WarnView
from layouts.routes import WARN, link


def reminding(view: WarnView) -> Node:
    """The two steps in their order; nothing for who does not remind, or where nothing waits."""
    waiting = view.waiting
    if not (view.may_remind and waiting):
        return None
    units = len({w.district_code for w in waiting})
    hidden = {"address": link(WARN, view.rows.state, issue=""), "seen": view.waiting_mark}
    count = formatting.count(len(waiting))
    return block(
        paragraph(text("reminding.means", count=count, units=units)),
        action_button(text("reminding.letters", units=units), action="export", data_kind="letters"),
        send_form("remind_all", text("reminding.all", count=count), hidden, [], asks_actor=view.rows.asks_actor),
        look="notice-actions",
    )
