-- question: How many units are to comply by which year, and how likely is each to by any autumn?
-- grain: one row per unit of the period
-- scope: rows
select
    unit_status.district_code,
    unit_status.group_code,
    unit_status.target_year,
    unit_status.progress,
    unit_status.forecast_autumn,
    case
        when unit_status.forecast_state in ('projected', 'not_converging')
            then unit_forecast.chances
    end as chances
from unit_status
inner join unit
    on
        unit_status.period = unit.period
        and unit_status.basis = unit.basis
        and unit_status.district_code = unit.district_code
inner join unit_forecast
    on
        unit.period = unit_forecast.period
        and unit.row_basis = unit_forecast.basis
        and unit.district_code = unit_forecast.district_code
where unit_status.period = $period and unit_status.basis = $basis
order by unit_status.district_code
