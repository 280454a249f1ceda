-- question: How does every section of a unit stand on every indicator?
-- grain: one row per section and quality-balanced indicator; worst schools first
-- scope: district
select
    unit_section.school_code,
    unit_section.school_name,
    unit_section.stage,
    unit_section.pupils,
    unit_section.is_in_scope,
    coalesce(unit_section.reason_code, '') as reason_code,
    unit_section.met_count,
    unit_section.complies,
    section_indicator.indicator_code,
    section_indicator.section_value,
    section_indicator.is_met,
    section_indicator.is_floor_met,
    coalesce(section_gap.is_exempt, false) as is_exempt,
    coalesce(section_gap.required_gap, 0) as required_gap,
    coalesce(section_gap.school_gap, 0) as school_gap,
    coalesce(section_gap.binding_gap, 0) as binding_gap,
    coalesce(section_gap.driving_stage, '') as driving_stage,
    section_not_applicable.return_id is not null as is_not_applicable
from unit_section
inner join section_indicator
    on
        unit_section.return_id = section_indicator.return_id
        and unit_section.stage = section_indicator.stage
left join section_gap
    on
        section_indicator.return_id = section_gap.return_id
        and section_indicator.stage = section_gap.stage
        and section_indicator.indicator_code = section_gap.indicator_code
left join section_not_applicable
    on
        section_indicator.return_id = section_not_applicable.return_id
        and section_indicator.stage = section_not_applicable.stage
        and section_indicator.indicator_code = section_not_applicable.indicator_code
where
    unit_section.period = $period
    and unit_section.basis = $basis
    and unit_section.district_code = $district
    and section_indicator.regime = 'quality_balanced'
order by
    unit_section.is_in_scope desc,
    unit_section.complies asc nulls last,
    unit_section.met_count asc,
    unit_section.school_code asc,
    unit_section.stage desc,
    section_indicator.indicator_code asc
