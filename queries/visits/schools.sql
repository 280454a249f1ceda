-- question: Which schools has a unit now, how far short is each, and when was it last visited?
-- grain: one row per school of the unit's latest return; visits are those of the returns
-- scope: rows
with latest as (
    select period
    from unit
    where basis = 'as_was'
    order by snapshot_date desc
    limit 1
),

visited as (
    select
        unit_visit.school_code,
        max(unit_visit.visited_on) as last_visited_on
    from unit_visit
    inner join latest
        on unit_visit.period = latest.period
    where unit_visit.basis = 'as_was'
    group by unit_visit.school_code
)

select
    school_return.district_code,
    school_return.school_code,
    school_return.school_name,
    coalesce(weak_school.missed_count, 0) as missed_count,
    visited.last_visited_on
from school_return
inner join latest
    on school_return.period = latest.period
left join weak_school
    on
        school_return.school_code = weak_school.school_code
        and school_return.period = weak_school.period
        and weak_school.basis = 'as_was'
left join visited
    on school_return.school_code = visited.school_code
where school_return.district_code = $district
order by school_return.school_code
