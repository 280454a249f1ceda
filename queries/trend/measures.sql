-- question: How did the measures of one stage and indicator run in every unit?
-- grain: one row per unit and period, oldest first
-- scope: rows
select
    unit_cv.district_code,
    cat_districts.group_code,
    unit_cv.period,
    unit_cv.snapshot_date,
    unit_cv.is_annual,
    unit_cv.row_basis,
    unit_cv.cv,
    unit_cv.cv_limit,
    unit_cv.district_mean,
    unit_cv.compliant_share,
    unit_cv.stage_gap as gap,
    unit_cv.threshold,
    unit_cv.is_within_limit,
    unit_cv.is_mean_reached,
    unit_cv.is_all_compliant,
    unit_cv.is_nothing_owed
from unit_cv
inner join cat_districts
    on unit_cv.district_code = cat_districts.district_code
where unit_cv.basis = $basis and unit_cv.stage = $stage and unit_cv.indicator_code = $indicator
order by unit_cv.district_code, unit_cv.snapshot_date
