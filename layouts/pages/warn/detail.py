"""One warning opened: rule, value and line of every subject, since when, and what to do."""

from data.catalogue.supervision_tables import WarningRule, WarningTransition
from data.rows.context import UnitContext
from data.rows.warn import SubjectRow, WarningRow
from data.store.audit import AuditRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.warn.rows import WarningDetail, WarnView
from layouts.pages.warn.summary import level_chip
from layouts.parts.forecast import chance_words
from layouts.parts.forms import history_list, long_field, send_form
from layouts.proof.key import cv_key, item_key, unit_key
from layouts.routes import LEDGER, WARN, link


def subject_words(rows: UnitContext, warning: WarningRow, subject: SubjectRow) -> str:
    """What is warned about, with value and line, in one phrase."""
    names = {**rows.item_names, **rows.indicator_names}
    code = warning.rule.warning_code
    place = "".join((text(f"stage.{subject.stage}") if subject.stage else "", names.get(subject.item_code, "")))
    if code == "floor_breached":
        return text("warn.about_floor", place=place, count=_whole(subject.amount), share=_share(subject.line))
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
        return text("warn.about_target", year=_whole(subject.line), count=_whole(subject.amount))
    if code == "losing_compliance":
        return text("warn.about_losing", count=_whole(subject.amount))
    if code == "veto":
        return text("warn.about_veto", item=subject.item_code, name=place)
    if warning.rule.unit != "cv":
        is_late = code == "return_late"
        return text("warn.about_late") if is_late else _plain_words(warning.rule, place, subject)
    return _cv_words(place, subject)


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
    words = text("warn.about_amount", place=place, value=formatting.plain(subject.amount), unit=unit)
    if subject.line is not None:
        words += text("warn.about_line", line=formatting.plain(subject.line), unit=unit)
    return words


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


def warning_drawer(view: WarnView) -> list[Node]:
    """The panel of the chosen warning; empty where none is chosen."""
    detail = view.detail
    if detail is None:
        return []
    warning, rows = detail.warning, view.rows
    unit = next((u for u in rows.units if u.district_code == warning.district_code), None)
    name = unit.name if unit else warning.district_code
    close = link(WARN, rows.state, issue="")
    subjects = [
        h(
            "li",
            {"key": f"{s.stage}{s.item_code}"},
            h(
                "a",
                {"href": link(WARN, rows.state, why=proof_of(warning, s), issue=""), "data-nav": "1"},
                subject_words(rows, warning, s),
            ),
            h("span", {"className": "d"}, text("warn.since", month=formatting.month(s.since))),
        )
        for s in warning.subjects
    ]
    ledger = link(LEDGER, rows.state, district=warning.district_code, only="overdue", issue="")
    return [
        h(
            "section",
            {"className": "proof issue", "aria-label": text("warn.warning")},
            h(
                "div",
                {"className": "proof-head"},
                level_chip(warning.rule.level),
                h("a", {"href": close, "data-nav": "1", "className": "plain", "data-close": "1"}, text("proof.close")),
            ),
            h("h2", {"tabIndex": -1}, text("warn.drawer_title", name=name, rule=warning.rule.name)),
            h("ul", {"className": "files"}, *subjects),
            h(
                "p",
                {},
                text(
                    "warn.drawer_rule",
                    level=text(f"warn.level_{warning.rule.level}"),
                    days=warning.rule.days_to_answer,
                    state=text(f"warn.state_{warning.state}"),
                ),
            ),
            h(
                "div",
                {"className": "notice-actions"},
                h(
                    "button",
                    {
                        "className": "button",
                        "type": "button",
                        "data-action": "export",
                        "data-kind": f"letter.{warning.district_code}",
                    },
                    text("warn.letter"),
                ),
                h("a", {"className": "button", "href": ledger, "data-nav": "1"}, text("warn.to_ledger")),
            ),
            h("h3", {}, text("ledger.history")),
            history_list([_entry(e) for e in detail.history])
            if detail.history
            else h("p", {"className": "d"}, text("warn.no_history")),
            h("h3", {}, text("ledger.actions")),
            h("p", {"className": "src"}, text("form.no_login")) if rows.asks_actor else None,
            *[_step(detail, s, asks_actor=rows.asks_actor) for s in detail.steps],
        )
    ]


def _entry(entry: AuditRow) -> tuple[str, str]:
    words = text(f"warn.did_{entry.action}")
    if entry.reason:
        words += text("ledger.colon") + entry.reason
    return f"{formatting.moment(entry.at)} {entry.actor}", words


def _step(detail: WarningDetail, step: WarningTransition, *, asks_actor: bool) -> Node:
    warning = detail.warning
    hidden = {
        "warning_key": warning.warning_key,
        "action": step.action,
        "version": warning.record.version if warning.record else 0,
        "shown_state": warning.state,
    }
    fields = [long_field("reason", text(f"warn.reason_{step.action}"))] if step.needs_reason else []
    return send_form("warning", text(f"warn.action_{step.action}"), hidden, fields, asks_actor=asks_actor)
