-- question: What was stored about each item of one unit, and where was it reported?
-- grain: one row per item, in official order
-- scope: district
select
    district_item.item_code,
    district_item.dimension,
    cat_dimensions.name as dimension_name,
    cat_dimensions.is_counted,
    coalesce(cat_items.name, cat_indicators.name) as item_name,
    coalesce(cat_items.short_name, cat_indicators.short_name) as item_short_name,
    coalesce(cat_items.rule_kind, 'resource') as rule_kind,
    coalesce(cat_items.unit, '') as unit,
    district_item.amount,
    district_item.threshold,
    district_item.is_met,
    district_item.missing_share,
    stg_district_item.is_met as is_met_reported,
    stg_district_item.item_code is not null as is_reported,
    coalesce(stg_district_item.note, '') as note,
    coalesce(cat_items.valid_from, cat_indicators.valid_from) as valid_from,
    coalesce(cat_items.valid_to, cat_indicators.valid_to) as valid_to,
    coalesce(cat_items.is_confirmed, cat_indicators.is_confirmed) as is_confirmed,
    cat_sources.title as source_title,
    cat_sources.document_number,
    stg_batch.file_name,
    stg_batch.batch_id,
    stg_batch.imported_at,
    stg_batch.imported_by,
    stg_district_item.source_sheet,
    stg_district_item.source_row
from unit
inner join district_item
    on
        unit.period = district_item.period
        and unit.row_basis = district_item.basis
        and unit.district_code = district_item.district_code
inner join cat_dimensions
    on district_item.dimension = cat_dimensions.dimension
left join cat_items
    on district_item.item_code = cat_items.item_code
left join cat_indicators
    on district_item.item_code = cat_indicators.indicator_code
left join cat_sources
    on coalesce(cat_items.source_code, cat_indicators.source_code) = cat_sources.source_code
left join stg_district_item
    on
        unit.period = stg_district_item.period
        and unit.district_code = stg_district_item.district_code
        and district_item.item_code = stg_district_item.item_code
        and unit.row_basis = 'as_was'
left join stg_batch
    on stg_district_item.batch_id = stg_batch.batch_id
where unit.period = $period and unit.basis = $basis and unit.district_code = $district
order by
    cat_dimensions.display_order,
    left(district_item.item_code, 1),
    cast(substr(district_item.item_code, 2) as integer)
