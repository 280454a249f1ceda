-- relation: unit_item
-- grain: one row per period, basis, unit and item
-- by period: unit, district_item, stg_district_item, membership
-- The items of the units as pages ask for them: under either basis, with the rule of the day and
-- the row of the return that reported the item, null where nothing was reported. Of a recast unit
-- an item is reported where a unit reported it whose schools it holds: `is_not_recast`, since such
-- a judgement cannot be recast and is undecidable.
-- source: 01_membership, 02_unit, 11_district_item
with item as (
    select
        item_code,
        name,
        short_name,
        rule_kind,
        unit,
        display_order,
        valid_from,
        valid_to,
        is_confirmed,
        source_code
    from cat_items
    union all
    select
        indicator_code as item_code,
        name,
        short_name,
        'resource' as rule_kind,
        '' as unit,
        display_order,
        valid_from,
        valid_to,
        is_confirmed,
        source_code
    from cat_indicators
    where regime = 'quality_balanced'
),

not_recast as (
    select distinct
        recast.period,
        recast.district_code,
        stg_district_item.item_code
    from membership as recast
    inner join membership as reported
        on recast.return_id = reported.return_id and reported.basis = 'as_was'
    inner join stg_district_item
        on
            recast.period = stg_district_item.period
            and reported.district_code = stg_district_item.district_code
    where
        recast.basis = 'current'
        and (stg_district_item.is_met is not null or stg_district_item.amount is not null)
)

select
    unit.period,
    unit.snapshot_date,
    unit.basis,
    unit.row_basis,
    unit.district_code,
    district_item.item_code,
    district_item.dimension,
    cat_dimensions.name as dimension_name,
    cat_dimensions.is_counted,
    cat_dimensions.display_order as dimension_order,
    item.name as item_name,
    item.short_name as item_short_name,
    item.rule_kind,
    coalesce(item.unit, '') as unit,
    item.display_order as item_order,
    district_item.amount,
    district_item.threshold,
    district_item.is_met,
    district_item.missing_share,
    coalesce(stg_district_item.item_code, not_recast.item_code) is not null as is_reported,
    not_recast.item_code is not null as is_not_recast,
    stg_district_item.is_met as is_met_reported,
    coalesce(stg_district_item.note, '') as note,
    stg_district_item.batch_id,
    stg_district_item.source_sheet,
    stg_district_item.source_row,
    item.valid_from,
    item.valid_to,
    item.is_confirmed,
    cat_sources.title as source_title,
    cat_sources.document_number
from district_item
inner join unit
    on
        district_item.period = unit.period
        and district_item.basis = unit.row_basis
        and district_item.district_code = unit.district_code
inner join cat_dimensions
    on district_item.dimension = cat_dimensions.dimension
inner join item
    on
        district_item.item_code = item.item_code
        and unit.snapshot_date >= item.valid_from
        and unit.snapshot_date <= coalesce(item.valid_to, date '9999-12-31')
left join cat_sources
    on item.source_code = cat_sources.source_code
left join stg_district_item
    on
        unit.period = stg_district_item.period
        and unit.district_code = stg_district_item.district_code
        and district_item.item_code = stg_district_item.item_code
        and unit.row_basis = 'as_was'
left join not_recast
    on
        unit.period = not_recast.period
        and unit.district_code = not_recast.district_code
        and district_item.item_code = not_recast.item_code
        and unit.row_basis = 'current'
order by
    unit.basis, unit.snapshot_date, unit.district_code, dimension_order, item_order
