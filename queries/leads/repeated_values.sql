-- question: How many continuous values of a section are exactly those of the earlier period?
-- grain: one row per section in both periods whose pupils changed; areas and money per pupil
-- scope: rows
with value_of_section as not materialized (
    select
        stg_school.period,
        stg_school.district_code,
        stg_school.school_code,
        stg_school.school_name,
        section_indicator.stage,
        section_indicator.indicator_code,
        section_indicator.pupils,
        section_indicator.section_value
    from section_indicator
    inner join stg_school
        on section_indicator.return_id = stg_school.return_id
    where
        stg_school.period in ($period, $previous)
        and section_indicator.regime = 'quality_balanced'
        and section_indicator.is_in_scope
        and not section_indicator.is_whole_unit
        and section_indicator.section_value > 0
)

select
    later.district_code,
    later.school_code,
    later.school_name,
    later.stage,
    cast(max(earlier.pupils) as integer) as previous_pupils,
    cast(max(later.pupils) as integer) as pupils,
    cast(count(*) as integer) as value_number,
    cast(sum(case when later.section_value = earlier.section_value then 1 else 0 end) as integer)
        as repeated_number
from value_of_section as later
inner join value_of_section as earlier
    on
        later.school_code = earlier.school_code
        and later.stage = earlier.stage
        and later.indicator_code = earlier.indicator_code
where
    later.period = $period
    and earlier.period = $previous
    and later.pupils <> earlier.pupils
group by later.district_code, later.school_code, later.school_name, later.stage
order by later.district_code, later.school_code, later.stage
