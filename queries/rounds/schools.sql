-- question: Which schools are weak, and when was each last visited?
-- grain: one row per school with an evaluated section that does not comply; weakest first
with visited as (
    select
        school_code,
        count(*) as visit_count,
        max(visited_on) as last_visited_on
    from stg_visit
    group by school_code
)

select
    membership.district_code,
    school_return.school_code,
    school_return.school_name,
    cast(sum(section_verdict.missed_count) as integer) as missed_count,
    cast(sum(section_verdict.below_floor_count) as integer) as below_floor_count,
    cast(coalesce(max(visited.visit_count), 0) as integer) as visit_count,
    max(visited.last_visited_on) as last_visited_on
from unit
inner join membership
    on
        unit.period = membership.period
        and unit.row_basis = membership.basis
        and unit.district_code = membership.district_code
inner join school_return
    on membership.return_id = school_return.return_id
inner join section_verdict
    on membership.return_id = section_verdict.return_id
left join visited
    on
        school_return.school_code = visited.school_code
        and visited.last_visited_on <= unit.snapshot_date
where
    unit.period = $period
    and unit.basis = $basis
    and section_verdict.is_in_scope
    and section_verdict.complies = false
group by membership.district_code, school_return.school_code, school_return.school_name
order by below_floor_count desc, missed_count desc, school_return.school_code asc
