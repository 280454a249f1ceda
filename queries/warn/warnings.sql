-- question: Which warnings follow from the figures of a period, and since when?
-- grain: one row per unit, rule and subject; `since` is the first period of the unbroken run
-- scope: rows
with ordered as (
    select
        period,
        row_number() over (order by snapshot_date) as period_number
    from stg_snapshot
),

numbered as (
    select
        warning.*,
        ordered.period_number
        - row_number() over (
            partition by
                warning.district_code, warning.warning_code, warning.stage, warning.item_code
            order by ordered.period_number
        ) as run
    from warning
    inner join ordered
        on warning.period = ordered.period
),

dated as (
    select
        numbered.*,
        min(numbered.snapshot_date) over (
            partition by
                numbered.district_code, numbered.warning_code, numbered.stage,
                numbered.item_code, numbered.run
        ) as since
    from numbered
)

select
    district_code,
    warning_code,
    stage,
    item_code,
    amount,
    line,
    previous_amount,
    since
from dated
where period = $period
order by district_code, warning_code, stage, item_code
