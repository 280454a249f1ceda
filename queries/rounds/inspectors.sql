-- question: Which inspector visited which units in which round, how often, and what was found?
-- grain: one row per inspector, unit and round with a visit up to the period; the kind stands
-- before the name, and is empty where a visit does not say it
-- scope: rows
select
    coalesce(cat_inspector_kinds.inspector_kind, '') as inspector_kind,
    unit_visit.inspector,
    unit_visit.district_code,
    unit_visit.round_number,
    cast(count(*) as integer) as visit_count,
    cast(sum(unit_visit.finding_count) as integer) as finding_count
from unit_visit
left join cat_inspector_kinds
    on starts_with(unit_visit.inspector, cat_inspector_kinds.name)
where
    unit_visit.period = $period
    and unit_visit.basis = $basis
    and unit_visit.inspector is not null
group by
    cat_inspector_kinds.inspector_kind,
    unit_visit.inspector,
    unit_visit.district_code,
    unit_visit.round_number
order by unit_visit.inspector, unit_visit.district_code, unit_visit.round_number
