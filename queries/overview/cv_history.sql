-- question: How did one CV of every unit run over the periods under a basis?
-- grain: one row per unit and period, oldest first
-- scope: rows
select
    unit_cv.district_code,
    cat_districts.group_code,
    unit_cv.stage,
    unit_cv.indicator_code,
    unit_cv.period,
    unit_cv.snapshot_date,
    unit_cv.is_annual,
    unit_cv.cv,
    unit_cv.cv_limit,
    unit_cv.is_within_limit,
    unit_cv.row_basis
from unit_cv
inner join cat_districts
    on unit_cv.district_code = cat_districts.district_code
where unit_cv.basis = $basis and unit_cv.indicator_code = $indicator and unit_cv.stage = $stage
order by unit_cv.district_code, unit_cv.snapshot_date
