-- question: How many items did each unit meet in each autumn period, and did it comply?
-- grain: one row per unit and annual period, oldest first
select
    unit.district_code,
    cat_districts.group_code,
    unit.period,
    unit.snapshot_date,
    district_verdict.verdict,
    district_verdict.item_count,
    cast(district_verdict.met_count as integer) as met_count,
    cast(district_verdict.undecidable_count as integer) as undecidable_count,
    district_verdict.worst_cv
from unit
inner join cat_districts
    on unit.district_code = cat_districts.district_code
inner join district_verdict
    on
        unit.period = district_verdict.period
        and unit.row_basis = district_verdict.basis
        and unit.district_code = district_verdict.district_code
where unit.basis = $basis and month(unit.snapshot_date) >= 9
order by unit.district_code, unit.snapshot_date
