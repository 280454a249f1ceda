-- question: Which schools are weak, and when was each last visited?
-- grain: one row per school with an evaluated section that does not comply; weakest first
-- scope: rows
with latest as (
    select max(snapshot_date) as snapshot_date
    from unit
    where period = $period
),

visited as (
    select
        stg_visit.school_code,
        count(*) as visit_count,
        max(stg_visit.visited_on) as last_visited_on
    from stg_visit
    inner join latest
        on stg_visit.visited_on <= latest.snapshot_date
    group by stg_visit.school_code
)

select
    unit_section.district_code,
    unit_section.school_code,
    unit_section.school_name,
    cast(sum(unit_section.missed_count) as integer) as missed_count,
    cast(sum(unit_section.below_floor_count) as integer) as below_floor_count,
    cast(coalesce(max(visited.visit_count), 0) as integer) as visit_count,
    max(visited.last_visited_on) as last_visited_on
from unit_section
left join visited
    on unit_section.school_code = visited.school_code
where
    unit_section.period = $period
    and unit_section.basis = $basis
    and unit_section.is_in_scope
    and unit_section.complies = false
group by unit_section.district_code, unit_section.school_code, unit_section.school_name
order by below_floor_count desc, missed_count desc, unit_section.school_code asc
