-- question: On which days of a term was each school visited, as the returns say?
-- grain: one row per unit, school and day
-- scope: rows
with latest as (
    select period
    from unit
    where basis = 'as_was'
    order by snapshot_date desc
    limit 1
)

select distinct
    unit_visit.district_code,
    unit_visit.school_code,
    unit_visit.visited_on
from unit_visit
inner join latest
    on unit_visit.period = latest.period
where
    unit_visit.basis = 'as_was'
    and unit_visit.visited_on between cast($begins_on as date) and cast($ends_on as date)
order by unit_visit.district_code, unit_visit.school_code, unit_visit.visited_on
