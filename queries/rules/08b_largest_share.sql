-- relation: largest_share
-- grain: one row per period, unit, stage and quality-balanced indicator with a CV; as reported
-- The section with the largest share of S squared of a CV, and how far off it is; the first school
-- by code where two are equal (returns are numbered in the order of codes).
-- source: 07_district_indicator, 08_section_contribution
with largest as (
    select
        period,
        district_code,
        stage,
        indicator_code,
        max(contribution) as contribution
    from section_contribution
    where basis = 'as_was' and contribution is not null
    group by period, district_code, stage, indicator_code
),

placed as (
    select
        largest.period,
        largest.district_code,
        largest.stage,
        largest.indicator_code,
        largest.contribution,
        min(section_contribution.return_id) as return_id
    from largest
    inner join section_contribution
        on
            largest.period = section_contribution.period
            and largest.district_code = section_contribution.district_code
            and largest.stage = section_contribution.stage
            and largest.indicator_code = section_contribution.indicator_code
            and largest.contribution = section_contribution.contribution
    where section_contribution.basis = 'as_was'
    group by
        largest.period,
        largest.district_code,
        largest.stage,
        largest.indicator_code,
        largest.contribution
)

select
    placed.period,
    placed.district_code,
    stg_school.school_code,
    stg_school.school_name,
    placed.stage,
    placed.indicator_code,
    district_indicator.section_count,
    placed.contribution,
    section_indicator.section_value,
    district_indicator.district_mean
from placed
inner join stg_school
    on placed.return_id = stg_school.return_id
inner join section_indicator
    on
        placed.return_id = section_indicator.return_id
        and placed.stage = section_indicator.stage
        and placed.indicator_code = section_indicator.indicator_code
inner join district_indicator
    on
        placed.period = district_indicator.period
        and district_indicator.basis = 'as_was'
        and placed.district_code = district_indicator.district_code
        and placed.stage = district_indicator.stage
        and placed.indicator_code = district_indicator.indicator_code
order by placed.period, placed.district_code, placed.stage, placed.indicator_code
