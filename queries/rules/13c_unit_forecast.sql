-- relation: unit_forecast
-- grain: one row per period, stored basis and unit
-- When all counted items of a unit hold at once, or the one reason why that is not said. `chance`
-- is that it has happened by the autumn return of the target year, the last one in that year; it is
-- the share of the futures in which it does, and never above that of the slowest item. A year that
-- is null lies beyond `horizon_year`. `is_last_return_past`: the last return that could show the
-- target met in time is the one forecast from, or earlier. States: met (nothing to forecast),
-- not_reported, undecidable, boundary_changed, too_few_points, not_kept (autumns long past where
-- units are many), dates_only (5 or 6 autumns: dates but no chance), not_converging (not one future
-- in ten within the horizon), projected.
-- `slowest_item` is one not met in the period itself: what the last autumn lacked may be there in
-- spring.
-- source: standard.md 4 (rollout plan); parameters.csv (forecast_*); decision 0011
with slowest as (
    select
        item.period,
        item.basis,
        item.district_code,
        item.item_code,
        item.chance,
        row_number() over (
            partition by item.period, item.basis, item.district_code
            order by
                item.chance,
                coalesce(item.middle_year, 9999) desc,
                coalesce(item.low_year, 9999) desc,
                item.item_code
        ) as place
    from forecast_item_result as item
    inner join district_item
        on
            item.period = district_item.period
            and item.basis = district_item.basis
            and item.district_code = district_item.district_code
            and item.item_code = district_item.item_code
    where item.chance is not null and district_item.is_met is distinct from true
),

found as (
    select
        forecast_request.*,
        forecast_result.panel_points,
        forecast_result.horizon_year,
        forecast_result.low_year,
        forecast_result.middle_year,
        forecast_result.high_year,
        forecast_result.has_chance,
        case when forecast_result.has_chance then forecast_result.chance end as chance,
        case
            when forecast_result.has_chance and forecast_result.chance is not null
                then slowest.item_code
        end as slowest_item,
        case when forecast_result.has_chance then slowest.chance end as slowest_chance,
        forecast_result.weight_pace,
        forecast_result.weight_closing,
        forecast_result.weight_parts,
        forecast_result.draws,
        forecast_result.seed,
        forecast_result.chances,
        forecast_result.is_kept
    from forecast_request
    left join forecast_result
        on
            forecast_request.period = forecast_result.period
            and forecast_request.basis = forecast_result.basis
            and forecast_request.district_code = forecast_result.district_code
    left join slowest
        on
            forecast_request.period = slowest.period
            and forecast_request.basis = slowest.basis
            and forecast_request.district_code = slowest.district_code
            and slowest.place = 1
)

select
    found.period,
    found.basis,
    found.district_code,
    case
        when not found.is_reported then 'not_reported'
        when found.failed_count = 0 and found.undecidable_count = 0 then 'met'
        when found.undecidable_count > 0 then 'undecidable'
        when found.autumn is null and found.has_new_boundary then 'boundary_changed'
        when found.is_kept = false then 'not_kept'
        when found.horizon_year is null then 'too_few_points'
        when not found.has_chance then 'dates_only'
        when found.low_year is null then 'not_converging'
        else 'projected'
    end as forecast_state,
    found.phase_code,
    found.target_year,
    found.status_code,
    found.due_on,
    found.is_due,
    coalesce(found.autumn >= found.target_year, false) as is_last_return_past,
    found.autumn as forecast_autumn,
    found.point_count,
    found.panel_points,
    found.point_count < cat_parameters.value as is_citywide_pace,
    found.horizon_year,
    found.low_year,
    found.middle_year,
    found.high_year,
    found.chance,
    found.slowest_item,
    found.slowest_chance,
    found.weight_pace,
    found.weight_closing,
    found.weight_parts,
    found.draws,
    found.seed,
    found.chances
from found
inner join cat_parameters
    on cat_parameters.parameter_code = 'forecast_points_for_dates'
order by found.period, found.basis, found.district_code
