-- relation: forecast_part
-- grain: one row per autumn, unit within one boundary, counted item and part of it
-- What the forecasts are made from. Parts: item (1 open, 0 met, null where it cannot be decided),
-- cv_<stage> (ratio to the limit - 1), sections (short of the item and not compliant). A unit whose
-- boundary changed in part starts anew: `boundary_on` is the day of the last such change.
-- source: standard.md 1.1 to 1.7, 4 (rollout plan); district_successions.csv
with autumn as (
    select
        unit.period,
        unit.snapshot_date,
        unit.district_code,
        year(unit.snapshot_date) as autumn,
        coalesce(unit_boundary.boundary_on, date '1900-01-01') as boundary_on
    from unit
    left join unit_boundary
        on
            unit.period = unit_boundary.period
            and unit.district_code = unit_boundary.district_code
    where unit.basis = 'as_was' and unit.is_annual
),

part as (
    select
        district_item.period,
        district_item.district_code,
        district_item.item_code,
        'item' as part,
        case
            when not district_verdict.is_reported then null
            when district_item.is_met then 0
            when district_item.is_met = false then 1
        end as amount
    from district_item
    inner join cat_dimensions
        on district_item.dimension = cat_dimensions.dimension
    inner join district_verdict
        on
            district_item.period = district_verdict.period
            and district_item.basis = district_verdict.basis
            and district_item.district_code = district_verdict.district_code
    where cat_dimensions.is_counted and district_item.basis = 'as_was'
    union all
    select
        period,
        district_code,
        item_code,
        'sections' as part,
        coalesce(spoiling_count, 0) as amount
    from district_item
    where dimension = 'resource_allocation' and basis = 'as_was'
    union all
    select
        period,
        district_code,
        indicator_code as item_code,
        'cv_' || stage as part,
        limit_ratio - 1 as amount
    from district_indicator
    where regime = 'quality_balanced' and basis = 'as_was'
)

select
    autumn.autumn,
    autumn.district_code,
    autumn.boundary_on,
    part.item_code,
    part.part,
    cast(part.amount as double) as amount
from autumn
inner join part
    on autumn.period = part.period and autumn.district_code = part.district_code
order by
    autumn.autumn, autumn.district_code, autumn.boundary_on, part.item_code, part.part,
    autumn.snapshot_date
