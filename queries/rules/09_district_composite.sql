-- relation: district_composite
-- grain: one row per period, basis, district, stage and regime
-- The composite CV: plain mean of a regime's CVs. It decides only 基本均衡; a regime without a
-- composite limit has it printed and decides nothing by it.
-- source: standard.md 1.3, 1.4
with mean_cv as (
    select
        period,
        snapshot_date,
        basis,
        district_code,
        stage,
        regime,
        case
            when count(cv) = count(*)
                then
                    cast(sum(cast(cv as decimal(22, 16))) as double)
                    / cast(count(*) as double)
        end as composite_cv
    from district_indicator
    group by period, snapshot_date, basis, district_code, stage, regime
)

select
    mean_cv.period,
    mean_cv.basis,
    mean_cv.district_code,
    mean_cv.stage,
    mean_cv.regime,
    mean_cv.composite_cv,
    cat_cv_limits.cv_limit,
    cast(mean_cv.composite_cv as decimal(18, 12)) <= cat_cv_limits.cv_limit as complies
from mean_cv
left join cat_cv_limits
    on
        mean_cv.regime = cat_cv_limits.regime
        and cat_cv_limits.indicator_code = 'composite'
        and mean_cv.stage = cat_cv_limits.stage
        and mean_cv.snapshot_date >= cat_cv_limits.valid_from
        and mean_cv.snapshot_date <= coalesce(cat_cv_limits.valid_to, date '9999-12-31')
order by mean_cv.period, mean_cv.basis, mean_cv.district_code, mean_cv.stage, mean_cv.regime
