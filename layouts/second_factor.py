"""The page of the second factor: the code to scan, the recovery codes once, and the way to do without."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.store.one_time_codes import address_of
from data.store.second_factor import Factor
from data.text import text
from layouts import formatting
from layouts.components.elements import bullet_list, disclosure, link_to, list_item, paragraph
from layouts.components.forms import account_field, hidden_field, post_form, submit_button
from layouts.components.qr_code import qr_code
from layouts.document import door_document
from layouts.markup import Node

ADDRESS = "/second-factor"
IN_GROUPS = 4


@dataclass(frozen=True)
class FactorView:
    """The account, its factor, the secret that was begun, the codes just made, and whether its role must have one."""

    account_name: str
    factor: Factor | None
    secret: str | None = None
    codes: Sequence[str] = ()
    is_due: bool = False


def second_factor_page(view: FactorView, token: str, message: str) -> str:
    """What stands next: begin, scan and confirm, note the recovery codes, or renew and give up."""
    if view.codes:
        body = _codes(view.codes)
    elif view.secret:
        body = _scan(view, view.secret, token)
    elif view.factor and view.factor.confirmed_at:
        body = _in_use(view.factor, token, is_due=view.is_due)
    else:
        body = [paragraph(text("second_factor.why")), _form(token, "begin", submit_button(text("second_factor.begin")))]
    is_done = bool(view.codes or (view.factor and view.factor.confirmed_at))
    way_back = None if view.is_due and not is_done else paragraph(_way_back(is_done=is_done))
    return door_document(text("second_factor.title"), *body, way_back, message=message)


def _way_back(*, is_done: bool) -> Node:
    label = text("second_factor.back") if is_done else text("second_factor.later")
    return link_to(label, href="/", look="button", stays=False)


def _form(token: str, action: str, *fields: Node) -> Node:
    return post_form(ADDRESS, token, hidden_field("action", action), *fields)


def _code_field(label: str) -> Node:
    return account_field("code", label, complete="one-time-code", longest=40)


def _scan(view: FactorView, secret: str, token: str) -> list[Node]:
    address = address_of(secret, view.account_name, text("app.name"))
    grouped = " ".join(secret[n : n + IN_GROUPS] for n in range(0, len(secret), IN_GROUPS))
    return [
        paragraph(text("second_factor.scan")),
        qr_code(address, text("second_factor.picture")),
        paragraph(text("second_factor.by_hand", secret=grouped), look="src wrap"),
        _form(
            token,
            "confirm",
            _code_field(text("second_factor.first_code")),
            submit_button(text("second_factor.confirm")),
        ),
    ]


def _codes(codes: Sequence[str]) -> list[Node]:
    return [
        paragraph(text("second_factor.note_codes"), role="status"),
        bullet_list([list_item(code, key=code) for code in codes], look="recovery-codes"),
    ]


def _in_use(factor: Factor, token: str, *, is_due: bool) -> list[Node]:
    since = formatting.moment(factor.confirmed_at) if factor.confirmed_at else formatting.NONE
    left = formatting.count(factor.recovery_left)
    code = _code_field(text("second_factor.code"))
    renew = _form(token, "renew", code, submit_button(text("second_factor.renew"), look="button"))
    remove = _form(token, "remove", code, submit_button(text("second_factor.remove"), look="button"))
    return [
        paragraph(text("second_factor.in_use", since=since, count=left)),
        disclosure(text("second_factor.renew"), renew),
        paragraph(text("second_factor.demanded")) if is_due else disclosure(text("second_factor.remove"), remove),
    ]
