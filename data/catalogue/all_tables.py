"""Every table of the catalogue: its row type, and the columns that name what a row is about."""

from typing import Any

from data.catalogue import access_tables as access
from data.catalogue import input_tables, lead_tables, recognition_tables
from data.catalogue import matter_tables as matters
from data.catalogue import supervision_tables as supervision
from data.catalogue import tables as t
from data.catalogue.calendar_tables import CalendarDay
from data.catalogue.department_tables import Department, MeasureDefault
from data.catalogue.gap_tables import GapUnit
from data.catalogue.keeping_tables import KeptRecord
from data.catalogue.map_tables import MapLabel, MapVintage
from data.catalogue.meeting_tables import AgendaTemplate

TABLES: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "sources": (t.Source, ("source_code",)),
    "data_periods": (input_tables.DataPeriod, ("period",)),
    "input_kinds": (input_tables.InputKind, ("input_kind",)),
    "input_columns": (input_tables.InputColumn, ("input_kind", "field_code", "stage")),
    "input_examples": (input_tables.InputExample, ("input_kind", "field_code", "stage")),
    "input_units": (input_tables.InputUnit, ("unit",)),
    "school_departures": (input_tables.SchoolDeparture, ("departure_code",)),
    "finding_rules": (input_tables.FindingRule, ("finding_code",)),
    "return_checks": (input_tables.ReturnCheck, ("check_code", "valid_from")),
    "gap_units": (GapUnit, ("gap_unit",)),
    "indicators": (t.Indicator, ("indicator_code",)),
    "indicator_inputs": (t.IndicatorInput, ("indicator_code", "field_code")),
    "thresholds": (t.Threshold, ("indicator_code", "stage")),
    "cv_limits": (t.CvLimit, ("regime", "indicator_code", "stage")),
    "school_rules": (t.SchoolRule, ("regime",)),
    "school_types": (t.SchoolType, ("school_type",)),
    "scope_rules": (t.ScopeRule, ("school_type",)),
    "split_weights": (t.SplitWeight, ("stage",)),
    "dimensions": (t.Dimension, ("dimension",)),
    "items": (t.Item, ("item_code",)),
    "district_groups": (t.DistrictGroup, ("group_code",)),
    "districts": (t.District, ("district_code",)),
    "district_successions": (t.DistrictSuccession, ("predecessor_code", "successor_code")),
    "recognition_batches": (recognition_tables.RecognitionBatch, ("batch_code",)),
    "recognitions": (recognition_tables.Recognition, ("district_code",)),
    "plan_phases": (t.PlanPhase, ("phase_code",)),
    "plan_statuses": (t.PlanStatus, ("status_code",)),
    "operator_types": (t.OperatorType, ("operator_type",)),
    "parameters": (t.Parameter, ("parameter_code",)),
    "map_labels": (MapLabel, ("vintage", "geometry_code")),
    "map_vintages": (MapVintage, ("vintage",)),
    "words": (t.Word, ("word_key",)),
    "glossary": (t.GlossaryTerm, ("identifier",)),
    "matter_kinds": (matters.MatterKind, ("matter_kind",)),
    "matter_states": (matters.MatterState, ("matter_kind", "state_code")),
    "calendar_days": (CalendarDay, ("day",)),
    "visit_checks": (matters.VisitCheck, ("check_code",)),
    "survey_groups": (matters.SurveyGroup, ("group_code",)),
    "transitions": (matters.Transition, ("matter_kind", "action", "from_state")),
    "issue_origins": (supervision.IssueOrigin, ("origin_code",)),
    "supervision_levels": (supervision.SupervisionLevel, ("level_code",)),
    "inspector_kinds": (supervision.InspectorKind, ("inspector_kind",)),
    "departments": (Department, ("department_code",)),
    "measure_defaults": (MeasureDefault, ("indicator_code",)),
    "roles": (access.Role, ("role_code",)),
    "capabilities": (access.Capability, ("permission",)),
    "role_capabilities": (access.RoleCapability, ("role_code", "permission")),
    "password_words": (access.PasswordWord, ("word",)),
    "kept_records": (KeptRecord, ("record_code",)),
    "agenda_templates": (AgendaTemplate, ("template_code", "position")),
    "warning_rules": (supervision.WarningRule, ("warning_code",)),
    "warning_escalations": (supervision.WarningEscalation, ("level", "silent_times")),
    "look_back_checks": (supervision.LookBackCheck, ("check_code",)),
    "letter_numbers": (supervision.LetterNumber, ("letter_kind",)),
    "lead_limits": (lead_tables.LeadLimit, ("limit_code",)),
    "lead_counts": (lead_tables.LeadCount, ("field_code",)),
}
"""Dated rows of one key must not overlap."""
