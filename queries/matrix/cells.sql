-- question: How does every unit stand on every item, and how did it a year earlier?
-- grain: one row per unit and item
-- scope: rows
with now as (
    select
        unit.district_code,
        district_item.item_code,
        district_item.dimension,
        district_item.is_met,
        district_item.amount,
        district_item.threshold,
        district_item.missing_share
    from unit
    inner join district_item
        on
            unit.period = district_item.period
            and unit.row_basis = district_item.basis
            and unit.district_code = district_item.district_code
    where unit.period = $period and unit.basis = $basis
),

earlier as (
    select
        unit.district_code,
        district_item.item_code,
        district_item.is_met,
        district_item.missing_share
    from unit
    inner join district_item
        on
            unit.period = district_item.period
            and unit.row_basis = district_item.basis
            and unit.district_code = district_item.district_code
    where unit.period = $previous and unit.basis = $basis
)

select
    now.district_code,
    now.item_code,
    now.dimension,
    now.is_met,
    now.amount,
    now.threshold,
    now.missing_share,
    earlier.is_met as was_met,
    earlier.missing_share as earlier_missing_share,
    earlier.district_code is not null as has_earlier,
    stg_district_item.item_code is not null as is_reported
from now
left join earlier
    on now.district_code = earlier.district_code and now.item_code = earlier.item_code
left join stg_district_item
    on
        now.district_code = stg_district_item.district_code
        and now.item_code = stg_district_item.item_code
        and stg_district_item.period = $period
order by now.district_code, now.item_code
