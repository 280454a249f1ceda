-- question: How does every unit stand on every item, and how did it a year earlier?
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
    earlier.is_met as was_met,
    earlier.missing_share as earlier_missing_share,
    earlier.item_code is not null as has_earlier,
    unit_item.is_reported
from unit_item
left join unit_item as earlier
    on
        unit_item.district_code = earlier.district_code
        and unit_item.item_code = earlier.item_code
        and earlier.period = $previous
        and earlier.basis = $basis
where unit_item.period = $period and unit_item.basis = $basis
order by unit_item.district_code, unit_item.item_code
