-- question: What was stored about one CV, and by which limit was it judged?
-- grain: one row, none where the unit has no such stage
-- scope: district
-- Not sorted: one row.
select
    unit.district_code,
    unit.snapshot_date,
    cat_districts.name as district_name,
    district_indicator.stage,
    district_indicator.indicator_code,
    cat_indicators.name as indicator_name,
    cat_indicators.short_name as indicator_short_name,
    cat_indicators.unit,
    district_indicator.section_count,
    cast(district_indicator.missing_count as integer) as missing_count,
    district_indicator.pupils,
    district_indicator.district_mean,
    district_indicator.standard_deviation,
    district_indicator.cv,
    district_indicator.cv_limit,
    district_indicator.is_within_limit,
    unit.is_recast_complete,
    cat_cv_limits.valid_from,
    cat_cv_limits.valid_to,
    cat_cv_limits.is_confirmed,
    cat_sources.title as source_title,
    cat_sources.document_number
from unit
inner join cat_districts
    on unit.district_code = cat_districts.district_code
inner join district_indicator
    on
        unit.period = district_indicator.period
        and unit.row_basis = district_indicator.basis
        and unit.district_code = district_indicator.district_code
inner join cat_indicators
    on district_indicator.indicator_code = cat_indicators.indicator_code
inner join cat_cv_limits
    on
        cat_indicators.regime = cat_cv_limits.regime
        and cat_indicators.indicator_code = cat_cv_limits.indicator_code
        and district_indicator.stage = cat_cv_limits.stage
        and unit.snapshot_date >= cat_cv_limits.valid_from
        and unit.snapshot_date <= coalesce(cat_cv_limits.valid_to, date '9999-12-31')
inner join cat_sources
    on cat_cv_limits.source_code = cat_sources.source_code
where
    unit.period = $period
    and unit.basis = $basis
    and unit.district_code = $district
    and district_indicator.stage = $stage
    and district_indicator.indicator_code = $indicator
