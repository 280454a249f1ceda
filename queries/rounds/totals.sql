-- question: How many units and schools were visited in each round, as reported, up to a day?
-- grain: one row per round
-- scope: open
with latest as (
    select max(snapshot_date) as snapshot_date
    from unit
    where period = $period
)

select
    stg_visit.round as round_number,
    cast(count(*) as integer) as visit_count,
    cast(count(distinct stg_visit.district_code) as integer) as district_count,
    cast(sum(stg_visit.finding_count) as integer) as finding_count,
    cast(count(distinct stg_visit.inspector) as integer) as inspector_count,
    min(stg_visit.visited_on) as first_on,
    max(stg_visit.visited_on) as last_on
from stg_visit
inner join latest
    on stg_visit.visited_on <= latest.snapshot_date
group by stg_visit.round
order by stg_visit.round
