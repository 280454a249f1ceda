-- question: How do the sections of one school stand on every indicator in one period?
-- grain: one row per section and quality-balanced indicator, primary first
-- scope: return
select
    section_verdict.stage,
    section_verdict.pupils,
    section_verdict.is_in_scope,
    coalesce(section_verdict.reason_code, '') as reason_code,
    section_verdict.met_count,
    section_verdict.complies,
    section_indicator.indicator_code,
    cat_indicators.short_name as indicator_name,
    cat_indicators.unit,
    cat_indicators.gap_unit,
    cat_indicators.is_split,
    section_indicator.total,
    section_indicator.stage_weight,
    section_indicator.weighted_pupils,
    section_indicator.section_total,
    section_indicator.section_value,
    section_indicator.threshold,
    section_indicator.floor_share,
    section_indicator.is_met,
    section_indicator.is_floor_met,
    coalesce(section_gap.is_exempt, false) as is_exempt,
    coalesce(section_gap.threshold_gap, 0) as threshold_gap,
    coalesce(section_gap.required_gap, 0) as required_gap,
    coalesce(section_gap.school_gap, 0) as school_gap,
    coalesce(section_gap.binding_gap, 0) as binding_gap,
    coalesce(section_gap.driving_stage, '') as driving_stage,
    coalesce(section_gap.received_gap, 0) as received_gap
from section_verdict
inner join section_indicator
    on
        section_verdict.return_id = section_indicator.return_id
        and section_verdict.stage = section_indicator.stage
inner join cat_indicators
    on section_indicator.indicator_code = cat_indicators.indicator_code
left join section_gap
    on
        section_gap.return_id = $return_id
        and section_indicator.stage = section_gap.stage
        and section_indicator.indicator_code = section_gap.indicator_code
where
    section_verdict.return_id = $return_id
    and section_indicator.return_id = $return_id
    and section_indicator.regime = 'quality_balanced'
order by section_verdict.stage desc, cat_indicators.display_order
