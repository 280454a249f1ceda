-- question: By which lines is a chance judged in a period: for the plan's state, and for warnings?
-- grain: one row per line
-- scope: open
with line as (
    select
        cat_parameters.valid_from,
        cat_parameters.valid_to,
        cast(cat_parameters.value as double) as amount
    from cat_parameters
    where cat_parameters.parameter_code in ('forecast_on_plan', 'forecast_behind')
    union all
    select
        cat_warning_rules.valid_from,
        cat_warning_rules.valid_to,
        cast(cat_warning_rules.line as double) as amount
    from cat_warning_rules
    where cat_warning_rules.unit = 'chance' and cat_warning_rules.line is not null
)

select distinct line.amount
from line
inner join stg_snapshot
    on
        stg_snapshot.period = $period
        and stg_snapshot.snapshot_date >= line.valid_from
        and stg_snapshot.snapshot_date <= coalesce(line.valid_to, date '9999-12-31')
order by line.amount
