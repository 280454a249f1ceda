-- question: What are the CVs of each unit in a period, against their limits?
-- grain: one row per unit, stage and quality-balanced indicator
select
    unit.district_code,
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
where
    unit.period = $period
    and unit.basis = $basis
    and district_indicator.regime = 'quality_balanced'
order by unit.district_code, district_indicator.stage desc, district_indicator.indicator_code
