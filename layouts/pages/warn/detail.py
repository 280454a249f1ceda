"""One warning opened: rule, value and line of every subject, since when, and what to do."""

from data.catalogue.matter_tables import Transition
from data.catalogue.supervision_tables import WarningRule
from data.proof_key import cv_key, item_key, unit_key
from data.rows.context import UnitContext
from data.rows.warn import SubjectRow, WarningRow
from data.store.audit import AuditRow
from data.text import text
from layouts import formatting
from layouts.components.drawer import drawer, history_and_actions
from layouts.components.elements import action_button, block, bullet_list, link_to, list_item, paragraph, run
from layouts.components.forms import long_field, send_form
from layouts.markup import Node
from layouts.pages.ledger.opening import IN_WORDS, LONGEST_SUBJECT
from layouts.pages.warn.letters import answer_upload, correspondence
from layouts.pages.warn.rows import WarningDetail, WarnView
from layouts.pages.warn.summary import level_chip
from layouts.parts.forecast import chance_words
from layouts.routes import LEDGER, WARN, link


def subject_words(rows: UnitContext, warning: WarningRow, subject: SubjectRow, *, is_brief: bool = False) -> str:
    """What is warned about, with value and line, in one phrase; `is_brief` below the name of its rule."""
    names = {**rows.item_names, **rows.indicator_names}
    code = warning.rule.warning_code
    place = "".join((text(f"stage.{subject.stage}") if subject.stage else "", names.get(subject.item_code, "")))
    if code == "floor_breached":
        count = _whole(subject.amount)
        brief = text("warn.brief_floor", place=place, count=count)
        return brief if is_brief else text("warn.about_floor", place=place, count=count, share=_share(subject.line))
    if code == "issue_overdue":
        kind = "_own" if rows.own_schools else ""
        return text(f"warn.about_overdue{kind}", count=_whole(subject.amount), days=_whole(subject.line))
    if code == "target_unlikely":
        name = f"{subject.item_code} {names.get(subject.item_code, '')}".strip()
        return text(
            "warn.about_chance",
            words=_chance(rows, subject.amount),
            year=_whole(subject.line),
            item=name,
            item_words=_chance(rows, subject.previous_amount),
        )
    if code == "target_missed":
        missed = text("warn.about_target", year=_whole(subject.line), count=_whole(subject.amount))
        return missed + _met_since(rows, warning)
    if code == "losing_compliance":
        return text("warn.about_losing", count=_whole(subject.amount))
    if code == "veto":
        return text("warn.about_veto", item=subject.item_code, name=place)
    if warning.rule.unit != "cv":
        is_late = code == "return_late"
        return text("warn.about_late") if is_late else _plain_words(warning.rule, place, subject)
    return _cv_words(place, subject)


def _met_since(rows: UnitContext, warning: WarningRow) -> str:
    """；2026年9月已达标, where a later return showed it; empty where none did."""
    unit = next((u for u in rows.units if u.district_code == warning.district_code), None)
    ended_on = None if unit is None else unit.lateness_ended_on(rows.today)
    month = "" if ended_on is None else text("actions.overdue_ended", month=formatting.month(ended_on))
    return f"；{month}" if month else ""


def _cv_words(place: str, subject: SubjectRow) -> str:
    """A CV beside its limit and, where one is compared, the one before with as many digits."""
    value, before = formatting.cv(subject.amount, subject.line), ""
    if subject.amount is not None and subject.previous_amount is not None:
        before, value = formatting.cv_pair(subject.previous_amount, subject.amount, subject.line)
        before = text("warn.about_before", value=before)
        if subject.is_recast:
            before += text("warn.about_recast")
    return (
        text("warn.about_cv", place=place or text("warn.composite"), value=value, line=formatting.value(subject.line))
        + before
    )


def _whole(number: float | None) -> str:
    return formatting.NONE if number is None else str(int(number))


def _share(share: float | None) -> str:
    return formatting.NONE if share is None else formatting.share(share).replace(".0%", "%")


def _chance(rows: UnitContext, chance: float | None) -> str:
    return formatting.NONE if chance is None else chance_words(chance, rows.chance_lines)


def _plain_words(rule: WarningRule, place: str, subject: SubjectRow) -> str:
    """Value and line of a rule without a sentence of its own."""
    if subject.amount is None:
        return place or rule.name
    unit = unit_name(rule.unit)
    sentence = text("warn.about_amount", place=place, value=formatting.plain(subject.amount), unit=unit)
    if subject.line is not None:
        sentence += text("warn.about_line", line=formatting.plain(subject.line), unit=unit)
    return sentence


def unit_name(unit: str) -> str:
    """The unit of a warning rule as it is printed behind a number."""
    return {"cv": "", "chance": "", "days": text("warn.unit_days")}.get(unit, unit)


def proof_of(warning: WarningRow, subject: SubjectRow) -> str:
    """The key of the proof of a subject's value; the unit's own where it has none."""
    if subject.item_code and subject.stage and warning.rule.unit == "cv":
        return cv_key(subject.district_code, subject.stage, subject.item_code)
    if subject.item_code:
        return item_key(subject.district_code, subject.item_code)
    return unit_key(subject.district_code)


def _raised(warning: WarningRow) -> Node:
    """Why its level is above that of its rule; nothing where it is not."""
    if warning.escalation is None:
        return None
    sentence = text(
        "warn.raised_means",
        times=warning.escalation.silent_times,
        days=warning.rule.days_to_answer,
        before=text(f"warn.level_{warning.rule.level}"),
        level=text(f"warn.level_{warning.level}"),
    )
    return paragraph(sentence, look="c-fail")


def warning_drawer(view: WarnView) -> list[Node]:
    """The panel of the chosen warning; empty where none is chosen."""
    detail = view.detail
    if detail is None:
        return []
    warning, rows = detail.warning, view.rows
    code = warning.district_code
    name = next((u.name for u in rows.units if u.district_code == code), code)
    rule_words = text(
        "warn.drawer_rule",
        level=text(f"warn.level_{warning.level}"),
        days=warning.rule.days_to_answer,
        state=text(f"warn.state_{warning.state}"),
    )
    letter = action_button(text("warn.letter"), action="export", data_kind=f"letter.{code}")
    ledger = link(LEDGER, rows.state, district=code, only="overdue", issue="")
    return [
        drawer(
            level_chip(warning.level),
            [text("warn.drawer_title", name=name, rule=warning.rule.name)],
            bullet_list([_subject(rows, warning, s) for s in warning.subjects], look="files"),
            paragraph(rule_words),
            _raised(warning),
            block(
                letter,
                link_to(text("warn.to_ledger"), href=ledger, look="button"),
                link_to(
                    text("opening.in_words"), href=_opening(view, warning), look="button", data_needs="ledger.open"
                ),
                look="notice-actions",
            ),
            *correspondence(detail),
            *history_and_actions(
                [_entry(e) for e in detail.history],
                [
                    answer_upload(detail, asks_actor=rows.asks_actor),
                    *[_step(detail, s, asks_actor=rows.asks_actor) for s in detail.steps],
                ],
                none=text("warn.no_history"),
                asks_actor=rows.asks_actor,
            ),
            label=text("warn.warning"),
            close=link(WARN, rows.state, issue=""),
        )
    ]


def _opening(view: WarnView, warning: WarningRow) -> str:
    """The form of a new issue with the warning's first sentence."""
    said = text("opening.warned", rule=warning.rule.name, words=subject_words(view.rows, warning, warning.subjects[0]))
    about = {"about": IN_WORDS, "subject": said[:LONGEST_SUBJECT], "district": warning.district_code}
    return link(LEDGER, view.rows.state, **about, issue="", why="")


def _subject(rows: UnitContext, warning: WarningRow, subject: SubjectRow) -> Node:
    proof = link(WARN, rows.state, why=proof_of(warning, subject), issue="")
    return list_item(
        link_to(subject_words(rows, warning, subject), href=proof),
        run(text("warn.since", month=formatting.month(subject.since)), look="d"),
        key=f"{subject.stage}{subject.item_code}",
    )


def _entry(entry: AuditRow) -> tuple[str, str]:
    event = text(f"warn.did_{entry.action}")
    if entry.after.get("document_number"):
        event += text("warn.with_number", number=str(entry.after["document_number"]))
    if entry.after.get("file_name"):
        event += text("ledger.colon") + str(entry.after["file_name"])
    if entry.reason:
        event += text("ledger.colon") + entry.reason
    return f"{formatting.moment(entry.at)} {entry.actor}", event


def _step(detail: WarningDetail, step: Transition, *, asks_actor: bool) -> Node:
    warning = detail.warning
    hidden = {
        "warning_key": warning.warning_key,
        "action": step.action,
        "version": warning.record.version if warning.record else 0,
        "shown_state": warning.state,
    }
    fields = [long_field("reason", text(f"warn.reason_{step.action}"))] if step.needs_reason else []
    is_again = step.action == "remind" and step.from_state != "new"
    label = text("warn.action_remind_again") if is_again else text(f"warn.action_{step.action}")
    return send_form("warning", label, hidden, fields, asks_actor=asks_actor)
