"""Row types of the tables that say what an input file holds and what can be wrong with it."""

from dataclasses import dataclass, field

from data.catalogue.tables import refers_to


@dataclass(frozen=True)
class InputKind:
    """A kind of input file: what makes a row unique, and what a later file replaces as a whole."""

    input_kind: str
    name: str
    key_fields: str
    replaces_by: str
    display_order: int


@dataclass(frozen=True)
class InputColumn:
    """A column of an input file: header text, aliases and what a cell may hold."""

    input_kind: str = refers_to("input_kinds.input_kind")
    field_code: str = field(kw_only=True)
    stage: str = field(kw_only=True)
    header: str = field(kw_only=True)
    aliases: str = field(kw_only=True)
    value_type: str = field(kw_only=True)
    is_required: bool = field(kw_only=True)
    unit: str = field(kw_only=True)
    allowed: str = field(kw_only=True)
    display_order: int = field(kw_only=True)


@dataclass(frozen=True)
class FindingRule:
    """A thing that can be wrong with an input file, in words, with its fix."""

    finding_code: str
    severity: str
    message: str
    suggested_fix: str
    source_code: str = refers_to("sources.source_code")
