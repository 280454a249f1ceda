-- question: What was stored about each item of one unit, and where was it reported?
-- grain: one row per item, in official order
-- scope: district
select
    unit_item.item_code,
    unit_item.dimension,
    unit_item.dimension_name,
    unit_item.is_counted,
    unit_item.item_name,
    unit_item.item_short_name,
    unit_item.rule_kind,
    unit_item.unit,
    unit_item.amount,
    unit_item.threshold,
    unit_item.is_met,
    unit_item.missing_share,
    unit_item.is_met_reported,
    unit_item.is_reported,
    unit_item.is_not_recast,
    unit_item.note,
    unit_item.valid_from,
    unit_item.valid_to,
    unit_item.is_confirmed,
    unit_item.source_title,
    unit_item.document_number,
    stg_batch.file_name,
    unit_item.batch_id,
    stg_batch.imported_at,
    stg_batch.imported_by,
    unit_item.source_sheet,
    unit_item.source_row
from unit_item
left join stg_batch
    on unit_item.batch_id = stg_batch.batch_id
where
    unit_item.period = $period
    and unit_item.basis = $basis
    and unit_item.district_code = $district
order by
    unit_item.dimension_order,
    left(unit_item.item_code, 1),
    cast(substr(unit_item.item_code, 2) as integer)
