-- question: Which section has the largest share of S² of each CV, and how far off is it?
-- grain: one row per unit, stage and indicator with a CV; as reported
-- scope: rows
with placed as (
    select
        section_contribution.district_code,
        stg_school.school_code,
        stg_school.school_name,
        section_contribution.stage,
        section_contribution.indicator_code,
        district_indicator.section_count,
        section_contribution.contribution,
        section_indicator.section_value,
        district_indicator.district_mean,
        row_number() over (
            partition by
                section_contribution.district_code,
                section_contribution.stage,
                section_contribution.indicator_code
            order by section_contribution.contribution desc, stg_school.school_code
        ) as place
    from section_contribution
    inner join stg_school
        on section_contribution.return_id = stg_school.return_id
    inner join section_indicator
        on
            section_contribution.return_id = section_indicator.return_id
            and section_contribution.stage = section_indicator.stage
            and section_contribution.indicator_code = section_indicator.indicator_code
    inner join district_indicator
        on
            section_contribution.period = district_indicator.period
            and section_contribution.basis = district_indicator.basis
            and section_contribution.district_code = district_indicator.district_code
            and section_contribution.stage = district_indicator.stage
            and section_contribution.indicator_code = district_indicator.indicator_code
    where
        section_contribution.period = $period
        and section_contribution.basis = 'as_was'
        and section_contribution.contribution is not null
)

select
    district_code,
    school_code,
    school_name,
    stage,
    indicator_code,
    section_count,
    contribution,
    section_value,
    district_mean
from placed
where place = 1
order by contribution desc, school_code, stage, indicator_code
