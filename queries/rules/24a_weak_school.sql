-- relation: weak_school
-- grain: one row per period, basis and school with an evaluated section that does not comply
-- How many of its sections fail, what they miss in all, and how often and when last it was visited.
-- source: 17_unit_section, 24_unit_visit
with visited as (
    select
        period,
        basis,
        school_code,
        count(*) as visit_count,
        max(visited_on) as last_visited_on
    from unit_visit
    group by period, basis, school_code
)

select
    unit_section.period,
    unit_section.basis,
    unit_section.district_code,
    unit_section.school_code,
    unit_section.school_name,
    cast(count(*) as integer) as section_count,
    cast(sum(unit_section.missed_count) as integer) as missed_count,
    cast(sum(unit_section.below_floor_count) as integer) as below_floor_count,
    cast(coalesce(max(visited.visit_count), 0) as integer) as visit_count,
    max(visited.last_visited_on) as last_visited_on
from unit_section
left join visited
    on
        unit_section.period = visited.period
        and unit_section.basis = visited.basis
        and unit_section.school_code = visited.school_code
where unit_section.is_in_scope and unit_section.complies = false
group by
    unit_section.period,
    unit_section.basis,
    unit_section.district_code,
    unit_section.school_code,
    unit_section.school_name
order by
    unit_section.period,
    unit_section.basis,
    unit_section.district_code,
    unit_section.school_code
