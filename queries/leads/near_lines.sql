-- question: How many values of each unit lie just below and just above each line?
-- grain: one row per unit as reported, stage, indicator and line with a value near it
-- scope: rows
-- Which side a value is on was decided exactly at publication; only the outer ends are quotients.
with near_value as (
    select
        stg_school.district_code,
        section_indicator.stage,
        section_indicator.indicator_code,
        section_indicator.is_met,
        section_indicator.is_floor_met,
        section_indicator.section_value / cast(section_indicator.threshold as double) as position,
        cast(section_indicator.floor_share as double) as floor_share
    from section_indicator
    inner join stg_school
        on section_indicator.return_id = stg_school.return_id
    where
        stg_school.period = $period
        and section_indicator.regime = 'quality_balanced'
        and section_indicator.is_in_scope
        and section_indicator.section_value is not null
),

beside_line as (
    select
        district_code,
        stage,
        indicator_code,
        'threshold' as line,
        is_met as is_above
    from near_value
    where position >= 1 - $band and position < 1 + $band
    union all
    select
        district_code,
        stage,
        indicator_code,
        'floor' as line,
        is_floor_met as is_above
    from near_value
    where position >= floor_share * (1 - $band) and position < floor_share * (1 + $band)
)

select
    district_code,
    stage,
    indicator_code,
    line,
    cast(sum(case when is_above then 0 else 1 end) as integer) as below_number,
    cast(sum(case when is_above then 1 else 0 end) as integer) as above_number
from beside_line
group by district_code, stage, indicator_code, line
order by stage desc, indicator_code, line, district_code
