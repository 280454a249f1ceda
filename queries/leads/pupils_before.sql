-- question: How do pupils, type and scope of each school differ from the earlier period?
-- grain: one row per school in both periods
-- scope: rows
with both_returns as (
    select
        later.district_code,
        later.school_code,
        later.school_name,
        earlier.school_type as previous_type,
        later.school_type,
        earlier.return_id as previous_id,
        unnest([later.return_id, earlier.return_id]) as return_id
    from stg_school as later
    inner join stg_school as earlier
        on later.school_code = earlier.school_code
    where later.period = $period and earlier.period = $previous
),

section_of_both as (
    select
        both_returns.district_code,
        both_returns.school_code,
        both_returns.school_name,
        both_returns.previous_type,
        both_returns.school_type,
        both_returns.return_id = both_returns.previous_id as is_earlier,
        section_verdict.stage,
        section_verdict.pupils,
        section_verdict.is_in_scope,
        section_verdict.complies
    from both_returns
    inner join section_verdict
        on both_returns.return_id = section_verdict.return_id
)

select
    district_code,
    school_code,
    school_name,
    previous_type,
    school_type,
    cast(coalesce(sum(pupils) filter (where is_earlier and stage = 'primary'), 0) as integer)
        as previous_primary,
    cast(coalesce(sum(pupils) filter (where not is_earlier and stage = 'primary'), 0) as integer)
        as primary_pupils,
    cast(coalesce(sum(pupils) filter (where is_earlier and stage = 'junior'), 0) as integer)
        as previous_junior,
    cast(coalesce(sum(pupils) filter (where not is_earlier and stage = 'junior'), 0) as integer)
        as junior_pupils,
    max(is_in_scope) filter (where is_earlier) as was_in_scope,
    max(is_in_scope) filter (where not is_earlier) as is_in_scope,
    min(complies) filter (where is_earlier) as did_comply,
    min(complies) filter (where not is_earlier) as complies
from section_of_both
group by district_code, school_code, school_name, previous_type, school_type
having count(*) filter (where is_earlier) > 0 and count(*) filter (where not is_earlier) > 0
order by district_code, school_code
