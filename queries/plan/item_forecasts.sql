-- question: When is each unmet item of a unit met, slowest first?
-- grain: one row per unmet item of a unit that is forecast
-- scope: district
select
    forecast_item_result.item_code,
    unit_item.item_short_name as item_name,
    forecast_item_result.low_year,
    forecast_item_result.middle_year,
    forecast_item_result.high_year,
    forecast_item_result.chance
from unit
inner join forecast_item_result
    on
        unit.period = forecast_item_result.period
        and unit.row_basis = forecast_item_result.basis
        and unit.district_code = forecast_item_result.district_code
inner join unit_item
    on
        unit.period = unit_item.period
        and unit.basis = unit_item.basis
        and unit.district_code = unit_item.district_code
        and forecast_item_result.item_code = unit_item.item_code
where
    unit.period = $period
    and unit.basis = $basis
    and unit.district_code = $district
    and unit_item.is_met is distinct from true
order by
    forecast_item_result.chance,
    coalesce(forecast_item_result.middle_year, 9999) desc,
    coalesce(forecast_item_result.low_year, 9999) desc,
    unit_item.item_order,
    forecast_item_result.item_code
