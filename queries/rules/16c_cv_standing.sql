-- relation: cv_standing
-- grain: one row per period, basis, unit, stage and quality-balanced indicator
-- A CV as pages ask for it: against its limit and beside the autumn before, joined once at
-- publication.
-- source: 16_unit_cv, 16a_cv_change
select
    unit_cv.period,
    unit_cv.basis,
    unit_cv.district_code,
    unit_cv.stage,
    unit_cv.indicator_code,
    unit_cv.cv,
    unit_cv.cv_limit,
    unit_cv.limit_ratio,
    unit_cv.is_within_limit,
    unit_cv.district_mean,
    cv_change.previous_cv,
    cv_change.incomparable_reason,
    cv_change.compared_basis,
    cv_change.change_kind,
    cv_change.is_double_red
from unit_cv
inner join cv_change
    on
        unit_cv.period = cv_change.period
        and unit_cv.basis = cv_change.basis
        and unit_cv.district_code = cv_change.district_code
        and unit_cv.stage = cv_change.stage
        and unit_cv.indicator_code = cv_change.indicator_code
order by
    unit_cv.basis, unit_cv.period, unit_cv.district_code, unit_cv.stage, unit_cv.indicator_code
