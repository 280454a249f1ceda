-- question: Which items are in force in a period, in official order?
-- grain: one row per item
-- scope: open
with item as (
    select
        item_code,
        dimension,
        short_name,
        unit,
        valid_from,
        valid_to,
        display_order
    from cat_items
    union all
    select
        indicator_code as item_code,
        'resource_allocation' as dimension,
        short_name,
        gap_unit as unit,
        valid_from,
        valid_to,
        display_order
    from cat_indicators
    where regime = 'quality_balanced'
)

select
    item.item_code,
    item.dimension,
    cat_dimensions.name as dimension_name,
    cat_dimensions.is_counted,
    item.short_name,
    item.unit
from item
inner join cat_dimensions
    on item.dimension = cat_dimensions.dimension
inner join stg_snapshot
    on
        item.valid_from <= stg_snapshot.snapshot_date
        and coalesce(item.valid_to, date '9999-12-31') >= stg_snapshot.snapshot_date
where stg_snapshot.period = $period
order by cat_dimensions.display_order, item.display_order
