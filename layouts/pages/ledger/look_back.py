"""What is due for 回头看: by which rule, and the button that lists it."""

from data.text import text
from layouts import formatting
from layouts.components.elements import paragraph
from layouts.components.forms import send_form
from layouts.markup import Node
from layouts.pages.ledger.rows import LedgerView
from layouts.routes import LEDGER, link


def look_back_lead(view: LedgerView) -> list[Node]:
    """The rule in words, and of what is due a form for who may list it; empty on other tabs."""
    if view.tab != "look_back":
        return []
    rule = view.look_back
    share = formatting.plain(round(rule.share * 100, 6))
    means = paragraph(text("look_back.means", days=rule.after_days, share=share), look="src")
    count = len(view.due_look_backs)
    if not count:
        return [means, paragraph(text("look_back.none_due"), look="src")]
    if not view.may_list:
        return [means]
    hidden = {"address": link(LEDGER, view.rows.state, issue="", about=""), "seen": view.due_mark}
    label = text("look_back.list_all", count=formatting.count(count))
    return [means, send_form("look_back", label, hidden, [], asks_actor=view.rows.asks_actor)]
