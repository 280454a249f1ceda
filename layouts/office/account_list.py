"""A list of accounts from a workbook: how to hand it in, what is wrong with it, what it would do for whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.account_lists.reading import ListFinding
from data.store.account_lists import CHANGE, CREATE, RENEW, SAME, ListPlan, ListStep
from data.text import text
from layouts import formatting
from layouts.components.data_table import Column, column
from layouts.components.elements import block, bullet_list, link_to, list_item, paragraph
from layouts.components.forms import choice_field, field, hidden_field, post_form, submit_button
from layouts.components.rest import rest_note
from layouts.components.sections import heading
from layouts.document import WAITING, alert_line, document
from layouts.markup import Node
from layouts.office.accounts import Choices, days_words
from layouts.office.table import long_words, office_table

ACCEPTED = ".xlsx,.xlsm,.xls,.xlsb,.ods,.et,.csv,.txt"
MOST_FINDINGS, MOST_ROWS = 500, 200


@dataclass(frozen=True)
class ListView:
    """A list that was looked at: what is wrong, else what it does, and how it is named when it is taken."""

    findings: Sequence[ListFinding]
    plan: ListPlan | None
    sha256: str
    renews: bool
    today: date
    signed_in: frozenset[str]
    """Whose sessions are open, of the accounts that change."""


def account_list_page(view: ListView | None, choices: Choices, token: str, account_bar: Node, message: str) -> str:
    """The form, and what was found in the list that was handed in last."""
    title = text("account_list.title")
    return document(
        title,
        [
            paragraph(link_to(text("accounts.one.back"), href="/accounts", stays=False)),
            heading(title, level=1),
            alert_line(message, is_failure=True, role="status") if message else None,
            *_found(view, choices, token),
            heading(text("account_list.hand_in")),
            _form(token),
        ],
        "office",
        account_bar=account_bar,
        scripts=[WAITING],
    )


def _waiting(said: str) -> Node:
    """Where a form says that it is at work, once it was sent."""
    return paragraph(look="told", aria_live="polite", data_words_waiting=said)


def _form(token: str) -> Node:
    templates = block(
        submit_button(text("account_list.look")),
        link_to(text("account_list.template"), href="/account-list/template", look="button", stays=False),
        link_to(text("account_list.template_schools"), href="/account-list/template?schools=1", stays=False),
    )
    renews = [("", text("account_list.renews_not")), ("1", text("account_list.renews"))]
    return post_form(
        "/account-list",
        token,
        field("file", text("account_list.file"), kind="file", accept=ACCEPTED),
        choice_field("renews", text("account_list.renew_which"), renews),
        templates,
        _waiting(text("account_list.looking")),
        paragraph(text("account_list.hint"), look="src"),
        look="office-form",
        data_waits="",
        encType="multipart/form-data",
    )


def _found(view: ListView | None, choices: Choices, token: str) -> list[Node]:
    if view is None:
        return []
    if view.plan is None:
        return _findings(view.findings)
    return _preview(view, view.plan, choices, token)


def _findings(findings: Sequence[ListFinding]) -> list[Node]:
    columns: list[Column[ListFinding]] = [
        column("account_list.head.", "sheet", lambda f: f.sheet),
        column("account_list.head.", "cell", lambda f: f.cell or formatting.NONE),
        column("account_list.head.", "wrong", lambda f: long_words(_wrong(f))),
        column("account_list.head.", "mend", lambda f: long_words(_mend(f))),
    ]
    title = text("account_list.wrong", count=formatting.count(len(findings)))
    table = office_table(columns, findings[:MOST_FINDINGS], name=title)
    more = rest_note("account_list.more_findings", len(findings) - MOST_FINDINGS)
    return [alert_line(title, is_failure=True, role="status"), table, more]


def _wrong(finding: ListFinding) -> str:
    if finding.code == "refused":
        return text("account_list.finding.refused", value=finding.value)
    return text(f"account_list.finding.{finding.code}", value=finding.value)


def _mend(finding: ListFinding) -> str:
    if finding.code == "refused":
        return text(f"refused.{finding.detail}")
    return text(f"account_list.mend.{finding.code}", detail=finding.detail)


def _preview(view: ListView, plan: ListPlan, choices: Choices, token: str) -> list[Node]:
    made, changed, renewed = (plan.of_kind(kind) for kind in (CREATE, CHANGE, RENEW))
    if not [*made, *changed, *renewed]:
        return [alert_line(text("account_list.nothing"), role="status")]
    counts = [(made, "makes"), (changed, "changes"), (renewed, "renews_count"), (plan.of_kind(SAME), "leaves")]
    lines = [
        list_item(text(f"account_list.{outcome}", count=formatting.count(len(steps))), key=outcome)
        for steps, outcome in counts
        if steps
    ]
    roles = dict(choices.roles)
    by_role = Counter(roles[step.change.role_code] for step in made)
    lines += [
        list_item(text("account_list.of_role", role=role, count=formatting.count(n)), key=role)
        for role, n in by_role.items()
    ]
    is_handed = bool(made or renewed)
    confirm = post_form(
        "/account-list/passwords",
        token,
        hidden_field("sha256", view.sha256),
        hidden_field("mark", plan.mark),
        paragraph(text("account_list.once")) if is_handed else None,
        submit_button(text("account_list.take_with_passwords" if is_handed else "account_list.take")),
        link_to(text("accounts.one.leave"), href="/account-list", look="button", stays=False),
        _waiting(text("account_list.handing" if is_handed else "account_list.taking")),
        look="stacked",
        data_waits="",
    )
    return [
        heading(text("accounts.one.preview_title")),
        bullet_list(lines, look="effects"),
        *_rows(text("account_list.changed_rows"), [*changed, *renewed], view, choices),
        *_rows(text("account_list.made_rows"), made, view, choices),
        confirm,
    ]


def _rows(title: str, steps: Sequence[ListStep], view: ListView, choices: Choices) -> list[Node]:
    """Each account with what it becomes, as far as a page holds them."""
    if not steps:
        return []
    columns: list[Column[ListStep]] = [
        column("accounts.column.", "name", lambda s: s.change.account_name),
        column("accounts.column.", "person", lambda s: s.change.person),
        column("account_list.head.", "becomes", lambda s: long_words("；".join(_becomes(s, view, choices)))),
    ]
    table = office_table(columns, steps[:MOST_ROWS], name=title, key=lambda s: s.change.account_name)
    rest = steps[MOST_ROWS:]
    more = paragraph(text("account_list.more", count=formatting.count(len(rest))), look="src") if rest else None
    return [heading(title, level=3), table, more]


def _becomes(step: ListStep, view: ListView, choices: Choices) -> list[str]:
    """What an account becomes; of one that there is, each thing that changes, from what to what."""
    roles, after, before = dict(choices.roles), step.change, step.before
    now = _said(after.role_code, after.district_codes, after.school_codes, roles, choices)
    days = days_words(after.valid_from, after.valid_to)
    if before is None:
        return [*filter(None, now), *([days] if after.valid_from or after.valid_to else [])]
    was = _said(before.role_code, before.district_codes, before.school_codes, roles, choices)
    differing = [
        (before.person, after.person),
        *zip(was, now, strict=True),
        (days_words(before.valid_from, before.valid_to), days),
    ]
    said = [
        text("account_list.from_to", before=old or formatting.NONE, after=new or formatting.NONE)
        for old, new in differing
        if old != new
    ]
    is_out = step.kind == RENEW or (before.role_code, before.district_codes, before.school_codes) != (
        after.role_code,
        after.district_codes,
        after.school_codes,
    )
    said += [text("account_list.new_password")] if step.kind == RENEW else []
    return said + ([text("account_list.ends")] if is_out and after.account_name in view.signed_in else [])


def _said(
    role_code: str, units: Sequence[str], schools: Sequence[str], roles: dict[str, str], choices: Choices
) -> tuple[str, str, str]:
    """Role, units and schools in words."""
    names = "、".join(choices.units_ever.get(code, code) for code in units)
    return roles.get(role_code, role_code), names, " ".join(schools)
