-- question: How does every unit stand on every item, and how did it move since a year earlier?
-- grain: one row per unit and item
-- scope: rows
select
    unit_item.district_code,
    unit_item.item_code,
    unit_item.dimension,
    unit_item.is_met,
    unit_item.amount,
    unit_item.threshold,
    unit_item.missing_share,
    item_change.change_kind,
    item_change.is_double_red,
    unit_item.is_reported
from unit_item
inner join item_change
    on
        unit_item.period = item_change.period
        and unit_item.basis = item_change.basis
        and unit_item.district_code = item_change.district_code
        and unit_item.item_code = item_change.item_code
where unit_item.period = $period and unit_item.basis = $basis
order by unit_item.district_code, unit_item.item_code
