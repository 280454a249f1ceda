-- question: What was stored about one section's indicator, and where did its numbers come from?
-- grain: one row, none where the school did not report or has no such stage
-- scope: rows
-- Not sorted: one row.
select
    school_return.return_id,
    school_return.period,
    school_return.school_code,
    school_return.school_name,
    school_return.district_code,
    section_indicator.stage,
    section_indicator.indicator_code,
    cat_indicators.name as indicator_name,
    cat_indicators.short_name as indicator_short_name,
    cat_indicators.unit,
    cat_indicators.gap_unit,
    cat_indicators.is_split,
    section_indicator.is_whole_unit,
    section_indicator.is_in_scope,
    section_verdict.reason_code,
    cast(section_indicator.factor as integer) as factor,
    section_indicator.total,
    section_indicator.stage_weight,
    section_indicator.weighted_pupils,
    section_indicator.pupils,
    section_indicator.section_value,
    section_indicator.threshold,
    section_indicator.floor_share,
    section_indicator.is_met,
    section_indicator.is_floor_met,
    coalesce(section_gap.is_exempt, false) as is_exempt,
    coalesce(section_gap.threshold_gap, 0) as threshold_gap,
    coalesce(section_gap.required_gap, 0) as required_gap,
    coalesce(section_gap.school_gap, 0) as school_gap,
    coalesce(section_gap.driving_stage, '') as driving_stage,
    coalesce(section_gap.received_gap, 0) as received_gap,
    section_verdict.met_count,
    section_verdict.missed_count,
    section_verdict.below_floor_count,
    section_verdict.undecidable_count,
    section_verdict.complies,
    section_contribution.contribution,
    cat_thresholds.valid_from,
    cat_thresholds.valid_to,
    cat_thresholds.is_confirmed,
    cat_sources.title as source_title,
    cat_sources.document_number,
    stg_batch.file_name,
    stg_batch.batch_id,
    stg_batch.imported_at,
    stg_batch.imported_by,
    school_return.source_sheet,
    cast(school_return.source_row as integer) as source_row,
    school_return.is_demonstration
from school_return
inner join section_indicator
    on school_return.return_id = section_indicator.return_id
inner join cat_indicators
    on section_indicator.indicator_code = cat_indicators.indicator_code
inner join section_verdict
    on
        section_indicator.return_id = section_verdict.return_id
        and section_indicator.stage = section_verdict.stage
left join section_gap
    on
        section_gap.return_id = $return_id
        and section_indicator.stage = section_gap.stage
        and section_indicator.indicator_code = section_gap.indicator_code
left join unit_section
    on
        unit_section.return_id = $return_id
        and unit_section.basis = $basis
        and section_indicator.stage = unit_section.stage
left join section_contribution
    on
        section_contribution.return_id = $return_id
        and section_indicator.stage = section_contribution.stage
        and section_indicator.indicator_code = section_contribution.indicator_code
        and unit_section.row_basis = section_contribution.basis
left join cat_thresholds
    on
        section_indicator.indicator_code = cat_thresholds.indicator_code
        and section_indicator.stage = cat_thresholds.stage
        and section_indicator.snapshot_date >= cat_thresholds.valid_from
        and section_indicator.snapshot_date
        <= coalesce(cat_thresholds.valid_to, date '9999-12-31')
left join cat_sources
    on cat_thresholds.source_code = cat_sources.source_code
left join stg_batch
    on school_return.batch_id = stg_batch.batch_id
where
    school_return.return_id = $return_id
    and section_indicator.return_id = $return_id
    and section_verdict.return_id = $return_id
    and section_indicator.stage = $stage
    and section_indicator.indicator_code = $indicator
