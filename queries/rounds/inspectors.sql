-- question: Which inspector visited which units, how often, and what was found?
-- grain: one row per inspector and unit with a visit up to the period; the kind stands before the
-- scope: rows
-- name, and is empty where a visit does not say it
with latest as (
    select max(snapshot_date) as snapshot_date
    from unit
    where period = $period
)

select
    coalesce(cat_inspector_kinds.inspector_kind, '') as inspector_kind,
    stg_visit.inspector,
    stg_visit.district_code,
    cast(count(*) as integer) as visit_count,
    cast(sum(stg_visit.finding_count) as integer) as finding_count
from stg_visit
inner join latest
    on stg_visit.visited_on <= latest.snapshot_date
left join cat_inspector_kinds
    on starts_with(stg_visit.inspector, cat_inspector_kinds.name)
where stg_visit.inspector is not null
group by cat_inspector_kinds.inspector_kind, stg_visit.inspector, stg_visit.district_code
order by stg_visit.inspector, stg_visit.district_code
