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
        case
            when position >= 1 - $band and position < 1 + $band then is_met
        end as is_above_threshold,
        case
            when position >= floor_share * (1 - $band) and position < floor_share * (1 + $band)
                then is_floor_met
        end as is_above_floor
    from near_value
),

counted as (
    select
        district_code,
        stage,
        indicator_code,
        unnest(['threshold', 'floor']) as line,
        unnest([count_if(not is_above_threshold), count_if(not is_above_floor)]) as below_number,
        unnest([count_if(is_above_threshold), count_if(is_above_floor)]) as above_number
    from beside_line
    group by district_code, stage, indicator_code
)

select
    district_code,
    stage,
    indicator_code,
    line,
    cast(below_number as integer) as below_number,
    cast(above_number as integer) as above_number
from counted
where below_number + above_number > 0
order by stage desc, indicator_code, line, district_code
