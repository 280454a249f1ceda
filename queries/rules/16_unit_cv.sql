-- relation: unit_cv
-- grain: one row per period, basis, unit, stage and quality-balanced indicator
-- The CVs of the units as pages ask for them: under either basis, by period or over time.
-- source: 02_unit, 07_district_indicator
select
    unit.period,
    unit.snapshot_date,
    unit.basis,
    unit.district_code,
    unit.row_basis,
    unit.is_recast_complete,
    district_indicator.stage,
    district_indicator.indicator_code,
    district_indicator.cv,
    cast(district_indicator.cv_limit as double) as cv_limit,
    district_indicator.limit_ratio,
    district_indicator.is_within_limit,
    district_indicator.district_mean
from unit
inner join district_indicator
    on
        unit.period = district_indicator.period
        and unit.row_basis = district_indicator.basis
        and unit.district_code = district_indicator.district_code
where district_indicator.regime = 'quality_balanced'
order by
    unit.basis, district_indicator.indicator_code, district_indicator.stage, unit.snapshot_date,
    unit.district_code
