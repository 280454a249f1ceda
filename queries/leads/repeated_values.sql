-- question: How many continuous values of a section are exactly those of the earlier period?
-- grain: one row per section in both periods whose pupils changed; areas and money per pupil
-- scope: rows
with both_returns as (
    select
        later.district_code,
        later.school_code,
        later.school_name,
        earlier.return_id as previous_id,
        unnest([later.return_id, earlier.return_id]) as return_id
    from stg_school as later
    inner join stg_school as earlier
        on later.school_code = earlier.school_code
    where later.period = $period and earlier.period = $previous
),

value_of_both as (
    select
        both_returns.district_code,
        both_returns.school_code,
        both_returns.school_name,
        section_indicator.stage,
        section_indicator.indicator_code,
        any_value(section_indicator.pupils)
        filter (where both_returns.return_id = both_returns.previous_id) as previous_pupils,
        any_value(section_indicator.pupils)
        filter (where both_returns.return_id <> both_returns.previous_id) as pupils,
        any_value(section_indicator.section_value)
        filter (where both_returns.return_id = both_returns.previous_id) as previous_value,
        any_value(section_indicator.section_value)
        filter (where both_returns.return_id <> both_returns.previous_id) as section_value
    from both_returns
    inner join section_indicator
        on both_returns.return_id = section_indicator.return_id
    where
        section_indicator.regime = 'quality_balanced'
        and section_indicator.is_in_scope
        and not section_indicator.is_whole_unit
        and section_indicator.section_value > 0
    group by
        both_returns.district_code,
        both_returns.school_code,
        both_returns.school_name,
        section_indicator.stage,
        section_indicator.indicator_code
)

select
    district_code,
    school_code,
    school_name,
    stage,
    cast(max(previous_pupils) as integer) as previous_pupils,
    cast(max(pupils) as integer) as pupils,
    cast(count(*) as integer) as value_number,
    cast(sum(case when section_value = previous_value then 1 else 0 end) as integer)
        as repeated_number
from value_of_both
where pupils <> previous_pupils
group by district_code, school_code, school_name, stage
order by district_code, school_code, stage
