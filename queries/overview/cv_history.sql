-- question: How did the CVs of one unit, or of all, run over the periods under a basis?
-- grain: one row per unit, stage, indicator and period, oldest first
select
    unit.district_code,
    district_indicator.stage,
    district_indicator.indicator_code,
    unit.period,
    unit.snapshot_date,
    month(unit.snapshot_date) >= 9 as is_annual,
    district_indicator.cv,
    cast(district_indicator.cv_limit as double) as cv_limit,
    unit.row_basis,
    unit.is_recast_complete
from unit
inner join district_indicator
    on
        unit.period = district_indicator.period
        and unit.row_basis = district_indicator.basis
        and unit.district_code = district_indicator.district_code
where
    unit.basis = $basis
    and district_indicator.regime = 'quality_balanced'
    and district_indicator.indicator_code = $indicator
    and district_indicator.stage = $stage
order by unit.district_code, unit.snapshot_date
