-- question: How do pupils, type and scope of each school differ from the earlier period?
-- grain: one row per school in both periods
-- scope: rows
with school_of_period as (
    select
        stg_school.period,
        stg_school.district_code,
        stg_school.school_code,
        stg_school.school_name,
        stg_school.school_type,
        cast(
            sum(case when section_verdict.stage = 'primary' then section_verdict.pupils else 0 end)
            as integer
        ) as primary_pupils,
        cast(
            sum(case when section_verdict.stage = 'junior' then section_verdict.pupils else 0 end)
            as integer
        ) as junior_pupils,
        max(section_verdict.is_in_scope) as is_in_scope,
        min(section_verdict.complies) as complies
    from stg_school
    inner join section_verdict
        on stg_school.return_id = section_verdict.return_id
    where stg_school.period in ($period, $previous)
    group by
        stg_school.period,
        stg_school.district_code,
        stg_school.school_code,
        stg_school.school_name,
        stg_school.school_type
)

select
    later.district_code,
    later.school_code,
    later.school_name,
    earlier.school_type as previous_type,
    later.school_type,
    earlier.primary_pupils as previous_primary,
    later.primary_pupils,
    earlier.junior_pupils as previous_junior,
    later.junior_pupils,
    earlier.is_in_scope as was_in_scope,
    later.is_in_scope,
    earlier.complies as did_comply,
    later.complies
from school_of_period as later
inner join school_of_period as earlier
    on later.school_code = earlier.school_code
where later.period = $period and earlier.period = $previous
order by later.district_code, later.school_code
