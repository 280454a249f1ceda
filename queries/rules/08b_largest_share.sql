-- relation: largest_share
-- grain: one row per period, unit, stage and quality-balanced indicator with a CV; as reported
-- The section with the largest share of S squared of a CV, and how far off it is; the first school
-- by code where two are equal.
-- source: 07_district_indicator, 08_section_contribution
with placed as (
    select
        section_contribution.period,
        section_contribution.basis,
        section_contribution.district_code,
        section_contribution.return_id,
        section_contribution.stage,
        section_contribution.indicator_code,
        section_contribution.contribution,
        stg_school.school_code,
        stg_school.school_name,
        row_number() over (
            partition by
                section_contribution.period,
                section_contribution.district_code,
                section_contribution.stage,
                section_contribution.indicator_code
            order by section_contribution.contribution desc, stg_school.school_code
        ) as place
    from section_contribution
    inner join stg_school
        on section_contribution.return_id = stg_school.return_id
    where
        section_contribution.basis = 'as_was'
        and section_contribution.contribution is not null
)

select
    placed.period,
    placed.district_code,
    placed.school_code,
    placed.school_name,
    placed.stage,
    placed.indicator_code,
    district_indicator.section_count,
    placed.contribution,
    section_indicator.section_value,
    district_indicator.district_mean
from placed
inner join section_indicator
    on
        placed.return_id = section_indicator.return_id
        and placed.stage = section_indicator.stage
        and placed.indicator_code = section_indicator.indicator_code
inner join district_indicator
    on
        placed.period = district_indicator.period
        and placed.basis = district_indicator.basis
        and placed.district_code = district_indicator.district_code
        and placed.stage = district_indicator.stage
        and placed.indicator_code = district_indicator.indicator_code
where placed.place = 1
order by placed.period, placed.district_code, placed.stage, placed.indicator_code
