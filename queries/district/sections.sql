-- question: How does every section of a unit stand on every indicator?
-- grain: one row per section and quality-balanced indicator; worst schools first
with indicator_input as (
    select
        indicator_code,
        string_agg(field_code, '|') as field_codes
    from cat_indicator_inputs
    group by indicator_code
)

select
    school_return.school_code,
    school_return.school_name,
    section_verdict.stage,
    section_verdict.pupils,
    section_verdict.is_in_scope,
    coalesce(section_verdict.reason_code, '') as reason_code,
    section_verdict.met_count,
    section_verdict.complies,
    section_indicator.indicator_code,
    section_indicator.section_value,
    section_indicator.is_met,
    section_indicator.is_floor_met,
    coalesce(section_gap.is_exempt, false) as is_exempt,
    section_gap.gap,
    section_gap.binding_gap,
    case
        when coalesce(school_return.not_applicable, '') = '' then false
        else regexp_matches(school_return.not_applicable, indicator_input.field_codes)
    end as is_not_applicable
from unit
inner join membership
    on
        unit.period = membership.period
        and unit.row_basis = membership.basis
        and unit.district_code = membership.district_code
inner join school_return
    on membership.return_id = school_return.return_id
inner join section_verdict
    on membership.return_id = section_verdict.return_id
inner join section_indicator
    on
        section_verdict.return_id = section_indicator.return_id
        and section_verdict.stage = section_indicator.stage
inner join indicator_input
    on section_indicator.indicator_code = indicator_input.indicator_code
left join section_gap
    on
        section_indicator.return_id = section_gap.return_id
        and section_indicator.stage = section_gap.stage
        and section_indicator.indicator_code = section_gap.indicator_code
where
    unit.period = $period
    and unit.basis = $basis
    and unit.district_code = $district
    and section_indicator.regime = 'quality_balanced'
order by
    section_verdict.is_in_scope desc,
    section_verdict.complies asc nulls last,
    section_verdict.met_count asc,
    school_return.school_code asc,
    section_verdict.stage desc,
    section_indicator.indicator_code asc
