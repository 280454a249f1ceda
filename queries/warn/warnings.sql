-- question: Which warnings follow from the figures of a period, and since when?
-- grain: one row per unit, rule and subject; `since` is the first period of the unbroken run
-- scope: rows
select
    warning.district_code,
    warning.warning_code,
    warning.stage,
    warning.item_code,
    warning.amount,
    warning.line,
    warning.previous_amount,
    coalesce(unit_change.compared_basis <> unit_change.basis, false) as is_recast,
    warning.since
from warning
left join unit_change
    on
        warning.period = unit_change.period
        and unit_change.basis = 'as_was'
        and warning.district_code = unit_change.district_code
where warning.period = $period
order by warning.district_code, warning.warning_code, warning.stage, warning.item_code
