"""Row types of the matters of supervision: their kinds, their states, and the steps between these."""

from dataclasses import dataclass, field

from data.catalogue.tables import refers_to


@dataclass(frozen=True)
class MatterKind:
    """A kind of matter: an issue, a warning, a visit, an opinion, a complaint, a survey and its rehearsal, a task book.

    `code_prefix` begins the numbers of those that stand in the table of matters; empty where a kind has its own.
    `first_term_code`: the parameter that says how long the first step has; empty where a day is said, or none is due.
    """

    matter_kind: str
    name: str
    code_prefix: str
    first_term_code: str
    display_order: int


@dataclass(frozen=True)
class MatterState:
    """A state of a kind of matter; `step` is its place on the way, 0 for what fell back."""

    matter_kind: str = refers_to("matter_kinds.matter_kind")
    state_code: str = field(kw_only=True)
    name: str = field(kw_only=True)
    is_open: bool = field(kw_only=True)
    step: int = field(kw_only=True)


@dataclass(frozen=True)
class Transition:
    """A permitted step of a matter: who may, from where to where, and what it needs.

    `needs_second_person`: not who did it before; `needs_other_reviewer`: nor who reviewed it before.
    `needs_other_unit`: not by anybody whom it is about (of an issue: a municipal one), `needs_own_unit`: by
    nobody else. `deadline` says what it does with
    the deadline: set the `first`, `ask` for another, `grant` or `deny` that, `set` it anew; empty leaves it.
    `term_code`: the parameter that says how many days the next step has from this one.
    """

    matter_kind: str = refers_to("matter_kinds.matter_kind")
    action: str = field(kw_only=True)
    from_state: str = field(kw_only=True, metadata={"refers_to": "matter_states.state_code"})
    to_state: str = field(kw_only=True, metadata={"refers_to": "matter_states.state_code"})
    permission: str = field(kw_only=True)
    needs_reason: bool = field(kw_only=True)
    needs_evidence: bool = field(kw_only=True)
    needs_measure: bool = field(kw_only=True)
    needs_second_person: bool = field(kw_only=True)
    needs_other_reviewer: bool = field(kw_only=True)
    needs_met_value: bool = field(kw_only=True)
    needs_other_unit: bool = field(kw_only=True)
    needs_own_unit: bool = field(kw_only=True)
    deadline: str = field(kw_only=True)
    term_code: str = field(kw_only=True)


@dataclass(frozen=True)
class VisitCheck:
    """What is looked at in a school, and how; one that is not always asked is asked where the school falls short."""

    check_code: str
    item_code: str
    side: str
    look_at: str
    is_always: bool
    display_order: int
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class SurveyGroup:
    """Who is asked in a survey of satisfaction."""

    group_code: str
    name: str
    display_order: int
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)
