-- relation: unit_status
-- grain: one row per period, basis and unit
-- Everything the pages say of a unit's standing, joined once at publication. Failing items are
-- listed in official order: resource items first, then by letter and number. A unit that a period
-- shows overdue and a later return shows met was late until the day of the first such return
-- (`overdue_until`); without one, lateness runs on.
-- source: 02_unit, 02e_recognition, 13_district_verdict, 13c_unit_forecast, 14_plan_progress,
-- 11_district_item
with predecessor as (
    select
        period,
        basis,
        successor_code as district_code,
        string_agg(short_name, '、' order by district_code) as short_name,
        string_agg(distinct batch_name, '、' order by batch_name) as batch_name
    from recognition
    where successor_code is not null
    group by period, basis, successor_code
),

failing as (
    select
        district_item.period,
        district_item.basis,
        district_item.district_code,
        string_agg(
            district_item.item_code, ' '
            order by
                district_item.dimension <> 'resource_allocation',
                left(district_item.item_code, 1),
                cast(substr(district_item.item_code, 2) as integer)
        ) as failing_items
    from district_item
    inner join cat_dimensions
        on district_item.dimension = cat_dimensions.dimension
    where cat_dimensions.is_counted and district_item.is_met = false
    group by district_item.period, district_item.basis, district_item.district_code
),

met_later as (
    select
        unit.period,
        unit.basis,
        unit.district_code,
        min(later.snapshot_date) as met_on
    from unit
    inner join unit as later
        on
            unit.basis = later.basis
            and unit.district_code = later.district_code
            and unit.snapshot_date < later.snapshot_date
    inner join district_verdict
        on
            later.period = district_verdict.period
            and later.row_basis = district_verdict.basis
            and later.district_code = district_verdict.district_code
    where district_verdict.verdict = 'met'
    group by unit.period, unit.basis, unit.district_code
)

select
    unit.period,
    unit.basis,
    unit.snapshot_date,
    unit.is_annual,
    unit.district_code,
    cat_districts.name,
    cat_districts.short_name,
    cat_districts.group_code,
    cat_district_groups.short_name as group_name,
    cat_district_groups.display_order as group_order,
    cat_districts.geometry_code,
    cast(cat_districts.tile_column as double) as tile_column,
    cast(cat_districts.tile_row as double) as tile_row,
    cast(cat_districts.tile_width as double) as tile_width,
    cast(cat_districts.tile_height as double) as tile_height,
    unit.is_recast_complete,
    district_verdict.verdict,
    plan_progress.progress,
    plan_progress.phase_code,
    cat_plan_phases.short_name as phase_name,
    plan_progress.target_year,
    unit_forecast.due_on,
    case when plan_progress.progress = 'overdue' then met_later.met_on end as overdue_until,
    plan_progress.is_due,
    unit_forecast.forecast_state,
    unit_forecast.forecast_autumn,
    unit_forecast.horizon_year,
    unit_forecast.low_year,
    unit_forecast.middle_year,
    unit_forecast.high_year,
    unit_forecast.chance,
    unit_forecast.slowest_item,
    unit_forecast.slowest_chance,
    case
        when unit_forecast.forecast_state in ('projected', 'not_converging')
            then unit_forecast.chances
    end as chances,
    unit_forecast.is_citywide_pace,
    unit_forecast.is_last_return_past,
    recognition.batch_name as recognised_batch,
    predecessor.short_name as recognised_predecessor,
    predecessor.batch_name as predecessor_batch,
    district_verdict.is_reported,
    district_verdict.item_count,
    cast(district_verdict.met_count as integer) as met_count,
    cast(district_verdict.failed_count as integer) as failed_count,
    cast(district_verdict.undecidable_count as integer) as undecidable_count,
    failing.failing_items,
    district_verdict.school_count,
    cast(district_verdict.compliant_school_count as integer) as compliant_school_count,
    cast(district_verdict.pupils as integer) as pupils,
    district_verdict.worst_stage,
    district_verdict.worst_indicator_code,
    district_verdict.worst_cv,
    cast(district_verdict.worst_cv_limit as double) as worst_cv_limit,
    district_verdict.worst_ratio,
    district_verdict.is_worst_within_limit
from unit
inner join cat_districts
    on unit.district_code = cat_districts.district_code
inner join cat_district_groups
    on cat_districts.group_code = cat_district_groups.group_code
inner join district_verdict
    on
        unit.period = district_verdict.period
        and unit.row_basis = district_verdict.basis
        and unit.district_code = district_verdict.district_code
inner join plan_progress
    on
        unit.period = plan_progress.period
        and unit.row_basis = plan_progress.basis
        and unit.district_code = plan_progress.district_code
inner join unit_forecast
    on
        unit.period = unit_forecast.period
        and unit.row_basis = unit_forecast.basis
        and unit.district_code = unit_forecast.district_code
left join cat_plan_phases
    on plan_progress.phase_code = cat_plan_phases.phase_code
left join recognition
    on
        unit.period = recognition.period
        and unit.basis = recognition.basis
        and unit.district_code = recognition.district_code
left join predecessor
    on
        unit.period = predecessor.period
        and unit.basis = predecessor.basis
        and unit.district_code = predecessor.district_code
left join met_later
    on
        unit.period = met_later.period
        and unit.basis = met_later.basis
        and unit.district_code = met_later.district_code
left join failing
    on
        unit.period = failing.period
        and unit.row_basis = failing.basis
        and unit.district_code = failing.district_code
order by unit.period, unit.basis, cat_district_groups.display_order, unit.district_code
