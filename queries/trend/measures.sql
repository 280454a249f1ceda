-- question: How did the measures of one stage and indicator run in every unit?
-- grain: one row per unit and period, oldest first
-- scope: rows
select
    unit_cv.district_code,
    unit_cv.period,
    unit_cv.snapshot_date,
    month(unit_cv.snapshot_date) >= 9 as is_annual,
    unit_cv.is_recast_complete,
    unit_cv.row_basis,
    unit_cv.cv,
    unit_cv.cv_limit,
    unit_cv.district_mean,
    cast(district_stage.compliant_count as double)
    / nullif(cast(district_stage.section_count as double), 0) as compliant_share,
    coalesce(district_gap.binding_gap, 0) as gap
from unit_cv
inner join district_stage
    on
        unit_cv.period = district_stage.period
        and unit_cv.row_basis = district_stage.basis
        and unit_cv.district_code = district_stage.district_code
        and unit_cv.stage = district_stage.stage
left join district_gap
    on
        unit_cv.period = district_gap.period
        and unit_cv.row_basis = district_gap.basis
        and unit_cv.district_code = district_gap.district_code
        and unit_cv.stage = district_gap.stage
        and unit_cv.indicator_code = district_gap.indicator_code
where
    unit_cv.basis = $basis
    and unit_cv.stage = $stage
    and unit_cv.indicator_code = $indicator
order by unit_cv.district_code, unit_cv.snapshot_date
