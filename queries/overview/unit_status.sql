-- question: Where does each unit stand in a period, under a basis?
-- grain: one row per unit, in group and administrative order
-- scope: rows
select
    unit_status.district_code,
    unit_status.name,
    unit_status.short_name,
    unit_status.group_code,
    unit_status.group_name,
    unit_status.geometry_code,
    unit_status.tile_column,
    unit_status.tile_row,
    unit_status.tile_width,
    unit_status.tile_height,
    unit_status.is_recast_complete,
    unit_status.verdict,
    unit_status.progress,
    unit_status.phase_code,
    unit_status.phase_name,
    unit_status.target_year,
    unit_status.forecast_state,
    unit_status.forecast_autumn,
    unit_status.horizon_year,
    unit_status.low_year,
    unit_status.middle_year,
    unit_status.high_year,
    unit_status.chance,
    unit_status.slowest_item,
    unit_status.slowest_chance,
    unit_status.is_citywide_pace,
    unit_status.is_due,
    unit_status.recognised_batch,
    unit_status.recognised_predecessor,
    unit_status.predecessor_batch,
    unit_status.is_reported,
    unit_status.item_count,
    unit_status.met_count,
    unit_status.failed_count,
    unit_status.undecidable_count,
    unit_status.failing_items,
    unit_status.school_count,
    unit_status.compliant_school_count,
    unit_status.pupils,
    unit_status.worst_stage,
    unit_status.worst_indicator_code,
    unit_status.worst_cv,
    unit_status.worst_cv_limit,
    unit_status.worst_ratio
from unit_status
inner join cat_district_groups
    on unit_status.group_code = cat_district_groups.group_code
where unit_status.period = $period and unit_status.basis = $basis
order by cat_district_groups.display_order, unit_status.district_code
