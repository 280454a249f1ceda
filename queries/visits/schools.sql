-- question: Which schools has a unit now, how far short is each, and when was it last visited?
-- grain: one row per school of the latest return of a unit of today; visits are those of the
-- returns; what is missed is not known where that return is older than the latest period
-- scope: rows
with latest as (
    select period
    from unit
    where basis = 'as_was'
    order by snapshot_date desc
    limit 1
),

returned as (
    select
        school_return.district_code,
        school_return.school_code,
        school_return.school_name,
        school_return.period
    from school_return
    inner join stg_snapshot
        on school_return.period = stg_snapshot.period
    where
        school_return.district_code = $district
        and exists (
            select 1
            from unit
            inner join latest
                on unit.period = latest.period
            where unit.basis = 'as_was' and unit.district_code = $district
        )
    qualify stg_snapshot.snapshot_date = max(stg_snapshot.snapshot_date) over ()
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
    returned.district_code,
    returned.school_code,
    returned.school_name,
    case when latest.period is not null then coalesce(weak_school.missed_count, 0) end
        as missed_count,
    visited.last_visited_on
from returned
left join latest
    on returned.period = latest.period
left join weak_school
    on
        returned.school_code = weak_school.school_code
        and returned.period = weak_school.period
        and weak_school.basis = 'as_was'
left join visited
    on returned.school_code = visited.school_code
order by returned.school_code
