-- question: How does every indicator of a unit's sections stand in a period, as reported?
-- grain: one row per school, stage and indicator in scope
-- scope: district
select
    stg_school.school_code,
    stg_school.school_name,
    section_indicator.stage,
    section_indicator.indicator_code,
    section_indicator.section_value,
    cast(section_indicator.threshold as double) as threshold,
    section_indicator.is_met
from stg_school
inner join section_indicator
    on stg_school.return_id = section_indicator.return_id
where
    stg_school.period = $period
    and stg_school.district_code = $district
    and section_indicator.regime = 'quality_balanced'
    and section_indicator.is_in_scope
order by stg_school.school_code, section_indicator.stage, section_indicator.indicator_code
