-- question: How does every unit stand on every item, and how did it move since a year earlier?
-- grain: one row per unit and item
-- scope: rows
select
    district_code,
    item_code,
    dimension,
    is_met,
    amount,
    threshold,
    missing_share,
    change_kind,
    is_double_red,
    is_reported
from item_standing
where period = $period and basis = $basis
order by district_code, item_code
