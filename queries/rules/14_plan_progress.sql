-- relation: plan_progress
-- grain: one row per period, stored basis and unit
-- Progress against the plan: met, on_plan, late, overdue, veto or undecidable. Late = the straight
-- line through the unmet items of the last autumn periods (least squares, projection_window points,
-- same boundaries) reaches zero after the target year; overdue = the target year is past.
-- The moments of the line are kept: the interval of the date and its chances come from them.
-- source: standard.md 4 (rollout plan); parameters.csv (projection_*)
with history as (
    select
        comparable_period.*,
        cast(district_verdict.item_count - district_verdict.met_count as double) as unmet_items
    from comparable_period
    inner join district_verdict
        on
            comparable_period.period = district_verdict.period
            and comparable_period.basis = district_verdict.basis
            and comparable_period.district_code = district_verdict.district_code
    where district_verdict.is_reported and district_verdict.undecidable_count = 0
),

windowed as (
    select
        history.*,
        row_number() over (
            partition by asked_period, asked_basis, district_code
            order by snapshot_date desc
        ) as point_order
    from history
),

moments as (
    select
        windowed.asked_period as period,
        windowed.asked_basis as basis,
        windowed.district_code,
        cast(count(*) as double) as point_count,
        sum(windowed.data_year) as sum_x,
        sum(windowed.unmet_items) as sum_y,
        sum(windowed.data_year * windowed.data_year) as sum_xx,
        sum(windowed.unmet_items * windowed.unmet_items) as sum_yy,
        sum(windowed.data_year * windowed.unmet_items) as sum_xy
    from windowed
    inner join cat_parameters
        on
            cat_parameters.parameter_code = 'projection_window'
            and windowed.point_order <= cat_parameters.value
    group by windowed.asked_period, windowed.asked_basis, windowed.district_code
),

spread as (
    select
        moments.*,
        sum_x / point_count as mean_year,
        sum_y / point_count as mean_unmet,
        sum_xx - sum_x * sum_x / point_count as year_spread,
        sum_yy - sum_y * sum_y / point_count as unmet_spread,
        sum_xy - sum_x * sum_y / point_count as joint_spread
    from moments
),

line as (
    select
        spread.*,
        joint_spread / nullif(year_spread, 0) as slope,
        greatest(
            unmet_spread - joint_spread * joint_spread / nullif(year_spread, 0), 0
        ) as residual_sum
    from spread
),

projected as (
    select
        line.period,
        line.basis,
        line.district_code,
        line.point_count,
        line.mean_year,
        line.mean_unmet,
        line.year_spread,
        line.slope,
        line.residual_sum,
        case
            when line.point_count >= cat_parameters.value and line.slope < 0
                then line.mean_year - line.mean_unmet / nullif(line.slope, 0)
        end as projected_year,
        line.point_count < cat_parameters.value as has_too_few_points
    from line
    inner join cat_parameters
        on cat_parameters.parameter_code = 'projection_points'
)

select
    district_verdict.period,
    district_verdict.basis,
    district_verdict.district_code,
    stg_plan.phase_code,
    stg_plan.target_year,
    stg_plan.status_code,
    projected.projected_year,
    coalesce(projected.point_count, 0) as point_count,
    projected.mean_year,
    projected.mean_unmet,
    projected.year_spread,
    projected.slope,
    projected.residual_sum,
    make_date(stg_plan.target_year, 12, 31) < district_verdict.snapshot_date as is_due,
    case
        when district_verdict.verdict = 'met' then 'met'
        when district_verdict.verdict = 'veto' then 'veto'
        when district_verdict.verdict = 'undecidable' then 'undecidable'
        when make_date(stg_plan.target_year, 12, 31) < district_verdict.snapshot_date
            then 'overdue'
        when stg_plan.target_year is null or coalesce(projected.has_too_few_points, true)
            then 'undecidable'
        when projected.projected_year <= stg_plan.target_year + 1 then 'on_plan'
        else 'late'
    end as progress
from district_verdict
left join stg_plan
    on district_verdict.district_code = stg_plan.district_code
left join projected
    on
        district_verdict.period = projected.period
        and district_verdict.basis = projected.basis
        and district_verdict.district_code = projected.district_code
order by district_verdict.period, district_verdict.basis, district_verdict.district_code
