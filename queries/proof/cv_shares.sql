-- question: How much does each section contribute to the square of one CV?
-- grain: one row per section in scope, largest share first
-- scope: district
select
    unit_section.school_code,
    unit_section.school_name,
    section_indicator.pupils,
    section_indicator.section_value,
    section_contribution.contribution,
    section_indicator.is_met
from unit_section
inner join section_indicator
    on
        unit_section.return_id = section_indicator.return_id
        and unit_section.stage = section_indicator.stage
left join section_contribution
    on
        unit_section.return_id = section_contribution.return_id
        and unit_section.row_basis = section_contribution.basis
        and section_indicator.stage = section_contribution.stage
        and section_indicator.indicator_code = section_contribution.indicator_code
where
    unit_section.period = $period
    and unit_section.basis = $basis
    and unit_section.district_code = $district
    and unit_section.stage = $stage
    and section_indicator.indicator_code = $indicator
    and section_indicator.is_in_scope
    and section_indicator.pupils > 0
order by section_contribution.contribution desc nulls last, unit_section.school_code
