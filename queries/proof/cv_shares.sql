-- question: How much does each section contribute to the square of one CV?
-- grain: one row per section in scope, largest share first
select
    school_return.school_code,
    school_return.school_name,
    section_indicator.pupils,
    section_indicator.section_value,
    section_contribution.contribution,
    section_indicator.is_met
from unit
inner join membership
    on
        unit.period = membership.period
        and unit.row_basis = membership.basis
        and unit.district_code = membership.district_code
inner join school_return
    on membership.return_id = school_return.return_id
inner join section_indicator
    on membership.return_id = section_indicator.return_id
left join section_contribution
    on
        membership.return_id = section_contribution.return_id
        and membership.basis = section_contribution.basis
        and section_indicator.stage = section_contribution.stage
        and section_indicator.indicator_code = section_contribution.indicator_code
where
    unit.period = $period
    and unit.basis = $basis
    and unit.district_code = $district
    and section_indicator.stage = $stage
    and section_indicator.indicator_code = $indicator
    and section_indicator.is_in_scope
    and section_indicator.pupils > 0
order by section_contribution.contribution desc nulls last, school_return.school_code
