-- question: How many items did each unit meet in each autumn period, and did it comply?
-- grain: one row per unit and annual period, oldest first
-- scope: rows
select
    district_code,
    group_code,
    period,
    snapshot_date,
    is_reported,
    is_recast_complete,
    verdict,
    item_count,
    met_count,
    undecidable_count,
    worst_cv
from unit_status
where basis = $basis and is_annual
order by district_code, snapshot_date
