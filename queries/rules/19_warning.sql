-- relation: warning
-- grain: one row per period, unit, rule and subject (stage and item, '' where there is none)
-- Warnings that follow from the figures of a period, by the dated rules of warning_rules.csv.
-- A change is against the comparable value of the autumn before (16a_cv_change), and over_and_worse
-- is 双红 there; `amount` is what is compared with `line`
-- (target_unlikely: the chance, beside the target year and the chance of the slowest item);
-- `since` is the date of the first period of the unbroken run of periods with the warning: of the
-- unit for target_unlikely, and also as over_and_worse for over_limit;
-- `is_recast` where the year before is compared as recast to the present boundaries.
-- source: standard.md 4 (监测预警), 1.6 (limits of the CVs), warning_rules.csv
with rule as (
    select
        unit.period,
        unit.snapshot_date,
        unit.row_basis as basis,
        unit.district_code,
        cat_warning_rules.warning_code,
        cast(cat_warning_rules.line as double) as rule_line
    from unit
    inner join cat_warning_rules
        on
            unit.snapshot_date >= cat_warning_rules.valid_from
            and unit.snapshot_date <= coalesce(cat_warning_rules.valid_to, date '9999-12-31')
    where unit.basis = 'as_was'
),

cv as (
    select
        unit_cv.period,
        unit_cv.district_code,
        unit_cv.stage,
        unit_cv.indicator_code as item_code,
        unit_cv.cv as amount,
        unit_cv.cv_limit as line,
        cv_change.previous_cv as previous_amount,
        unit_cv.is_within_limit = false as is_over,
        cast(unit_cv.cv_limit - unit_cv.cv as decimal(18, 12)) as room,
        case
            when cv_change.change_kind = 'worse'
                then cast(unit_cv.cv - cv_change.previous_cv as decimal(18, 12))
        end as rise
    from unit_cv
    inner join cv_change
        on
            unit_cv.period = cv_change.period
            and unit_cv.basis = cv_change.basis
            and unit_cv.district_code = cv_change.district_code
            and unit_cv.stage = cv_change.stage
            and unit_cv.indicator_code = cv_change.indicator_code
    where unit_cv.basis = 'as_was'
),

cv_warning as (
    select
        rule.period,
        rule.snapshot_date,
        rule.district_code,
        rule.warning_code,
        cv.stage,
        cv.item_code,
        cv.amount,
        cv.line,
        cv.previous_amount
    from rule
    inner join cv
        on rule.period = cv.period and rule.district_code = cv.district_code
    where
        (
            rule.warning_code = 'over_and_worse'
            and cv.is_over
            and cv.rise >= cast(rule.rule_line as decimal(18, 12))
        )
        or (rule.warning_code = 'over_limit' and cv.is_over)
        or (
            rule.warning_code = 'near_limit'
            and not cv.is_over
            and cv.room < cast(rule.rule_line as decimal(18, 12))
        )
        or (
            rule.warning_code = 'worsening'
            and not cv.is_over
            and cv.rise >= cast(rule.rule_line as decimal(18, 12))
        )
),

composite_warning as (
    select
        rule.period,
        rule.snapshot_date,
        rule.district_code,
        rule.warning_code,
        district_composite.stage,
        '' as item_code,
        district_composite.composite_cv as amount,
        cast(district_composite.cv_limit as double) as line,
        cast(null as double) as previous_amount
    from rule
    inner join district_composite
        on
            rule.period = district_composite.period
            and rule.basis = district_composite.basis
            and rule.district_code = district_composite.district_code
    where
        district_composite.regime = 'basic_balanced'
        and (
            (
                rule.warning_code = 'basic_balance_over'
                and district_composite.complies = false
            )
            or (
                rule.warning_code = 'basic_balance_near'
                and district_composite.complies = true
                and cast(
                    cast(district_composite.cv_limit as double) - district_composite.composite_cv
                    as decimal(18, 12)
                ) < cast(rule.rule_line as decimal(18, 12))
            )
        )
),

status as (
    select
        unit_status.*,
        unit_change.verdict_change
    from unit_status
    inner join unit_change
        on
            unit_status.period = unit_change.period
            and unit_status.basis = unit_change.basis
            and unit_status.district_code = unit_change.district_code
    where unit_status.basis = 'as_was'
),

status_warning as (
    select
        rule.period,
        rule.snapshot_date,
        rule.district_code,
        rule.warning_code,
        '' as stage,
        '' as item_code,
        cast(status.item_count - status.met_count as double) as amount,
        case
            when rule.warning_code = 'target_missed' then cast(status.target_year as double)
        end as line,
        cast(null as double) as previous_amount
    from rule
    inner join status
        on rule.period = status.period and rule.district_code = status.district_code
    where
        (rule.warning_code = 'target_missed' and status.progress = 'overdue')
        or (
            rule.warning_code = 'losing_compliance'
            and status.verdict_change = 'newly_unmet'
        )
        or (rule.warning_code = 'return_late' and not status.is_reported)
),

forecast_warning as (
    select
        rule.period,
        rule.snapshot_date,
        rule.district_code,
        rule.warning_code,
        '' as stage,
        status.slowest_item as item_code,
        status.chance as amount,
        cast(status.target_year as double) as line,
        status.slowest_chance as previous_amount
    from rule
    inner join status
        on rule.period = status.period and rule.district_code = status.district_code
    where
        rule.warning_code = 'target_unlikely' and not status.is_due
        and status.chance <= rule.rule_line
),

floor_warning as (
    select
        rule.period,
        rule.snapshot_date,
        rule.district_code,
        rule.warning_code,
        section_indicator.stage,
        section_indicator.indicator_code as item_code,
        cast(count(*) as double) as amount,
        cast(max(section_indicator.floor_share) as double) as line,
        cast(null as double) as previous_amount
    from rule
    inner join membership
        on
            rule.period = membership.period
            and rule.basis = membership.basis
            and rule.district_code = membership.district_code
    inner join section_indicator
        on membership.return_id = section_indicator.return_id
    where
        rule.warning_code = 'floor_breached'
        and section_indicator.regime = 'quality_balanced'
        and section_indicator.is_in_scope
        and section_indicator.is_floor_met = false
    group by
        rule.period, rule.snapshot_date, rule.district_code, rule.warning_code,
        section_indicator.stage, section_indicator.indicator_code
),

veto_warning as (
    select
        rule.period,
        rule.snapshot_date,
        rule.district_code,
        rule.warning_code,
        '' as stage,
        district_item.item_code,
        cast(null as double) as amount,
        cast(null as double) as line,
        cast(null as double) as previous_amount
    from rule
    inner join district_item
        on
            rule.period = district_item.period
            and rule.basis = district_item.basis
            and rule.district_code = district_item.district_code
    where
        rule.warning_code = 'veto'
        and district_item.dimension = 'veto'
        and district_item.is_met = false
),

every_warning as (
    select * from cv_warning
    union all
    select * from composite_warning
    union all
    select * from status_warning
    union all
    select * from forecast_warning
    union all
    select * from floor_warning
    union all
    select * from veto_warning
),

numbered_period as (
    select
        period,
        row_number() over (order by snapshot_date) as period_number
    from stg_snapshot
),

numbered as (
    select
        every_warning.*,
        case when warning_code <> 'target_unlikely' then item_code end as run_item,
        coalesce(unit_change.compared_basis <> unit_change.basis, false) as is_recast,
        numbered_period.period_number
        - row_number() over (
            partition by
                every_warning.district_code, every_warning.warning_code, every_warning.stage,
                case when warning_code <> 'target_unlikely' then item_code end
            order by numbered_period.period_number
        ) as run
    from every_warning
    inner join numbered_period
        on every_warning.period = numbered_period.period
    left join unit_change
        on
            every_warning.period = unit_change.period
            and unit_change.basis = 'as_was'
            and every_warning.district_code = unit_change.district_code
),

standing as (
    select
        *,
        min(snapshot_date)
            over (partition by district_code, warning_code, stage, run_item, run) as since,
        bool_or(warning_code = 'over_and_worse')
            over (partition by period, district_code, stage, item_code) as is_over_and_worse
    from numbered
)

select
    period,
    snapshot_date,
    district_code,
    warning_code,
    stage,
    item_code,
    amount,
    line,
    previous_amount,
    is_recast,
    since
from standing
where warning_code <> 'over_limit' or not is_over_and_worse
order by district_code, warning_code, stage, item_code, snapshot_date
