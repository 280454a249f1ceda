"""到校记录: the page that an inspector has on a phone in a school; it works without a connection."""

from collections.abc import Sequence

from data.rows.visits import Check, SchoolToVisit
from data.store.visit_photos import MOST_PHOTOS
from data.text import text
from layouts import formatting
from layouts.assets import VISIT, modules_address
from layouts.components.answers import answer_choice, bare_words, device_form, photo_field
from layouts.components.elements import (
    action_button,
    block,
    bullet_list,
    link_to,
    list_item,
    paragraph,
    run,
    small,
    strong,
)
from layouts.components.forms import bare_field, hidden_field, long_field, submit_button, text_field
from layouts.components.sections import heading, region
from layouts.document import document
from layouts.markup import Node

SEND_TO, WORKER = "/visits/record", "/visits/worker.js"
ANSWERS = ("agrees", "differs", "unseen")


def visit_record_page(
    schools: Sequence[SchoolToVisit],
    left: int,
    account: str,
    token: str,
    account_bar: Node,
    *,
    is_demonstration: bool,
    asks_actor: bool,
) -> str:
    """The list of schools and, one at a time, the record of a visit to each."""
    title = text("visit.record_title")
    mark = run(text("app.demo"), look="demo") if is_demonstration else None
    body = [
        block(
            link_to(text("visit.back"), href="/visits", look="plain", stays=False, data_at="list"),
            link_to(text("visit.back_to_schools"), href="#", look="plain", stays=False, hidden=True, data_at="school"),
            heading(title, level=1),
            mark,
            look="visit-head",
        ),
        block(
            run(text("visit.offline"), look="b", data_when="offline", hidden=True),
            run(text("visit.online"), data_when="online"),
            run(look="waiting", data_waiting=text("visit.waiting", count="{count}", photos="{photos}"), hidden=True),
            look="visit-line",
            role="status",
        ),
        paragraph(look="told visit-told", role="alert", hidden=True),
        text_field("actor", text("form.actor")) if asks_actor else None,
        _list(schools, left),
        *[_school(school) for school in schools],
        region(
            heading(text("visit.queue_title"), level=2),
            bullet_list([], look="queue"),
            paragraph(text("visit.queue_note"), look="src"),
            look="visit-queue",
            hidden=True,
        ),
        block(
            hidden=True,
            data_visits=account,
            data_token=token,
            data_worker=WORKER,
            data_send=SEND_TO,
            data_words_sent=text("visit.sent", name="{name}"),
            data_words_sent_issues=text("visit.sent_issues", name="{name}", count="{count}", codes="{codes}"),
            data_words_signed_out=text("visit.signed_out"),
            data_words_draft=text("visit.draft_kept", name="{name}"),
            data_words_full=text("visit.device_full"),
            data_words_other=text("visit.other_account", count="{count}"),
            data_words_unanswered=text("visit.unanswered"),
            data_words_finding=text("visit.finding_needed", title="{title}"),
            data_words_photos=text("visit.photos", count="{count}"),
            data_words_joint=text("returns.joint"),
            data_words_remove=text("visit.remove_photo"),
            data_words_mend=text("visit.mend"),
            data_words_again=text("visit.photos_again"),
            data_words_leave=text("visit.leave_photos"),
            data_words_busy=text("visit.draft_first", name="{name}"),
            data_words_no_photo=text("visit.no_photo", names="{names}"),
            data_words_most_photos=text("refused.photo_count", most=MOST_PHOTOS),
            data_most_photos=MOST_PHOTOS,
            data_words_no_store=text("visit.no_store"),
            data_words_refused=text("visit.not_taken"),
            data_words_unlisted=text("visit.unlisted_draft", name="{name}"),
        ),
    ]
    return document(title, body, "visit-page", account_bar=account_bar, modules=[modules_address() + VISIT])


def _list(schools: Sequence[SchoolToVisit], left: int) -> Node:
    if not schools:
        return region(
            paragraph(text("visit.none"), look="b"),
            paragraph(text("visit.none_hint")),
            look="visit-list",
            data_at="list",
        )
    items = [
        list_item(
            link_to(
                strong(s.school_name),
                small(_place(s)),
                run(text("visit.draft"), look="draft", data_draft=s.school_code, hidden=True),
                run(text("visit.to_look_at", count=len(s.checks)), look="count"),
                href=f"#{s.school_code}",
                stays=False,
            ),
            key=s.school_code,
        )
        for s in schools
    ]
    return region(
        heading(text("visit.schools", count=len(schools)), level=2),
        bullet_list(items, look="schools"),
        paragraph(text("visit.more_schools", count=left), look="src") if left else None,
        look="visit-list",
        data_at="list",
    )


def _place(school: SchoolToVisit) -> str:
    parts = [school.unit_name, text("visit.of_term", number=school.made + 1, due=school.due)]
    if school.due_on:
        parts.append(text("visit.planned_on", day=formatting.day(school.due_on)))
    return text("visit.dot").join(parts)


def _school(school: SchoolToVisit) -> Node:
    """The record of one school; a script shows it when its name is touched."""
    sides = [(side, [(n, c) for n, c in enumerate(school.checks) if c.side == side]) for side in ("hard", "soft")]
    return device_form(
        school.school_code,
        hidden_field("school_code", school.school_code),
        hidden_field("matter_code", school.planned.matter_code if school.planned else ""),
        heading(
            text("visit.head", name=school.school_name),
            run(text("visit.to_look_at", count=len(school.checks)), look="c-fail"),
            run(look="seen", data_seen=text("visit.seen", count="{count}")),
            level=2,
        ),
        paragraph(_place(school), look="src"),
        *[
            region(
                heading(text(f"visit.side_{side}", count=len(checks)), level=3),
                *[_check(n, c) for n, c in checks],
                look="visit-side",
            )
            for side, checks in sides
            if checks
        ],
        long_field("impression", text("visit.impression"), required=False),
        paragraph(text("visit.asks_nothing"), look="src"),
        block(
            action_button(text("visit.keep_draft"), look="button", data_keep="1"),
            submit_button(text("visit.done"), look="button filled"),
            look="visit-foot",
        ),
        look="visit",
        data_visit=school.school_code,
        data_name=school.school_name,
    )


def _check(number: int, check: Check) -> Node:
    choices = [(answer, text(f"visit.answer_{answer}")) for answer in ANSWERS]
    return block(
        block(
            block(
                strong(check.title),
                small(check.reported) if check.reported else None,
                small(text("visit.look_at", words=check.look_at)) if check.look_at else None,
                look="what",
            ),
            answer_choice(f"answer.{number}", check.title, choices),
            look="asked",
        ),
        block(
            strong(text("visit.finding"), look="c-fail"),
            small(text("visit.finding_hint")),
            bare_words(f"words.{number}", text("visit.words_of", title=check.title)),
            block(
                block(look="photos"),
                photo_field(f"photo.{number}", text("visit.photograph")),
                bare_field(
                    f"measured.{number}",
                    text("visit.measured_of", title=check.title),
                    maxLength=60,
                    placeholder=text("visit.measured"),
                ),
                look="evidence",
            ),
            look="finding",
            hidden=True,
        ),
        look="check",
        key=check.check_code,
        data_check=check.check_code,
        data_title=check.title,
        data_reported=check.reported,
        data_side=check.side,
    )
