-- question: By which rules did the publication warn in a period?
-- grain: one row per rule, in the order in which they are shown
-- scope: open
select
    cat_warning_rules.warning_code,
    cat_warning_rules.level,
    cat_warning_rules.name,
    cat_warning_rules.line,
    cat_warning_rules.unit,
    cat_warning_rules.days_to_answer,
    cat_warning_rules.display_order,
    cat_warning_rules.valid_from,
    cat_warning_rules.valid_to,
    cat_warning_rules.source_code,
    cat_warning_rules.is_confirmed
from cat_warning_rules
inner join stg_snapshot
    on
        stg_snapshot.period = $period
        and stg_snapshot.snapshot_date >= cat_warning_rules.valid_from
        and stg_snapshot.snapshot_date <= coalesce(cat_warning_rules.valid_to, date '9999-12-31')
order by cat_warning_rules.display_order
