"""Fields with their labels, and the two kinds of form: one that a script sends, one that the browser posts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from data.text import text
from layouts import formatting
from layouts.components.elements import list_item, numbered_list, run
from layouts.markup import Node, h

LONGEST_LINE, LONGEST_TEXT = 200, 500


def send_form(kind: str, label: str, hidden: Mapping[str, object], fields: Sequence[Node], *, asks_actor: bool) -> Node:
    """A form sent as `kind` with its hidden values and fields; the button says what it does.

    `asks_actor` where nobody is signed in: then a name is asked for, which the browser remembers.
    """
    return h(
        "form",
        {"className": "send", "data-part": "form", "data-send": kind, "key": label},
        *[hidden_field(name, str(value)) for name, value in hidden.items()],
        *fields,
        field("actor", text("form.actor"), maxLength=40, data_remembered="1") if asks_actor else None,
        submit_button(label, look="button"),
    )


def post_form(action: str, token: str, *fields: Node, look: str = "", **attributes: object) -> Node:
    """A form that the browser posts to an address, with the `token` of the session."""
    place = {"method": "post", "action": action, "className": look or None}
    return h("form", {**place, **_react(attributes)}, hidden_field("csrf_token", token), *fields)


def plain_form(action: str, *fields: Node) -> Node:
    """The same before anybody has a session."""
    return h("form", {"method": "post", "action": action}, *fields)


def query_form(address: str, *fields: Node, look: str = "") -> Node:
    """A form that asks an address for what its fields say."""
    return h("form", {"method": "get", "action": address, "className": look or None}, *fields)


def submit_button(
    label: str, *, look: str = "button filled", name: str = "", value: str = "", form: str = "", **attributes: object
) -> Node:
    """Sends the form around it, or the one with that identity; says which of several steps is meant."""
    step = {"name": name, "value": value} if name else {}
    place = {"className": look, "type": "submit", "form": form or None, "key": name or None}
    return h("button", {**place, **step, **_react(attributes)}, label)


def hidden_field(name: str, value: str) -> Node:
    """A value that the form carries unseen."""
    return h("input", {"type": "hidden", "name": name, "value": value, "key": name})


def field(
    name: str,
    label: str,
    *,
    kind: str = "text",
    value: str = "",
    required: bool = True,
    look: str = "",
    **attributes: object,
) -> Node:
    """One line of input; `attributes` are React's names, with `_` for `-`."""
    known = {"name": name, "type": kind, "required": required or None, "defaultValue": value or None}
    return labelled(label, h("input", {**known, **_react(attributes)}), key=name, look=look)


def text_field(name: str, label: str, *, value: str = "", required: bool = True) -> Node:
    """One line of text."""
    return field(name, label, value=value, required=required, maxLength=LONGEST_LINE)


def account_field(
    name: str, label: str, *, kind: str = "text", complete: str = "off", required: bool = True, longest: int = 200
) -> Node:
    """A line about a person, which the browser fills in as `complete` says."""
    return field(name, label, kind=kind, required=required, autoComplete=complete, maxLength=longest)


def long_field(name: str, label: str, *, value: str = "", required: bool = True, form: str = "") -> Node:
    """Several lines of text, of the form around it or of the one with that identity."""
    attributes = {"name": name, "rows": 2, "required": required or None, "maxLength": LONGEST_TEXT}
    attributes["form"] = form or None
    return labelled(label, h("textarea", {**attributes, "defaultValue": value or None}), key=name)


def date_field(name: str, label: str, *, value: str = "", required: bool = True) -> Node:
    """A day; it is shown as 2026年11月29日 in every browser (`assets/modules/days.js`)."""
    form = text("form.day", year="{year}", month="{month}", day="{day}")
    day_texts = {"data_day": _day_words(value), "data_day_form": form, "data_no_day": text("form.no_day")}
    return field(name, label, kind="date", value=value, required=required, **day_texts)


def _day_words(value: str) -> str:
    """A field's day as people write it; what is no day is none."""
    try:
        return formatting.day(date.fromisoformat(value))
    except ValueError:
        return text("form.no_day")


def number_field(name: str, label: str, *, value: int, least: int, most: int) -> Node:
    """A whole number."""
    return field(name, label, kind="number", value=str(value), min=least, max=most)


def choice_field(name: str, label: str, choices: Iterable[tuple[str, str]], *, chosen: str = "") -> Node:
    """One of the choices (value, label)."""
    options = [h("option", {"value": value, "key": value}, option_label) for value, option_label in choices]
    return labelled(label, h("select", {"name": name, "value": chosen or None}, *options))


def suggest_field(name: str, label: str, suggested: Iterable[str], *, value: str = "", required: bool = True) -> Node:
    """One line of text that offers what is usually written, and takes anything else too."""
    listed = f"{name}-suggested"
    known = {"name": name, "type": "text", "required": required or None, "defaultValue": value or None}
    options = [h("option", {"value": suggestion, "key": suggestion}) for suggestion in suggested]
    line = h("input", {**known, "maxLength": LONGEST_LINE, "list": listed})
    return h("div", {"key": name}, labelled(label, line), h("datalist", {"id": listed}, *options))


def bare_choice(
    name: str, label: str, choices: Iterable[tuple[str, str]], *, chosen: str = "", **attributes: object
) -> Node:
    """One of the choices in a row, whose label only readers are told."""
    options = [
        h("option", {"value": value, "key": f"{value} {option_label}"}, option_label) for value, option_label in choices
    ]
    return h("select", {"name": name, "aria-label": label, "value": chosen, **_react(attributes)}, *options)


def tick_field(name: str, label: str, *, is_set: bool = False) -> Node:
    """A tick that must be set."""
    box = {"type": "checkbox", "name": name, "value": "1", "required": True, "defaultChecked": is_set or None}
    return h("label", {"className": "tick"}, h("input", box), label)


def bare_field(name: str, label: str, **attributes: object) -> Node:
    """An input in a row, whose label only readers are told."""
    return h("input", {"name": name, "aria-label": label, **_react(attributes)})


def tick_list(name: str, label: str, choices: Iterable[tuple[str, str]], *, chosen: Collection[str] = ()) -> Node:
    """Any of the choices (value, label), each with a tick; those `chosen` are ticked."""
    ticks = [
        h(
            "label",
            {"className": "tick", "key": value},
            h("input", {"type": "checkbox", "name": name, "value": value, "defaultChecked": value in chosen or None}),
            h("span", {}, tick_label),
        )
        for value, tick_label in choices
    ]
    return h("fieldset", {"className": "tick-list", "key": name}, h("legend", {}, label), *ticks)


def labelled(label: str, control: Node, *, key: str = "", look: str = "") -> Node:
    """A control below its words."""
    return h("label", {"key": key or None, "className": look or None}, h("span", {}, label), control)


def progress_bar(label: str) -> Node:
    """How far an upload is; a script shows it."""
    return h("progress", {"max": "100", "value": "0", "hidden": True, "aria-label": label})


def history_list(entries: Iterable[tuple[str, str]]) -> Node:
    """What was done: time and person, then words."""
    items = [list_item(run(when, look="d"), " ", event, key=str(n)) for n, (when, event) in enumerate(entries)]
    return numbered_list(items, look="log")


def _react(attributes: Mapping[str, object]) -> dict[str, object]:
    return {name.replace("_", "-"): value for name, value in attributes.items()}
